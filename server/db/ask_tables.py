"""Owns the tables of what people ask for besides a number: cases, applications, lists, crews."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from server.db.columns import UtcDateTime, id_column, metadata

# "case" is a word of SQL.
complaint_case = Table(
    "complaint_case",
    metadata,
    id_column(),
    Column("no", String(12), nullable=False, unique=True),
    Column("kind", String(15), nullable=False),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    Column("placement_id", String(36), ForeignKey("placement.id")),
    Column("market_day", Date, nullable=False),
    Column("assign_by_day", Date, nullable=False),
    Column("feedback_by_day", Date, nullable=False),
    Column("close_by_day", Date, nullable=False),
    # Who has taken the case on (首问责任人); nobody yet while it is empty.
    Column("responsible_id", String(36), ForeignKey("staff.id")),
    Column("assigned_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # What a clerk wrote may name people.
    Column("note_sealed", Text),
    Column("plan_sealed", Text),
    Column("done_sealed", Text),
    # A major matter has a month and a plan.
    Column("is_major", Boolean, nullable=False, server_default=false()),
    Column("outcome", String(15)),
    # The clocks count from here where the case was opened again, else from its market day.
    Column("reopened_day", Date),
    Index("ix_complaint_case_worker", "worker_id", "kind"),
    Index("ix_complaint_case_kind", "kind", "market_day", "worker_id"),
    Index("ix_complaint_case_close_by_day", "close_by_day"),
)

case_counter = Table(
    "case_counter",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last_number", Integer, nullable=False),
)

# A worker's wish for a post (报名). It reserves nothing: place_no only says who came first.
application = Table(
    "application",
    metadata,
    id_column(),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    Column("post_id", String(36), ForeignKey("post.id"), nullable=False),
    # Grows with every wish for the post; whoever takes a wish back loses the place.
    Column("place_no", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("end_reason", String(15)),
    Column("market_day", Date, nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("applied_at", UtcDateTime, nullable=False),
    UniqueConstraint("worker_id", "post_id"),
    UniqueConstraint("post_id", "place_no"),
)

# Which posts a paper lists; it belongs to no worker.
post_list = Table(
    "post_list",
    metadata,
    id_column(),
    # JSON list of post ids, in the order of the paper.
    Column("post_ids", Text, nullable=False),
    Column("market_day", Date, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# A leader and the people who came along. Their visits say who is on the ticket now; these rows
# say who came together, also after the ticket was given back.
crew = Table(
    "crew",
    metadata,
    id_column(),
    Column("leader_id", String(36), ForeignKey("worker.id"), nullable=False),
    Column("ticket_id", String(36), ForeignKey("ticket.id"), nullable=False, unique=True),
    Column("market_day", Date, nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_crew_leader", "leader_id", "market_day"),
)

# rank: in which order the cards were laid down; the leader has 0.
crew_member = Table(
    "crew_member",
    metadata,
    Column("crew_id", String(36), ForeignKey("crew.id"), primary_key=True),
    Column("worker_id", String(36), ForeignKey("worker.id"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Index("ix_crew_member_worker", "worker_id"),
)
