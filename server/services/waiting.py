"""Owns who waits for work in the hall, as an employer and a desk see them before a match."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, literal, or_, select

from server.db.tables import application, ticket, visit, worker, worker_trade
from server.domain.citizen_number import age_on
from server.domain.clock import market_day
from server.domain.kinds import ApplicationState, ServiceKind, TicketState
from server.domain.tickets import ticket_label
from server.services.applications import order_of
from server.services.open_market import OpenMarket
from server.services.tickets import HELD_BY, PLACE
from server.services.workers import call_name_of, trades_of

_HERE = [TicketState.WAITING.value, TicketState.CALLED.value, TicketState.SERVING.value]


@dataclass(frozen=True)
class WaitingWorker:
    """Somebody who waits for work, as an employer sees them before a match.

    call_name: such as "王师傅". age_band: such as "50–59". desk_no: who has them now, else None.
    applied: the place in the order of who applied for the post, None for who did not.
    people: how many wait on the ticket, more than 1 with a crew.
    """

    ticket_code: str
    label: str
    worker_id: str
    call_name: str
    age_band: str
    trades: tuple[str, ...]
    skill: str | None
    arrived_at: datetime
    desk_no: int | None
    applied: int | None
    people: int = 1


_WAITING = (
    select(ticket, worker.c.id.label("worker_id"), worker.c.name_sealed, worker.c.birth_day)
    .add_columns(worker.c.skill)
    .join_from(ticket, visit, HELD_BY)
    .join(worker, worker.c.id == visit.c.worker_id)
    .where(ticket.c.service == ServiceKind.FIND_WORK.value, ticket.c.state.in_(_HERE))
)


def waiting_for_trades(
    market: OpenMarket, trade_ids: tuple[str, ...], limit: int = 50
) -> tuple[WaitingWorker, ...]:
    """Return who waits today with one of the trades, in order of arrival, at most `limit`."""
    statement = (
        _WAITING.add_columns(literal(None).label("applied"))
        .where(worker.c.id.in_(_with_trades(trade_ids)))
        .order_by(*PLACE)
    )
    return _found(market, statement, limit)


def waiting_for_post(
    market: OpenMarket, post_id: str, trade_id: str, limit: int = 50
) -> tuple[WaitingWorker, ...]:
    """Return who waits today and applied for a post, first come, then who has its trade.

    At most `limit`.
    """
    made = application.alias()
    own = and_(
        made.c.worker_id == worker.c.id,
        made.c.post_id == post_id,
        made.c.state == ApplicationState.MADE.value,
    )
    statement = (
        _WAITING.add_columns(order_of(made).label("applied"), made.c.id.label("application_id"))
        .join(made, own, isouter=True)
        .where(or_(made.c.id.is_not(None), worker.c.id.in_(_with_trades((trade_id,)))))
        .order_by(made.c.id.is_(None), made.c.place_no, *PLACE)
    )
    return _found(market, statement, limit)


def _with_trades(trade_ids: tuple[str, ...]) -> Select[Any]:
    return select(worker_trade.c.worker_id).where(worker_trade.c.trade_id.in_(trade_ids))


def _found(market: OpenMarket, statement: Select[Any], limit: int) -> tuple[WaitingWorker, ...]:
    today = market_day(market.database.now())
    with market.database.read() as connection:
        rows = connection.execute(statement.where(ticket.c.market_day == today).limit(limit))
        return tuple(_waiting(market, connection, row) for row in rows)


def _waiting(market: OpenMarket, connection: Connection, row: Row[Any]) -> WaitingWorker:
    decade = age_on(row.birth_day, row.market_day) // 10 * 10
    return WaitingWorker(
        row.code,
        ticket_label(row.series, row.number),
        row.worker_id,
        call_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
        f"{decade}–{decade + 9}",
        trades_of(connection, row.worker_id),
        row.skill,
        row.created_at,
        row.desk_no,
        # Without an application the count is of nobody.
        row.applied or None,
        row.people,
    )
