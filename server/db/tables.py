"""Owns the tables of a market.

`*_at` columns hold UTC (of type Time: the clock on the market's wall), `*_day` columns a market
day (a date in Asia/Shanghai), `*_fen` money. `*_sealed` columns are encrypted (`seal.py`),
`*_hash` columns are keyed hashes that find them.
Ids are UUIDv7 texts. The tables are Core tables: ADR 0002 says why.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
    true,
)

from server.db.ask_tables import (
    application,
    case_counter,
    complaint_case,
    crew,
    crew_member,
    post_list,
)
from server.db.call_tables import ticket_note, void_slip
from server.db.columns import Counting, UtcDateTime, id_column, metadata
from server.db.device_tables import device, device_status, simulated_paper
from server.db.job_tables import (
    gathering,
    gathering_ticket,
    placement_rating,
    placement_step,
    proposal,
)
from server.db.notice_tables import service_notice
from server.db.order_tables import IN_LINE, LINE, lottery_draw, named_worker
from server.db.review_tables import minimum_wage, review_rule
from server.db.wish_tables import survey_answer, training_wish, training_wish_trade

market = Table(
    "market",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("division_code", String(6), nullable=False),
    Column("name", String(60), nullable=False),
    Column("address", String(120), nullable=False, server_default=""),
    Column("hotline", String(40), nullable=False),
    Column("complaint_line", String(40), nullable=False),
    Column("min_hourly_pay_fen", Integer, nullable=False),
    Column("opens_at", Time, nullable=False, server_default="06:00:00"),
    Column("closes_at", Time, nullable=False, server_default="18:00:00"),
    Column("case_days", String(10), nullable=False, server_default="calendar"),
    # How long a number that was called in vain may come back into the line.
    Column("missed_minutes", Integer, nullable=False, server_default="15"),
    # How long a place is held for somebody who has not agreed yet.
    Column("hold_minutes", Integer, nullable=False, server_default="30"),
    # Who is next among those who look for work, and when a lottery is drawn.
    Column("order_rule", String(10), nullable=False, server_default="arrival"),
    Column("draw_at", Time, nullable=False, server_default="06:00:00"),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("id = 1", name="single"),
)

desk = Table(
    "desk",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("name", String(40), nullable=False),
)

staff = Table(
    "staff",
    metadata,
    id_column(),
    Column("username", String(40), nullable=False, unique=True),
    Column("display_name", String(40), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(10), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

worker = Table(
    "worker",
    metadata,
    id_column(),
    Column("name_sealed", Text),
    # The name is what the person said; a card overrides it.
    Column("is_name_stated", Boolean, nullable=False, server_default=false()),
    Column("id_kind", String(20), nullable=False),
    Column("id_no_sealed", Text),
    Column("id_no_hash", String(64), unique=True),
    Column("phone_sealed", Text),
    Column("phone_hash", String(64), index=True),
    Column("sex", String(1), nullable=False),
    Column("birth_day", Date, nullable=False),
    Column("division_code", String(6), nullable=False),
    Column("id_valid_until_day", Date),
    Column("education", String(2)),
    Column("skill", String(1)),
    # What they want of a job, where they said so: fen for a day, a ride, no work at night.
    Column("pay_wanted_fen", Integer),
    Column("needs_ride", Boolean, nullable=False, server_default=false()),
    Column("no_nights", Boolean, nullable=False, server_default=false()),
    Column("notice_version", String(20)),
    Column("notice_accepted_at", UtcDateTime),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

worker_trade = Table(
    "worker_trade",
    metadata,
    Column("worker_id", String(36), ForeignKey("worker.id"), primary_key=True),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    Column("trade_id", String(40), nullable=False),
    UniqueConstraint("worker_id", "trade_id"),
    Index("ix_worker_trade_trade", "trade_id", "worker_id"),
)

employer = Table(
    "employer",
    metadata,
    id_column(),
    Column("kind", String(10), nullable=False),
    Column("public_name", String(60), nullable=False),
    Column("name_sealed", Text, nullable=False),
    Column("credit_code", String(18), unique=True),
    Column("id_no_sealed", Text),
    Column("id_no_hash", String(64), unique=True),
    Column("contact_sealed", Text, nullable=False),
    Column("phone_sealed", Text, nullable=False),
    Column("phone_hash", String(64), nullable=False, index=True),
    Column("address", String(120), nullable=False),
    Column("is_blacklisted", Boolean, nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint(
        "(kind = 'unit' AND credit_code IS NOT NULL)"
        " OR (kind = 'household' AND id_no_hash IS NOT NULL)",
        name="identity",
    ),
)

post = Table(
    "post",
    metadata,
    id_column(),
    Column("no", Integer, nullable=False, unique=True),
    Column("employer_id", String(36), ForeignKey("employer.id"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("trade_id", String(40), nullable=False),
    Column("headcount", Integer, nullable=False),
    Column("pay_fen", Integer, nullable=False),
    Column("pay_unit", String(5), nullable=False),
    Column("piece_unit", String(6), nullable=False),
    Column("settlement", String(15), nullable=False),
    Column("work_day", Date, nullable=False),
    Column("start_time", Time, nullable=False),
    Column("end_time", Time, nullable=False),
    Column("place", String(60), nullable=False),
    Column("meeting_point", String(60), nullable=False),
    Column("meeting_time", Time),
    Column("has_lunch", Boolean, nullable=False),
    Column("transport", String(5), nullable=False),
    Column("tools", String(10), nullable=False),
    Column("has_insurance", Boolean, nullable=False),
    Column("requirements", String(200), nullable=False),
    Column("valid_until_at", UtcDateTime, nullable=False),
    Column("repeats_post_id", String(36), ForeignKey("post.id")),
    Column("is_urgent", Boolean, nullable=False),
    Column("reviewed_by", String(36), ForeignKey("staff.id")),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    # Of work on several days; empty for one day.
    Column("last_day", Date),
    Column("asks_certificate", Boolean, nullable=False, server_default=true()),
    # What posts of one order of an employer share.
    Column("order_id", String(36), index=True),
    # What the ranking sorts by; the first three follow from pay, hours and trade.
    Column("day_pay_fen", Integer),
    Column("is_night", Boolean, nullable=False, server_default=false()),
    Column("suits_minors", Boolean, nullable=False, server_default=false()),
    Column("skill_asked", Integer, nullable=False, server_default="0"),
    CheckConstraint("headcount BETWEEN 1 AND 500", name="headcount"),
    CheckConstraint("pay_fen > 0", name="pay"),
    Index("ix_post_state_work_day", "state", "work_day"),
    Index("ix_post_state_trade", "state", "trade_id"),
)

ticket_counter = Table(
    "ticket_counter",
    metadata,
    Column("market_day", Date, primary_key=True),
    Column("series", String(1), primary_key=True),
    Column("last_number", Integer, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    id_column(),
    Column("code", String(10), nullable=False, unique=True),
    Column("market_day", Date, nullable=False),
    Column("series", String(1), nullable=False),
    Column("number", Integer, nullable=False),
    Column("service", String(15), nullable=False),
    Column("state", String(10), nullable=False),
    Column("ahead_when_issued", Integer, nullable=False),
    Column("desk_no", Integer, ForeignKey("desk.no")),
    Column("called_at", UtcDateTime),
    Column("recalls", Integer, nullable=False),
    # How many people the number is for: more than 1 is a crew.
    Column("people", Integer, nullable=False, server_default="1"),
    Column("cancel_reason", String(12)),
    # Behind which ticket's own place this one stands in line; null: in its own place.
    Column("place_id", String(36)),
    Column("place_no", Integer, nullable=False, server_default="0"),
    Column("missed_at", UtcDateTime),
    Column("misses", Integer, nullable=False, server_default="0"),
    # Only this desk calls the next of these; null: any desk.
    Column("for_desk_no", Integer),
    Column("parked_reason", String(12)),
    # Before the place of arrival: the turn by the order rule of the market.
    Column("turn", Integer, nullable=False, server_default="0"),
    # What the ranking looks at of the people on it, as it was when they took the number.
    Column("trades_mask", BigInteger, nullable=False, server_default="0"),
    Column("skill_rank", Integer, nullable=False, server_default="0"),
    Column("pay_wanted_fen", Integer),
    Column("needs_ride", Boolean, nullable=False, server_default=false()),
    Column("no_nights", Boolean, nullable=False, server_default=false()),
    Column("has_minor", Boolean, nullable=False, server_default=false()),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("market_day", "series", "number"),
    Index("ix_ticket_day_state", "market_day", "state", "series", "number"),
    # The ranking reads nothing but this; who has left the line has left the index.
    Index("ix_ticket_line", *LINE, sqlite_where=text(IN_LINE), postgresql_where=text(IN_LINE)),
)

visit = Table(
    "visit",
    metadata,
    id_column(),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    Column("ticket_id", String(36), ForeignKey("ticket.id"), nullable=False, index=True),
    # A ticket has one holder; the members of a crew are on it without holding it.
    Column("holds_ticket", Boolean, nullable=False, server_default=true()),
    Column("market_day", Date, nullable=False),
    Column("service", String(15), nullable=False),
    Column("device_id", String(36), ForeignKey("device.id")),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("worker_id", "market_day", "service"),
    Index("ix_visit_market_day", "market_day"),
)

call = Table(
    "call",
    metadata,
    id_column(),
    Column("ticket_id", String(36), ForeignKey("ticket.id"), nullable=False, index=True),
    Column("desk_no", Integer, ForeignKey("desk.no"), nullable=False),
    Column("market_day", Date, nullable=False),
    Column("is_recall", Boolean, nullable=False),
    Column("called_at", UtcDateTime, nullable=False),
    # Why somebody was called whose turn it was not; in a clerk's own words, for staff only.
    Column("out_of_turn", String(20)),
    Column("out_of_turn_sealed", Text),
    Column("post_id", String(36)),
    Index("ix_call_day_at", "market_day", "called_at"),
)

referral = Table(
    "referral",
    metadata,
    id_column(),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    Column("post_id", String(36), ForeignKey("post.id"), nullable=False),
    Column("ticket_id", String(36), ForeignKey("ticket.id")),
    Column("desk_no", Integer, ForeignKey("desk.no"), nullable=False),
    Column("staff_id", String(36), ForeignKey("staff.id"), nullable=False),
    Column("market_day", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("decline_reason", String(30)),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_referral_post_state", "post_id", "state"),
    Index("ix_referral_worker", "worker_id", "market_day"),
)

placement = Table(
    "placement",
    metadata,
    id_column(),
    Column("referral_id", String(36), ForeignKey("referral.id"), nullable=False, unique=True),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False),
    Column("post_id", String(36), ForeignKey("post.id"), nullable=False),
    Column("slip_code", String(10), nullable=False, unique=True),
    Column("work_day", Date, nullable=False),
    Column("market_day", Date, nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("worker_id", "post_id"),
    Index("ix_placement_post", "post_id"),
)

print_job = Table(
    "print_job",
    metadata,
    id_column(),
    Column("kind", String(10), nullable=False),
    Column("ticket_id", String(36), ForeignKey("ticket.id"), index=True),
    Column("placement_id", String(36), ForeignKey("placement.id"), index=True),
    Column("case_id", String(36), ForeignKey("complaint_case.id"), index=True),
    Column("post_list_id", String(36), ForeignKey("post_list.id"), index=True),
    Column("notice_id", String(36), ForeignKey("service_notice.id"), index=True),
    Column("copy_no", Integer, nullable=False),
    Column("agent_id", String(36), ForeignKey("device.id")),
    Column("origin_device_id", String(36), ForeignKey("device.id")),
    Column("state", String(10), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("claimed_by", String(36), ForeignKey("device.id")),
    Column("claimed_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_print_job_state", "state", "id"),
)

event_log = Table(
    "event_log",
    metadata,
    Column("id", Counting, primary_key=True, autoincrement=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("type", String(40), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("market_day", Date, nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("device", String(36)),
    Column("body", Text),
    Column("body_digest", String(64), nullable=False),
    Column("chain", String(64), nullable=False),
    Index("ix_event_log_market_day", "market_day"),
    Index("ix_event_log_subject", "subject"),
    sqlite_autoincrement=True,
)

signal = Table(
    "signal",
    metadata,
    Column("id", Counting, primary_key=True, autoincrement=True),
    Column("room", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_signal_room", "room", "id"),
    sqlite_autoincrement=True,
)

answered_request = Table(
    "answered_request",
    metadata,
    Column("idempotency_key", String(80), primary_key=True),
    Column("request_digest", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
)
