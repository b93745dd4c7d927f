"""Owns the end of the market's day (收市): closed once with its counts; a manager may reopen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from server.db.hall_tables import market_close
from server.db.tables import complaint_case, placement, post, staff, ticket, visit
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import SHANGHAI, market_day
from server.domain.closing import EndReason, PaperLeft
from server.domain.errors import (
    PermissionMissing,
)
from server.domain.errors.hall import (
    MarketClosed,
    MarketNotClosed,
    MoreTicketsWaiting,
    TicketsAtDesks,
    TicketsWaiting,
)
from server.domain.kinds import CancelReason, StaffRole, TicketState
from server.services.cancellations import give_back
from server.services.open_market import OpenMarket
from server.services.posts import WITHDRAWN

AT_DESKS = (TicketState.CALLED.value, TicketState.SERVING.value)


@dataclass(frozen=True)
class DayTotals:
    """A day's counts as the notice asks for them (domain.md 7.6).

    visits: check-ins, one a person, day and service. posts, places: published that day, and how
    many people they want. placements: agreed that day and not undone. cases: opened that day.
    """

    visits: int
    posts: int
    places: int
    placements: int
    cases: int


@dataclass(frozen=True)
class Closing:
    """What a clerk says at the end of the day.

    waiting_seen: how many waiting numbers the page showed. end_reason: why those end; None where
    the clerk did not say that they may.
    """

    paper: PaperLeft
    is_roll_changed: bool
    waiting_seen: int
    end_reason: EndReason | None


@dataclass(frozen=True)
class MarketClose:
    """How a day ended. closed_by, reopened_by: display names. end_reason: None if none waited."""

    market_day: date
    closed_at: datetime
    closed_by: str
    paper: PaperLeft
    is_roll_changed: bool
    ended_tickets: int
    end_reason: EndReason | None
    totals: DayTotals
    reopened_at: datetime | None
    reopened_by: str

    @property
    def is_closed(self) -> bool:
        """Tell whether nobody has opened the market again since."""
        return self.reopened_at is None


def close_market(market: OpenMarket, clerk: Actor, closing: Closing, key: str) -> MarketClose:
    """Close the market for today, with the day's counts, and end what waits if the clerk said so.

    Numbers that come later are given as before: the kiosk does not close. Who applied for a post
    keeps the place in its order, because the post may be tomorrow's. Raises MarketClosed,
    TicketsAtDesks, TicketsWaiting, MoreTicketsWaiting. Records ticket.cancelled for each number
    that ends, and market_day.closed.
    """
    asked = Asked(key, "close_market", asdict(closing))
    with market.database.write(clerk) as tx:
        day = tx.once(asked, str, lambda: _close(tx, closing))
        return _close_of(tx.connection, date.fromisoformat(day))


def _close(tx: Transaction, closing: Closing) -> str:
    before = _row(tx.connection, tx.market_day)
    if before is not None and before.reopened_at is None:
        raise MarketClosed(who=before.closer)
    ended = _end_waiting(tx, closing)
    values: dict[str, Any] = {
        "market_day": tx.market_day,
        "closed_at": tx.now,
        "closed_by": tx.actor.staff_id,
        "paper": closing.paper.value,
        "is_roll_changed": closing.is_roll_changed,
        "ended_tickets": ended,
        "end_reason": closing.end_reason.value if ended and closing.end_reason else None,
        **asdict(_totals(tx.connection, tx.market_day)),
        "reopened_at": None,
        "reopened_by": None,
    }
    version = 1 if before is None else before.entity_version + 1
    return _save(tx, {**values, "entity_version": version}, "market_day.closed")


def _save(tx: Transaction, values: dict[str, Any], event_type: str) -> str:
    day = values["market_day"]
    mine = market_close.c.market_day == day
    if values["entity_version"] == 1:
        tx.connection.execute(insert(market_close), values)
    else:
        tx.connection.execute(update(market_close).where(mine), values)
    subject = f"market_day/{day.isoformat()}"
    tx.record(Event(event_type, subject, values["entity_version"], values))
    return str(day.isoformat())


def _end_waiting(tx: Transaction, closing: Closing) -> int:
    at_desks = _tickets(tx, AT_DESKS)
    if at_desks:
        raise TicketsAtDesks(count=len(at_desks))
    waiting = _tickets(tx, (TicketState.WAITING.value,))
    if waiting and closing.end_reason is None:
        raise TicketsWaiting(count=len(waiting))
    if len(waiting) > closing.waiting_seen:
        raise MoreTicketsWaiting(count=len(waiting))
    for row in waiting:
        give_back(tx, row, CancelReason.CLOSED)
    return len(waiting)


def _tickets(tx: Transaction, states: tuple[str, ...]) -> Sequence[Row[Any]]:
    today = ticket.c.market_day == tx.market_day
    found = select(ticket).where(today, ticket.c.state.in_(states)).order_by(ticket.c.id)
    return tx.connection.execute(found).all()


def reopen_market(market: OpenMarket, manager: Actor, key: str) -> MarketClose:
    """Open the market again that was closed today; what had ended stays ended.

    Raises PermissionMissing for anybody but a manager, MarketNotClosed. Records
    market_day.reopened.
    """
    with market.database.write(manager) as tx:
        day = tx.once(Asked(key, "reopen_market", {}), str, lambda: _reopen(tx))
        return _close_of(tx.connection, date.fromisoformat(day))


def _reopen(tx: Transaction) -> str:
    active = (staff.c.id == (tx.actor.staff_id or "")) & staff.c.is_active
    if tx.connection.scalar(select(staff.c.role).where(active)) != StaffRole.MANAGER:
        raise PermissionMissing
    row = _row(tx.connection, tx.market_day)
    if row is None or row.reopened_at is not None:
        raise MarketNotClosed
    values = {column.name: getattr(row, column.name) for column in market_close.columns}
    values |= {"reopened_at": tx.now, "reopened_by": tx.actor.staff_id}
    version = row.entity_version + 1
    return _save(tx, {**values, "entity_version": version}, "market_day.reopened")


def close_today(market: OpenMarket) -> MarketClose | None:
    """Return how today was closed, also if it was opened again since; None if it was not."""
    today = market_day(market.database.now())
    with market.database.read() as connection:
        return None if _row(connection, today) is None else _close_of(connection, today)


def totals_today(market: OpenMarket) -> DayTotals:
    """Return the day's counts so far."""
    today = market_day(market.database.now())
    with market.database.read() as connection:
        return _totals(connection, today)


