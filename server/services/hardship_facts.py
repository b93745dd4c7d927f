"""Owns the one question others ask of the hardship roster: is somebody on it on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, exists, literal, or_, select

from server.db.hardship_tables import hardship_entry
from server.db.tables import visit

# The tickets of a day with somebody on the roster on them; takes what `hardship_values` returns.
HARDSHIP_TICKETS = (
    select(visit.c.ticket_id)
    .join_from(hardship_entry, visit, visit.c.worker_id == hardship_entry.c.worker_id)
    .where(
        hardship_entry.c.ended_at.is_(None),
        hardship_entry.c.from_day <= bindparam("hardship_day"),
        or_(
            hardship_entry.c.to_day.is_(None),
            hardship_entry.c.to_day >= bindparam("hardship_day"),
        ),
        visit.c.market_day == bindparam("hardship_day"),
    )
)


def hardship_values(today: date) -> dict[str, date]:
    """Return the parameters of HARDSHIP_TICKETS for a market day."""
    return {"hardship_day": today}


def on_roster(worker_id: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that a worker is on the roster. worker_id: a column or an id."""
    return exists().where(
        hardship_entry.c.worker_id == worker_id,
        hardship_entry.c.ended_at.is_(None),
        hardship_entry.c.from_day <= day,
        or_(hardship_entry.c.to_day.is_(None), hardship_entry.c.to_day >= day),
    )


def is_hardship(connection: Connection, worker_id: str, day: date) -> bool:
    """Tell whether a worker is on the roster on a day, and so comes first among equals.

    It says nothing of why, so nobody has to be let in to ask it.
    """
    return bool(connection.scalar(select(on_roster(literal(worker_id), day))))
