"""Make the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import Counting, UtcDateTime

revision = "20261124_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
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
    op.create_table(
        "desk",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_desk")),
    )
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
            "(kind = 'unit' AND credit_code IS NOT NULL) OR (kind = 'household' AND id_no_hash IS NOT NULL)",
            name=op.f("ck_employer_identity"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_employer_credit_code")),
        sa.UniqueConstraint("id_no_hash", name=op.f("uq_employer_id_no_hash")),
    )
    op.create_index(op.f("ix_employer_phone_hash"), "employer", ["phone_hash"], unique=False)
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
    op.create_table(
        "ticket_counter",
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("series", sa.String(length=1), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("market_day", "series", name=op.f("pk_ticket_counter")),
    )
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
    op.create_table(
        "post",
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


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_print_job_ticket_id"), table_name="print_job")
    op.drop_index("ix_print_job_state", table_name="print_job")
    op.drop_index(op.f("ix_print_job_placement_id"), table_name="print_job")
    op.drop_table("print_job")
    op.drop_index("ix_placement_post", table_name="placement")
    op.drop_index(op.f("ix_placement_market_day"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(op.f("ix_visit_ticket_id"), table_name="visit")
    op.drop_index("ix_visit_market_day", table_name="visit")
    op.drop_table("visit")
    op.drop_index("ix_referral_worker", table_name="referral")
    op.drop_index("ix_referral_post_state", table_name="referral")
    op.drop_table("referral")
    op.drop_index(op.f("ix_call_ticket_id"), table_name="call")
    op.drop_index("ix_call_day_at", table_name="call")
    op.drop_table("call")
    op.drop_index("ix_worker_trade_trade", table_name="worker_trade")
    op.drop_table("worker_trade")
    op.drop_index("ix_ticket_day_state", table_name="ticket")
    op.drop_table("ticket")
    op.drop_table("simulated_paper")
    op.drop_index("ix_post_state_work_day", table_name="post")
    op.drop_table("post")
    op.drop_table("device_status")
    op.drop_index(op.f("ix_worker_phone_hash"), table_name="worker")
    op.drop_table("worker")
    op.drop_table("ticket_counter")
    op.drop_table("staff")
    op.drop_index("ix_signal_room", table_name="signal")
    op.drop_table("signal")
    op.drop_table("market")
    op.drop_index("ix_event_log_subject", table_name="event_log")
    op.drop_index("ix_event_log_market_day", table_name="event_log")
    op.drop_table("event_log")
    op.drop_index(op.f("ix_employer_phone_hash"), table_name="employer")
    op.drop_table("employer")
    op.drop_table("device")
    op.drop_table("desk")
    op.drop_index(op.f("ix_answered_request_created_at"), table_name="answered_request")
    op.drop_table("answered_request")
