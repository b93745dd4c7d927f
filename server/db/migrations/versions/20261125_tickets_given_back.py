"""Keep why a ticket was given back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261125_tickets_given_back"
down_revision = "20261124_voice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("ticket", sa.Column("cancel_reason", sa.String(length=12), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("ticket", "cancel_reason")
