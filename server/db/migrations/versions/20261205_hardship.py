"""Make the hardship roster, what help was given, and who may look at it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261205_hardship"
down_revision = "20261205_activities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_entry()
    op.create_table(
        "hardship_help",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _key("hardship_help", "entry_id", "hardship_entry"),
        _key("hardship_help", "given_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hardship_help")),
    )
    op.create_index(op.f("ix_hardship_help_entry_id"), "hardship_help", ["entry_id"])
    op.create_table(
        "hardship_viewer",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("named_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _key("hardship_viewer", "staff_id", "staff"),
        _key("hardship_viewer", "named_by", "staff"),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_hardship_viewer")),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("hardship_viewer", "hardship_help", "hardship_entry"):
        op.drop_table(name)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _make_entry() -> None:
    table = "hardship_entry"
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("categories_sealed", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("entered_by", sa.String(length=36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "to_day IS NULL OR to_day >= from_day", name=op.f("ck_hardship_entry_days")
        ),
        _key(table, "worker_id", "worker"),
        _key(table, "case_id", "complaint_case"),
        _key(table, "entered_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hardship_entry")),
    )
    op.create_index("ix_hardship_entry_worker", table, ["worker_id", "from_day"])
