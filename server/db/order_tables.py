"""Owns the tables of the order of the line: draws, and whom employers ask for by name."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from server.db.columns import UtcDateTime, metadata

# What the ranking reads of the tickets of a day, and of which: `ix_ticket_line`.
IN_LINE = "state IN ('waiting', 'called', 'serving')"
LINE = (
    *("market_day", "service", "trades_mask", "people", "has_minor", "skill_rank"),
    *("pay_wanted_fen", "needs_ride", "no_nights", "parked_reason"),
    *("turn", "place_id", "place_no", "id", "state"),
)

# The lottery of one market day. The commitment is public before the day's first number; the seed
# is sealed until it is drawn.
lottery_draw = Table(
    "lottery_draw",
    metadata,
    Column("market_day", Date, primary_key=True),
    Column("commitment", String(64), nullable=False),
    Column("seed_sealed", Text, nullable=False),
    Column("committed_at", UtcDateTime, nullable=False),
    Column("seed", String(64)),
    Column("drawn_at", UtcDateTime),
    Column("drawn", Integer),
)

# Workers whom an employer asks for (点名): they come first for that post.
named_worker = Table(
    "named_worker",
    metadata,
    Column("post_id", String(36), ForeignKey("post.id"), primary_key=True),
    Column("worker_id", String(36), ForeignKey("worker.id"), primary_key=True, index=True),
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("created_at", UtcDateTime, nullable=False),
)
