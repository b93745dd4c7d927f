"""Recordings that tests make: tones in a WAV file of any form."""

from __future__ import annotations

import io
import math
import wave
from array import array


def tone(
    seconds: float = 0.4, pitch: float = 440.0, level: float = 0.3, rate: int = 24_000
) -> array[int]:
    """Samples of a sine tone; level: 0 to 1 of full scale."""
    count = round(seconds * rate)
    return array(
        "h", [round(32767 * level * math.sin(2 * math.pi * pitch * n / rate)) for n in range(count)]
    )


def wav_of(samples: array[int], rate: int = 24_000, channels: int = 1, width: int = 2) -> bytes:
    """A RIFF file of samples as they are; with two channels every sample is for both."""
    if channels == 2:
        samples = array("h", [sample for sample in samples for _ in range(2)])
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return target.getvalue()


def recording(seconds: float = 0.4, pitch: float = 440.0, level: float = 0.3) -> bytes:
    """A recording with a little silence before and after it."""
    quiet = array("h", [0] * 2400)
    return wav_of(quiet + tone(seconds, pitch, level) + quiet)
