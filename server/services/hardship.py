"""Owns who counts as in hardship (困难零工) for the order among equals."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import bindparam, select

from server.db.tables import complaint_case, visit
from server.domain.kinds import CaseKind

# Whoever asked for help within a year; a roster kept by staff would take this one's place.
HARDSHIP_DAYS = 365
# The tickets of a day with somebody in hardship on them; takes what `hardship_values` returns.
HARDSHIP_TICKETS = (
    select(visit.c.ticket_id)
    .join_from(complaint_case, visit, visit.c.worker_id == complaint_case.c.worker_id)
    .where(
        complaint_case.c.kind == CaseKind.HARDSHIP.value,
        complaint_case.c.market_day > bindparam("hardship_since"),
        visit.c.market_day == bindparam("hardship_day"),
    )
)


def hardship_values(today: date) -> dict[str, date]:
    """Return the parameters of HARDSHIP_TICKETS for a market day."""
    return {"hardship_day": today, "hardship_since": today - timedelta(days=HARDSHIP_DAYS)}
