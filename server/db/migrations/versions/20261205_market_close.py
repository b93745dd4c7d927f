"""Keep who closed the market for the day, with the day's counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261205_market_close"
down_revision = "20261206_invitations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "market_close",
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=False),
        sa.Column("closed_by", sa.String(length=36), nullable=False),
        sa.Column("paper", sa.String(length=10), nullable=False),
        sa.Column("is_roll_changed", sa.Boolean(), nullable=False),
        sa.Column("ended_tickets", sa.Integer(), nullable=False),
        sa.Column("end_reason", sa.String(length=12), nullable=True),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("placements", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("reopened_at", UtcDateTime(), nullable=True),
        sa.Column("reopened_by", sa.String(length=36), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["staff.id"], name=op.f("fk_market_close_closed_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by"], ["staff.id"], name=op.f("fk_market_close_reopened_by_staff")
        ),
        sa.PrimaryKeyConstraint("market_day", name=op.f("pk_market_close")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("market_close")
