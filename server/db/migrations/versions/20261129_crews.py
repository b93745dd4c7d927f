"""Make crews, and let a ticket be for several people of whom one holds it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261129_crews"
down_revision = "20261128_names_wishes_survey"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the columns; every ticket so far is one person's own."""
    op.add_column("ticket", sa.Column("people", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "visit",
        sa.Column("holds_ticket", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    _make_crew()
    _make_crew_member()


def downgrade() -> None:
    """Drop the tables and the columns; a member keeps the visit on the leader's ticket."""
    op.drop_table("crew_member")
    op.drop_table("crew")
    op.drop_column("visit", "holds_ticket")
    op.drop_column("ticket", "people")


def _make_crew() -> None:
    op.create_table(
        "crew",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("leader_id", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["worker.id"], name=op.f("fk_crew_leader_id_worker")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_crew_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crew")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_crew_ticket_id")),
    )
    op.create_index("ix_crew_leader", "crew", ["leader_id", "market_day"], unique=False)


def _make_crew_member() -> None:
    op.create_table(
        "crew_member",
        sa.Column("crew_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["crew_id"], ["crew.id"], name=op.f("fk_crew_member_crew_id_crew")),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_crew_member_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("crew_id", "worker_id", name=op.f("pk_crew_member")),
    )
    op.create_index("ix_crew_member_worker", "crew_member", ["worker_id"], unique=False)
