"""Let a market choose who is next, and let posts and numbers be ranked by index."""

from __future__ import annotations

from datetime import date, time

import sqlalchemy as sa
from alembic import op

from server.db.tables import IN_LINE, UtcDateTime
from server.domain.citizen_number import age_on
from server.domain.kinds import PayUnit
from server.domain.matching import ADULT_AGE
from server.domain.posts import is_night_work, suits_minor
from server.domain.ranking import day_pay_fen, trades_mask
from server.domain.trades import trade

revision = "20261205_order_rules"
down_revision = "20261205_gatherings"
branch_labels = None
depends_on = None

LINE = (
    *("market_day", "service", "trades_mask", "people", "has_minor", "skill_rank"),
    *("pay_wanted_fen", "needs_ride", "no_nights", "parked_reason"),
    *("turn", "place_id", "place_no", "id", "state"),
)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default="0", nullable=False)


def upgrade() -> None:
    """Make columns, indices and tables; the market stays by arrival, and posts know their pay."""
    op.add_column(
        "market",
        sa.Column("order_rule", sa.String(length=10), server_default="arrival", nullable=False),
    )
    op.add_column(
        "market", sa.Column("draw_at", sa.Time(), server_default="06:00:00", nullable=False)
    )
    for table in ("worker", "ticket"):
        op.add_column(table, sa.Column("pay_wanted_fen", sa.Integer()))
        op.add_column(table, _flag("needs_ride"))
        op.add_column(table, _flag("no_nights"))
    _widen_ticket()
    _widen_post()
    op.add_column("call", sa.Column("out_of_turn", sa.String(length=20)))
    op.add_column("call", sa.Column("out_of_turn_sealed", sa.Text()))
    op.add_column("call", sa.Column("post_id", sa.String(length=36)))
    _make_tables()
    _fill_posts()
    _fill_tickets()


def downgrade() -> None:
    """Drop tables, indices and columns; draws stay in the log."""
    op.drop_table("named_worker")
    op.drop_table("lottery_draw")
    for name in ("post_id", "out_of_turn_sealed", "out_of_turn"):
        op.drop_column("call", name)
    op.drop_index("ix_complaint_case_kind", table_name="complaint_case")
    op.drop_index("ix_post_state_trade", table_name="post")
    for name in ("skill_asked", "suits_minors", "is_night", "day_pay_fen"):
        op.drop_column("post", name)
    op.drop_index("ix_ticket_line", table_name="ticket")
    for name in ("has_minor", "skill_rank", "trades_mask", "turn"):
        op.drop_column("ticket", name)
    for table in ("ticket", "worker"):
        for name in ("no_nights", "needs_ride", "pay_wanted_fen"):
            op.drop_column(table, name)
    op.drop_column("market", "draw_at")
    op.drop_column("market", "order_rule")


def _widen_ticket() -> None:
    op.add_column("ticket", _number("turn"))
    op.add_column(
        "ticket", sa.Column("trades_mask", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column("ticket", _number("skill_rank"))
    op.add_column("ticket", _flag("has_minor"))
    op.create_index(
        "ix_ticket_line",
        "ticket",
        list(LINE),
        unique=False,
        sqlite_where=sa.text(IN_LINE),
        postgresql_where=sa.text(IN_LINE),
    )


def _widen_post() -> None:
    op.add_column("post", sa.Column("day_pay_fen", sa.Integer()))
    op.add_column("post", _flag("is_night"))
    op.add_column("post", _flag("suits_minors"))
    op.add_column("post", _number("skill_asked"))
    op.create_index("ix_post_state_trade", "post", ["state", "trade_id"], unique=False)
    columns = ["kind", "market_day", "worker_id"]
    op.create_index("ix_complaint_case_kind", "complaint_case", columns, unique=False)


def _make_tables() -> None:
    op.create_table(
        "lottery_draw",
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("seed_sealed", sa.Text(), nullable=False),
        sa.Column("committed_at", UtcDateTime(), nullable=False),
        sa.Column("seed", sa.String(length=64)),
        sa.Column("drawn_at", UtcDateTime()),
        sa.Column("drawn", sa.Integer()),
        sa.PrimaryKeyConstraint("market_day", name=op.f("pk_lottery_draw")),
    )
    op.create_table(
        "named_worker",
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_named_worker_post_id_post")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_named_worker_worker_id_worker")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_named_worker_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("post_id", "worker_id", name=op.f("pk_named_worker")),
    )
    op.create_index(op.f("ix_named_worker_worker_id"), "named_worker", ["worker_id"], unique=False)


class _Times:
    def __init__(self, start: time, end: time) -> None:
        self.start_time, self.end_time = start, end


def _fill_posts() -> None:
    post = sa.table(
        "post",
        sa.column("id", sa.String()),
        sa.column("trade_id", sa.String()),
        sa.column("pay_fen", sa.Integer()),
        sa.column("pay_unit", sa.String()),
        sa.column("start_time", sa.Time()),
        sa.column("end_time", sa.Time()),
        sa.column("day_pay_fen", sa.Integer()),
        sa.column("is_night", sa.Boolean()),
        sa.column("suits_minors", sa.Boolean()),
    )
    for row in op.get_bind().execute(sa.select(post)).all():
        times = _Times(row.start_time, row.end_time)
        values = {
            "day_pay_fen": day_pay_fen(row.pay_fen, PayUnit(row.pay_unit), times),
            "is_night": is_night_work(times),
            "suits_minors": suits_minor(times, trade(row.trade_id)),
        }
        op.get_bind().execute(sa.update(post).where(post.c.id == row.id).values(values))


_WAITING = """SELECT t.id, t.market_day, w.skill, w.birth_day, w.id AS worker_id FROM ticket t
 JOIN visit v ON v.ticket_id = t.id AND v.holds_ticket JOIN worker w ON w.id = v.worker_id
 WHERE t.service = 'find_work' AND t.state IN ('waiting', 'called', 'serving')
 AND t.market_day = (SELECT max(market_day) FROM ticket)"""
_SKILL_RANKS = {"5": 1, "4": 2, "3": 3, "2": 4}


def _fill_tickets() -> None:
    """Let those who wait while the server is brought up to date be ranked like all others."""
    bind = op.get_bind()
    for row in bind.execute(sa.text(_WAITING)).all():
        of_worker = sa.text("SELECT trade_id FROM worker_trade WHERE worker_id = :id")
        trades = bind.execute(of_worker, {"id": row.worker_id}).scalars()
        change = sa.text(
            "UPDATE ticket SET trades_mask = :mask, skill_rank = :skill, has_minor = :minor"
            " WHERE id = :id"
        )
        born, day = (date.fromisoformat(str(one)) for one in (row.birth_day, row.market_day))
        values = {
            "id": row.id,
            "mask": trades_mask(trades),
            "skill": _SKILL_RANKS.get(row.skill or "", 0),
            "minor": age_on(born, day) < ADULT_AGE,
        }
        bind.execute(change, values)
