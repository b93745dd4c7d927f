"""Owns the lottery of a day: bound before the first number, drawn once, open to be recomputed.

ADR 0008 says what that protects against and what not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from server.db.seal import FieldSeal
from server.db.tables import event_log, lottery_draw, ticket
from server.db.tables import market as market_table
from server.db.unit_of_work import Actor, Event, Transaction
from server.domain.clock import SHANGHAI, market_day
from server.domain.errors import DrawPending, DrawUnknown
from server.domain.kinds import ServiceKind, TicketState
from server.domain.order_rules import (
    Draw,
    OrderRule,
    commitment_of,
    drawn_order,
    is_of,
    mark_of,
    turns_of,
)
from server.domain.tickets import ticket_label
from server.services.open_market import OpenMarket
from server.services.turns import order_rule

SEED_BYTES = 32
SEED = "lottery.seed"
_DRAW_OF = select(lottery_draw).where(lottery_draw.c.market_day == bindparam("day"))


@dataclass(frozen=True)
class DrawnTicket:
    """A ticket in a draw, in the order of issue. turn: from 1."""

    label: str
    mark: str
    turn: int


@dataclass(frozen=True)
class DrawShown:
    """The lottery of a day. seed: None until it is drawn; tickets: those that were in it."""

    market_day: date
    commitment: str
    committed_at: datetime
    seed: str | None
    drawn_at: datetime | None
    tickets: tuple[DrawnTicket, ...]


def keep_draws(market: OpenMarket) -> None:
    """Bind the seeds of today and tomorrow where they may be bound yet, and draw when it is time.

    Records lottery.committed and lottery.drawn; nothing unless the market draws lots.
    """
    with market.database.read() as connection:
        if order_rule(connection) is not OrderRule.LOTTERY:
            return
        today = market_day(market.database.now())
        if not _unbound(connection, today) and not _due(connection, market.database.now()):
            return
    with market.database.write(Actor("server")) as tx:
        bind_seeds(tx, market.seal)
        draw_if_due(tx, market.seal)


def _unbound(connection: Connection, today: date) -> list[date]:
    days = [today + timedelta(days=1)]
    for_work = (ticket.c.market_day == today, ticket.c.service == ServiceKind.FIND_WORK.value)
    if connection.scalar(select(ticket.c.id).where(*for_work).limit(1)) is None:
        days.append(today)
    return [day for day in days if connection.execute(_DRAW_OF, {"day": day}).first() is None]


def bind_seeds(tx: Transaction, seal: FieldSeal) -> None:
    """Publish what binds the seed of tomorrow, and of today while nobody has a number for work.

    Records lottery.committed for each.
    """
    for day in _unbound(tx.connection, tx.market_day):
        seed = os.urandom(SEED_BYTES).hex()
        values = {
            "market_day": day,
            "commitment": commitment_of(seed),
            "seed_sealed": seal.seal(seed, SEED),
            "committed_at": tx.now,
        }
        tx.connection.execute(insert(lottery_draw), values)
        told = {"market_day": day, "commitment": values["commitment"]}
        tx.record(Event("lottery.committed", f"lottery/{day}", 1, told))


def _due(connection: Connection, now: datetime) -> Row[Any] | None:
    """Return today's draw where it is past its hour and not held."""
    row = connection.execute(_DRAW_OF, {"day": market_day(now)}).first()
    is_due = row is not None and row.drawn_at is None and now >= _draws_at(connection, now)
    return row if is_due else None


def _draws_at(connection: Connection, now: datetime) -> datetime:
    at = connection.scalar(select(market_table.c.draw_at))
    return datetime.combine(market_day(now), at, SHANGHAI) if at else now


def draw_if_due(tx: Transaction, seal: FieldSeal) -> None:
    """Draw today's lots once their hour has come. Records lottery.drawn with everything to check.

    Who waits for work is in it, whoever comes later stands behind it.
    """
    row = (
        None if order_rule(tx.connection) is not OrderRule.LOTTERY else _due(tx.connection, tx.now)
    )
    if row is None:
        return
    seed = seal.open(row.seed_sealed, SEED)
    waiting = tx.connection.execute(
        select(ticket.c.id, ticket.c.code, ticket.c.series, ticket.c.number)
        .where(
            ticket.c.market_day == tx.market_day,
            ticket.c.service == ServiceKind.FIND_WORK.value,
            ticket.c.state == TicketState.WAITING.value,
        )
        .order_by(ticket.c.id)
    ).all()
    turns = turns_of(Draw(seed, tuple(mark_of(one.code) for one in waiting)))
    drawn = [(one, mark_of(one.code)) for one in waiting]
    if drawn:
        change = update(ticket).where(ticket.c.id == bindparam("of"))
        values = [{"of": one.id, "turn": turns[mark]} for one, mark in drawn]
        tx.connection.execute(change.values(turn=bindparam("turn")), values)
    changes = {"seed": seed, "drawn_at": tx.now, "drawn": len(drawn)}
    here = lottery_draw.c.market_day == tx.market_day
    tx.connection.execute(update(lottery_draw).where(here), changes)
    told = {
        "market_day": tx.market_day,
        "commitment": row.commitment,
        "seed": seed,
        "tickets": [
            [ticket_label(one.series, one.number), mark, turns[mark]] for one, mark in drawn
        ],
    }
    tx.record(Event("lottery.drawn", f"lottery/{tx.market_day}", 2, told))


