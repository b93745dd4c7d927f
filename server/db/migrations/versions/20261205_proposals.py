"""Hold places for people, note what follows an agreement, and keep the workers' ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261205_proposals"
down_revision = "20261205_hardship"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the market's setting."""
    op.add_column(
        "market",
        sa.Column("hold_minutes", sa.Integer(), server_default="30", nullable=False),
    )
    _make_steps()
    _make_ratings()
    _make_proposals()


def downgrade() -> None:
    """Drop the tables; a job that fell through takes its place again, as an agreed one."""
    op.execute("UPDATE placement SET state = 'agreed' WHERE state = 'fallen'")
    op.drop_table("proposal")
    op.drop_table("placement_rating")
    op.drop_table("placement_step")
    op.drop_column("market", "hold_minutes")


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other, _, _ = target.partition(".")
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}_{other}"))


def _make_steps() -> None:
    op.create_table(
        "placement_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("placement_id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _key("placement_step", "placement_id", "placement.id"),
        _key("placement_step", "staff_id", "staff.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_step")),
    )
    op.create_index(op.f("ix_placement_step_placement_id"), "placement_step", ["placement_id"])
    op.create_index("ix_placement_step_step", "placement_step", ["step", "created_at"])


def _make_ratings() -> None:
    op.create_table(
        "placement_rating",
        sa.Column("placement_id", sa.String(length=36), nullable=False),
        sa.Column("pays_reliably", sa.Boolean(), nullable=False),
        sa.Column("is_as_described", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _key("placement_rating", "placement_id", "placement.id"),
        sa.PrimaryKeyConstraint("placement_id", name=op.f("pk_placement_rating")),
    )


def _make_proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.Column("desk_no", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("is_from_list", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("worker_accepted_at", UtcDateTime(), nullable=True),
        sa.Column("employer_accepted_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _key("proposal", "post_id", "post.id"),
        _key("proposal", "worker_id", "worker.id"),
        _key("proposal", "ticket_id", "ticket.id"),
        _key("proposal", "desk_no", "desk.no"),
        _key("proposal", "staff_id", "staff.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_post", "proposal", ["post_id", "state"])
    op.create_index("ix_proposal_worker", "proposal", ["worker_id", "state"])
    op.create_index("ix_proposal_state", "proposal", ["state", "expires_at"])
