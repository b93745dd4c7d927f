"""Owns the tables of employers' sanctions, of merged duplicates and of the look-up at the desk."""

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
    text,
)

from server.db.columns import UtcDateTime, id_column, metadata

# Whoever writes evidence may name workers, so what is typed freely is sealed.
employer_sanction = Table(
    "employer_sanction",
    metadata,
    id_column(),
    Column("employer_id", String(36), ForeignKey("employer.id"), nullable=False),
    Column("reason", String(15), nullable=False),
    Column("other_sealed", Text),
    Column("evidence_sealed", Text, nullable=False),
    # Both days belong to the sanction; without an end it lasts until it is lifted.
    Column("from_day", Date, nullable=False),
    Column("to_day", Date),
    Column("set_by", String(36), ForeignKey("staff.id")),
    Column("lifted_at", UtcDateTime),
    Column("lifted_by", String(36), ForeignKey("staff.id")),
    Column("lift_reason_sealed", Text),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("to_day IS NULL OR to_day >= from_day", name="days"),
    Index("ix_employer_sanction_employer", "employer_id", "from_day"),
)

# A duplicate (gone) and the employer it is now part of (kept); undone, it is history only.
employer_merge = Table(
    "employer_merge",
    metadata,
    id_column(),
    Column("kept_id", String(36), ForeignKey("employer.id"), nullable=False, index=True),
    Column("gone_id", String(36), ForeignKey("employer.id"), nullable=False),
    Column("merged_by", String(36), ForeignKey("staff.id")),
    Column("undone_at", UtcDateTime),
    Column("undone_by", String(36), ForeignKey("staff.id")),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("kept_id <> gone_id", name="two"),
    Index(
        "ix_employer_merge_gone",
        "gone_id",
        unique=True,
        sqlite_where=text("undone_at IS NULL"),
        postgresql_where=text("undone_at IS NULL"),
    ),
)

# What a merge moved or paused, so that its undoing moves exactly that.
employer_merge_move = Table(
    "employer_merge_move",
    metadata,
    Column("merge_id", String(36), ForeignKey("employer_merge.id"), primary_key=True),
    Column("entity", String(10), primary_key=True),
    Column("entity_id", String(36), primary_key=True),
)

# Keyed hashes beside an employer: the last four digits of the phone, and the whole name.
employer_lookup = Table(
    "employer_lookup",
    metadata,
    Column("employer_id", String(36), ForeignKey("employer.id"), primary_key=True),
    Column("phone_tail_hash", String(64), nullable=False, index=True),
    Column("name_hash", String(64), nullable=False, index=True),
)

# Every two characters that stand side by side in a public name, and in its pinyin initials.
employer_gram = Table(
    "employer_gram",
    metadata,
    Column("gram", String(2), primary_key=True),
    Column("employer_id", String(36), ForeignKey("employer.id"), primary_key=True),
    sqlite_with_rowid=False,
)
