"""Owns the check-in: a person becomes a visit with a ticket, once for each day and service."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from server.db.prepared import Prepared
from server.db.tables import device, event_log, ticket, ticket_counter, visit
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.kinds import PrintJobKind, ServiceKind, TicketState
from server.domain.tickets import new_ticket_code
from server.services.open_market import OpenMarket
from server.services.print_jobs import PrintTarget, queue_print_job
from server.services.tickets import TicketView, issued_view, view_of
from server.services.turns import work_line
from server.services.workers import (
    Person,
    WorkerAnswers,
    check_answers,
    find_by_number,
    needs_for,
    needs_of,
    save_worker,
    trades_of,
)

CODE_BYTES = 16


@dataclass(frozen=True)
class CheckIn:
    """A person asks for a service today."""

    person: Person
    service: ServiceKind
    answers: WorkerAnswers


@dataclass(frozen=True)
class CheckInAnswer:
    """The ticket a check-in led to.

    is_new: False when the person already had this ticket today; then nothing is printed.
    """

    ticket: TicketView
    is_new: bool
    print_job_id: str | None


_VISIT_TODAY = Prepared(
    select(ticket, visit.c.id.label("visit_id"), visit.c.holds_ticket)
    .join_from(visit, ticket, visit.c.ticket_id == ticket.c.id)
    .where(
        visit.c.worker_id == bindparam("worker_id"),
        visit.c.market_day == bindparam("market_day"),
        visit.c.service == bindparam("service"),
    )
)
_WAITING = Prepared(
    select(func.count())
    .select_from(ticket)
    .where(
        ticket.c.market_day == bindparam("market_day"),
        ticket.c.state == TicketState.WAITING.value,
        ticket.c.series == bindparam("series"),
    )
)
_BEFORE_TURN = Prepared(
    select(func.count())
    .select_from(ticket)
    .where(
        ticket.c.market_day == bindparam("market_day"),
        ticket.c.state == TicketState.WAITING.value,
        ticket.c.series == bindparam("series"),
        ticket.c.turn <= bindparam("turn"),
    )
)
_AGENT_OF = Prepared(
    select(device.c.id).where(
        device.c.serves_device_id == bindparam("device_id"), device.c.revoked_at.is_(None)
    )
)
_ADD_TICKET = Prepared(insert(ticket))
_ADD_VISIT = Prepared(insert(visit))


def _next_number_on(dialect_insert: Any) -> Any:
    statement = dialect_insert(ticket_counter).values(
        market_day=bindparam("market_day"), series=bindparam("series"), last_number=1
    )
    return statement.on_conflict_do_update(
        index_elements=["market_day", "series"],
        set_={"last_number": ticket_counter.c.last_number + 1},
    ).returning(ticket_counter.c.last_number)


_NEXT_NUMBER = {
    "sqlite": Prepared(_next_number_on(sqlite_insert)),
    "postgresql": Prepared(_next_number_on(postgresql_insert)),
}


def check_in(market: OpenMarket, actor: Actor, request: CheckIn, key: str) -> CheckInAnswer:
    """Check a person in for a service and queue the ticket's print job.

    The same person, day and service give the same ticket, unless it was given back: then the
    visit gets another number. The same `key` gives the same answer.
    Raises what `check_answers` raises, and IdempotencyKeyReused.
    Records worker.registered or worker.updated where something is new, and visit.checked_in.
    """
    content = {
        "person": market.seal.index(request.person.id_no, "worker.id_no"),
        "service": request.service,
        "answers": asdict(request.answers),
    }
    with market.database.write(actor) as tx:
        asked = Asked(key, "check_in", content)
        return tx.once(asked, CheckInAnswer, lambda: take_ticket(tx, market, request))


def take_ticket(tx: Transaction, market: OpenMarket, request: CheckIn) -> CheckInAnswer:
    """Give a person a ticket in the caller's transaction, as `check_in` does."""
    row = find_by_number(tx.connection, market.seal, request.person.id_no)
    today = Today(tx.connection, tx.market_day)
    had = None if row is None else ticket_today(today, row.id, request.service)
    if had is not None and had.state != TicketState.CANCELLED:
        return CheckInAnswer(view_of(tx.connection, had), False, None)
    trades = () if row is None else trades_of(tx.connection, row.id)
    needs = needs_for(request.service, needs_of(row, trades))
    answers = check_answers(request.answers, needs)
    worker_id = save_worker(tx, market.seal, request.person, row, answers)
    is_work = request.service is ServiceKind.FIND_WORK
    line = work_line(tx, worker_id, request.person, row, answers) if is_work else {}
    issued = issue_ticket(tx, request.service, 1, line)
    put_on = OnTicket(issued["id"], request.service, holds_ticket=True)
    return hand_out(tx, save_visit(tx, worker_id, had, put_on), issued)


