"""Make the table of recorded clips, and the column of what a screen says of its sound."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261124_voice"
down_revision = "20261124_log_and_spool"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "voice_clip",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("wav", sa.LargeBinary(), nullable=False),
        sa.Column("millis", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_voice_clip")),
    )
    op.add_column("device_status", sa.Column("sound_state", sa.String(length=12), nullable=True))


def downgrade() -> None:
    """Drop both."""
    op.drop_column("device_status", "sound_state")
    op.drop_table("voice_clip")
