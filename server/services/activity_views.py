"""Owns what the desk sees of job fairs and trainings: the plans, who signed up, the months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, func, select

from server.db.activity_tables import activity, activity_signup, activity_trade
from server.db.tables import employer, training_wish, training_wish_trade, worker
from server.domain.activities import ActivityKind
from server.domain.clock import market_day
from server.domain.errors.hall import (
    ActivityUnknown,
)
from server.domain.kinds import FreeTime
from server.domain.trades import trade
from server.services.open_market import OpenMarket
from server.services.workers import masked_name_of

LISTED, WISHES_SHOWN, MONTHS_SHOWN = 100, 100, 12
_SIGNUP = activity_signup.c


@dataclass(frozen=True)
class ActivityRow:
    """A job fair or a training. workers, employers: who signed up; came: how many of them came."""

    id: str
    kind: ActivityKind
    title: str
    day: date
    start_time: time
    place: str
    capacity: int
    booths: int
    trades: tuple[str, ...]
    is_cancelled: bool
    workers: int
    employers: int
    came: int


@dataclass(frozen=True)
class SignupRow:
    """Somebody who signed up. name: an employer's public name, a worker's masked one."""

    id: str
    name: str | None = field(repr=False)
    is_employer: bool
    signed_at: datetime
    has_come: bool


@dataclass(frozen=True)
class WishLine:
    """A worker who wishes for a training like this one and has not signed up."""

    wish_id: str
    masked_name: str | None
    trade_names: tuple[str, ...]
    free_time: FreeTime


@dataclass(frozen=True)
class MonthCount:
    """What was held in a month, and how many came. month: "2026-11".

    fair_workers, fair_employers: at job fairs; trained: workers at trainings.
    """

    month: str
    fairs: int
    fair_workers: int
    fair_employers: int
    trainings: int
    trained: int


def _count(*conditions: Any) -> Any:
    mine = (_SIGNUP.activity_id == activity.c.id) & _SIGNUP.withdrawn_at.is_(None)
    counted = select(func.count(_SIGNUP.id)).where(mine, *conditions)
    return counted.correlate(activity).scalar_subquery()


_HAS_COME = _SIGNUP.attended_at.is_not(None)
_ACTIVITIES = select(
    activity,
    _count(_SIGNUP.worker_id.is_not(None)).label("workers"),
    _count(_SIGNUP.employer_id.is_not(None)).label("employers"),
    _count(_HAS_COME, _SIGNUP.worker_id.is_not(None)).label("workers_came"),
    _count(_HAS_COME, _SIGNUP.employer_id.is_not(None)).label("employers_came"),
)


def activities(market: OpenMarket) -> tuple[tuple[ActivityRow, ...], tuple[ActivityRow, ...]]:
    """Return what is still to come, the next first, and what is over, the latest first."""
    today = market_day(market.database.now())
    coming = _ACTIVITIES.where(activity.c.day >= today).order_by(activity.c.day, activity.c.id)
    over = _ACTIVITIES.where(activity.c.day < today).order_by(activity.c.day.desc())
    with market.database.read() as connection:
        return (
            tuple(_row(connection, row) for row in connection.execute(coming.limit(LISTED))),
            tuple(_row(connection, row) for row in connection.execute(over.limit(LISTED))),
        )


def activity_of(market: OpenMarket, activity_id: str) -> ActivityRow:
    """Return one activity. Raises ActivityUnknown."""
    with market.database.read() as connection:
        row = connection.execute(_ACTIVITIES.where(activity.c.id == activity_id)).first()
        if row is None:
            raise ActivityUnknown
        return _row(connection, row)


def _row(connection: Connection, row: Row[Any]) -> ActivityRow:
    mine = activity_trade.c.activity_id == row.id
    trades = connection.scalars(select(activity_trade.c.trade_id).where(mine)).all()
    return ActivityRow(
        row.id,
        ActivityKind(row.kind),
        row.title,
        row.day,
        row.start_time,
        row.place,
        row.capacity,
        row.booths,
        tuple(trades),
        row.cancelled_at is not None,
        row.workers,
        row.employers,
        row.workers_came + row.employers_came,
    )


def signups_of(market: OpenMarket, activity_id: str) -> tuple[SignupRow, ...]:
    """Return who signed up, in their order."""
    statement = (
        select(activity_signup, worker.c.name_sealed, employer.c.public_name)
        .join(worker, worker.c.id == _SIGNUP.worker_id, isouter=True)
        .join(employer, employer.c.id == _SIGNUP.employer_id, isouter=True)
        .where(_SIGNUP.activity_id == activity_id, _SIGNUP.withdrawn_at.is_(None))
        .order_by(_SIGNUP.id)
    )
    with market.database.read() as connection:
        return tuple(_signup(market, row) for row in connection.execute(statement))


def _signup(market: OpenMarket, row: Row[Any]) -> SignupRow:
    is_employer = row.employer_id is not None
    name = market.seal.open_optional(row.name_sealed, "worker.name")
    shown = row.public_name if is_employer else masked_name_of(name)
    return SignupRow(row.id, shown, is_employer, row.created_at, row.attended_at is not None)


def wishes_for(market: OpenMarket, wanted: ActivityRow) -> tuple[WishLine, ...]:
    """Return who wishes to learn a trade of a training and has not signed up, longest first."""
    if wanted.kind is not ActivityKind.TRAINING or not wanted.trades:
        return ()
    fits = select(training_wish_trade.c.wish_id).where(
        training_wish_trade.c.trade_id.in_(wanted.trades)
    )
    signed = select(_SIGNUP.worker_id).where(
        _SIGNUP.activity_id == wanted.id,
        _SIGNUP.withdrawn_at.is_(None),
        _SIGNUP.worker_id.is_not(None),
    )
    statement = (
        select(training_wish, worker.c.name_sealed)
        .join(worker, worker.c.id == training_wish.c.worker_id)
        .where(training_wish.c.id.in_(fits), training_wish.c.worker_id.not_in(signed))
        .order_by(training_wish.c.updated_at, training_wish.c.id)
        .limit(WISHES_SHOWN)
    )
    with market.database.read() as connection:
        rows = connection.execute(statement).all()
        trades = connection.execute(
            select(training_wish_trade)
            .where(training_wish_trade.c.wish_id.in_([row.id for row in rows]))
            .order_by(training_wish_trade.c.rank)
        ).all()
    return tuple(
        WishLine(
            row.id,
            masked_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
            tuple(trade(one.trade_id).short_name for one in trades if one.wish_id == row.id),
            FreeTime(row.free_time),
        )
        for row in rows
    )


def months(market: OpenMarket) -> tuple[MonthCount, ...]:
    """Return the counts of the last months in which something was held, the latest first."""
    today = market_day(market.database.now())
    held = _ACTIVITIES.where(activity.c.day <= today, activity.c.cancelled_at.is_(None))
    with market.database.read() as connection:
        rows = connection.execute(held.order_by(activity.c.day.desc())).all()
    names = dict.fromkeys(f"{row.day:%Y-%m}" for row in rows)
    return tuple(
        _month(name, [row for row in rows if f"{row.day:%Y-%m}" == name])
        for name in list(names)[:MONTHS_SHOWN]
    )


def _month(name: str, rows: Iterable[Row[Any]]) -> MonthCount:
    fairs = [row for row in rows if row.kind == ActivityKind.JOB_FAIR]
    trainings = [row for row in rows if row.kind == ActivityKind.TRAINING]
    return MonthCount(
        name,
        len(fairs),
        sum(row.workers_came for row in fairs),
        sum(row.employers_came for row in fairs),
        len(trainings),
        sum(row.workers_came for row in trainings),
    )
