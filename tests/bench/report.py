"""Owns what is printed and written: one table, with the goals beside what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Say whether a goal is met."""

    MET = "met"
    MISSED = "missed"
    NO_GOAL = ""


@dataclass(frozen=True)
class Row:
    """One line of the table. goal: in words, empty where there is none."""

    what: str
    measured: str
    goal: str = ""
    verdict: Verdict = Verdict.NO_GOAL


def judged(what: str, measured: str, goal: str, is_met: bool) -> Row:
    """Return a row with a goal."""
    return Row(what, measured, goal, Verdict.MET if is_met else Verdict.MISSED)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of the values stayed below; values need no order."""
    ranked = sorted(values)
    return ranked[min(int(share * len(ranked)), len(ranked) - 1)]


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | measured | goal | |", "|---|---|---|---|"]
    lines += [f"| {r.what} | {r.measured} | {r.goal} | {r.verdict.value} |" for r in rows]
    return "\n".join(lines)
