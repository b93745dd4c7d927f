"""Owns the board: what the lobby screen, the phones and the tickets say of today's posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from server.db.tables import call, event_log, placement, post, ticket, visit
from server.domain.clock import market_day
from server.domain.kinds import PostState, TicketState
from server.domain.money import pay_text
from server.domain.phrases import SETTLEMENT_NAMES, TRANSPORT_NAMES
from server.domain.post_words import conditions_text
from server.domain.tickets import ticket_label
from server.domain.trades import trade
from server.services.employer_facts import is_sanctioned
from server.services.gathering_rows import SHOWN_FOR, gatherings_today
from server.services.market import MarketView, market_view
from server.services.open_market import OpenMarket
from server.services.posts import (
    HELD_AT,
    POSTS,
    WITHDRAWN,
    Post,
    hours_text,
    meeting_text,
    post_of_row,
)

NEW_FOR = timedelta(minutes=3)
CALLS_SHOWN = 6
MISSED_SHOWN = 12
GATHERINGS_SHOWN = 2
POSTS_SHOWN = 300


@dataclass(frozen=True)
class PostRow:
    """A published post as anybody may see it: no contact, no person."""

    id: str
    no: int
    trade: str
    trade_name: str
    group: str
    employer: str
    headcount: int
    left: int
    pay: str
    pay_fen: int
    pay_unit: str
    settlement: str
    work_day: date
    hours: str
    place: str
    meeting: str
    lunch: bool
    transport: str
    requirements: str
    is_urgent: bool
    published_at: datetime
    version: int


@dataclass(frozen=True)
class CalledNumber:
    """A number that was asked to a desk."""

    label: str
    desk_no: int
    called_at: datetime
    is_recall: bool


@dataclass(frozen=True)
class DayCounts:
    """Today's figures. open_headcount: places that are free now, not posts.

    visits: check-ins today; placements: agreed today (domain.md 7.6). waiting: people, not
    numbers: a crew's number counts for each of it.
    """

    market_day: date
    open_headcount: int
    open_posts: int
    visits: int
    placements: int
    waiting: int


@dataclass(frozen=True)
class CalledTogether:
    """Numbers that were asked to a meeting point together."""

    id: str
    labels: tuple[str, ...]
    meeting_point: str
    called_at: datetime


@dataclass(frozen=True)
class Board:
    """One state of the board; posts in the order of the screen, calls latest first."""

    revision: int
    server_time: datetime
    market: MarketView
    posts: tuple[PostRow, ...]
    calls: tuple[CalledNumber, ...]
    missed: tuple[str, ...]
    counts: DayCounts
    gatherings: tuple[CalledTogether, ...] = ()


def board(market: OpenMarket) -> Board:
    """Return the board as it is now."""
    view = market_view(market)
    now = market.database.now()
    today = market_day(now)
    with market.database.read() as connection:
        revision = connection.scalar(select(func.max(event_log.c.id))) or 0
        rows = _open_posts(connection, now)
        counts = _counts(connection, today, rows)
        return Board(
            revision,
            now,
            view,
            rows,
            _calls(connection, today),
            _missed(connection, today),
            counts,
            _together(connection, now),
        )


def day_counts(market: OpenMarket) -> DayCounts:
    """Return today's figures."""
    now = market.database.now()
    with market.database.read() as connection:
        return _counts(connection, market_day(now), _open_posts(connection, now))


def open_posts(market: OpenMarket) -> tuple[PostRow, ...]:
    """Return the published posts with free places, urgent ones first, then the newest."""
    with market.database.read() as connection:
        return _open_posts(connection, market.database.now())


def _open_posts(connection: Connection, now: datetime) -> tuple[PostRow, ...]:
    statement = (
        POSTS.where(
            post.c.state == PostState.OPEN.value,
            post.c.valid_until_at > now,
            ~is_sanctioned(post.c.employer_id, market_day(now)),
        )
        .order_by(post.c.is_urgent.desc(), post.c.published_at.desc(), post.c.no.desc())
        .limit(POSTS_SHOWN)
    )
    posts = (post_of_row(row) for row in connection.execute(statement, {HELD_AT: now}))
    return tuple(post_row(p) for p in posts if p.left > 0)


