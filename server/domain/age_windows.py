"""Owns the ages at which building sites turn people away: warnings for staff, never a refusal.

Source: joint notices of Shanghai (2019), Tianjin and others; a text for Shanxi was not found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from server.domain.data_files import read_rows
from server.domain.kinds import Sex


@dataclass(frozen=True)
class AgeWindow:
    """Up to which age, in whole years, a site usually takes people of a sex, and why."""

    sex: Sex
    max_age: int
    why: str


def age_windows(trade_id: str) -> tuple[AgeWindow, ...]:
    """Give the windows of a trade, none for most."""
    return _windows().get(trade_id, ())


def age_warning(trade_id: str, sex: Sex, age: int) -> str:
    """Say in Chinese why to ask the employer first, "" where nothing speaks against it."""
    for window in age_windows(trade_id):
        if window.sex is sex and age > window.max_age:
            return f"{window.why}，推荐前请问清楚雇主；可以看看别的工种。"
    return ""


@cache
def _windows() -> Mapping[str, tuple[AgeWindow, ...]]:
    found: dict[str, tuple[AgeWindow, ...]] = {}
    for row in read_rows("trade_age_windows.csv"):
        window = AgeWindow(Sex(row["sex"]), int(row["max_age"]), row["why"])
        found[row["trade_id"]] = (*found.get(row["trade_id"], ()), window)
    return found
