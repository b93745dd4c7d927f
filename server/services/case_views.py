"""Owns what the desk and a phone may see of cases: the list by urgency, one case, its history."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, select

from server.db.tables import (
    complaint_case,
    event_log,
    placement,
    post,
    staff,
    ticket,
    visit,
    worker,
)
from server.domain.case_kinds import CaseOutcome, CaseState
from server.domain.cases import case_state
from server.domain.clock import market_day
from server.domain.errors import CaseUnknown
from server.domain.kinds import CaseKind
from server.domain.money import pay_text
from server.domain.trades import trade
from server.services.case_handling import TEXT
from server.services.cases import CASES, CaseRow, case_row
from server.services.open_market import OpenMarket
from server.services.posts import POSTS, post_of_row
from server.services.tickets import HELD_BY

PAGE_SIZE = 30

_CASE = complaint_case.c
# The day by which the next step of an open case is due.
_DUE = case(
    (_CASE.assigned_at.is_(None), _CASE.assign_by_day),
    (_CASE.answered_at.is_(None), _CASE.feedback_by_day),
    else_=_CASE.close_by_day,
)
_IN_STATE: dict[CaseState, ColumnElement[bool]] = {
    CaseState.OPENED: and_(_CASE.closed_at.is_(None), _CASE.assigned_at.is_(None)),
    CaseState.ASSIGNED: and_(
        _CASE.closed_at.is_(None), _CASE.assigned_at.is_not(None), _CASE.answered_at.is_(None)
    ),
    CaseState.ANSWERED: and_(_CASE.closed_at.is_(None), _CASE.answered_at.is_not(None)),
    CaseState.CLOSED: _CASE.closed_at.is_not(None),
}


@dataclass(frozen=True)
class CaseFilter:
    """Which cases a list shows. page: 1 upwards; due_only: only what is late or due today."""

    kind: CaseKind | None = None
    state: CaseState | None = None
    due_only: bool = False
    page: int = 1


@dataclass(frozen=True)
class CaseList:
    """One page of cases. total: how many fit the filter; pages: at least 1."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int
    pages: int


