"""Make the event log, signals, answered requests and the print spool."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import Counting, UtcDateTime

revision = "20261124_log_and_spool"
down_revision = "20261124_posts_and_queue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_print_job()
    _make_event_log()
    _make_signal()
    _make_answered_request()
    _make_simulated_paper()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("simulated_paper")
    op.drop_table("answered_request")
    op.drop_table("signal")
    op.drop_table("event_log")
    op.drop_table("print_job")


def _make_print_job() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=True),
        sa.Column("placement_id", sa.String(length=36), nullable=True),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.String(length=36), nullable=True),
        sa.Column("origin_device_id", sa.String(length=36), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("claimed_by", sa.String(length=36), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["device.id"], name=op.f("fk_print_job_agent_id_device")
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["device.id"], name=op.f("fk_print_job_claimed_by_device")
        ),
        sa.ForeignKeyConstraint(
            ["origin_device_id"], ["device.id"], name=op.f("fk_print_job_origin_device_id_device")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_print_job_placement_id_placement")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_print_job_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    op.create_index(op.f("ix_print_job_placement_id"), "print_job", ["placement_id"], unique=False)
    op.create_index("ix_print_job_state", "print_job", ["state", "id"], unique=False)
    op.create_index(op.f("ix_print_job_ticket_id"), "print_job", ["ticket_id"], unique=False)


def _make_event_log() -> None:
    op.create_table(
        "event_log",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("body_digest", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_log")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_log_event_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_log_market_day", "event_log", ["market_day"], unique=False)
    op.create_index("ix_event_log_subject", "event_log", ["subject"], unique=False)


def _make_signal() -> None:
    op.create_table(
        "signal",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("room", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signal_room", "signal", ["room", "id"], unique=False)


def _make_answered_request() -> None:
    op.create_table(
        "answered_request",
        sa.Column("idempotency_key", sa.String(length=80), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("idempotency_key", name=op.f("pk_answered_request")),
    )
    op.create_index(
        op.f("ix_answered_request_created_at"), "answered_request", ["created_at"], unique=False
    )


def _make_simulated_paper() -> None:
    op.create_table(
        "simulated_paper",
        sa.Column("id", Counting, autoincrement=True, nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("print_job_id", sa.String(length=36), nullable=True),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_simulated_paper_device_id_device")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulated_paper")),
    )
