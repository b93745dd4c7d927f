"""Owns how a post is read: what it says, who agreed, what is held and left, as of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, func, select

from server.db.tables import UtcDateTime, employer, placement, post, proposal
from server.db.unit_of_work import Transaction
from server.domain.errors import PostUnknown
from server.domain.kinds import PayUnit, PlacementState, PostState, Settlement, Tools, Transport
from server.domain.posts import PostDraft
from server.services.holds import is_live

# States from which the clock alone moves a post to expired.
RUNNING = (PostState.OPEN, PostState.PAUSED)


@dataclass(frozen=True)
class Post:
    """A post with what is left of it. filled counts placements, held places kept for somebody.

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
    held: int = 0

    @property
    def left(self) -> int:
        """Return how many places are free."""
        return max(self.draft.headcount - self.filled - self.held, 0)

    @property
    def is_filled(self) -> bool:
        """Tell whether everybody who was wanted has agreed; held places may still come free."""
        return self.filled >= self.draft.headcount


# A place that was agreed by mistake, or that came to nothing, is free again.
WITHDRAWN = PlacementState.WITHDRAWN.value
GONE = (WITHDRAWN, PlacementState.FELL_THROUGH.value)
FILLED = (
    select(func.count())
    .select_from(placement)
    # Spelled out: a prepared statement takes no list.
    .where(placement.c.post_id == post.c.id, *(placement.c.state != state for state in GONE))
    .scalar_subquery()
)
# Who does not say which moment it is sees every place as held that is not written as lapsed.
HELD_AT = "held_at"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HELD = (
    select(func.count())
    .select_from(proposal)
    .where(
        proposal.c.post_id == post.c.id,
        is_live(bindparam(HELD_AT, _LONG_AGO, type_=UtcDateTime())),
    )
    .scalar_subquery()
)
POSTS = select(post, employer.c.public_name, FILLED.label("filled"), HELD.label("held")).join_from(
    post, employer, employer.c.id == post.c.employer_id
)


def post_in(tx: Transaction, post_id: str) -> Post:
    """Return a post as a transaction sees it. Raises PostUnknown."""
    row = tx.connection.execute(POSTS.where(post.c.id == post_id), {HELD_AT: tx.now}).first()
    if row is None:
        raise PostUnknown
    return post_of_row(row)


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
        row.held,
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
