"""Owns signals: short-lived word for one device or desk that is not a fact."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from server.db.tables import signal
from server.services.open_market import Actor, OpenMarket

SIGNAL_LIFE = timedelta(minutes=1)
LIST_LIMIT = 50


@dataclass(frozen=True)
class Signal:
    """One signal; ids grow with time."""

    id: int
    room: str
    kind: str
    body: dict[str, Any]
    created_at: datetime


def send_signal(
    market: OpenMarket, actor: Actor, room: str, kind: str, body: dict[str, Any]
) -> None:
    """Leave a signal for a room."""
    with market.database.write(actor) as tx:
        tx.send_signal(room, kind, body)


def signals_after(
    market: OpenMarket, after: int, rooms: Sequence[str] | None = None
) -> tuple[Signal, ...]:
    """Return signals with an id above `after`, oldest first, not older than SIGNAL_LIFE.

    rooms: None for all rooms (live tails them all).
    """
    statement = (
        select(signal)
        .where(signal.c.id > after, signal.c.created_at > market.database.now() - SIGNAL_LIFE)
        .order_by(signal.c.id)
        .limit(LIST_LIMIT)
    )
    if rooms is not None:
        statement = statement.where(signal.c.room.in_(list(rooms)))
    with market.database.read() as connection:
        return tuple(
            Signal(row.id, row.room, row.kind, json.loads(row.body), row.created_at)
            for row in connection.execute(statement)
        )


def last_signal_id(market: OpenMarket) -> int:
    """Return the id of the newest signal, 0 if there was none."""
    with market.database.read() as connection:
        return int(connection.scalar(select(func.max(signal.c.id))) or 0)


def forget_old_signals(market: OpenMarket) -> None:
    """Delete signals older than SIGNAL_LIFE; opens no write transaction when there is none."""
    old = signal.c.created_at < market.database.now() - SIGNAL_LIFE
    with market.database.read() as connection:
        if connection.scalar(select(signal.c.id).where(old).limit(1)) is None:
            return
    with market.database.write(Actor("server")) as tx:
        tx.connection.execute(delete(signal).where(old))
