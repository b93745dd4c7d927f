"""Owns missed numbers (过号): kept for a while, back into the line once, then over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from server.db.tables import market as market_table
from server.db.tables import ticket
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.clock import market_day
from server.domain.errors import (
    TicketMissedTooLong,
    TicketNotMissed,
    TicketNotToday,
    TicketOfAnother,
    TicketOfCrew,
    TicketUnknown,
)
from server.domain.kinds import CancelReason, TicketState
from server.domain.tickets import MAX_RETURNS
from server.services.cancellations import HELD_TICKET, give_back
from server.services.open_market import OpenMarket
from server.services.ticket_rows import CallAnswer, answer_of, change_ticket
from server.services.tickets import PLACE, TicketView, view_of
from server.services.waiting_list import leave_with_ticket
from server.services.workers import Person

NO_SHOW = TicketState.NO_SHOW.value


def miss(tx: Transaction, row: Row[Any]) -> CallAnswer:
    """Note that nobody came. The first time the number is kept, after that it is over.

    Records ticket.no_show or ticket.cancelled, and application.withdrawn with the latter.
    """
    if row.misses >= MAX_RETURNS:
        return _end(tx, row)
    changes = {"state": NO_SHOW, "missed_at": tx.now, "misses": row.misses + 1}
    return change_ticket(tx, row, changes, "ticket.no_show")


def _end(tx: Transaction, row: Row[Any]) -> CallAnswer:
    give_back(tx, row, CancelReason.MISSED)
    leave_with_ticket(tx, row.id)
    return answer_of(tx.connection.execute(select(ticket).where(ticket.c.id == row.id)).one())


def check_still_kept(tx: Transaction, row: Any) -> None:
    """Raise TicketMissedTooLong for a missed ticket whose time is over."""
    minutes = _minutes(tx)
    if kept_since(row) + timedelta(minutes=minutes) <= tx.now:
        raise TicketMissedTooLong(minutes=minutes)


def kept_since(row: Any) -> datetime:
    """Return when a missed ticket was missed."""
    since: datetime = row.missed_at or row.called_at or row.created_at
    return since


def _minutes(tx: Transaction) -> int:
    return int(tx.connection.scalar(select(market_table.c.missed_minutes)) or 0)


def put_behind_next(tx: Transaction, row: Any) -> CallAnswer:
    """Put a missed ticket back in line, right behind whoever is next.

    Raises TicketMissedTooLong. Records ticket.waiting.
    """
    check_still_kept(tx, row)
    upcoming = tx.connection.execute(
        select(ticket)
        .where(
            ticket.c.market_day == tx.market_day,
            ticket.c.service == row.service,
            ticket.c.state == TicketState.WAITING.value,
            ticket.c.parked_reason.is_(None),
            ticket.c.for_desk_no.is_(None),
        )
        .order_by(*PLACE)
        .limit(1)
    ).first()
    changes = {"state": TicketState.WAITING.value, "desk_no": None, **_place_behind(upcoming)}
    return change_ticket(tx, row, changes, "ticket.waiting")


def _place_behind(upcoming: Row[Any] | None) -> dict[str, Any]:
    if upcoming is None:
        return {"place_id": None, "place_no": 0}
    place_id = upcoming.place_id or upcoming.id
    return {"place_id": place_id, "place_no": upcoming.place_no + 1, "turn": upcoming.turn}


@dataclass(frozen=True)
class Return:
    """Somebody whose number was missed is here after all."""

    person: Person
    ticket_code: str


def come_back(market: OpenMarket, actor: Actor, asked: Return, key: str) -> TicketView:
    """Put somebody's own missed number back in line; one that waits already stays as it is.

    A crew's number is its leader's. Raises TicketUnknown, TicketOfAnother, TicketOfCrew,
    TicketNotToday, TicketNotMissed, TicketMissedTooLong. Records ticket.waiting.
    """
    holder = market.seal.index(asked.person.id_no, "worker.id_no")
    content = {"person": holder, "code": asked.ticket_code}
    with market.database.write(actor) as tx:
        request = Asked(key, "come_back", content)
        ticket_id = tx.once(request, str, lambda: _come_back(tx, holder, asked.ticket_code))
        row = tx.connection.execute(select(ticket).where(ticket.c.id == ticket_id)).one()
        return view_of(tx.connection, row)


def _come_back(tx: Transaction, holder: str, code: str) -> str:
    row = tx.connection.execute(HELD_TICKET, {"code": code}).first()
    if row is None:
        raise TicketUnknown
    if row.id_no_hash != holder:
        raise TicketOfCrew if row.people > 1 else TicketOfAnother
    if row.market_day != tx.market_day:
        raise TicketNotToday
    if row.cancel_reason == CancelReason.MISSED:
        raise TicketMissedTooLong(minutes=_minutes(tx))
    if row.state not in {TicketState.NO_SHOW, TicketState.WAITING}:
        raise TicketNotMissed(state=row.state)
    if row.state == TicketState.NO_SHOW:
        put_behind_next(tx, row)
    return str(row.id)


def end_missed(market: OpenMarket) -> int:
    """End the numbers of today that were missed too long ago, and return how many.

    Records ticket.cancelled for each, and application.withdrawn.
    """
    now = market.database.now()
    missed = select(ticket).where(ticket.c.market_day == market_day(now), ticket.c.state == NO_SHOW)
    with market.database.read() as connection:
        kept = timedelta(minutes=connection.scalar(select(market_table.c.missed_minutes)) or 0)
        if all(kept_since(row) + kept > now for row in connection.execute(missed)):
            return 0
    with market.database.write(Actor("server")) as tx:
        over = [row for row in tx.connection.execute(missed) if kept_since(row) + kept <= tx.now]
        for row in over:
            _end(tx, row)
        return len(over)
