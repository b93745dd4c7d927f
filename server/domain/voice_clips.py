"""Owns the recorded clips a market may have: their names, their words, and which a call needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.domain.errors import ClipUnknown, NumberUnspeakable
from server.domain.spoken import SENTENCES

MAX_DESK_NO = 99
# What is longer cannot be said within the longest recording (sounds.MAX_SECONDS).
MAX_SENTENCE_LENGTH = 20
_LABEL = re.compile(r"([A-F])(\d{3,5})\Z")
_SENTENCE = "say_"


@dataclass(frozen=True)
class Clip:
    """A clip: `words` as the speaker reads them. is_needed: a call cannot be made without it."""

    name: str
    words: str
    is_needed: bool


DIGITS = "零一二三四五六七八九"
# In a ticket's number 1 is said yao, as on the telephone; a window's number has its own yi.
CALL_WORDS: Mapping[str, str] = {
    "please": "请",
    **{f"letter_{letter.lower()}": letter for letter in "ABCDEF"},
    "digit_0": "零",
    "digit_yao": "幺",
    **{f"digit_{n}": DIGITS[n] for n in range(1, 10)},
    "ten": "十",
    "number": "号",
    "to": "到",
    "window": "号窗口",
}
MORE_WORDS: Mapping[str, str] = {"chime": "(提示音)", "your_number": "您的号是"}


def _clips() -> tuple[Clip, ...]:
    return (
        *(Clip(name, words, is_needed=True) for name, words in CALL_WORDS.items()),
        *(Clip(name, words, is_needed=False) for name, words in MORE_WORDS.items()),
        *(
            Clip(clip_of_sentence(i), s.text, is_needed=False)
            for i, s in SENTENCES.items()
            if len(s.text) <= MAX_SENTENCE_LENGTH
        ),
    )


def clip_of_sentence(sentence_id: str) -> str:
    """Return the name of the clip that holds a whole sentence."""
    return _SENTENCE + sentence_id


CLIPS: tuple[Clip, ...] = _clips()
CLIP_NAMES: frozenset[str] = frozenset(clip.name for clip in CLIPS)


def check_clip(name: str) -> str:
    """Return the name of a clip. Raises ClipUnknown."""
    if name not in CLIP_NAMES:
        raise ClipUnknown
    return name


def split_label(label: str) -> tuple[str, str]:
    """Split a ticket's label: "A012" into "A" and "012". Raises NumberUnspeakable."""
    found = _LABEL.match(label)
    if found is None or not label.isascii():
        raise NumberUnspeakable
    return found[1], found[2]


def check_desk_no(desk_no: int) -> int:
    """Return a window's number that can be said, 1 to 99. Raises NumberUnspeakable."""
    if not 1 <= desk_no <= MAX_DESK_NO:
        raise NumberUnspeakable
    return desk_no


def tens_and_ones(number: int) -> list[int | None]:
    """Return how 1 to 99 is said: digits, None for 十. 12 is [None, 2], 30 is [3, None]."""
    tens, ones = divmod(number, 10)
    said: list[int | None] = [] if tens == 0 else [None] if tens == 1 else [tens, None]
    return [*said, ones] if ones else said


def label_clips(label: str) -> list[str]:
    """Return the clips of a label, one for each letter and digit. Raises NumberUnspeakable."""
    series, digits = split_label(label)
    return [f"letter_{series.lower()}", *(f"digit_{_yao(digit)}" for digit in digits)]


def _yao(digit: str) -> str:
    return "yao" if digit == "1" else digit


def call_clips(label: str, desk_no: int) -> tuple[list[str], list[str]]:
    """Return the clips of a call, before and after its pause. Raises NumberUnspeakable."""
    said = tens_and_ones(check_desk_no(desk_no))
    window = ["ten" if digit is None else f"digit_{digit}" for digit in said]
    return ["please", *label_clips(label), "number"], ["to", *window, "window"]


def missing_for_calls(have: Iterable[str]) -> tuple[Clip, ...]:
    """Return the clips that are needed for every call and are not among `have`."""
    known = set(have)
    return tuple(clip for clip in CLIPS if clip.is_needed and clip.name not in known)
