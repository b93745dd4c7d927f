"""Owns the tables of the tool ledger (工具借用): what the market has, and who has it now."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from server.db.columns import UtcDateTime, id_column, metadata

# pieces: how many there are, lent or not.
tool = Table(
    "tool",
    metadata,
    id_column(),
    Column("name", String(20), nullable=False, unique=True),
    Column("pieces", Integer, nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("pieces >= 0", name="pieces"),
)

# One row is one piece. There is no column for money: nothing is paid or left as a pledge.
tool_loan = Table(
    "tool_loan",
    metadata,
    id_column(),
    Column("tool_id", String(36), ForeignKey("tool.id"), nullable=False),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    Column("lent_at", UtcDateTime, nullable=False),
    Column("lent_by", String(36), ForeignKey("staff.id"), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("returned_at", UtcDateTime),
    Column("returned_by", String(36), ForeignKey("staff.id")),
    Column("condition", String(10)),
    # What a clerk writes may name people.
    Column("note_sealed", Text),
    Column("entity_version", Integer, nullable=False),
    Index(
        "ix_tool_loan_out",
        "tool_id",
        "due_at",
        sqlite_where=text("returned_at IS NULL"),
        postgresql_where=text("returned_at IS NULL"),
    ),
    Index("ix_tool_loan_worker", "worker_id"),
)
