"""Owns the rows of posts: a post with what is left of it, as the clock has it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from server.db.tables import employer, placement, post
from server.domain.kinds import PayUnit, PlacementState, PostState, Settlement, Tools, Transport
from server.domain.posts import PostDraft

# States from which the clock alone moves a post to expired.
RUNNING = (PostState.OPEN, PostState.PAUSED)


@dataclass(frozen=True)
class Post:
    """A post with what is left of it. filled counts placements; nobody stores it.

    order_id: shared by the posts of one order. repeats_post_id: the post this one repeats.
    """

    id: str
    no: int
    state: PostState
    draft: PostDraft
    employer_name: str
    filled: int
    version: int
    created_at: datetime
    published_at: datetime | None
    order_id: str | None = None
    repeats_post_id: str | None = None

    @property
    def left(self) -> int:
        """Return how many places are free."""
        return max(self.draft.headcount - self.filled, 0)


# A place that was agreed by mistake is free again.
WITHDRAWN = PlacementState.WITHDRAWN.value
_FILLED = (
    select(func.count())
    .select_from(placement)
    .where(placement.c.post_id == post.c.id, placement.c.state != WITHDRAWN)
    .scalar_subquery()
)
POSTS = select(post, employer.c.public_name, _FILLED.label("filled")).join_from(
    post, employer, employer.c.id == post.c.employer_id
)


def state_now(now: datetime) -> ColumnElement[str]:
    """Return the state of a post as the clock has it, before housekeeping has written it down."""
    is_over = and_(
        post.c.state.in_([state.value for state in RUNNING]), post.c.valid_until_at <= now
    )
    return case((is_over, PostState.EXPIRED.value), else_=post.c.state)


def post_of_row(row: Row[Any], now: datetime | None = None) -> Post:
    """Return the post of a row of POSTS.

    now: given, a post whose time is over is expired even before housekeeping has written it down.
    """
    state = PostState(row.state)
    if now is not None and state in RUNNING and row.valid_until_at <= now:
        state = PostState.EXPIRED
    return Post(
        row.id,
        row.no,
        state,
        _draft_of_row(row),
        row.public_name,
        row.filled,
        row.entity_version,
        row.created_at,
        row.published_at,
        row.order_id,
        row.repeats_post_id,
    )


def _draft_of_row(row: Row[Any]) -> PostDraft:
    return PostDraft(
        employer_id=row.employer_id,
        trade_id=row.trade_id,
        headcount=row.headcount,
        pay_fen=row.pay_fen,
        pay_unit=PayUnit(row.pay_unit),
        piece_unit=row.piece_unit,
        settlement=Settlement(row.settlement),
        work_day=row.work_day,
        start_time=row.start_time,
        end_time=row.end_time,
        place=row.place,
        meeting_point=row.meeting_point,
        meeting_time=row.meeting_time,
        has_lunch=row.has_lunch,
        transport=Transport(row.transport),
        tools=Tools(row.tools),
        requirements=row.requirements,
        has_insurance=row.has_insurance,
        is_urgent=row.is_urgent,
        valid_until=row.valid_until_at,
        last_day=row.last_day,
        asks_certificate=row.asks_certificate,
    )
