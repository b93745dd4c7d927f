"""Owns what must be looked at before the market closes: numbers, jobs, posts, cases, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from server.db.tables import complaint_case, placement, post, referral, ticket
from server.domain.clock import SHANGHAI, market_day
from server.domain.kinds import DeviceKind, PlacementState, PostState, PrinterState, TicketState
from server.domain.kinds import ReferralState as Talk
from server.domain.tickets import ticket_label
from server.services.board import PostRow, post_row
from server.services.devices import devices, printer_state_now
from server.services.open_market import OpenMarket
from server.services.posts import POSTS, post_of_row
from server.services.print_jobs import PrintJob, count_unfinished, jobs_needing_people

LISTED = 60
_ENDED_TALKS = [Talk.AGREED.value, Talk.DECLINED.value, Talk.WITHDRAWN.value]
_ON_BOARD = [PostState.OPEN.value, PostState.FULL.value, PostState.PAUSED.value]
_NOT_FINISHED = [PlacementState.AGREED.value, PlacementState.ON_SITE.value]


@dataclass(frozen=True)
class OpenTicket:
    """A number of today that has not ended. desk_no: None while it waits."""

    label: str
    state: TicketState
    desk_no: int | None
    issued_at: datetime


@dataclass(frozen=True)
class EndingPost:
    """A post that leaves the board by itself. valid_until: UTC."""

    row: PostRow
    state: PostState
    valid_until: datetime


@dataclass(frozen=True)
class DueCase:
    """A case whose next step is late, or due today or tomorrow."""

    no: str
    due_day: date


@dataclass(frozen=True)
class PrinterLine:
    """A printer in the hall and what it told last."""

    name: str
    state: PrinterState


@dataclass(frozen=True)
class ClosingList:
    """What the closing clerk looks at.

    talks: referrals of which nobody has said how they ended. unfinished: jobs of today and before
    that were agreed and of which nobody has said that they were done. ending_today, tomorrow:
    posts that leave the board then. papers: print jobs that need people; queued: still waiting.
    """

    waiting: tuple[OpenTicket, ...]
    at_desks: tuple[OpenTicket, ...]
    talks: int
    unfinished: int
    ending_today: tuple[EndingPost, ...]
    ending_tomorrow: tuple[EndingPost, ...]
    cases: tuple[DueCase, ...]
    papers: tuple[PrintJob, ...]
    queued: int
    printers: tuple[PrinterLine, ...]


def closing_list(market: OpenMarket) -> ClosingList:
    """Return what must be looked at before the market closes."""
    now = market.database.now()
    today = market_day(now)
    with market.database.read() as connection:
        tickets = _tickets(connection, today)
        posts = _posts(connection, now, today + timedelta(days=1))
        cases = _cases(connection, today + timedelta(days=1))
        talks, unfinished = _talks(connection), _unfinished(connection, today)
    return ClosingList(
        tuple(t for t in tickets if t.state is TicketState.WAITING),
        tuple(t for t in tickets if t.state is not TicketState.WAITING),
        talks,
        unfinished,
        tuple(p for p in posts if market_day(p.valid_until) == today),
        tuple(p for p in posts if market_day(p.valid_until) > today),
        cases,
        jobs_needing_people(market),
        count_unfinished(market),
        _printers(market, now),
    )


def _tickets(connection: Connection, today: date) -> tuple[OpenTicket, ...]:
    open_states = [TicketState.WAITING, TicketState.CALLED, TicketState.SERVING]
    statement = (
        select(ticket)
        .where(ticket.c.market_day == today, ticket.c.state.in_(open_states))
        .order_by(ticket.c.id)
    )
    return tuple(_ticket(row) for row in connection.execute(statement))


def _ticket(row: Row[Any]) -> OpenTicket:
    label = ticket_label(row.series, row.number)
    return OpenTicket(label, TicketState(row.state), row.desk_no, row.created_at)


def _posts(connection: Connection, now: datetime, last_day: date) -> tuple[EndingPost, ...]:
    ends = datetime.combine(last_day + timedelta(days=1), time(0), SHANGHAI).astimezone(UTC)
    statement = (
        POSTS.where(
            post.c.state.in_(_ON_BOARD),
            post.c.valid_until_at > now,
            # Until midnight belongs to the day before.
            post.c.valid_until_at < ends,
        )
        .order_by(post.c.valid_until_at, post.c.no)
        .limit(LISTED)
    )
    found = (post_of_row(row) for row in connection.execute(statement))
    return tuple(EndingPost(post_row(one), one.state, one.draft.valid_until) for one in found)


def _cases(connection: Connection, last_day: date) -> tuple[DueCase, ...]:
    of_case = complaint_case.c
    due = case(
        (of_case.assigned_at.is_(None), of_case.assign_by_day),
        (of_case.answered_at.is_(None), of_case.feedback_by_day),
        else_=of_case.close_by_day,
    )
    statement = (
        select(of_case.no, due.label("due_day"))
        .where(of_case.closed_at.is_(None), due <= last_day)
        .order_by(due, of_case.id)
        .limit(LISTED)
    )
    return tuple(DueCase(row.no, row.due_day) for row in connection.execute(statement))


def _talks(connection: Connection) -> int:
    undecided = referral.c.state.not_in(_ENDED_TALKS)
    return int(connection.scalar(select(func.count(referral.c.id)).where(undecided)) or 0)


def _unfinished(connection: Connection, today: date) -> int:
    due = (placement.c.state.in_(_NOT_FINISHED)) & (placement.c.work_day <= today)
    return int(connection.scalar(select(func.count(placement.c.id)).where(due)) or 0)


def _printers(market: OpenMarket, now: datetime) -> tuple[PrinterLine, ...]:
    agents = (d for d in devices(market) if d.kind is DeviceKind.AGENT and not d.is_revoked)
    return tuple(PrinterLine(agent.name, printer_state_now(agent, now)) for agent in agents)
