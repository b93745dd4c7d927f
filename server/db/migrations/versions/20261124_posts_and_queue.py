"""Make posts, tickets, visits, calls, referrals and placements."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261124_posts_and_queue"
down_revision = "20261124_market_and_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_post()
    _make_ticket_counter()
    _make_ticket()
    _make_visit()
    _make_call()
    _make_referral()
    _make_placement()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("placement")
    op.drop_table("referral")
    op.drop_table("call")
    op.drop_table("visit")
    op.drop_table("ticket")
    op.drop_table("ticket_counter")
    op.drop_table("post")


def _post_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("trade_id", sa.String(length=40), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("pay_fen", sa.Integer(), nullable=False),
        sa.Column("pay_unit", sa.String(length=5), nullable=False),
        sa.Column("piece_unit", sa.String(length=6), nullable=False),
        sa.Column("settlement", sa.String(length=15), nullable=False),
        sa.Column("work_day", sa.Date(), nullable=False),
        sa.Column("start_time", sa.Time(), nullable=False),
        sa.Column("end_time", sa.Time(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("meeting_point", sa.String(length=60), nullable=False),
        sa.Column("meeting_time", sa.Time(), nullable=True),
        sa.Column("has_lunch", sa.Boolean(), nullable=False),
        sa.Column("transport", sa.String(length=5), nullable=False),
        sa.Column("tools", sa.String(length=10), nullable=False),
        sa.Column("has_insurance", sa.Boolean(), nullable=False),
        sa.Column("requirements", sa.String(length=200), nullable=False),
        sa.Column("valid_until_at", UtcDateTime(), nullable=False),
        sa.Column("repeats_post_id", sa.String(length=36), nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=36), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
    ]


def _make_post() -> None:
    op.create_table(
        "post",
        *_post_columns(),
        sa.CheckConstraint("headcount BETWEEN 1 AND 500", name=op.f("ck_post_headcount")),
        sa.CheckConstraint("pay_fen > 0", name=op.f("ck_post_pay")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_post_employer_id_employer")
        ),
        sa.ForeignKeyConstraint(
            ["repeats_post_id"], ["post.id"], name=op.f("fk_post_repeats_post_id_post")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["staff.id"], name=op.f("fk_post_reviewed_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("no", name=op.f("uq_post_no")),
    )
    op.create_index("ix_post_state_work_day", "post", ["state", "work_day"], unique=False)


def _make_ticket_counter() -> None:
    op.create_table(
        "ticket_counter",
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("series", sa.String(length=1), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("market_day", "series", name=op.f("pk_ticket_counter")),
    )


def _make_ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("series", sa.String(length=1), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=15), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ahead_when_issued", sa.Integer(), nullable=False),
        sa.Column("desk_no", sa.Integer(), nullable=True),
        sa.Column("called_at", UtcDateTime(), nullable=True),
        sa.Column("recalls", sa.Integer(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["desk_no"], ["desk.no"], name=op.f("fk_ticket_desk_no_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("code", name=op.f("uq_ticket_code")),
        sa.UniqueConstraint(
            "market_day", "series", "number", name=op.f("uq_ticket_market_day_series_number")
        ),
    )
    op.create_index(
        "ix_ticket_day_state", "ticket", ["market_day", "state", "series", "number"], unique=False
    )


def _make_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("service", sa.String(length=15), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_visit_device_id_device")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_visit_ticket_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_visit_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint(
            "worker_id", "market_day", "service", name=op.f("uq_visit_worker_id_market_day_service")
        ),
    )
    op.create_index("ix_visit_market_day", "visit", ["market_day"], unique=False)
    op.create_index(op.f("ix_visit_ticket_id"), "visit", ["ticket_id"], unique=False)


def _make_call() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.Column("desk_no", sa.Integer(), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("is_recall", sa.Boolean(), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["desk_no"], ["desk.no"], name=op.f("fk_call_desk_no_desk")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_call_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_index("ix_call_day_at", "call", ["market_day", "called_at"], unique=False)
    op.create_index(op.f("ix_call_ticket_id"), "call", ["ticket_id"], unique=False)


def _make_referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=True),
        sa.Column("desk_no", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decline_reason", sa.String(length=30), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["desk_no"], ["desk.no"], name=op.f("fk_referral_desk_no_desk")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_referral_post_id_post")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_referral_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_referral_ticket_id_ticket")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_referral_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index("ix_referral_post_state", "referral", ["post_id", "state"], unique=False)
    op.create_index("ix_referral_worker", "referral", ["worker_id", "market_day"], unique=False)


def _make_placement() -> None:
    op.create_table(
        "placement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("referral_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("slip_code", sa.String(length=10), nullable=False),
        sa.Column("work_day", sa.Date(), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_placement_post_id_post")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_placement_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_placement_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("referral_id", name=op.f("uq_placement_referral_id")),
        sa.UniqueConstraint("slip_code", name=op.f("uq_placement_slip_code")),
        sa.UniqueConstraint("worker_id", "post_id", name=op.f("uq_placement_worker_id_post_id")),
    )
    op.create_index(op.f("ix_placement_market_day"), "placement", ["market_day"], unique=False)
    op.create_index("ix_placement_post", "placement", ["post_id"], unique=False)
