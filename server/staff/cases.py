"""Owns the page of cases: what was asked for, until when, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, render_template

from server.domain.clock import market_day
from server.domain.kinds import CaseStep
from server.domain.phrases import CASE_KIND_NAMES, CASE_STEP_WORDS
from server.services.cases import CaseRow, cases
from server.services.open_market import OpenMarket
from server.staff.answers import region, version_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("cases", __name__, url_prefix="/cases")

NO_NAME = "(凭身份证核对)"


@dataclass(frozen=True)
class StepShown:
    """A step of a case. tone: the badge's colour; word: what it says beside the day."""

    name: str
    by_day: date
    word: str
    tone: str


@dataclass(frozen=True)
class CaseLine:
    """A case in the list."""

    no: str
    kind_name: str
    masked_name: str
    employer: str
    opened_at: datetime
    steps: tuple[StepShown, ...]


def case_lines(market: OpenMarket) -> tuple[CaseLine, ...]:
    """Return the cases as the page lists them."""
    today = market_day(market.database.now())
    return tuple(_line(row, today) for row in cases(market))


def _line(row: CaseRow, today: date) -> CaseLine:
    due = row.case.deadlines
    days = (due.assign_by_day, due.feedback_by_day, due.close_by_day)
    moments = (row.assigned_at, row.answered_at, row.closed_at)
    return CaseLine(
        row.case.no,
        CASE_KIND_NAMES[row.case.kind],
        row.masked_name or NO_NAME,
        row.case.employer,
        row.case.opened_at,
        tuple(
            step_shown(CASE_STEP_WORDS[step], day, moment, today)
            for step, day, moment in zip(CaseStep, days, moments, strict=True)
        ),
    )


def step_shown(name: str, by_day: date, done_at: datetime | None, today: date) -> StepShown:
    """Return a step with its colour: done, late, due today, or with days left."""
    left = (by_day - today).days
    if done_at is not None:
        return StepShown(name, by_day, "已办", "done")
    if left < 0:
        return StepShown(name, by_day, f"超期{-left}天", "bad")
    if left == 0:
        return StepShown(name, by_day, "今天到期", "warn")
    return StepShown(name, by_day, f"还有{left}天", "quiet")


@blueprint.get("")
@needs_staff()
def page() -> str:
    """List the cases, the longest open first."""
    lines = case_lines(market())
    return render_template("staff/cases.html", lines=lines, version=version_of(lines))


@blueprint.get("/list")
@needs_staff()
def list_region() -> Response:
    """Return the list alone, or 204 when it has not changed."""
    lines = case_lines(market())
    return region("staff/parts/cases.html", version_of(lines), lines=lines)