@dataclass(frozen=True)
class Today:
    """A market day as one transaction sees it."""

    connection: Connection
    market_day: date


# Rows of prepared statements are of a class made at run time, hence Any.
def ticket_today(today: Today, worker_id: str, service: ServiceKind) -> Any:
    """Return the ticket row of a worker's visit of today with visit_id and holds_ticket, or None.

    holds_ticket: False for a member of a crew, whose leader holds it.
    """
    wanted = {"worker_id": worker_id, "market_day": today.market_day, "service": service.value}
    return _VISIT_TODAY.first(today.connection, wanted)


@dataclass(frozen=True)
class OnTicket:
    """What a visit is for: a ticket and its service, held or come along on."""

    ticket_id: str
    service: ServiceKind
    holds_ticket: bool


@dataclass(frozen=True)
class SavedVisit:
    """A visit as it is now. version: of its entity in the log."""

    columns: dict[str, Any]
    version: int


def save_visit(tx: Transaction, worker_id: str, had: Any, put_on: OnTicket) -> SavedVisit:
    """Put a worker's visit of today on a ticket; with a visit they `had` it stays one visit."""
    if had is not None:
        return _visit_again(tx, had.visit_id, put_on)
    columns = {
        "market_day": tx.market_day,
        "service": put_on.service.value,
        "id": tx.new_id(),
        "worker_id": worker_id,
        "ticket_id": put_on.ticket_id,
        "holds_ticket": put_on.holds_ticket,
        "device_id": tx.actor.device_id,
        "created_at": tx.now,
    }
    _ADD_VISIT.run(tx.connection, columns)
    return SavedVisit(columns, 1)


def _visit_again(tx: Transaction, visit_id: str, put_on: OnTicket) -> SavedVisit:
    here = visit.c.id == visit_id
    changes = {"ticket_id": put_on.ticket_id, "holds_ticket": put_on.holds_ticket}
    tx.connection.execute(update(visit).where(here), changes)
    row = tx.connection.execute(select(visit).where(here)).one()
    told = select(func.max(event_log.c.entity_version)).where(
        event_log.c.subject == f"visit/{visit_id}"
    )
    version = (tx.connection.scalar(told) or 0) + 1
    return SavedVisit(dict(row._mapping), version)


def issue_ticket(
    tx: Transaction, service: ServiceKind, people: int, line: dict[str, Any]
) -> dict[str, Any]:
    """Insert a waiting ticket with the next number and return its columns.

    line: the columns it is ranked by (`work_line`), none for other services.
    """
    number = take_number(tx, tx.market_day, service.series)
    ahead = _ahead(tx, service, line)
    issued: dict[str, Any] = {
        "market_day": tx.market_day,
        "service": service.value,
        "id": tx.new_id(),
        "code": new_ticket_code(os.urandom(CODE_BYTES)),
        "series": service.series,
        "number": number,
        "state": TicketState.WAITING.value,
        "ahead_when_issued": ahead,
        "recalls": 0,
        "people": people,
        "entity_version": 1,
        "created_at": tx.now,
        **line,
    }
    _ADD_TICKET.run(tx.connection, issued)
    return issued


def _ahead(tx: Transaction, service: ServiceKind, line: dict[str, Any]) -> int:
    of_series = {"market_day": tx.market_day, "series": service.series}
    if "turn" not in line:
        return int(_WAITING.scalar(tx.connection, of_series))
    return int(_BEFORE_TURN.scalar(tx.connection, {**of_series, "turn": line["turn"]}))


def hand_out(tx: Transaction, saved: SavedVisit, issued: dict[str, Any]) -> CheckInAnswer:
    """Queue the paper of a new ticket for its holder's visit. Records visit.checked_in."""
    job_id = queue_print_job(tx, PrintTarget(PrintJobKind.TICKET, issued["id"], agent_here(tx)), 1)
    body = {"visit": saved.columns, "ticket": issued, "print_job_id": job_id}
    tx.record(Event("visit.checked_in", f"visit/{saved.columns['id']}", saved.version, body))
    return CheckInAnswer(issued_view(issued), True, job_id)


def agent_here(tx: Transaction) -> str | None:
    """Return the agent whose printer stands in the kiosk that asks, None elsewhere."""
    if tx.actor.device_id is None:
        return None
    agent_id: str | None = _AGENT_OF.scalar(tx.connection, {"device_id": tx.actor.device_id})
    return agent_id


def take_number(tx: Transaction, day: date, series: str) -> int:
    """Take the next number of a series on a market day, 1 upwards without a gap.

    A rolled back transaction gives its number back: the counter row is part of it.
    """
    statement = _NEXT_NUMBER[tx.connection.dialect.name]
    number = statement.scalar(tx.connection, {"market_day": day, "series": series})
    return int(number)
