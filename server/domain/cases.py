"""Owns a case's clocks and its number.

The clocks are those of Shanxi's 13710 rule (晋政办 2016): studied on the day after, a word within
three days, settled within seven, a major matter with a plan within a month. The rule does not say
whether it counts working days, so the market does (`CaseDays`).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from server.domain.case_kinds import CaseDays, CaseState
from server.domain.errors import TextMissing, TextTooLong

ASSIGN_DAYS = 1
FEEDBACK_DAYS = 3
CLOSE_DAYS = 7
# date.weekday() of the first day that is no working day.
SATURDAY = 5
NOTE_LIMIT = 200
TEXT_LIMIT = 500
# 全国根治欠薪线索反映平台 (since 2020-12-14) and the labour line of 人社部.
LABOUR_LINE = "12333"
ARREARS_HINT = (
    "也可以在手机上反映：打开“国务院客户端”小程序，找“全国根治欠薪线索反映平台”，"
    "写清谁欠的、在哪干的活、哪几天、欠多少钱。"
)


@dataclass(frozen=True)
class Deadlines:
    """Until the end of which day each step of a case has to be done."""

    assign_by_day: date
    feedback_by_day: date
    close_by_day: date


def deadlines_from(start_day: date, days: CaseDays = CaseDays.CALENDAR) -> Deadlines:
    """Return the clocks of a case that is opened, or opened again, on `start_day`."""
    return Deadlines(
        day_after(start_day, ASSIGN_DAYS, days),
        day_after(start_day, FEEDBACK_DAYS, days),
        day_after(start_day, CLOSE_DAYS, days),
    )


def day_after(day: date, count: int, days: CaseDays) -> date:
    """Return the day `count` days later. Working days are Monday to Friday, holidays or not."""
    if days is CaseDays.CALENDAR:
        return day + timedelta(days=count)
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def major_close_by(start_day: date, days: CaseDays) -> date:
    """Return until when a major case is settled: the same day of the next month, or its last.

    With working days a Saturday or Sunday becomes the Monday after.
    """
    year, month = divmod(start_day.year * 12 + start_day.month, 12)
    last = monthrange(year, month + 1)[1]
    due = date(year, month + 1, min(start_day.day, last))
    if days is CaseDays.WORKING and due.weekday() >= SATURDAY:
        return day_after(due, 1, days)
    return due


def case_state(is_assigned: bool, is_answered: bool, is_closed: bool) -> CaseState:
    """Return how far a case has got from which of its steps are done."""
    if is_closed:
        return CaseState.CLOSED
    if not is_assigned:
        return CaseState.OPENED
    return CaseState.ANSWERED if is_answered else CaseState.ASSIGNED


def clean_case_text(text: str, field: str, limit: int = TEXT_LIMIT) -> str:
    """Return what a clerk wrote. Raises TextMissing, TextTooLong with the field's name."""
    clean = text.strip()
    if not clean:
        raise TextMissing(field=field)
    if len(clean) > limit:
        raise TextTooLong(field=field, limit=limit)
    return clean


def case_no(year: int, number: int) -> str:
    """Write a case's number: "S2026-0001"."""
    return f"S{year}-{number:04d}"
