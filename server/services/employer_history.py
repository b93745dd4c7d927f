"""Owns what an employer has done here so far: posts, how its jobs went, ratings, wage cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from server.db.tables import (
    complaint_case,
    placement,
    placement_rating,
    placement_step,
    post,
    referral,
)
from server.domain.kinds import CaseKind, PlacementState, PostState, ReferralState
from server.domain.placement_kinds import FellReason, JobStep, Side
from server.services.employer_facts import kept_employer
from server.services.open_market import OpenMarket
from server.services.post_rows import state_now


@dataclass(frozen=True)
class EmployerHistory:
    """Counts of one employer, of all time.

    headcount: places in its published posts. placements: agreed jobs by how far they got.
    no_shows: jobs to which the worker did not go. cancelled: jobs that fell through on the
    employer's side. unpaid: completed jobs whose wage the worker did not get so far.
    declined: talks that came to nothing. open_wage_cases: 欠薪 cases about its jobs that are not
    closed. ratings: how many workers said something; reliable and as_described: of them.
    """

    posts: Mapping[PostState, int]
    headcount: int
    placements: Mapping[PlacementState, int]
    no_shows: int
    cancelled: int
    unpaid: int
    declined: int
    open_wage_cases: int
    wage_cases: int
    ratings: int
    reliable: int
    as_described: int


def employer_history(market: OpenMarket, employer_id: str) -> EmployerHistory:
    """Return the counts of an employer, or of the one that it is part of by now."""
    with market.database.read() as connection:
        own = post.c.employer_id == kept_employer(connection, employer_id)
        states = select(state_now(market.database.now()).label("state")).where(own).subquery()
        posts = select(states.c.state, func.count()).group_by(states.c.state)
        published = select(func.sum(post.c.headcount)).where(own, post.c.published_at.is_not(None))
        jobs = select(placement.c.state, func.count()).join(post, post.c.id == placement.c.post_id)
        talks = (
            select(func.count()).select_from(referral).join(post, post.c.id == referral.c.post_id)
        )
        cases = (
            _jobs()
            .join(complaint_case, complaint_case.c.placement_id == placement.c.id)
            .where(own, complaint_case.c.kind == CaseKind.WAGE_ARREARS.value)
        )
        by_job = jobs.where(own).group_by(placement.c.state)
        steps, rated = _steps().where(own), _ratings().where(own)
        return EmployerHistory(
            {PostState(state): n for state, n in connection.execute(posts).all()},
            _count(connection, published),
            {PlacementState(state): n for state, n in connection.execute(by_job).all()},
            _count(connection, steps.where(_NO_SHOW)),
            _count(connection, steps.where(_CANCELLED)),
            _count(connection, steps.where(_UNPAID)),
            _count(connection, talks.where(own, referral.c.state == ReferralState.DECLINED.value)),
            _count(connection, cases.where(complaint_case.c.closed_at.is_(None))),
            _count(connection, cases),
            _count(connection, rated),
            _count(connection, rated.where(placement_rating.c.pays_reliably)),
            _count(connection, rated.where(placement_rating.c.is_as_described)),
        )


_FELL = placement_step.c.step == JobStep.FELL_THROUGH.value
_NO_SHOW = and_(_FELL, placement_step.c.reason == FellReason.WORKER_NO_SHOW.value)
_CANCELLED = and_(_FELL, placement_step.c.side == Side.EMPLOYER.value)
_UNPAID = and_(
    placement_step.c.step == JobStep.UNPAID.value,
    placement.c.state == PlacementState.COMPLETED.value,
)


def _jobs() -> Select[Any]:
    return select(func.count()).select_from(placement).join(post, post.c.id == placement.c.post_id)


def _steps() -> Select[Any]:
    return _jobs().join(placement_step, placement_step.c.placement_id == placement.c.id)


def _ratings() -> Select[Any]:
    return _jobs().join(placement_rating, placement_rating.c.placement_id == placement.c.id)


def _count(connection: Connection, statement: Select[Any]) -> int:
    return int(connection.scalar(statement) or 0)