def case_list(market: OpenMarket, wanted: CaseFilter) -> CaseList:
    """Return a page of cases: open before closed, the next due first, lastly closed first.

    A page after the last is the last.
    """
    today = market_day(market.database.now())
    fits = _fits(wanted, today)
    with market.database.read() as connection:
        counted = select(func.count()).select_from(complaint_case).where(*fits)
        total = int(connection.scalar(counted) or 0)
        pages = max((total + PAGE_SIZE - 1) // PAGE_SIZE, 1)
        page = min(max(wanted.page, 1), pages)
        statement = (
            CASES.where(*fits)
            .order_by(
                _CASE.closed_at.is_not(None),
                case((_CASE.closed_at.is_(None), _DUE)),
                _CASE.closed_at.desc(),
                _CASE.id,
            )
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        )
        rows = tuple(case_row(market, row) for row in connection.execute(statement))
    return CaseList(rows, total, page, pages)


def _fits(wanted: CaseFilter, today: date) -> list[ColumnElement[bool]]:
    fits = []
    if wanted.kind is not None:
        fits.append(_CASE.kind == wanted.kind.value)
    if wanted.state is not None:
        fits.append(_IN_STATE[wanted.state])
    if wanted.due_only:
        fits.append(and_(_CASE.closed_at.is_(None), today >= _DUE))
    return fits


def cases_due(market: OpenMarket) -> int:
    """Count the open cases whose next step is late or due today."""
    today = market_day(market.database.now())
    statement = select(func.count()).select_from(complaint_case)
    with market.database.read() as connection:
        fits = _fits(CaseFilter(due_only=True), today)
        return int(connection.scalar(statement.where(*fits)) or 0)


@dataclass(frozen=True)
class Evidence:
    """What the worker and the employer agreed on, as the post and the slip say.

    agreed_at: when the slip was made.
    """

    post_id: str
    post_no: int
    employer_id: str
    employer: str
    trade_name: str
    work_day: date
    pay: str
    place: str
    agreed_at: datetime


@dataclass(frozen=True)
class CaseFile:
    """A case as its page shows it.

    responsible_id: who has it, None for nobody. note, plan, done: what clerks wrote, "" for
    nothing. name, phone: the worker's own, for whoever has the case.
    """

    row: CaseRow
    state: CaseState
    responsible_id: str | None
    evidence: Evidence | None
    note: str = field(repr=False)
    plan: str = field(repr=False)
    done: str = field(repr=False)
    name: str = field(repr=False)
    phone: str = field(repr=False)
    version: int = 0


def case_file(market: OpenMarket, no: str) -> CaseFile:
    """Return a case with the texts opened. Raises CaseUnknown."""
    statement = CASES.add_columns(worker.c.phone_sealed).where(_CASE.no == no)
    with market.database.read() as connection:
        row = connection.execute(statement).first()
        if row is None:
            raise CaseUnknown
        evidence = None if row.placement_id is None else _evidence(connection, row.placement_id)
    return _file(market, row, evidence)


def _file(market: OpenMarket, row: Row[Any], evidence: Evidence | None) -> CaseFile:
    def opened(sealed: str | None, name: str = TEXT) -> str:
        return market.seal.open_optional(sealed, name) or ""

    return CaseFile(
        case_row(market, row),
        state_of(row),
        row.responsible_id,
        evidence,
        opened(row.note_sealed),
        opened(row.plan_sealed),
        opened(row.done_sealed),
        opened(row.name_sealed, "worker.name"),
        opened(row.phone_sealed, "worker.phone"),
        row.entity_version,
    )


def state_of(row: Row[Any]) -> CaseState:
    """Return how far the case of a row has got."""
    steps = (row.assigned_at, row.answered_at, row.closed_at)
    return case_state(*(moment is not None for moment in steps))


# POSTS counts placements in a subquery, which must not be tied to this one.
_AGREED = placement.alias()


def _evidence(connection: Connection, placement_id: str) -> Evidence:
    statement = (
        POSTS.add_columns(_AGREED.c.created_at.label("agreed_at"), _AGREED.c.work_day.label("on"))
        .join(_AGREED, _AGREED.c.post_id == post.c.id)
        .where(_AGREED.c.id == placement_id)
    )
    row = connection.execute(statement).one()
    agreed = post_of_row(row)
    draft = agreed.draft
    return Evidence(
        agreed.id,
        agreed.no,
        draft.employer_id,
        agreed.employer_name,
        trade(draft.trade_id).short_name,
        row.on,
        pay_text(draft.pay_fen, draft.pay_unit, draft.piece_unit),
        draft.place,
        row.agreed_at,
    )


@dataclass(frozen=True)
class HistoryLine:
    """A step in a case's past, from the event log.

    who: a display name, "" for a machine. text: what a clerk wrote. to: whose the case became;
    by_day: until when it has to be closed now; outcome: how it ended. None where it says nothing.
    """

    event: str
    at: datetime
    who: str
    text: str = field(default="", repr=False)
    to: str | None = None
    by_day: date | None = None
    outcome: CaseOutcome | None = None


def case_history(market: OpenMarket, case_id: str) -> tuple[HistoryLine, ...]:
    """Return what happened to a case, the oldest first; an erased body leaves its line."""
    statement = (
        select(event_log).where(event_log.c.subject == f"case/{case_id}").order_by(event_log.c.id)
    )
    with market.database.read() as connection:
        rows = connection.execute(statement).all()
        names = {row.id: row.display_name for row in connection.execute(select(staff))}
    return tuple(_line(market, row, names) for row in rows)


def _line(market: OpenMarket, row: Row[Any], names: dict[str, str]) -> HistoryLine:
    body: dict[str, Any] = {} if row.body is None else json.loads(row.body)
    who = names.get(row.actor.removeprefix("staff:"), "")
    sealed = body.get("text_sealed") or (
        body.get("note_sealed") if row.type == "case.opened" else None
    )
    is_moved = row.type in {"case.extended", "case.reopened"} and "close_by_day" in body
    is_closed = row.type == "case.closed" and bool(body)
    return HistoryLine(
        row.type,
        row.occurred_at,
        who,
        market.seal.open_optional(sealed, TEXT) or "",
        names.get(body.get("responsible_id") or "") if row.type == "case.handed_over" else None,
        date.fromisoformat(body["close_by_day"]) if is_moved else None,
        CaseOutcome(body["outcome"]) if is_closed else None,
    )


@dataclass(frozen=True)
class TicketCase:
    """A case as a ticket's phone page names it; it says nothing of what it is about."""

    no: str
    state: CaseState


def cases_of_ticket(market: OpenMarket, ticket_id: str) -> tuple[TicketCase, ...]:
    """Return the cases that a ticket's holder opened on the day of the ticket, oldest first."""
    statement = (
        select(complaint_case)
        .join_from(ticket, visit, HELD_BY)
        .join(
            complaint_case,
            and_(_CASE.worker_id == visit.c.worker_id, _CASE.market_day == ticket.c.market_day),
        )
        .where(ticket.c.id == ticket_id)
        .order_by(_CASE.id)
    )
    with market.database.read() as connection:
        return tuple(TicketCase(row.no, state_of(row)) for row in connection.execute(statement))
