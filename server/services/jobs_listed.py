"""Owns the list of agreed jobs of these days as the desk sees them, by post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from server.db.tables import (
    complaint_case,
    employer,
    placement,
    placement_step,
    post,
    referral,
    ticket,
    worker,
)
from server.domain.clock import market_day
from server.domain.errors import PlacementUnknown, ScanUnknown, TicketUnknown
from server.domain.kinds import CaseKind, PlacementState
from server.domain.placement_kinds import NO_SHOW_TIME, FellReason, JobStep, Side
from server.domain.tickets import scanned_ticket_code, ticket_label
from server.domain.trades import trade
from server.services.open_market import OpenMarket
from server.services.posts import WITHDRAWN, clock_text
from server.services.slips import slip_view
from server.services.workers import masked_name_of

DAYS_BACK = 7
JOBS_SHOWN = 1000
OVER = (PlacementState.SETTLED.value, PlacementState.FELL_THROUGH.value)


@dataclass(frozen=True)
class JobLine:
    """One person of an agreed job.

    masked_name: None when only the number is known. reason and side: only where it fell through.
    case_no: of the wage case that is open about it, "" for none. no_shows: how often the person
    did not go in the last NO_SHOW_DAYS days.
    """

    placement_id: str
    label: str
    masked_name: str | None
    state: PlacementState
    reason: FellReason | None
    side: Side | None
    case_no: str
    no_shows: int


@dataclass(frozen=True)
class PostJobs:
    """The agreed jobs of one post. title: trade and employer; starts: "7:00"."""

    post_id: str
    title: str
    work_day: date
    starts: str
    place: str
    people: tuple[JobLine, ...]

    def in_state(self, *states: PlacementState) -> tuple[JobLine, ...]:
        """Return the people whose job has got just that far."""
        return tuple(one for one in self.people if one.state in states)


_STEP = (
    select(placement_step)
    .where(placement_step.c.step == JobStep.FELL_THROUGH.value)
    .subquery("fell")
)
_CASE = (
    select(complaint_case)
    .where(
        complaint_case.c.kind == CaseKind.WAGE_ARREARS.value, complaint_case.c.closed_at.is_(None)
    )
    .subquery("wage_case")
)
_JOBS = (
    select(placement, ticket.c.series, ticket.c.number, worker.c.name_sealed)
    .add_columns(post.c.trade_id, post.c.start_time, post.c.place, employer.c.public_name)
    .add_columns(_STEP.c.reason, _STEP.c.side, _CASE.c.no.label("case_no"))
    .join_from(placement, referral, referral.c.id == placement.c.referral_id)
    .join(ticket, ticket.c.id == referral.c.ticket_id)
    .join(worker, worker.c.id == placement.c.worker_id)
    .join(post, post.c.id == placement.c.post_id)
    .join(employer, employer.c.id == post.c.employer_id)
    .join(_STEP, _STEP.c.placement_id == placement.c.id, isouter=True)
    .join(_CASE, _CASE.c.placement_id == placement.c.id, isouter=True)
    .where(placement.c.state != WITHDRAWN)
)


def jobs_of_days(market: OpenMarket) -> tuple[PostJobs, ...]:
    """Return the agreed jobs of today, of DAYS_BACK days before and of the days to come, by post.

    Today's first, then those past, the latest first, then those to come; of past days only posts
    with a job that is not over. At most JOBS_SHOWN people.
    """
    today = market_day(market.database.now())
    statement = (
        _JOBS.where(placement.c.work_day >= today - timedelta(days=DAYS_BACK))
        .order_by(post.c.start_time, post.c.no, placement.c.id)
        .limit(JOBS_SHOWN)
    )
    found = _by_post(market, statement)
    shown = [one for one in found if one.work_day >= today or not _is_over(one)]
    return tuple(sorted(shown, key=lambda one: _nearness(one.work_day, today)))


def _nearness(day: date, today: date) -> tuple[bool, int]:
    return day > today, abs((day - today).days)


def _is_over(one: PostJobs) -> bool:
    return all(person.state.value in OVER for person in one.people)


def _by_post(market: OpenMarket, statement: Select[Any]) -> list[PostJobs]:
    posts: dict[str, list[Row[Any]]] = {}
    with market.database.read() as connection:
        for row in connection.execute(statement):
            posts.setdefault(row.post_id, []).append(row)
        workers = [row.worker_id for rows in posts.values() for row in rows]
        missed = _no_shows(connection, market, workers)
    return [
        PostJobs(
            rows[0].post_id,
            f"{trade(rows[0].trade_id).short_name} · {rows[0].public_name}",
            rows[0].work_day,
            clock_text(rows[0].start_time),
            rows[0].place,
            tuple(_line(market, row, missed.get(row.worker_id, 0)) for row in rows),
        )
        for rows in posts.values()
    ]


def _line(market: OpenMarket, row: Row[Any], no_shows: int) -> JobLine:
    return JobLine(
        row.id,
        ticket_label(row.series, row.number),
        masked_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
        PlacementState(row.state),
        None if row.reason is None else FellReason(row.reason),
        None if row.side is None else Side(row.side),
        row.case_no or "",
        no_shows,
    )


_NO_SHOWS = (
    select(placement.c.worker_id, func.count().label("times"))
    .join_from(placement_step, placement, placement.c.id == placement_step.c.placement_id)
    .where(
        placement_step.c.step == JobStep.FELL_THROUGH.value,
        placement_step.c.reason == FellReason.WORKER_NO_SHOW.value,
        placement_step.c.created_at > bindparam("since"),
        placement.c.worker_id.in_(bindparam("workers", expanding=True)),
    )
    .group_by(placement.c.worker_id)
)


def _no_shows(connection: Connection, market: OpenMarket, workers: list[str]) -> dict[str, int]:
    given = {"since": market.database.now() - NO_SHOW_TIME, "workers": sorted(set(workers))}
    return {row.worker_id: int(row.times) for row in connection.execute(_NO_SHOWS, given)}


def no_shows_of(market: OpenMarket, worker_id: str) -> int:
    """Return how often a worker did not go to an agreed job in the last NO_SHOW_DAYS days."""
    with market.database.read() as connection:
        return _no_shows(connection, market, [worker_id]).get(worker_id, 0)


def scanned_job(market: OpenMarket, text: str) -> str:
    """Return the placement of a slip that was scanned or typed.

    Raises ScanUnknown for anything that is no slip of this market.
    """
    try:
        return slip_view(market, scanned_ticket_code(text)).placement_id
    except TicketUnknown as error:
        raise ScanUnknown from error


def jobs_with(market: OpenMarket, placement_id: str) -> PostJobs:
    """Return one person's job, under its post. Raises PlacementUnknown."""
    found = _by_post(market, _JOBS.where(placement.c.id == placement_id))
    if not found:
        raise PlacementUnknown
    return found[0]
