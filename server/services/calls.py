"""Owns calling: a waiting ticket asked to a desk, recalled, served, finished or missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from server.db.tables import call, desk, ticket, visit, worker
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import market_day
from server.domain.errors import (
    DeskBusy,
    DeskUnknown,
    NobodyWaiting,
    RecallsExhausted,
    TicketNotCalled,
    TicketNotToday,
    TicketNotWaiting,
    TicketStateForbids,
    TicketUnknown,
)
from server.domain.kinds import ServiceKind, TicketState
from server.domain.tickets import MAX_RECALLS, ticket_label
from server.services.application_ends import withdraw_with_ticket
from server.services.open_market import OpenMarket
from server.services.tickets import HELD_BY
from server.services.workers import call_name_of


@dataclass(frozen=True)
class CallAnswer:
    """The ticket a desk has now."""

    ticket_code: str
    label: str
    state: TicketState
    desk_no: int | None
    recalls: int


def call_next(
    market: OpenMarket, staff: Actor, desk_no: int, services: tuple[ServiceKind, ...], key: str
) -> CallAnswer:
    """Call the longest waiting ticket of some services (none named: all) to a desk.

    Two desks never get the same ticket. Raises DeskUnknown, DeskBusy while the desk has a called
    or serving ticket, NobodyWaiting. Records ticket.called.
    """
    asked = Asked(key, "call_next", {"desk_no": desk_no, "services": services})
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _call_next(tx, desk_no, services))


def _call_next(tx: Transaction, desk_no: int, services: tuple[ServiceKind, ...]) -> CallAnswer:
    _check_desk_is_free(tx, desk_no)
    statement = (
        select(ticket)
        .where(
            ticket.c.market_day == tx.market_day,
            ticket.c.state == TicketState.WAITING.value,
        )
        .order_by(ticket.c.id)
        .limit(1)
    )
    if services:
        statement = statement.where(ticket.c.service.in_([s.value for s in services]))
    row = tx.connection.execute(statement).first()
    if row is None:
        raise NobodyWaiting
    return _call(tx, row, desk_no, is_recall=False)


def call_ticket(market: OpenMarket, staff: Actor, code: str, desk_no: int, key: str) -> CallAnswer:
    """Call one waiting or missed ticket to a desk, out of order.

    Raises DeskUnknown, DeskBusy, TicketUnknown, TicketNotWaiting, TicketNotToday.
    Records ticket.called.
    """
    asked = Asked(key, "call_ticket", {"code": code, "desk_no": desk_no})
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _call_ticket(tx, code, desk_no))


def _call_ticket(tx: Transaction, code: str, desk_no: int) -> CallAnswer:
    _check_desk_is_free(tx, desk_no)
    row = _row(tx, code)
    if row.state not in {TicketState.WAITING, TicketState.NO_SHOW}:
        raise TicketNotWaiting(state=row.state)
    return _call(tx, row, desk_no, is_recall=False)


def recall(market: OpenMarket, staff: Actor, code: str, key: str) -> CallAnswer:
    """Call a called ticket once more, at most MAX_RECALLS times.

    Raises TicketUnknown, TicketNotToday, TicketNotCalled, RecallsExhausted.
    Records ticket.recalled.
    """
    with market.database.write(staff) as tx:
        return tx.once(Asked(key, "recall", code), CallAnswer, lambda: _recall(tx, code))


def _recall(tx: Transaction, code: str) -> CallAnswer:
    row = _row(tx, code)
    if row.state != TicketState.CALLED:
        raise TicketNotCalled(state=row.state)
    if row.recalls >= MAX_RECALLS:
        raise RecallsExhausted(maximum=MAX_RECALLS)
    return _call(tx, row, row.desk_no, is_recall=True)


def move_ticket(
    market: OpenMarket, staff: Actor, code: str, state: TicketState, key: str
) -> CallAnswer:
    """Move a ticket on: serving, done, no_show, cancelled, or back to waiting in its old place.

    Raises TicketUnknown, TicketNotToday, TicketStateForbids. Records ticket.<state>, and
    application.withdrawn where a cancelled number's holder waited for posts.
    """
    asked = Asked(key, "move_ticket", {"code": code, "state": state})
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _move(tx, code, state))


def _move(tx: Transaction, code: str, state: TicketState) -> CallAnswer:
    row = _row(tx, code)
    if state is TicketState.CALLED or not TicketState(row.state).may_become(state):
        raise TicketStateForbids(state=row.state)
    keeps_desk = state in {TicketState.SERVING, TicketState.DONE, TicketState.NO_SHOW}
    changes = {"state": state.value, "desk_no": row.desk_no if keeps_desk else None}
    changed = _change(tx, row, changes, f"ticket.{state.value}")
    if state is TicketState.CANCELLED:
        withdraw_with_ticket(tx, row.id)
    return changed


def ticket_at_desk(market: OpenMarket, desk_no: int) -> str | None:
    """Return the code of the ticket that a desk has called or serves today, or None."""
    with market.database.read() as connection:
        code: str | None = connection.scalar(
            _AT_DESK.where(
                ticket.c.desk_no == desk_no,
                ticket.c.market_day == market_day(market.database.now()),
            )
        )
        return code


def address_at_desk(market: OpenMarket, label: str, desk_no: int) -> str:
    """Return 张师傅 for the holder of the ticket that a desk has called today; "" if unknown."""
    statement = (
        select(worker.c.name_sealed, ticket.c.series, ticket.c.number)
        .join_from(ticket, visit, HELD_BY)
        .join(worker, visit.c.worker_id == worker.c.id)
        .where(
            ticket.c.desk_no == desk_no,
            ticket.c.market_day == market_day(market.database.now()),
            ticket.c.state == TicketState.CALLED.value,
        )
    )
    with market.database.read() as connection:
        rows = connection.execute(statement).all()
    named = [row for row in rows if ticket_label(row.series, row.number) == label]
    sealed = named[0].name_sealed if named else None
    return call_name_of(market.seal.open_optional(sealed, "worker.name"))


_AT_DESK = (
    select(ticket.c.code, ticket.c.series, ticket.c.number)
    .where(ticket.c.state.in_([TicketState.CALLED.value, TicketState.SERVING.value]))
    .limit(1)
)


def _check_desk_is_free(tx: Transaction, desk_no: int) -> None:
    if tx.connection.scalar(select(desk.c.no).where(desk.c.no == desk_no)) is None:
        raise DeskUnknown
    held = tx.connection.execute(
        _AT_DESK.where(ticket.c.desk_no == desk_no, ticket.c.market_day == tx.market_day)
    ).first()
    if held is not None:
        raise DeskBusy(label=ticket_label(held.series, held.number))


def _row(tx: Transaction, code: str) -> Row[Any]:
    row = tx.connection.execute(select(ticket).where(ticket.c.code == code)).first()
    if row is None:
        raise TicketUnknown
    if row.market_day != tx.market_day:
        raise TicketNotToday
    return row


def _call(tx: Transaction, row: Row[Any], desk_no: int, *, is_recall: bool) -> CallAnswer:
    tx.connection.execute(
        insert(call),
        {
            "id": tx.new_id(),
            "ticket_id": row.id,
            "desk_no": desk_no,
            "market_day": tx.market_day,
            "is_recall": is_recall,
            "called_at": tx.now,
        },
    )
    changes = {
        "state": TicketState.CALLED.value,
        "desk_no": desk_no,
        "called_at": tx.now,
        "recalls": row.recalls + 1 if is_recall else 0,
    }
    return _change(tx, row, changes, "ticket.recalled" if is_recall else "ticket.called")


def _change(tx: Transaction, row: Row[Any], changes: dict[str, Any], event_type: str) -> CallAnswer:
    version = row.entity_version + 1
    tx.connection.execute(
        update(ticket).where(ticket.c.id == row.id), {**changes, "entity_version": version}
    )
    after = {**row._mapping, **changes, "entity_version": version}
    tx.record(Event(event_type, f"ticket/{row.id}", version, after))
    return CallAnswer(
        row.code,
        ticket_label(row.series, row.number),
        TicketState(after["state"]),
        after["desk_no"],
        after["recalls"],
    )