def is_draw_pending(connection: Connection, now: datetime) -> bool:
    """Tell whether who looks for work waits for today's lots yet."""
    row = connection.execute(_DRAW_OF, {"day": market_day(now)}).first()
    is_lottery = order_rule(connection) is OrderRule.LOTTERY
    return is_lottery and row is not None and row.drawn_at is None


def refuse_before_draw(connection: Connection, now: datetime) -> None:
    """Raise DrawPending with the hour of today's draw while it is not held."""
    if is_draw_pending(connection, now):
        at = _draws_at(connection, now).astimezone(SHANGHAI)
        raise DrawPending(at=f"{at:%H:%M}")


def draw_of(market: OpenMarket, day: date) -> DrawShown:
    """Return the lottery of a day as anybody may see it. Raises DrawUnknown."""
    with market.database.read() as connection:
        row = connection.execute(_DRAW_OF, {"day": day}).first()
        if row is None:
            raise DrawUnknown
        tickets = _told(connection, day).get("tickets", [])
    return DrawShown(
        day,
        row.commitment,
        row.committed_at,
        row.seed,
        row.drawn_at,
        tuple(DrawnTicket(label, mark, turn) for label, mark, turn in tickets),
    )


def _told(connection: Connection, day: date) -> dict[str, Any]:
    body = connection.scalar(
        select(event_log.c.body).where(
            event_log.c.subject == f"lottery/{day}", event_log.c.type == "lottery.drawn"
        )
    )
    found: dict[str, Any] = json.loads(body) if body else {}
    return found


@dataclass(frozen=True)
class DrawReport:
    """What came of recomputing a draw. faults: what does not agree, in words; none: it holds."""

    draw: DrawShown
    faults: tuple[str, ...]


def verify_draw(market: OpenMarket, day: date) -> DrawReport:
    """Recompute the draw of a day from its seed and the tickets. Raises DrawUnknown."""
    shown = draw_of(market, day)
    if shown.seed is None:
        return DrawReport(shown, ("尚未抽签",))
    with market.database.read() as connection:
        faults = [*_faults_of_seed(connection, shown), *_faults_of_tickets(connection, shown)]
    marks = tuple(one.mark for one in shown.tickets)
    order = drawn_order(Draw(shown.seed, marks))
    if [shown.tickets[place].turn for place in order] != list(range(1, len(marks) + 1)):
        faults.append("顺序和重算的不一样")
    return DrawReport(shown, tuple(faults))


def _faults_of_seed(connection: Connection, shown: DrawShown) -> list[str]:
    faults = [] if is_of(shown.commitment, shown.seed or "") else ["种子和事先公布的承诺对不上"]
    bound = connection.execute(
        select(event_log.c.id, event_log.c.body).where(
            event_log.c.subject == f"lottery/{shown.market_day}",
            event_log.c.type == "lottery.committed",
        )
    ).first()
    first = connection.scalar(
        select(func.min(event_log.c.id)).where(
            event_log.c.market_day == shown.market_day,
            event_log.c.type == "visit.checked_in",
        )
    )
    if bound is None or json.loads(bound.body or "{}").get("commitment") != shown.commitment:
        faults.append("日志里没有这个承诺")
    elif first is not None and _first_for_work(connection, shown.market_day, bound.id):
        faults.append("承诺公布得比第一个号晚")
    return faults


def _first_for_work(connection: Connection, day: date, before_id: int) -> bool:
    """Tell whether somebody had a number for work before an event of the log."""
    bodies = connection.scalars(
        select(event_log.c.body).where(
            event_log.c.market_day == day,
            event_log.c.type == "visit.checked_in",
            event_log.c.id < before_id,
        )
    )
    found = (json.loads(body).get("ticket") or {} for body in bodies if body)
    return any(one.get("service") == ServiceKind.FIND_WORK.value for one in found)


def _faults_of_tickets(connection: Connection, shown: DrawShown) -> Sequence[str]:
    codes = {
        ticket_label(row.series, row.number): row.code
        for row in connection.execute(
            select(ticket.c.series, ticket.c.number, ticket.c.code).where(
                ticket.c.market_day == shown.market_day
            )
        )
    }
    wrong = [one.label for one in shown.tickets if mark_of(codes.get(one.label, "")) != one.mark]
    return [f"{label}的号票对不上" for label in wrong]
