"""Owns the anonymous questionnaire, and how few may be counted without telling on anybody.

notice, Annex 4 item 1: at least 150 day labourers are asked for their opinion. A question keeps
its code for ever; another set of questions or choices is another version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from server.domain.errors import SurveyAnswerUnknown, SurveyOutdated

VERSION = "2026-11"
# notice, Annex 4 item 1.
GOAL = 150
# A number of people below this is not told; usual in public statistics.
SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class SurveyChoice:
    """An answer to press; icon: its picture at the kiosk."""

    code: str
    name: str
    icon: str


@dataclass(frozen=True)
class SurveyQuestion:
    """A question with at most six answers; anybody may leave it open."""

    code: str
    text: str
    choices: tuple[SurveyChoice, ...]


def _question(code: str, text: str, *choices: tuple[str, str, str]) -> SurveyQuestion:
    return SurveyQuestion(code, text, tuple(SurveyChoice(*choice) for choice in choices))


QUESTIONS: tuple[SurveyQuestion, ...] = (
    _question(
        "visits",
        "您多久来一次市场？",
        ("daily", "差不多天天来", "days_many"),
        ("weekly", "一星期几回", "days_some"),
        ("monthly", "一个月几回", "days_few"),
        ("first", "头一回来", "days_first"),
    ),
    _question(
        "work",
        "您平时干什么活？",
        ("building", "建筑装修", "bricks"),
        ("moving", "搬运装卸", "boxes"),
        ("home", "家政保洁", "broom"),
        ("delivery", "快递外卖", "scooter"),
        ("farm", "农活", "wheat"),
        ("other", "别的活", "more"),
    ),
    _question(
        "pay",
        "干一天大概挣多少钱？",
        ("below_150", "不到150元", "coins_1"),
        ("150_to_200", "150到200元", "coins_2"),
        ("200_to_250", "200到250元", "coins_3"),
        ("250_to_300", "250到300元", "coins_4"),
        ("over_300", "300元往上", "coins_5"),
    ),
    _question(
        "trouble",
        "找活最难的是什么？",
        ("few_jobs", "活太少", "find_work"),
        ("low_pay", "工钱低", "money"),
        ("far", "路太远", "road"),
        ("unpaid", "不给工钱", "no_money"),
        ("no_skill", "没有手艺", "training"),
        ("age", "嫌年纪大", "elder_care"),
    ),
    _question(
        "elsewhere",
        "平时还在哪里等活？",
        ("roadside", "马路边", "road"),
        ("acquaintance", "熟人介绍", "people"),
        ("phone_group", "手机群里", "phone"),
        ("agency", "中介", "shop"),
        ("only_here", "只来这里", "house"),
    ),
    _question(
        "help",
        "最想让市场帮您什么？",
        ("jobs", "多登些活", "clipboard"),
        ("training", "教手艺", "training"),
        ("wages", "帮着要工钱", "money"),
        ("rest", "热水和歇脚", "cup"),
        ("bus", "接送的车", "truck"),
        ("tools", "借工具", "hammer"),
    ),
    _question(
        "opening",
        "市场几点开门好？",
        ("half_past_4", "四点半", "clock_0430"),
        ("5", "五点", "clock_0500"),
        ("6", "六点", "clock_0600"),
        ("7_or_later", "七点以后", "clock_0700"),
    ),
    _question(
        "content",
        "您觉得市场办得怎么样？",
        ("good", "好", "face_good"),
        ("fair", "还行", "face_fair"),
        ("poor", "不好", "face_poor"),
    ),
)


def check_survey(version: str, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return an answer, or None, for each question.

    Raises SurveyOutdated for another version, SurveyAnswerUnknown for what was not asked.
    """
    if version != VERSION:
        raise SurveyOutdated
    asked = {question.code: {c.code for c in question.choices} for question in QUESTIONS}
    for code, choice in given.items():
        if code not in asked or (choice is not None and choice not in asked[code]):
            raise SurveyAnswerUnknown
    return {code: given.get(code) for code in asked}


def last_told_day(counts: Sequence[tuple[date, int]], today: date) -> date | None:
    """Return the day up to which answers may be told; None while there are too few.

    counts: questionnaires by day, ascending. Only days that are over, and only in steps of at
    least SMALLEST_SHOWN questionnaires: the difference to what was told before says nothing
    about one person either.
    """
    told, waiting = None, 0
    for day, count in counts:
        if day >= today:
            break
        waiting += count
        if waiting >= SMALLEST_SHOWN:
            told, waiting = day, 0
    return told


def told_counts(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return the counts of one question's answers, None for those that are not told.

    Numbers from 1 to SMALLEST_SHOWN - 1 are left out; if that is one only, it could be worked out
    from the sum, so the next smallest goes with it.
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN}
    if len(hidden) == 1:
        others = [at for at, count in enumerate(counts) if at not in hidden and count > 0]
        hidden |= set(sorted(others, key=lambda at: counts[at])[:1])
    return tuple(None if at in hidden else count for at, count in enumerate(counts))
