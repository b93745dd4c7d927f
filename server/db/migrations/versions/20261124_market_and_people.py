"""Make the market, its staff, devices, workers and employers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import Counting, UtcDateTime

revision = "20261124_market_and_people"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_market()
    _make_desk()
    _make_staff()
    _make_device()
    _make_device_status()
    _make_worker()
    _make_worker_trade()
    _make_employer()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("employer")
    op.drop_table("worker_trade")
    op.drop_table("worker")
    op.drop_table("device_status")
    op.drop_table("device")
    op.drop_table("staff")
    op.drop_table("desk")
    op.drop_table("market")


def _make_market() -> None:
    op.create_table(
        "market",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=120), server_default="", nullable=False),
        sa.Column("hotline", sa.String(length=40), nullable=False),
        sa.Column("complaint_line", sa.String(length=40), nullable=False),
        sa.Column("min_hourly_pay_fen", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_market_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market")),
    )


def _make_desk() -> None:
    op.create_table(
        "desk",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_desk")),
    )


def _make_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("display_name", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )


def _make_device() -> None:
    op.create_table(
        "device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("serves_device_id", sa.String(length=36), nullable=True),
        sa.Column("panel_inches", sa.Integer(), nullable=False),
        sa.Column("reader_metres", sa.Integer(), nullable=False),
        sa.Column("is_simulated", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["serves_device_id"], ["device.id"], name=op.f("fk_device_serves_device_id_device")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )


def _make_device_status() -> None:
    op.create_table(
        "device_status",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("printer_state", sa.String(length=12), nullable=True),
        sa.Column("reader_state", sa.String(length=12), nullable=True),
        sa.Column("shown_revision", Counting, nullable=True),
        sa.Column("build", sa.String(length=40), nullable=True),
        sa.Column("simulated_cards", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_device_status_device_id_device")
        ),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_device_status")),
    )


def _make_worker() -> None:
    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=True),
        sa.Column("id_kind", sa.String(length=20), nullable=False),
        sa.Column("id_no_sealed", sa.Text(), nullable=True),
        sa.Column("id_no_hash", sa.String(length=64), nullable=True),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("phone_hash", sa.String(length=64), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("birth_day", sa.Date(), nullable=False),
        sa.Column("division_code", sa.String(length=6), nullable=False),
        sa.Column("id_valid_until_day", sa.Date(), nullable=True),
        sa.Column("education", sa.String(length=2), nullable=True),
        sa.Column("skill", sa.String(length=1), nullable=True),
        sa.Column("notice_version", sa.String(length=20), nullable=True),
        sa.Column("notice_accepted_at", UtcDateTime(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
        sa.UniqueConstraint("id_no_hash", name=op.f("uq_worker_id_no_hash")),
    )
    op.create_index(op.f("ix_worker_phone_hash"), "worker", ["phone_hash"], unique=False)


def _make_worker_trade() -> None:
    op.create_table(
        "worker_trade",
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("trade_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_worker_trade_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("worker_id", "rank", name=op.f("pk_worker_trade")),
        sa.UniqueConstraint(
            "worker_id", "trade_id", name=op.f("uq_worker_trade_worker_id_trade_id")
        ),
    )
    op.create_index(
        "ix_worker_trade_trade", "worker_trade", ["trade_id", "worker_id"], unique=False
    )


def _make_employer() -> None:
    op.create_table(
        "employer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("public_name", sa.String(length=60), nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("id_no_sealed", sa.Text(), nullable=True),
        sa.Column("id_no_hash", sa.String(length=64), nullable=True),
        sa.Column("contact_sealed", sa.Text(), nullable=False),
        sa.Column("phone_sealed", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("is_blacklisted", sa.Boolean(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'unit' AND credit_code IS NOT NULL)"
            " OR (kind = 'household' AND id_no_hash IS NOT NULL)",
            name=op.f("ck_employer_identity"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_employer_credit_code")),
        sa.UniqueConstraint("id_no_hash", name=op.f("uq_employer_id_no_hash")),
    )
    op.create_index(op.f("ix_employer_phone_hash"), "employer", ["phone_hash"], unique=False)
