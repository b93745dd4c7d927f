"""Owns who counts as in hardship (困难零工) for the order among equals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select

from server.db.tables import complaint_case, visit
from server.domain.kinds import CaseKind

# Whoever asked for help within a year; a roster kept by staff would take this one's place.
HARDSHIP_DAYS = 365


def hardship_tickets(today: date) -> Select[Any]:
    """Return the statement of the tickets of today with somebody in hardship on them."""
    return (
        select(visit.c.ticket_id)
        .join_from(complaint_case, visit, visit.c.worker_id == complaint_case.c.worker_id)
        .where(
            complaint_case.c.kind == CaseKind.HARDSHIP.value,
            complaint_case.c.market_day > today - timedelta(days=HARDSHIP_DAYS),
            visit.c.market_day == today,
        )
    )
