"""Owns tickets: what a holder, a desk and a phone may know of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, exists, func, or_, select

from server.db.tables import referral, ticket, visit, worker
from server.domain.citizen_number import age_on
from server.domain.clock import market_day
from server.domain.errors import TicketUnknown
from server.domain.kinds import ReferralState, ServiceKind, TicketState
from server.domain.tickets import ticket_label
from server.services.open_market import OpenMarket
from server.services.workers import masked_name_of, trades_of


@dataclass(frozen=True)
class TicketView:
    """A ticket as its holder sees it; it says nothing of the person.

    ahead: how many waiting tickets for its service come before it now. people: how many it is
    for, more than 1 is a crew. for_desk_no: the only desk that calls it next, None for any.
    parked_reason: why a desk put it aside, None for who is in line.
    misses: how often nobody came when it was called.
    """

    id: str
    code: str
    label: str
    series: str
    number: int
    service: ServiceKind
    state: TicketState
    ahead: int
    ahead_when_issued: int
    desk_no: int | None
    recalls: int
    market_day: date
    issued_at: datetime
    called_at: datetime | None
    people: int = 1
    cancel_reason: str | None = None
    missed_at: datetime | None = None
    for_desk_no: int | None = None
    parked_reason: str | None = None
    misses: int = 0


# A ticket's holder: of a crew its leader, whose members' visits are on the same ticket.
HELD_BY = and_(visit.c.ticket_id == ticket.c.id, visit.c.holds_ticket.is_(True))


# By arrival, but a number that came back stands behind another's place.
ARRIVED = (func.coalesce(ticket.c.place_id, ticket.c.id), ticket.c.place_no, ticket.c.id)
# The order of the line of one service: by the turn of the market's rule, then by arrival.
PLACE = (ticket.c.turn, *ARRIVED)


@dataclass(frozen=True)
class OnTicketToday:
    """Somebody on a ticket as the desk knows them.

    masked_name: None when only the number is known. age: whole years. is_placed: an employer
    and they agreed while they were on this ticket.
    """

    worker_id: str
    masked_name: str | None
    age: int
    is_placed: bool


@dataclass(frozen=True)
class QueuedTicket:
    """A ticket as the desk sees it in the list of today.

    masked_name: the holder's, None when only the number is known. age: whole years.
    """

    ticket: TicketView
    worker_id: str
    masked_name: str | None
    age: int
    trades: tuple[str, ...]
    is_card_expired: bool


_AHEAD = (
    select(func.count())
    .select_from(ticket)
    .where(
        ticket.c.market_day == bindparam("market_day"),
        ticket.c.service == bindparam("service"),
        ticket.c.state == TicketState.WAITING.value,
        ticket.c.parked_reason.is_(None),
        or_(
            ticket.c.turn < bindparam("turn"),
            and_(
                ticket.c.turn == bindparam("turn"),
                or_(
                    ARRIVED[0] < bindparam("place_id"),
                    and_(ARRIVED[0] == bindparam("place_id"), ARRIVED[1] < bindparam("place_no")),
                    and_(
                        ARRIVED[0] == bindparam("place_id"),
                        ARRIVED[1] == bindparam("place_no"),
                        ARRIVED[2] < bindparam("id"),
                    ),
                ),
            ),
        ),
    )
)


def view_of(connection: Connection, row: Row[Any]) -> TicketView:
    """Return the view of a ticket row."""
    return _view(row, _ahead_of(connection, row))


def _ahead_of(connection: Connection, row: Row[Any]) -> int:
    if row.state == TicketState.WAITING:
        place = {
            "market_day": row.market_day,
            "service": row.service,
            "turn": row.turn,
            "place_id": row.place_id or row.id,
            "place_no": row.place_no,
            "id": row.id,
        }
        return int(connection.scalar(_AHEAD, place) or 0)
    return 0


def _view(row: Row[Any], ahead: int) -> TicketView:
    return TicketView(
        row.id,
        row.code,
        ticket_label(row.series, row.number),
        row.series,
        row.number,
        ServiceKind(row.service),
        TicketState(row.state),
        ahead,
        row.ahead_when_issued,
        row.desk_no,
        row.recalls,
        row.market_day,
        row.created_at,
        row.called_at,
        row.people,
        row.cancel_reason,
        row.missed_at,
        row.for_desk_no,
        row.parked_reason,
        row.misses,
    )


def issued_view(issued: Mapping[str, Any]) -> TicketView:
    """Return the view of a ticket that this transaction inserts with these columns."""
    return TicketView(
        issued["id"],
        issued["code"],
        ticket_label(issued["series"], issued["number"]),
        issued["series"],
        issued["number"],
        ServiceKind(issued["service"]),
        TicketState.WAITING,
        issued["ahead_when_issued"],
        issued["ahead_when_issued"],
        None,
        0,
        issued["market_day"],
        issued["created_at"],
        None,
        issued["people"],
    )


def ticket_view(market: OpenMarket, code: str) -> TicketView:
    """Return the ticket with an opaque code. Raises TicketUnknown."""
    return _one(market, select(ticket).where(ticket.c.code == code.upper()))


def ticket_of_id(market: OpenMarket, ticket_id: str) -> TicketView:
    """Return the ticket with an id. Raises TicketUnknown."""
    return _one(market, select(ticket).where(ticket.c.id == ticket_id))


def _one(market: OpenMarket, statement: Select[Any]) -> TicketView:
    with market.database.read() as connection:
        row = connection.execute(statement).first()
        if row is None:
            raise TicketUnknown
        return view_of(connection, row)


def trades_of_ticket(market: OpenMarket, ticket_id: str) -> tuple[str, ...]:
    """Return the trades of the ticket's holder, the preferred one first."""
    with market.database.read() as connection:
        worker_id = connection.scalar(
            select(visit.c.worker_id).where(
                visit.c.ticket_id == ticket_id, visit.c.holds_ticket.is_(True)
            )
        )
        return () if worker_id is None else trades_of(connection, worker_id)


