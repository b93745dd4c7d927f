"""Mark stated names, and make training wishes and the survey's answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261128_names_wishes_survey"
down_revision = "20261128_applications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; every name that is known came from a card."""
    op.add_column(
        "worker",
        sa.Column("is_name_stated", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _make_training_wish()
    op.create_table(
        "survey_answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables and the mark."""
    op.drop_table("survey_answer")
    op.drop_index("ix_training_wish_trade_trade", table_name="training_wish_trade")
    op.drop_table("training_wish_trade")
    op.drop_table("training_wish")
    op.drop_column("worker", "is_name_stated")


def _make_training_wish() -> None:
    op.create_table(
        "training_wish",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("free_time", sa.String(length=10), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_training_wish_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_wish")),
        sa.UniqueConstraint("worker_id", name=op.f("uq_training_wish_worker_id")),
    )
    op.create_table(
        "training_wish_trade",
        sa.Column("wish_id", sa.String(length=36), nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("trade_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["wish_id"],
            ["training_wish.id"],
            name=op.f("fk_training_wish_trade_wish_id_training_wish"),
        ),
        sa.PrimaryKeyConstraint("wish_id", "rank", name=op.f("pk_training_wish_trade")),
    )
    op.create_index(
        "ix_training_wish_trade_trade", "training_wish_trade", ["trade_id"], unique=False
    )
