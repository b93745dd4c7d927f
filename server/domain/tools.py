"""Owns the rules of the tool ledger: names, counts, how long a loan lasts, how a tool comes back.

Lending is free and without a deposit ("常用工具等便民辅助设施": notice, Annex 4 item 8).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from server.domain.clock import SHANGHAI, market_day
from server.domain.errors import (
    TextMissing,
    TextTooLong,
)
from server.domain.errors.hall import (
    LoanDueInvalid,
    ToolCountInvalid,
)

NAME_LIMIT = 20
MOST_TOOLS = 500
MOST_AT_ONCE = 10
LONGEST_LOAN = timedelta(days=14)
# When a loan ends if the market does not say when its desks close.
EVENING = time(18)


class ToolCondition(StrEnum):
    """Say how a tool came back; of BROKEN and LOST ones the market has one less."""

    GOOD = "good"
    WORN = "worn"
    BROKEN = "broken"
    LOST = "lost"

    @property
    def is_gone(self) -> bool:
        """Tell whether nobody can be lent it any more."""
        return self in {ToolCondition.BROKEN, ToolCondition.LOST}


CONDITION_NAMES: Mapping[ToolCondition, str] = {
    ToolCondition.GOOD: "完好",
    ToolCondition.WORN: "有点损伤，还能用",
    ToolCondition.BROKEN: "坏了，不能用",
    ToolCondition.LOST: "丢了",
}


def clean_tool_name(text: str) -> str:
    """Return a tool's name without needless spaces. Raises TextMissing, TextTooLong."""
    name = " ".join(text.split())
    if not name:
        raise TextMissing(field="tool_name")
    if len(name) > NAME_LIMIT:
        raise TextTooLong(field="tool_name", limit=NAME_LIMIT)
    return name


def check_tool_count(count: int) -> int:
    """Return a number of tools. Raises ToolCountInvalid outside 0 to MOST_TOOLS."""
    if not 0 <= count <= MOST_TOOLS:
        raise ToolCountInvalid(maximum=MOST_TOOLS)
    return count


def loan_due_at(day: date, closes: time, now: datetime) -> datetime:
    """Return when a loan until a day ends: when the desks close, or at midnight if that is past.

    Raises LoanDueInvalid for a past day or one after LONGEST_LOAN.
    """
    today = market_day(now)
    if not today <= day <= today + LONGEST_LOAN:
        raise LoanDueInvalid(days=LONGEST_LOAN.days)
    due = datetime.combine(day, closes, SHANGHAI).astimezone(UTC)
    if due > now:
        return due
    midnight = datetime.combine(day + timedelta(days=1), time(0), SHANGHAI)
    return midnight.astimezone(UTC)