def queue_today(market: OpenMarket, limit: int = 200) -> tuple[QueuedTicket, ...]:
    """Return today's unfinished tickets in order of arrival, at most `limit`."""
    today = market_day(market.database.now())
    states = [TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.NO_SHOW]
    statement = QUEUED.where(
        ticket.c.market_day == today, ticket.c.state.in_([s.value for s in states])
    )
    statement = statement.order_by(*PLACE).limit(limit)
    with market.database.read() as connection:
        return tuple(_queued(market, connection, row) for row in connection.execute(statement))


def queued_ticket(market: OpenMarket, code: str) -> QueuedTicket:
    """Return one ticket as the desk sees it. Raises TicketUnknown."""
    with market.database.read() as connection:
        row = connection.execute(QUEUED.where(ticket.c.code == code)).first()
        if row is None:
            raise TicketUnknown
        return _queued(market, connection, row)


QUEUED = (
    select(
        ticket,
        worker.c.id.label("worker_id"),
        worker.c.name_sealed,
        worker.c.birth_day,
        worker.c.id_valid_until_day,
    )
    .join_from(ticket, visit, HELD_BY)
    .join(worker, worker.c.id == visit.c.worker_id)
)


def people_on(market: OpenMarket, ticket_id: str) -> tuple[OnTicketToday, ...]:
    """Return everybody on a ticket, the holder first, then in the order they came."""
    with market.database.read() as connection:
        return tuple(
            OnTicketToday(
                row.id,
                masked_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
                age_on(row.birth_day, row.market_day),
                row.is_placed,
            )
            for row in connection.execute(PEOPLE_ON, {"ticket_id": ticket_id})
        )


PEOPLE_ON = (
    select(worker, visit.c.market_day)
    .add_columns(
        exists()
        .where(
            referral.c.worker_id == worker.c.id,
            referral.c.ticket_id == visit.c.ticket_id,
            referral.c.state == ReferralState.AGREED.value,
        )
        .label("is_placed")
    )
    .join_from(visit, worker, worker.c.id == visit.c.worker_id)
    .where(visit.c.ticket_id == bindparam("ticket_id"))
    .order_by(visit.c.holds_ticket.desc(), visit.c.id)
)


def _queued(market: OpenMarket, connection: Connection, row: Row[Any]) -> QueuedTicket:
    return listed_ticket(market, connection, row, _ahead_of(connection, row))


def listed_ticket(
    market: OpenMarket, connection: Connection, row: Row[Any], ahead: int
) -> QueuedTicket:
    """Return a row of QUEUED as the desk sees it. ahead: how many come before it."""
    name = market.seal.open_optional(row.name_sealed, "worker.name")
    until = row.id_valid_until_day
    return QueuedTicket(
        _view(row, ahead),
        row.worker_id,
        masked_name_of(name),
        age_on(row.birth_day, row.market_day),
        trades_of(connection, row.worker_id),
        until is not None and until < row.market_day,
    )
