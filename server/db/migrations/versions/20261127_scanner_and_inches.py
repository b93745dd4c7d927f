"""Keep the scanner's state, and a panel's diagonal with its tenths: 21.5 inches are not 22."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261127_scanner_and_inches"
down_revision = "20261125_opening_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; whole inches stay what they are."""
    op.add_column("device_status", sa.Column("scanner_state", sa.String(length=12)))
    tenths = sa.Column("panel_tenths", sa.Integer(), nullable=False, server_default="215")
    op.add_column("device", tenths)
    op.execute("UPDATE device SET panel_tenths = 10 * panel_inches")
    op.drop_column("device", "panel_inches")


def downgrade() -> None:
    """Drop the columns and the tenths."""
    inches = sa.Column("panel_inches", sa.Integer(), nullable=False, server_default="22")
    op.add_column("device", inches)
    op.execute("UPDATE device SET panel_inches = (panel_tenths + 5) / 10")
    op.drop_column("device", "panel_tenths")
    op.drop_column("device_status", "scanner_state")
