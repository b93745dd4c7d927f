"""Owns plain sound: 16-bit mono samples, how a WAV file is read, and the sums done on samples."""

from __future__ import annotations

import io
import math
import wave
from array import array
from dataclasses import dataclass
from functools import cache
from operator import mul

from server.domain.errors import SoundInvalid

FULL_SCALE = 32767
MAX_UPLOAD_BYTES = 1024 * 1024
MAX_SECONDS = 5.0
MIN_SECONDS = 0.05
# Every stored clip has this rate, so that clips can be joined sample by sample.
CLIP_RATE = 24_000
RATES = frozenset({8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000})
# Half the width of the low-pass of a resampling, in samples of the slower side.
_TAPS = 12
# Below this part of the loudest sample there is only the room; -34 dB.
_SILENCE = 0.02
_MARGIN_S = 0.01


@dataclass(frozen=True)
class Sound:
    """Mono sound: signed 16-bit samples, `rate` of them in a second."""

    samples: array[int]
    rate: int

    @property
    def seconds(self) -> float:
        """Return how long it lasts."""
        return len(self.samples) / self.rate

    @property
    def peak(self) -> int:
        """Return the loudest sample without its sign, 0 to 32768."""
        return max(max(self.samples, default=0), -min(self.samples, default=0))

    @property
    def rms(self) -> float:
        """Return the root mean square of the samples, 0 to 32768."""
        if not self.samples:
            return 0.0
        return math.sqrt(sum(map(mul, self.samples, self.samples)) / len(self.samples))


def read_wav(content: bytes) -> Sound:
    """Return the sound of a RIFF file of 16-bit PCM, two channels mixed into one.

    Raises SoundInvalid with fact reason "not_wav" (no PCM file), "form" (other than 16 bit, mono
    or stereo, or a rate not in RATES) or "empty".
    """
    try:
        with wave.open(io.BytesIO(content)) as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            frames = file.readframes(len(content))
    except (wave.Error, EOFError, RuntimeError) as error:
        raise SoundInvalid(reason="not_wav") from error
    if width != 2 or channels not in {1, 2} or rate not in RATES:
        raise SoundInvalid(reason="form")
    samples = array("h")
    samples.frombytes(frames[: len(frames) // (2 * channels) * 2 * channels])
    if channels == 2:
        samples = array(
            "h", [(a + b) // 2 for a, b in zip(samples[::2], samples[1::2], strict=True)]
        )
    if not samples:
        raise SoundInvalid(reason="empty")
    return Sound(samples, rate)


def write_wav(sound: Sound) -> bytes:
    """Return the RIFF file of a sound: 16-bit PCM, mono."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples.tobytes())
    return target.getvalue()


def read_clip(content: bytes) -> Sound:
    """Return an uploaded clip at CLIP_RATE.

    Raises SoundInvalid with fact reason "too_large" (1 MB), "too_long" (5 s), "silent", or one of
    `read_wav`.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        raise SoundInvalid(reason="too_large")
    sound = read_wav(content)
    if sound.seconds > MAX_SECONDS:
        raise SoundInvalid(reason="too_long")
    # A dead microphone still gives a little noise.
    if sound.seconds < MIN_SECONDS or sound.peak < FULL_SCALE // 100:
        raise SoundInvalid(reason="silent")
    return resampled(sound, CLIP_RATE)


def resampled(sound: Sound, rate: int) -> Sound:
    """Return the sound at another rate, low-passed where the new rate is slower."""
    if rate == sound.rate:
        return sound
    common = math.gcd(rate, sound.rate)
    up, down = rate // common, sound.rate // common
    reach = math.ceil(_TAPS * max(1.0, down / up))
    padded = [0] * reach + list(sound.samples) + [0] * (reach + 1)
    samples = array("h", bytes(2 * (len(sound.samples) * up // down)))
    for n in range(len(samples)):
        whole, part = divmod(n * down, up)
        taps = _low_pass(part / up, min(1.0, up / down), reach)
        samples[n] = _clipped(sum(map(mul, padded[whole : whole + len(taps)], taps)))
    return Sound(samples, rate)


@cache
def _low_pass(part: float, cutoff: float, reach: int) -> tuple[float, ...]:
    """Return the taps of a windowed sinc around a point `part` of a sample after the middle."""
    taps = []
    for k in range(-reach, reach + 2):
        x = k - part
        sinc = cutoff if x == 0 else math.sin(math.pi * cutoff * x) / (math.pi * x)
        window = 0.5 + 0.5 * math.cos(math.pi * x / (reach + 1)) if abs(x) <= reach + 1 else 0.0
        taps.append(sinc * window)
    total = sum(taps)
    return tuple(tap / total for tap in taps)


def trimmed(sound: Sound) -> Sound:
    """Return the sound without the silence at its ends, 10 ms of it left on each side."""
    floor = sound.peak * _SILENCE
    samples = sound.samples
    first = next((n for n, sample in enumerate(samples) if abs(sample) > floor), None)
    if first is None:
        return Sound(array("h"), sound.rate)
    last = next(n for n in reversed(range(len(samples))) if abs(samples[n]) > floor)
    margin = round(_MARGIN_S * sound.rate)
    return Sound(samples[max(0, first - margin) : last + 1 + margin], sound.rate)


def levelled(sound: Sound, rms: float, peak: int) -> Sound:
    """Return the sound as loud as `rms`, or less so that no sample goes beyond `peak`."""
    if sound.peak == 0:
        return sound
    gain = min(rms / sound.rms, peak / sound.peak)
    # The gain lets no sample beyond the peak, so none needs clipping; int() is half the time.
    return Sound(array("h", [int(gain * sample) for sample in sound.samples]), sound.rate)


def joined(pieces: list[Sound], overlap_s: float) -> Sound:
    """Return pieces of one rate one after another, each fading into the next over `overlap_s`.

    The overlap is never longer than half of either piece. Raises ValueError for several rates.
    """
    rates = {piece.rate for piece in pieces}
    if len(rates) != 1:
        raise ValueError("only pieces of one rate can be joined")
    rate = rates.pop()
    samples = array("h")
    last = 0
    for piece in pieces:
        overlap = min(round(overlap_s * rate), last // 2, len(piece.samples) // 2)
        _fade_over(samples, piece.samples, overlap)
        samples.extend(piece.samples[overlap:])
        last = len(piece.samples)
    return Sound(samples, rate)


def _fade_over(samples: array[int], coming: array[int], overlap: int) -> None:
    start = len(samples) - overlap
    for n in range(overlap):
        share = (n + 1) / (overlap + 1)
        samples[start + n] = _clipped((1 - share) * samples[start + n] + share * coming[n])


def silence(seconds: float, rate: int) -> Sound:
    """Return nothing to hear."""
    return Sound(array("h", bytes(2 * round(seconds * rate))), rate)


def _clipped(value: float) -> int:
    return max(-FULL_SCALE - 1, min(FULL_SCALE, round(value)))
