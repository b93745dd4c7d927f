"""Owns the tables of what is done in the hall: the market closed for the day."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table

from server.db.columns import UtcDateTime, metadata

# One row a day: a market that was opened again and closed once more keeps its row. The counts
# are those of the moment it closed, so that a later report can be held against them.
market_close = Table(
    "market_close",
    metadata,
    Column("market_day", Date, primary_key=True),
    Column("closed_at", UtcDateTime, nullable=False),
    Column("closed_by", String(36), ForeignKey("staff.id"), nullable=False),
    Column("paper", String(10), nullable=False),
    Column("is_roll_changed", Boolean, nullable=False),
    # How many waiting numbers the close ended, and why; no reason where there were none.
    Column("ended_tickets", Integer, nullable=False),
    Column("end_reason", String(12)),
    Column("visits", Integer, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("places", Integer, nullable=False),
    Column("placements", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("reopened_at", UtcDateTime),
    Column("reopened_by", String(36), ForeignKey("staff.id")),
    Column("entity_version", Integer, nullable=False),
)
