"""Owns the list of cases: what is late or due first, with who has it, by kind and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, render_template, request

from server.domain.case_kinds import (
    CASE_DAYS_NAMES,
    CASE_OUTCOME_NAMES,
    CASE_STATE_NAMES,
    CaseState,
)
from server.domain.clock import market_day
from server.domain.kinds import CaseKind, CaseStep
from server.domain.phrases import CASE_KIND_NAMES
from server.services.case_views import CaseFilter, case_list, cases_due
from server.services.cases import CaseRow
from server.services.market import market_view
from server.services.open_market import OpenMarket
from server.staff.answers import region, version_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("cases", __name__, url_prefix="/cases")

NO_NAME = "(凭身份证核对)"
STEP_NAMES: Mapping[CaseStep, str] = {
    CaseStep.ASSIGN: "专人负责",
    CaseStep.FEEDBACK: "回话",
    CaseStep.CLOSE: "办结",
}


@dataclass(frozen=True)
class StepShown:
    """A step of a case. tone: the badge's colour; word: what it says beside the day."""

    name: str
    by_day: date
    word: str
    tone: str


@dataclass(frozen=True)
class CaseLine:
    """A case in the list. end: how it ended, "" while it is open."""

    no: str
    kind_name: str
    masked_name: str
    employer: str
    opened_at: datetime
    responsible: str
    is_major: bool
    end: str
    steps: tuple[StepShown, ...]


@dataclass(frozen=True)
class CaseLines:
    """One page of the list. due: how many of all cases are late or due today."""

    lines: tuple[CaseLine, ...]
    wanted: CaseFilter
    total: int
    pages: int
    due: int


def case_lines(market: OpenMarket, wanted: CaseFilter) -> CaseLines:
    """Return the cases as the page lists them."""
    today = market_day(market.database.now())
    found = case_list(market, wanted)
    lines = tuple(_line(row, today) for row in found.rows)
    shown = CaseFilter(wanted.kind, wanted.state, wanted.due_only, found.page)
    return CaseLines(lines, shown, found.total, found.pages, cases_due(market))


def case_filter(arguments: Mapping[str, str]) -> CaseFilter:
    """Return what an address asks for; what it cannot be read as is left out."""
    kind, state = arguments.get("kind", ""), arguments.get("state", "")
    page = arguments.get("page", "")
    return CaseFilter(
        CaseKind(kind) if kind in set(CaseKind) else None,
        CaseState(state) if state in set(CaseState) else None,
        state == "due",
        int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _line(row: CaseRow, today: date) -> CaseLine:
    return CaseLine(
        row.case.no,
        CASE_KIND_NAMES[row.case.kind],
        row.masked_name or NO_NAME,
        row.case.employer,
        row.case.opened_at,
        row.responsible,
        row.is_major,
        "" if row.outcome is None else CASE_OUTCOME_NAMES[row.outcome],
        steps_shown(row, today),
    )


def steps_shown(row: CaseRow, today: date) -> tuple[StepShown, ...]:
    """Return the three clocks of a case, in their order."""
    due = row.case.deadlines
    days = (due.assign_by_day, due.feedback_by_day, due.close_by_day)
    moments = (row.assigned_at, row.answered_at, row.closed_at)
    return tuple(
        step_shown(STEP_NAMES[step], day, moment, today)
        for step, day, moment in zip(CaseStep, days, moments, strict=True)
    )


def step_shown(name: str, by_day: date, done_at: datetime | None, today: date) -> StepShown:
    """Return a step with its colour: done, done late, late, due today, or with days left."""
    if done_at is not None:
        late = (market_day(done_at) - by_day).days
        if late > 0:
            return StepShown(name, by_day, f"已办，晚了{late}天", "warn")
        return StepShown(name, by_day, "已办", "done")
    left = (by_day - today).days
    if left < 0:
        return StepShown(name, by_day, f"超期{-left}天", "bad")
    if left == 0:
        return StepShown(name, by_day, "今天到期", "warn")
    return StepShown(name, by_day, f"还有{left}天", "quiet")


@blueprint.get("")
@needs_staff()
def page() -> str:
    """List the cases, what is late or due first."""
    shown = case_lines(market(), case_filter(request.args))
    return render_template(
        "staff/cases.html",
        shown=shown,
        version=version_of(shown),
        kinds=CASE_KIND_NAMES,
        states=CASE_STATE_NAMES,
        days_name=CASE_DAYS_NAMES[market_view(market()).case_days],
    )


@blueprint.get("/list")
@needs_staff()
def list_region() -> Response:
    """Return the list alone, or 204 when it has not changed."""
    shown = case_lines(market(), case_filter(request.args))
    return region("staff/parts/cases.html", version_of(shown), shown=shown)


@blueprint.get("/due")
@needs_staff()
def due_region() -> Response:
    """Return the count of what is late or due today, or 204 when it has not changed."""
    due = cases_due(market())
    return region("staff/parts/case_count.html", version_of(due), due=due)
