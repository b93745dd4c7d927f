"""Call numbers together for a post, to a meeting point."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261205_gatherings"
down_revision = "20261205_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "gathering",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("desk_no", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("meeting_point", sa.String(length=20), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_gathering_post_id_post")),
        sa.ForeignKeyConstraint(["desk_no"], ["desk.no"], name=op.f("fk_gathering_desk_no_desk")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_gathering_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
    )
    op.create_index(op.f("ix_gathering_post_id"), "gathering", ["post_id"])
    op.create_index("ix_gathering_day", "gathering", ["market_day", "created_at"])
    op.create_table(
        "gathering_ticket",
        sa.Column("gathering_id", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"],
            ["gathering.id"],
            name=op.f("fk_gathering_ticket_gathering_id_gathering"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_gathering_ticket_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("gathering_id", "ticket_id", name=op.f("pk_gathering_ticket")),
    )
    op.create_index("ix_gathering_ticket_ticket", "gathering_ticket", ["ticket_id"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("gathering_ticket")
    op.drop_table("gathering")
