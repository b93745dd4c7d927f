"""Samples: what is read from a file, trimmed, levelled, joined."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from server.domain.errors import SoundInvalid
from server.domain.phrases import sentence
from server.domain.sounds import (
    CLIP_RATE,
    MAX_UPLOAD_BYTES,
    RATES,
    Sound,
    joined,
    levelled,
    read_clip,
    read_wav,
    resampled,
    silence,
    trimmed,
    write_wav,
)
from server.voice.chime import chime
from server.voice.speaker import OVERLAP_S, PAUSE_S, join_clips
from server.voice.synth import SPEECH_PEAK, SPEECH_RMS
from tests.voice.tones import recording, tone, wav_of

OVERLAP = round(OVERLAP_S * CLIP_RATE)
PAUSE = round(PAUSE_S * CLIP_RATE)


def upward_crossings(samples: array[int]) -> int:
    return sum(1 for a, b in pairwise(samples) if a < 0 <= b)


def test_a_sound_survives_the_file_sample_by_sample() -> None:
    sound = Sound(tone(), CLIP_RATE)
    assert read_wav(write_wav(sound)) == sound


def test_two_channels_become_one() -> None:
    samples = tone(0.2)
    assert read_wav(wav_of(samples, channels=2)).samples == samples


@pytest.mark.parametrize("rate", sorted(RATES))
def test_every_usual_rate_becomes_the_clips_rate_with_length_pitch_and_level(rate: int) -> None:
    clip = read_clip(wav_of(tone(0.5, 440, 0.5, rate), rate))
    assert clip.rate == CLIP_RATE
    assert len(clip.samples) == pytest.approx(0.5 * CLIP_RATE, abs=2)
    assert upward_crossings(clip.samples) == pytest.approx(220, abs=1)
    assert clip.rms == pytest.approx(0.5 * 32767 / math.sqrt(2), rel=0.02)


def test_what_a_slower_rate_cannot_hold_is_not_folded_back() -> None:
    whistle = Sound(tone(0.3, 18_000, 0.5, 48_000), 48_000)
    assert resampled(whistle, CLIP_RATE).rms < whistle.rms / 30


BIG = wav_of(array("h", [0] * (MAX_UPLOAD_BYTES // 2)), 48_000)


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (b"", "not_wav", "WAV"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "not_wav", "WAV"),
        (b"OggS" + bytes(200), "not_wav", "WAV"),
        (wav_of(tone(), width=1), "form", "16位"),
        (wav_of(tone(rate=12_000), 12_000), "form", "16位"),
        (wav_of(array("h")), "empty", "空"),
        (wav_of(array("h", [0] * 24_000)), "silent", "没有声音"),
        (wav_of(tone(5.2)), "too_long", "5秒"),
        (BIG, "too_large", "1MB"),
    ],
)
def test_an_upload_is_refused_with_its_reason(content: bytes, reason: str, words: str) -> None:
    with pytest.raises(SoundInvalid) as refused:
        read_clip(content)
    assert refused.value.facts["reason"] == reason
    assert words in sentence(refused.value)


def test_a_file_that_is_cut_off_anywhere_is_a_refusal_and_no_crash() -> None:
    whole = recording(0.05)
    for length in range(0, len(whole), 7):
        try:
            read_wav(whole[:length])
        except SoundInvalid:
            continue


def test_trimming_leaves_the_tone_and_ten_milliseconds() -> None:
    samples = tone(0.3)
    framed = Sound(array("h", [3] * 5000) + samples + array("h", [-3] * 7000), CLIP_RATE)
    cut = trimmed(framed)
    assert len(samples) <= len(cut.samples) <= len(samples) + 2 * 240
    assert trimmed(silence(1, CLIP_RATE)).samples == array("h")


def test_loud_and_soft_recordings_become_equally_loud_and_nothing_is_clipped() -> None:
    soft, loud = (
        levelled(Sound(tone(level=x), CLIP_RATE), SPEECH_RMS, SPEECH_PEAK) for x in (0.02, 0.9)
    )
    assert soft.rms == pytest.approx(loud.rms, rel=0.01)
    assert loud.rms == pytest.approx(SPEECH_RMS, rel=0.01)
    click = Sound(array("h", [1] * 20_000 + [20_000]), CLIP_RATE)
    assert levelled(click, SPEECH_RMS, SPEECH_PEAK).peak <= SPEECH_PEAK


def test_pieces_overlap_by_exactly_forty_milliseconds() -> None:
    one, two = Sound(tone(0.4), CLIP_RATE), Sound(tone(0.3, 300), CLIP_RATE)
    whole = joined([one, two], OVERLAP_S).samples
    assert len(whole) == len(one.samples) + len(two.samples) - OVERLAP
    assert whole[: len(one.samples) - OVERLAP] == one.samples[:-OVERLAP]
    assert whole[len(one.samples) :] == two.samples[OVERLAP:]


def test_a_piece_shorter_than_the_overlap_is_not_swallowed() -> None:
    short = Sound(tone(0.02), CLIP_RATE)
    whole = joined([short, short, short], OVERLAP_S).samples
    assert len(whole) == 3 * len(short.samples) - 2 * (len(short.samples) // 2)


def test_a_fade_of_two_steady_levels_stays_between_them() -> None:
    low, high = (Sound(array("h", [level] * 4800), CLIP_RATE) for level in (1000, 9000))
    whole = joined([low, high], OVERLAP_S).samples
    fade = whole[4800 - OVERLAP : 4800]
    assert list(fade) == sorted(fade)
    assert min(fade) > 1000
    assert max(fade) < 9000


def test_pieces_of_several_rates_are_not_joined() -> None:
    with pytest.raises(ValueError, match="one rate"):
        joined([silence(1, 24_000), silence(1, 22_050)], 0)


def test_clips_are_joined_into_one_sound_of_even_loudness() -> None:
    wavs = {"a": recording(0.3, 300, 0.05), "b": recording(0.4, 500, 0.9), "c": recording(0.5, 700)}
    whole = join_clips([["a", "b"], ["c"]], wavs)
    lengths = {name: len(trimmed(read_wav(wav)).samples) for name, wav in wavs.items()}
    assert len(whole.samples) == sum(lengths.values()) - OVERLAP + PAUSE
    first, last = whole.samples[: lengths["a"] - OVERLAP], whole.samples[-lengths["c"] :]
    assert Sound(first, CLIP_RATE).rms == pytest.approx(SPEECH_RMS, rel=0.1)
    assert Sound(last, CLIP_RATE).rms == pytest.approx(SPEECH_RMS, rel=0.1)
    gap = whole.samples[-lengths["c"] - PAUSE : -lengths["c"]]
    assert set(gap) == {0}


def test_the_chime_is_soft_short_and_dies_away() -> None:
    sound = chime()
    assert 1 < sound.seconds < 2
    assert 0.5 * 32767 < sound.peak < 0.6 * 32767
    assert Sound(sound.samples[-1200:], CLIP_RATE).rms < sound.rms / 8
