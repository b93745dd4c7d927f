"""Owns the tables around an agreement: places held before it, its steps, the ratings after it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from server.db.columns import UtcDateTime, id_column, metadata

# What was noted of a placement after the agreement, each step once.
placement_step = Table(
    "placement_step",
    metadata,
    id_column(),
    Column("placement_id", String(36), ForeignKey("placement.id"), nullable=False, index=True),
    Column("step", String(12), nullable=False),
    # Only of a job that fell through.
    Column("reason", String(20)),
    Column("side", String(10)),
    # Nobody where the worker said so on the phone.
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("market_day", Date, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_placement_step_step", "step", "created_at"),
)

# What a worker said of a job that was done; it is told in counts only.
placement_rating = Table(
    "placement_rating",
    metadata,
    Column("placement_id", String(36), ForeignKey("placement.id"), primary_key=True),
    Column("pays_reliably", Boolean, nullable=False),
    Column("is_as_described", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# A place of a post that is held for somebody until the clock takes it back.
proposal = Table(
    "proposal",
    metadata,
    id_column(),
    Column("post_id", String(36), ForeignKey("post.id"), nullable=False),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    # The number the worker had when the place was held.
    Column("ticket_id", String(36), ForeignKey("ticket.id"), nullable=False),
    # Who answers for it: of a place from the waiting list whoever's place it was.
    Column("desk_no", Integer, ForeignKey("desk.no"), nullable=False),
    Column("staff_id", String(36), ForeignKey("staff.id"), nullable=False),
    Column("is_from_list", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("worker_accepted_at", UtcDateTime),
    Column("employer_accepted_at", UtcDateTime),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("market_day", Date, nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_proposal_post", "post_id", "state"),
    Index("ix_proposal_worker", "worker_id", "state"),
    Index("ix_proposal_state", "state", "expires_at"),
)

# Numbers called together for a post, to a meeting point rather than to a window.
gathering = Table(
    "gathering",
    metadata,
    id_column(),
    Column("post_id", String(36), ForeignKey("post.id"), nullable=False, index=True),
    Column("desk_no", Integer, ForeignKey("desk.no"), nullable=False),
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("meeting_point", String(20), nullable=False),
    Column("market_day", Date, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_gathering_day", "market_day", "created_at"),
)

gathering_ticket = Table(
    "gathering_ticket",
    metadata,
    Column("gathering_id", String(36), ForeignKey("gathering.id"), primary_key=True),
    Column("ticket_id", String(36), ForeignKey("ticket.id"), primary_key=True),
    Index("ix_gathering_ticket_ticket", "ticket_id"),
)
