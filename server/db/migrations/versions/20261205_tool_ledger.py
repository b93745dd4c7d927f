"""Make the tool ledger: what the market lends, and who has it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261205_tool_ledger"
down_revision = "20261205_market_close"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "tool",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("pieces >= 0", name=op.f("ck_tool_pieces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool")),
        sa.UniqueConstraint("name", name=op.f("uq_tool_name")),
    )
    _make_loan()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("tool_loan")
    op.drop_table("tool")


def _key(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_tool_loan_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _make_loan() -> None:
    op.create_table(
        "tool_loan",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("tool_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("lent_at", UtcDateTime(), nullable=False),
        sa.Column("lent_by", sa.String(length=36), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.Column("returned_by", sa.String(length=36), nullable=True),
        sa.Column("condition", sa.String(length=10), nullable=True),
        sa.Column("note_sealed", sa.Text(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        _key("tool_id", "tool"),
        _key("worker_id", "worker"),
        _key("lent_by", "staff"),
        _key("returned_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_loan")),
    )
    is_out = sa.text("returned_at IS NULL")
    op.create_index(
        "ix_tool_loan_out",
        "tool_loan",
        ["tool_id", "due_at"],
        sqlite_where=is_out,
        postgresql_where=is_out,
    )
    op.create_index("ix_tool_loan_worker", "tool_loan", ["worker_id"])
