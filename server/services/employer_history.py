"""Owns what an employer has done here so far: posts, how its jobs went, open wage cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from server.db.tables import complaint_case, placement, post, referral
from server.domain.clock import market_day
from server.domain.kinds import CaseKind, PlacementState, PostState, ReferralState
from server.services.employer_facts import kept_employer
from server.services.open_market import OpenMarket
from server.services.post_rows import state_now


@dataclass(frozen=True)
class EmployerHistory:
    """Counts of one employer, of all time.

    headcount: places in its published posts. placements: agreed jobs by how far they got.
    no_shows: agreed jobs whose day is past and nobody recorded anybody on site. declined: talks
    that came to nothing. open_wage_cases: 欠薪 cases about its jobs that are not closed.
    """

    posts: Mapping[PostState, int]
    headcount: int
    placements: Mapping[PlacementState, int]
    no_shows: int
    declined: int
    open_wage_cases: int
    wage_cases: int


def employer_history(market: OpenMarket, employer_id: str) -> EmployerHistory:
    """Return the counts of an employer, or of the one that it is part of by now."""
    today = market_day(market.database.now())
    with market.database.read() as connection:
        own = post.c.employer_id == kept_employer(connection, employer_id)
        states = select(state_now(market.database.now()).label("state")).where(own).subquery()
        posts = select(states.c.state, func.count()).group_by(states.c.state)
        published = select(func.sum(post.c.headcount)).where(own, post.c.published_at.is_not(None))
        jobs = select(placement.c.state, func.count()).join(post, post.c.id == placement.c.post_id)
        missed = _jobs().where(
            own, placement.c.state == PlacementState.AGREED.value, placement.c.work_day < today
        )
        talks = (
            select(func.count()).select_from(referral).join(post, post.c.id == referral.c.post_id)
        )
        cases = (
            _jobs()
            .join(complaint_case, complaint_case.c.placement_id == placement.c.id)
            .where(own, complaint_case.c.kind == CaseKind.WAGE_ARREARS.value)
        )
        by_job = jobs.where(own).group_by(placement.c.state)
        return EmployerHistory(
            {PostState(state): n for state, n in connection.execute(posts).all()},
            _count(connection, published),
            {PlacementState(state): n for state, n in connection.execute(by_job).all()},
            _count(connection, missed),
            _count(connection, talks.where(own, referral.c.state == ReferralState.DECLINED.value)),
            _count(connection, cases.where(complaint_case.c.closed_at.is_(None))),
            _count(connection, cases),
        )


def _jobs() -> Select[Any]:
    return select(func.count()).select_from(placement).join(post, post.c.id == placement.c.post_id)


def _count(connection: Connection, statement: Select[Any]) -> int:
    return int(connection.scalar(statement) or 0)
