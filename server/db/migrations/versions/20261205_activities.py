"""Make job fairs and trainings, and who signed up for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261205_activities"
down_revision = "20261205_tool_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_activity()
    op.create_table(
        "activity_trade",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("trade_id", sa.String(length=40), nullable=False),
        _key("activity_trade", "activity_id", "activity"),
        sa.PrimaryKeyConstraint("activity_id", "trade_id", name=op.f("pk_activity_trade")),
    )
    _make_signup()


def downgrade() -> None:
    """Drop the tables."""
    for name in ("activity_signup", "activity_trade", "activity"):
        op.drop_table(name)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _make_activity() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=30), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("booths", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity >= 0 AND booths >= 0", name=op.f("ck_activity_places")),
        _key("activity", "created_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index(op.f("ix_activity_day"), "activity", ["day"])


def _make_signup() -> None:
    table = "activity_signup"
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=True),
        sa.Column("employer_id", sa.String(length=36), nullable=True),
        sa.Column("signed_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("attended_at", UtcDateTime(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(worker_id IS NULL) <> (employer_id IS NULL)", name=op.f("ck_activity_signup_who")
        ),
        _key(table, "activity_id", "activity"),
        _key(table, "worker_id", "worker"),
        _key(table, "employer_id", "employer"),
        _key(table, "signed_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_signup")),
    )
    for who in ("worker", "employer"):
        holds = sa.text(f"withdrawn_at IS NULL AND {who}_id IS NOT NULL")
        op.create_index(
            f"ix_activity_signup_{who}",
            table,
            ["activity_id", f"{who}_id"],
            unique=True,
            sqlite_where=holds,
            postgresql_where=holds,
        )
