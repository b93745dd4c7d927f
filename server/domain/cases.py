"""Owns a case's clocks and its number.

The clocks are those of Shanxi's 13710 rule (晋政办 2016): studied on the day after, a word within
three days, settled within seven. They count calendar days: the rule does not say working days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

ASSIGN_DAYS = 1
FEEDBACK_DAYS = 3
CLOSE_DAYS = 7
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


def deadlines_from(opened_day: date) -> Deadlines:
    """Return the clocks of a case that is opened on `opened_day`."""
    return Deadlines(
        opened_day + timedelta(days=ASSIGN_DAYS),
        opened_day + timedelta(days=FEEDBACK_DAYS),
        opened_day + timedelta(days=CLOSE_DAYS),
    )


def case_no(year: int, number: int) -> str:
    """Write a case's number: "S2026-0001"."""
    return f"S{year}-{number:04d}"