def post_row(shown: Post) -> PostRow:
    """Return what anybody may see of a post."""
    draft, kind = shown.draft, trade(shown.draft.trade_id)
    return PostRow(
        shown.id,
        shown.no,
        kind.id,
        kind.short_name,
        kind.group,
        shown.employer_name,
        draft.headcount,
        shown.left,
        pay_text(draft.pay_fen, draft.pay_unit, draft.piece_unit),
        draft.pay_fen,
        draft.pay_unit.value,
        SETTLEMENT_NAMES[draft.settlement],
        draft.work_day,
        hours_text(draft),
        draft.place,
        meeting_text(draft),
        draft.has_lunch,
        TRANSPORT_NAMES[draft.transport],
        conditions_text(draft),
        draft.is_urgent,
        shown.published_at or shown.created_at,
        shown.version,
    )


def _calls(connection: Connection, today: date) -> tuple[CalledNumber, ...]:
    statement = (
        select(ticket.c.series, ticket.c.number, call.c.desk_no, call.c.called_at, call.c.is_recall)
        .join_from(call, ticket, ticket.c.id == call.c.ticket_id)
        .where(
            call.c.market_day == today,
            ticket.c.state.in_([TicketState.CALLED.value, TicketState.SERVING.value]),
            call.c.desk_no == ticket.c.desk_no,
        )
        .order_by(call.c.id.desc())
        .limit(CALLS_SHOWN * 4)
    )
    latest: dict[str, CalledNumber] = {}
    for row in connection.execute(statement):
        label = ticket_label(row.series, row.number)
        latest.setdefault(label, CalledNumber(label, row.desk_no, row.called_at, row.is_recall))
    return tuple(latest.values())[:CALLS_SHOWN]


def _together(connection: Connection, now: datetime) -> tuple[CalledTogether, ...]:
    found = gatherings_today(connection, market_day(now))
    fresh = [one for one in found if now - one.called_at < SHOWN_FOR]
    return tuple(
        CalledTogether(one.id, one.labels, one.meeting_point, one.called_at)
        for one in fresh[:GATHERINGS_SHOWN]
    )


def _missed(connection: Connection, today: date) -> tuple[str, ...]:
    statement = (
        select(ticket.c.series, ticket.c.number)
        .where(ticket.c.market_day == today, ticket.c.state == TicketState.NO_SHOW.value)
        .order_by(ticket.c.called_at.desc())
        .limit(MISSED_SHOWN)
    )
    return tuple(ticket_label(row.series, row.number) for row in connection.execute(statement))


_PEOPLE_WAITING = select(func.sum(ticket.c.people)).where(
    ticket.c.market_day == bindparam("market_day"),
    ticket.c.state == TicketState.WAITING.value,
)


def _counts(connection: Connection, today: date, rows: tuple[PostRow, ...]) -> DayCounts:
    def count(statement_of: object, *conditions: object) -> int:
        statement = select(func.count()).select_from(statement_of).where(*conditions)  # type: ignore[arg-type]  # tables and conditions of Core
        return int(connection.scalar(statement) or 0)

    return DayCounts(
        today,
        sum(row.left for row in rows),
        len(rows),
        count(visit, visit.c.market_day == today),
        count(placement, placement.c.market_day == today, placement.c.state != WITHDRAWN),
        int(connection.scalar(_PEOPLE_WAITING, {"market_day": today}) or 0),
    )


@dataclass(frozen=True)
class TradeDemand:
    """How many places are open in a trade."""

    trade_id: str
    name: str
    headcount: int


def top_trades(rows: tuple[PostRow, ...], limit: int = 4) -> tuple[TradeDemand, ...]:
    """Return the trades with the most free places, the largest first."""
    places: dict[str, int] = {}
    for row in rows:
        places[row.trade] = places.get(row.trade, 0) + row.left
    ranked = sorted(places.items(), key=lambda item: -item[1])[:limit]
    return tuple(TradeDemand(t, trade(t).short_name, n) for t, n in ranked)
