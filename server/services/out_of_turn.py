"""Owns the calls out of turn of a day: who, when, where and why, for the desk to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from server.db.seal import FieldSeal
from server.db.tables import call, ticket
from server.domain.clock import market_day
from server.domain.order_rules import OUT_OF_TURN_NAMES, OutOfTurn
from server.domain.tickets import ticket_label
from server.services.calls import OUT_OF_TURN
from server.services.open_market import OpenMarket

SHOWN = 200
_EXCEPTIONS = (
    select(call, ticket.c.series, ticket.c.number)
    .join_from(call, ticket, ticket.c.id == call.c.ticket_id)
    .where(call.c.out_of_turn.is_not(None))
    .order_by(call.c.id.desc())
)


@dataclass(frozen=True)
class OutOfTurnCall:
    """A call of somebody whose turn it was not. why: the reason and the clerk's own words."""

    label: str
    desk_no: int
    called_at: datetime
    why: str
    is_for_post: bool


def out_of_turn_today(market: OpenMarket) -> tuple[OutOfTurnCall, ...]:
    """Return today's calls out of turn, latest first, at most SHOWN."""
    today = market_day(market.database.now())
    statement = _EXCEPTIONS.where(call.c.market_day == today).limit(SHOWN)
    with market.database.read() as connection:
        return tuple(_of_row(market.seal, row) for row in connection.execute(statement))


def why_called(market: OpenMarket, ticket_id: str) -> str:
    """Return why a ticket was called out of turn at its last call, "" where it was its turn."""
    statement = select(call).where(call.c.ticket_id == ticket_id, call.c.is_recall.is_(False))
    with market.database.read() as connection:
        row = _last(connection, statement)
    return "" if row is None or row.out_of_turn is None else _why(market.seal, row)


def _last(connection: Connection, statement: Any) -> Row[Any] | None:
    row: Row[Any] | None = connection.execute(statement.order_by(call.c.id.desc()).limit(1)).first()
    return row


def _of_row(seal: FieldSeal, row: Row[Any]) -> OutOfTurnCall:
    label = ticket_label(row.series, row.number)
    return OutOfTurnCall(label, row.desk_no, row.called_at, _why(seal, row), bool(row.post_id))


def _why(seal: FieldSeal, row: Row[Any]) -> str:
    words = seal.open_optional(row.out_of_turn_sealed, OUT_OF_TURN)
    name = OUT_OF_TURN_NAMES[OutOfTurn(row.out_of_turn)]
    return f"{name}：{words}" if words else name
