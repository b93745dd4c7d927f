"""Owns the tables of job fairs and trainings (专场、培训): plans, who signed up, who came."""

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
    Time,
    text,
)

from server.db.columns import UtcDateTime, id_column, metadata

# capacity: how many workers; booths: how many employers, 0 for a training.
activity = Table(
    "activity",
    metadata,
    id_column(),
    Column("kind", String(10), nullable=False),
    Column("title", String(30), nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("start_time", Time, nullable=False),
    Column("place", String(60), nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("booths", Integer, nullable=False),
    Column("created_by", String(36), ForeignKey("staff.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Column("entity_version", Integer, nullable=False),
    CheckConstraint("capacity >= 0 AND booths >= 0", name="places"),
)

activity_trade = Table(
    "activity_trade",
    metadata,
    Column("activity_id", String(36), ForeignKey("activity.id"), primary_key=True),
    Column("trade_id", String(40), primary_key=True),
)

# A worker or an employer. Who signs off and on again has a new row.
activity_signup = Table(
    "activity_signup",
    metadata,
    id_column(),
    Column("activity_id", String(36), ForeignKey("activity.id"), nullable=False),
    Column("worker_id", String(36), ForeignKey("worker.id")),
    Column("employer_id", String(36), ForeignKey("employer.id")),
    Column("signed_by", String(36), ForeignKey("staff.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("attended_at", UtcDateTime),
    Column("entity_version", Integer, nullable=False),
    CheckConstraint("(worker_id IS NULL) <> (employer_id IS NULL)", name="who"),
    Index(
        "ix_activity_signup_worker",
        "activity_id",
        "worker_id",
        unique=True,
        sqlite_where=text("withdrawn_at IS NULL AND worker_id IS NOT NULL"),
        postgresql_where=text("withdrawn_at IS NULL AND worker_id IS NOT NULL"),
    ),
    Index(
        "ix_activity_signup_employer",
        "activity_id",
        "employer_id",
        unique=True,
        sqlite_where=text("withdrawn_at IS NULL AND employer_id IS NOT NULL"),
        postgresql_where=text("withdrawn_at IS NULL AND employer_id IS NOT NULL"),
    ),
)
