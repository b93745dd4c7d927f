"""Owns calling: a waiting ticket asked to a desk, recalled, served, finished or missed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from server.db.tables import call, desk, ticket
from server.db.unit_of_work import Actor, Event, Transaction
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
from server.services.open_market import OpenMarket


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
    asked = {"desk_no": desk_no, "services": [s.value for s in services]}
    with market.database.write(staff) as tx:
        if (first := tx.first_answer(key, "call_next", asked)) is not None:
            return _answer(first)
        _check_desk_is_free(tx, desk_no)
        statement = (
            select(ticket)
            .where(
                ticket.c.market_day == tx.market_day,
                ticket.c.state == TicketState.WAITING.value,
            )
            .order_by(ticket.c.created_at, ticket.c.id)
            .limit(1)
        )
        if services:
            statement = statement.where(ticket.c.service.in_([s.value for s in services]))
        row = tx.connection.execute(statement).first()
        if row is None:
            raise NobodyWaiting
        answer = _call(tx, row, desk_no, is_recall=False)
        tx.keep_answer(key, "call_next", asked, asdict(answer))
        return answer


def call_ticket(market: OpenMarket, staff: Actor, code: str, desk_no: int, key: str) -> CallAnswer:
    """Call one waiting or missed ticket to a desk, out of order.

    Raises DeskUnknown, DeskBusy, TicketUnknown, TicketNotWaiting, TicketNotToday.
    Records ticket.called.
    """
    asked = {"code": code, "desk_no": desk_no}
    with market.database.write(staff) as tx:
        if (first := tx.first_answer(key, "call_ticket", asked)) is not None:
            return _answer(first)
        _check_desk_is_free(tx, desk_no)
        row = _row(tx, code)
        if row.state not in {TicketState.WAITING, TicketState.NO_SHOW}:
            raise TicketNotWaiting(state=row.state)
        answer = _call(tx, row, desk_no, is_recall=False)
        tx.keep_answer(key, "call_ticket", asked, asdict(answer))
        return answer


def recall(market: OpenMarket, staff: Actor, code: str, key: str) -> CallAnswer:
    """Call a called ticket once more, at most MAX_RECALLS times.

    Raises TicketUnknown, TicketNotToday, TicketNotCalled, RecallsExhausted.
    Records ticket.recalled.
    """
    with market.database.write(staff) as tx:
        if (first := tx.first_answer(key, "recall", code)) is not None:
            return _answer(first)
        row = _row(tx, code)
        if row.state != TicketState.CALLED:
            raise TicketNotCalled(state=row.state)
        if row.recalls >= MAX_RECALLS:
            raise RecallsExhausted(maximum=MAX_RECALLS)
        answer = _call(tx, row, row.desk_no, is_recall=True)
        tx.keep_answer(key, "recall", code, asdict(answer))
        return answer


def move_ticket(
    market: OpenMarket, staff: Actor, code: str, state: TicketState, key: str
) -> CallAnswer:
    """Move a ticket on: serving, done, no_show, cancelled, or back to waiting in its old place.

    Raises TicketUnknown, TicketNotToday, TicketStateForbids. Records ticket.<state>.
    """
    asked = {"code": code, "state": state.value}
    with market.database.write(staff) as tx:
        if (first := tx.first_answer(key, "move_ticket", asked)) is not None:
            return _answer(first)
        row = _row(tx, code)
        if state is TicketState.CALLED or not TicketState(row.state).may_become(state):
            raise TicketStateForbids(state=row.state)
        keeps_desk = state in {TicketState.SERVING, TicketState.DONE, TicketState.NO_SHOW}
        changes = {"state": state.value, "desk_no": row.desk_no if keeps_desk else None}
        answer = _change(tx, row, changes, f"ticket.{state.value}")
        tx.keep_answer(key, "move_ticket", asked, asdict(answer))
        return answer


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


def _answer(first: dict[str, Any]) -> CallAnswer:
    return CallAnswer(**{**first, "state": TicketState(first["state"])})