_CLOSER, _OPENER = staff.alias("closer"), staff.alias("opener")
_CLOSES = (
    select(
        market_close,
        _CLOSER.c.display_name.label("closer"),
        _OPENER.c.display_name.label("opener"),
    )
    .join(_CLOSER, _CLOSER.c.id == market_close.c.closed_by)
    .join(_OPENER, _OPENER.c.id == market_close.c.reopened_by, isouter=True)
)


def _row(connection: Connection, day: date) -> Row[Any] | None:
    return connection.execute(_CLOSES.where(market_close.c.market_day == day)).first()


def _close_of(connection: Connection, day: date) -> MarketClose:
    row = connection.execute(_CLOSES.where(market_close.c.market_day == day)).one()
    return MarketClose(
        row.market_day,
        row.closed_at,
        row.closer,
        PaperLeft(row.paper),
        row.is_roll_changed,
        row.ended_tickets,
        None if row.end_reason is None else EndReason(row.end_reason),
        DayTotals(row.visits, row.posts, row.places, row.placements, row.cases),
        row.reopened_at,
        row.opener or "",
    )


def _totals(connection: Connection, day: date) -> DayTotals:
    begins = datetime.combine(day, time(0), SHANGHAI).astimezone(UTC)
    published = (post.c.published_at >= begins) & (post.c.published_at < begins + timedelta(days=1))
    counted = select(func.count(), func.coalesce(func.sum(post.c.headcount), 0)).where(published)
    posts, places = connection.execute(counted).one()

    def count(statement_of: Any, *conditions: Any) -> int:
        statement = select(func.count()).select_from(statement_of).where(*conditions)
        return int(connection.scalar(statement) or 0)

    return DayTotals(
        count(visit, visit.c.market_day == day),
        posts,
        places,
        count(placement, placement.c.market_day == day, placement.c.state != WITHDRAWN),
        count(complaint_case, complaint_case.c.market_day == day),
    )
