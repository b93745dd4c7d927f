"""Owns the tables of the hardship roster (困难人员台账): who is on it, help given, who may look."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from server.db.columns import UtcDateTime, id_column, metadata

# Why somebody is on the roster may be their health, so it is sealed like the note.
hardship_entry = Table(
    "hardship_entry",
    metadata,
    id_column(),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    # JSON list of categories.
    Column("categories_sealed", Text, nullable=False),
    Column("grade", Integer, nullable=False),
    Column("note_sealed", Text),
    # Both days belong to it; without an end it lasts until somebody ends it.
    Column("from_day", Date, nullable=False),
    Column("to_day", Date),
    # The request at the kiosk that led here.
    Column("case_id", String(36), ForeignKey("complaint_case.id")),
    Column("entered_by", String(36), ForeignKey("staff.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("entity_version", Integer, nullable=False),
    CheckConstraint("to_day IS NULL OR to_day >= from_day", name="days"),
    Index("ix_hardship_entry_worker", "worker_id", "from_day"),
)

hardship_help = Table(
    "hardship_help",
    metadata,
    id_column(),
    Column("entry_id", String(36), ForeignKey("hardship_entry.id"), nullable=False, index=True),
    Column("kind", String(15), nullable=False),
    Column("day", Date, nullable=False),
    Column("note_sealed", Text),
    Column("given_by", String(36), ForeignKey("staff.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# The clerks who may see the roster besides the managers.
hardship_viewer = Table(
    "hardship_viewer",
    metadata,
    Column("staff_id", String(36), ForeignKey("staff.id"), primary_key=True),
    Column("named_by", String(36), ForeignKey("staff.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
