"""Make the table of employers' papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261204_attachments"
down_revision = "20261203_calls"
branch_labels = None
depends_on = None

TABLE = "attachment"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary()),
        sa.Column("staff_id", sa.String(length=36)),
        sa.Column("removed_at", UtcDateTime()),
        sa.Column("removed_by", sa.String(length=36)),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_attachment_employer_id_employer")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_attachment_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["staff.id"], name=op.f("fk_attachment_removed_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_employer", TABLE, ["employer_id", "id"], unique=False)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table(TABLE)
