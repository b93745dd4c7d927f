"""Owns what the market says: recorded clips where they are complete, the synthesiser otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server.domain.errors import SentenceUnknown, VoiceOff
from server.domain.meeting_points import MeetingPoint
from server.domain.sounds import (
    Sound,
    joined,
    levelled,
    read_wav,
    silence,
    trimmed,
    write_wav,
)
from server.domain.spoken import SENTENCES
from server.domain.voice_clips import (
    call_clips,
    clip_of_sentence,
    label_clips,
    missing_for_calls,
)
from server.services.open_market import OpenMarket
from server.services.voice_clips import KeptClip, clip_wavs, kept_clips
from server.voice.cache import SoundCache
from server.voice.chime import chime
from server.voice.pinyin import (
    call_pinyin,
    gathering_pinyin,
    sentence_pinyin,
    ticket_pinyin,
    words_pinyin,
)
from server.voice.synth import SPEECH_PEAK, SPEECH_RMS, Espeak

CHIME = "chime"
OVERLAP_S = 0.04
# Between the number and the window, so that nobody hears one long number.
PAUSE_S = 0.18
# Changes with the way sounds are made: what an earlier version made is not used any more.
MAKING = "1"


@dataclass(frozen=True)
class Said:
    """A sound that is ready to be played: a WAV file, and a tag that changes with it."""

    wav: bytes
    tag: str


@dataclass(frozen=True)
class VoiceState:
    """Whether the market can call numbers aloud. version: changes when it would sound different."""

    is_on: bool
    has_synthesiser: bool
    version: str


class Speaker:
    """Makes sounds of one market and keeps them; safe for threads."""

    def __init__(self, market: OpenMarket, espeak: Espeak, folder: Path) -> None:
        self._market = market
        self._espeak = espeak
        self._cache = SoundCache(folder)

    def state(self) -> VoiceState:
        """Return whether there is a voice."""
        clips, has_synthesiser = kept_clips(self._market), self._espeak.is_there
        version = _digest(MAKING, str(has_synthesiser), *(c.digest for c in clips.values()))
        is_on = has_synthesiser or not missing_for_calls(clips)
        return VoiceState(is_on, has_synthesiser, version[:12])

    def call(self, label: str, desk_no: int, address: str = "") -> Said:
        """Say a called number and its window, one voice from end to end.

        address: such as 张师傅, when the market wants it said; the clips hold no surnames, so such
        a call is the synthesiser's. Raises NumberUnspeakable, VoiceOff.
        """
        before, after = call_clips(label, desk_no)
        pinyin = call_pinyin(label, desk_no, address)
        if pinyin != call_pinyin(label, desk_no) and self._espeak.is_there:
            return self._synthesised(pinyin)
        return self._clips_or_pinyin([before, after], pinyin)

    def gathering(self, labels: tuple[str, ...], point: MeetingPoint) -> Said:
        """Say numbers that are called together and where to; there are no clips of places.

        Raises NumberUnspeakable, VoiceOff.
        """
        return self._synthesised(gathering_pinyin(labels, point))

    def ticket(self, label: str) -> Said:
        """Say a ticket's number to its holder. Raises NumberUnspeakable, VoiceOff."""
        return self._clips_or_pinyin([["your_number", *label_clips(label)]], ticket_pinyin(label))

    def sentence(self, sentence_id: str) -> Said:
        """Say a fixed sentence, or strike the chime. Raises SentenceUnknown, VoiceOff."""
        if sentence_id == CHIME:
            return self._chime()
        if sentence_id not in SENTENCES:
            raise SentenceUnknown
        clip = clip_of_sentence(sentence_id)
        return self._clips_or_pinyin([[clip]], sentence_pinyin(sentence_id))

    def words(self, sound: str) -> Said:
        """Say what is on one of the kiosk's choices. Raises SentenceUnknown, VoiceOff."""
        return self._synthesised(words_pinyin(sound))

    def _chime(self) -> Said:
        kept = kept_clips(self._market)
        if CHIME in kept:
            return self._from_clips([[CHIME]], kept)
        return self._said(f"chime {MAKING}", lambda: write_wav(chime()))

    def _clips_or_pinyin(self, groups: list[list[str]], pinyin: str) -> Said:
        kept = kept_clips(self._market)
        if all(name in kept for group in groups for name in group):
            return self._from_clips(groups, kept)
        return self._synthesised(pinyin)

    def _synthesised(self, pinyin: str) -> Said:
        if not self._espeak.is_there:
            raise VoiceOff
        return self._said(f"espeak {MAKING}\n{pinyin}", lambda: write_wav(self._espeak.say(pinyin)))

    def _from_clips(self, groups: list[list[str]], kept: dict[str, KeptClip]) -> Said:
        names = " | ".join(" ".join(kept[name].digest for name in group) for group in groups)

        def make() -> bytes:
            wavs = clip_wavs(self._market, {name for group in groups for name in group})
            return write_wav(join_clips(groups, wavs))

        return self._said(f"clips {MAKING}\n{names}", make)

    def _said(self, content: str, make: Callable[[], bytes]) -> Said:
        return Said(*self._cache.get(content, make))


def join_clips(groups: list[list[str]], wavs: dict[str, bytes]) -> Sound:
    """Return clips as one sound: trimmed, equally loud, overlapping, a pause between groups.

    Raises VoiceOff when a clip was deleted meanwhile.
    """
    if any(name not in wavs for group in groups for name in group):
        raise VoiceOff
    parts: list[Sound] = []
    for group in groups:
        pieces = [levelled(trimmed(read_wav(wavs[n])), SPEECH_RMS, SPEECH_PEAK) for n in group]
        if parts:
            parts.append(silence(PAUSE_S, pieces[0].rate))
        parts.append(joined(pieces, OVERLAP_S))
    return joined(parts, 0.0)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
