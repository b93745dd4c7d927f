"""Owns how labels, windows and surnames are said: numbered pinyin for espeak-ng.

espeak-ng reads "A012" as 零十二 and Chinese characters as English, so the text is spelt out:
digits one by one, 1 as yao in a ticket's number and as yi at a window.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from server.domain.data_files import read_rows
from server.domain.errors import SentenceUnknown
from server.domain.meeting_points import MEETING_POINT_SOUNDS, MeetingPoint
from server.domain.spoken import SENTENCES
from server.domain.spoken_words import spoken_sounds
from server.domain.voice_clips import check_desk_no, split_label, tens_and_ones

DIGITS = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
YAO = "yao1"
TEN = "shi2"
MASTER = "师傅"


def label_pinyin(label: str) -> str:
    """Spell a ticket's label: "A012" is "A ling2 yao1 er4". Raises NumberUnspeakable."""
    series, digits = split_label(label)
    said = (YAO if digit == "1" else DIGITS[int(digit)] for digit in digits)
    return " ".join((series, *said))


def desk_pinyin(desk_no: int) -> str:
    """Spell a window's number, 1 to 99: 12 is "shi2 er4". Raises NumberUnspeakable."""
    said = tens_and_ones(check_desk_no(desk_no))
    return " ".join(TEN if digit is None else DIGITS[digit] for digit in said)


def call_pinyin(label: str, desk_no: int, address: str = "") -> str:
    """Spell a call, such as "qing3 A ling2 yao1 er4 hao4. dao4 san1 hao4 chuang1 kou3.".

    address: such as 张师傅; "", or a surname that may be read in several ways, says the number
    alone. Raises NumberUnspeakable.
    """
    said = address_pinyin(address)
    to_whom = f" {said}." if said else ""
    return (
        f"qing3 {label_pinyin(label)} hao4.{to_whom} dao4 {desk_pinyin(desk_no)} hao4 chuang1 kou3."
    )


def gathering_pinyin(labels: tuple[str, ...], point: MeetingPoint) -> str:
    """Spell a call of several: 请 A 零零一号，A 零零五号，到大厅门口集合.

    Raises NumberUnspeakable.
    """
    numbers = ", ".join(f"{label_pinyin(label)} hao4" for label in labels)
    return f"qing3 {numbers}. dao4 {MEETING_POINT_SOUNDS[point]} ji2 he2."


def ticket_pinyin(label: str) -> str:
    """Spell what the ticket screen says: 您的号是 A 零幺二. Raises NumberUnspeakable."""
    return f"nin2 de5 hao4 shi4 {label_pinyin(label)}."


def sentence_pinyin(sentence_id: str) -> str:
    """Return the pinyin of a fixed sentence. Raises SentenceUnknown."""
    if sentence_id not in SENTENCES:
        raise SentenceUnknown
    return SENTENCES[sentence_id].pinyin


def words_pinyin(sound: str) -> str:
    """Return the pinyin of a choice's words, such as "zhao3_huo2". Raises SentenceUnknown."""
    if sound not in spoken_sounds():
        raise SentenceUnknown
    return spoken_sounds()[sound]


def address_pinyin(address: str) -> str:
    """Spell how a person is addressed: 单师傅 is "shan4 shi1 fu4"; "" where it is not certain."""
    surname = surnames().get(address.removesuffix(MASTER))
    return f"{surname} shi1 fu4" if surname else ""


@cache
def surnames() -> Mapping[str, str]:
    """Return the pinyin of surnames, as surnames are read; those read in two ways are left out."""
    return {row["surname"]: row["pinyin"] for row in read_rows("surnames.csv")}
