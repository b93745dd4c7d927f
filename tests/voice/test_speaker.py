"""The voice itself: espeak-ng really run, clips in its place, sounds kept."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from server.domain.errors import SentenceUnknown, VoiceOff
from server.domain.sounds import MAX_SECONDS, Sound, read_wav
from server.domain.spoken import SENTENCES
from server.domain.voice_clips import CALL_WORDS, CLIPS
from server.services.log import events_after
from server.services.open_market import OpenMarket
from server.services.voice_clips import forget_clip, keep_clip
from server.voice.cache import SoundCache
from server.voice.speaker import CHIME, Speaker
from server.voice.synth import SPEECH_PEAK, SPEECH_RMS, Espeak
from tests.people import CLI, new_key
from tests.voice.tones import recording

NOWHERE = "no-such-synthesiser"


@pytest.fixture
def speaker(market: OpenMarket, tmp_path: Path) -> Speaker:
    return Speaker(market, Espeak("espeak-ng"), tmp_path / "voice")


@pytest.fixture
def mute(market: OpenMarket, tmp_path: Path) -> Speaker:
    """A market without a synthesiser."""
    return Speaker(market, Espeak(NOWHERE), tmp_path / "voice")


def record(market: OpenMarket, *names: str) -> None:
    for n, name in enumerate(names):
        keep_clip(market, CLI, name, recording(0.3, 200 + 20 * n), new_key())


def test_a_call_is_heard(speaker: Speaker) -> None:
    sound = read_wav(speaker.call("A012", 3).wav)
    assert 2.5 < sound.seconds < 6
    assert SPEECH_RMS / 2 < sound.rms <= SPEECH_RMS * 1.01
    assert sound.peak <= SPEECH_PEAK


def test_the_sentence_goes_on_after_its_first_word(speaker: Speaker) -> None:
    sound = read_wav(speaker.call("A012", 3).wav)
    quarter = len(sound.samples) // 4
    parts = [Sound(sound.samples[n * quarter : (n + 1) * quarter], sound.rate) for n in range(4)]
    assert all(part.rms > SPEECH_RMS / 6 for part in parts)


def test_other_numbers_sound_different_and_longer_ones_last_longer(speaker: Speaker) -> None:
    said = {label: speaker.call(label, 1).wav for label in ("A012", "A013", "B012", "A10123")}
    assert len(set(said.values())) == 4
    assert read_wav(said["A10123"]).seconds > read_wav(said["A012"]).seconds + 0.3


@pytest.mark.parametrize("sentence_id", SENTENCES)
def test_every_sentence_takes_the_time_that_its_syllables_need(
    speaker: Speaker, sentence_id: str
) -> None:
    sound = read_wav(speaker.sentence(sentence_id).wav)
    syllables = len(SENTENCES[sentence_id].pinyin.split())
    assert 0.12 * syllables < sound.seconds < 0.6 * syllables + 0.6
    assert sound.rms > SPEECH_RMS / 2


def test_what_was_said_before_is_not_made_again(
    market: OpenMarket, speaker: Speaker, mute: Speaker, tmp_path: Path
) -> None:
    first = speaker.call("A012", 3)
    kept = list((tmp_path / "voice").iterdir())
    assert [path.read_bytes() for path in kept] == [first.wav]
    assert stat.S_IMODE((tmp_path / "voice").stat().st_mode) == 0o700
    made_at = kept[0].stat().st_mtime_ns
    assert speaker.call("A012", 3) == first
    assert kept[0].stat().st_mtime_ns == made_at


def test_many_who_ask_at_once_get_the_same_sound(speaker: Speaker) -> None:
    with ThreadPoolExecutor(12) as threads:
        said = list(threads.map(lambda n: speaker.call(f"A01{n % 3}", 2).tag, range(24)))
    assert len(set(said)) == 3


def test_the_folder_of_sounds_does_not_grow_for_ever(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path / "kept", most_files=5)
    tags = [cache.get(f"sound {n}", lambda n=n: b"%d" % n)[1] for n in range(9)]  # type: ignore[misc]  # a loop's own value
    assert {path.stem for path in (tmp_path / "kept").iterdir()} <= set(tags[-5:])
    assert len(list((tmp_path / "kept").iterdir())) == 5


def test_without_a_synthesiser_the_voice_is_off_and_says_so(mute: Speaker) -> None:
    assert not mute.state().is_on
    for say in (lambda: mute.call("A012", 3), lambda: mute.sentence("attract")):
        with pytest.raises(VoiceOff):
            say()
    assert read_wav(mute.sentence(CHIME).wav).peak > 0


def test_a_synthesiser_that_fails_or_writes_nothing_is_no_crash(
    market: OpenMarket, tmp_path: Path
) -> None:
    for program in ("false", "true"):
        with pytest.raises(VoiceOff):
            Speaker(market, Espeak(program), tmp_path / "voice").call("A012", 3)


def test_a_synthesiser_that_hangs_is_given_up(market: OpenMarket, tmp_path: Path) -> None:
    hanging = tmp_path / "hangs"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(0o755)
    with pytest.raises(VoiceOff):
        Speaker(market, Espeak(str(hanging), 0.2), tmp_path / "voice").call("A012", 3)


def test_a_call_is_made_of_clips_only_when_none_is_missing(
    market: OpenMarket, speaker: Speaker, mute: Speaker
) -> None:
    synthesised = speaker.call("A012", 3)
    needed = ("please", "letter_a", "digit_0", "digit_yao", "digit_2", "number", "to", "digit_3")
    record(market, *needed)
    assert speaker.call("A012", 3) == synthesised
    record(market, "window")
    recorded = speaker.call("A012", 3)
    assert recorded.wav != synthesised.wav
    assert mute.call("A012", 3) == recorded
    assert speaker.call("B012", 3).wav != recorded.wav
    with pytest.raises(VoiceOff):
        mute.call("B012", 3)


def test_a_market_with_all_clips_needs_no_synthesiser(market: OpenMarket, mute: Speaker) -> None:
    record(market, *CALL_WORDS)
    assert mute.state().is_on
    assert read_wav(mute.call("E987", 45).wav).seconds > 2


def test_a_new_recording_is_heard_at_once(market: OpenMarket, speaker: Speaker) -> None:
    before = speaker.state().version
    record(market, "say_attract")
    first = speaker.sentence("attract")
    assert speaker.state().version != before
    keep_clip(market, CLI, "say_attract", recording(0.5, 900), new_key())
    second = speaker.sentence("attract")
    assert second.tag != first.tag
    forget_clip(market, CLI, "say_attract", new_key())
    assert speaker.sentence("attract").tag not in {first.tag, second.tag}
    assert speaker.state().version == before


def test_a_surname_is_said_by_the_synthesiser_in_one_voice(
    market: OpenMarket, speaker: Speaker
) -> None:
    record(market, *CALL_WORDS)
    from_clips = speaker.call("A012", 3)
    assert speaker.call("A012", 3, "乐师傅") == from_clips
    assert speaker.call("A012", 3, "张师傅") != from_clips


def test_no_free_text_is_said(speaker: Speaker) -> None:
    for text in ("", "../../etc/passwd", "ni3 hao3", "say_attract", "attract.wav"):
        with pytest.raises(SentenceUnknown):
            speaker.sentence(text)


def test_the_log_tells_of_a_recording_without_its_sound(market: OpenMarket) -> None:
    record(market, "please")
    told = [row for row in events_after(market, 0) if row.type == "voice_clip.changed"]
    assert [row.subject for row in told] == ["voice_clip/please"]
    assert (told[0].body or {}).keys() >= {"name", "millis", "digest", "is_kept"}
    assert "wav" not in (told[0].body or {})


def test_every_sentence_that_may_be_recorded_fits_into_a_recording() -> None:
    recordable = [clip.name.removeprefix("say_") for clip in CLIPS if clip.name.startswith("say_")]
    assert len(recordable) > 35
    # Four syllables in a second are unhurried.
    longest = max(len(SENTENCES[name].pinyin.split()) / 4 for name in recordable)
    assert longest < MAX_SECONDS
