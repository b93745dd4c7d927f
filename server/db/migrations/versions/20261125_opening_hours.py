"""Give a market the hours in which its desks are open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_opening_hours"
down_revision = "20261125_cases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a market that exists has the usual hours."""
    with op.batch_alter_table("market") as batch:
        batch.add_column(
            sa.Column("opens_at", sa.Time(), nullable=False, server_default="06:00:00")
        )
        batch.add_column(
            sa.Column("closes_at", sa.Time(), nullable=False, server_default="18:00:00")
        )


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("market") as batch:
        batch.drop_column("closes_at")
        batch.drop_column("opens_at")
