"""Let missed numbers come back, numbers be put aside or passed on, and agreements be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261203_calls"
down_revision = "20261202_service_notices"
branch_labels = None
depends_on = None

TICKET_COLUMNS = ("place_id", "place_no", "missed_at", "misses", "for_desk_no", "parked_reason")


def upgrade() -> None:
    """Make the columns and the tables; numbers missed before today are over anyway."""
    op.add_column(
        "market",
        sa.Column("missed_minutes", sa.Integer(), server_default="15", nullable=False),
    )
    op.add_column("ticket", sa.Column("place_id", sa.String(length=36)))
    op.add_column("ticket", sa.Column("place_no", sa.Integer(), server_default="0", nullable=False))
    op.add_column("ticket", sa.Column("missed_at", UtcDateTime()))
    op.add_column("ticket", sa.Column("misses", sa.Integer(), server_default="0", nullable=False))
    op.add_column("ticket", sa.Column("for_desk_no", sa.Integer()))
    op.add_column("ticket", sa.Column("parked_reason", sa.String(length=12)))
    _make_ticket_note()
    _make_void_slip()


def downgrade() -> None:
    """Drop the tables and the columns; an agreement that was undone stays undone."""
    op.drop_table("void_slip")
    op.drop_table("ticket_note")
    for name in reversed(TICKET_COLUMNS):
        op.drop_column("ticket", name)
    op.drop_column("market", "missed_minutes")


def _make_ticket_note() -> None:
    op.create_table(
        "ticket_note",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.Column("note_sealed", sa.Text(), nullable=False),
        sa.Column("desk_no", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_note_ticket_id_ticket")
        ),
        sa.ForeignKeyConstraint(["desk_no"], ["desk.no"], name=op.f("fk_ticket_note_desk_no_desk")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_ticket_note_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_note")),
    )
    op.create_index("ix_ticket_note_ticket", "ticket_note", ["ticket_id", "id"], unique=False)


def _make_void_slip() -> None:
    op.create_table(
        "void_slip",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("placement_id", sa.String(length=36), nullable=False),
        sa.Column("slip_code", sa.String(length=10), nullable=False),
        sa.Column("desk_no", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_void_slip_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(["desk_no"], ["desk.no"], name=op.f("fk_void_slip_desk_no_desk")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_void_slip_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_void_slip")),
        sa.UniqueConstraint("slip_code", name=op.f("uq_void_slip_slip_code")),
    )
    op.create_index(op.f("ix_void_slip_placement_id"), "void_slip", ["placement_id"], unique=False)
