"""Owns posts: drafted at the desk, reviewed, open on the board, full, closed or withdrawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from server.db.tables import employer, placement, post
from server.db.tables import market as market_table
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import SHANGHAI, market_day
from server.domain.errors import (
    EmployerBlacklisted,
    EmployerSanctioned,
    EmployerUnknown,
    MarketMissing,
    PostStateForbids,
    PostUnknown,
)
from server.domain.kinds import PayUnit, PlacementState, PostState, Settlement, Tools, Transport
from server.domain.posts import PostDraft, PostRules, check_post
from server.services.application_ends import end_with_post
from server.services.employer_facts import is_sanctioned, kept_employer
from server.services.open_market import OpenMarket
from server.services.ranked_columns import ranked_columns


@dataclass(frozen=True)
class Post:
    """A post with what is left of it. filled counts placements; nobody stores it."""

    id: str
    no: int
    state: PostState
    draft: PostDraft
    employer_name: str
    filled: int
    version: int
    created_at: datetime
    published_at: datetime | None

    @property
    def left(self) -> int:
        """Return how many places are free."""
        return max(self.draft.headcount - self.filled, 0)


def add_post(market: OpenMarket, staff: Actor, draft: PostDraft, key: str) -> Post:
    """Add a post and put it in review.

    It is for the employer that the named one is part of by now. Raises what `check_post` raises,
    EmployerUnknown, EmployerBlacklisted, EmployerSanctioned. Records post.submitted.
    """
    asked = Asked(key, "add_post", asdict(draft))
    with market.database.write(staff) as tx:
        return _post_in(tx, tx.once(asked, str, lambda: _insert_post(tx, draft, None)))


def change_post(market: OpenMarket, staff: Actor, post_id: str, draft: PostDraft, key: str) -> Post:
    """Change a post that is not yet published.

    Raises what `check_post` raises, PostUnknown, PostStateForbids. Records post.changed.
    """
    asked = Asked(key, "change_post", {"post_id": post_id, **asdict(draft)})
    with market.database.write(staff) as tx:
        return _post_in(tx, tx.once(asked, str, lambda: _mend(tx, post_id, draft)))


def _mend(tx: Transaction, post_id: str, draft: PostDraft) -> str:
    before = _post_in(tx, post_id)
    if before.state not in {PostState.DRAFT, PostState.IN_REVIEW}:
        raise PostStateForbids(state=before.state.value)
    check_post(draft, _rules(tx), tx.now)
    kept = replace(draft, employer_id=_employer_to_post(tx, draft.employer_id))
    return _change(tx, before, _columns(kept), "post.changed")


def repeat_post(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Post the same again for the same distance of days: yesterday's becomes today's.

    A post for a day that is not past is repeated for the day after it. The new post goes
    through review like any other. Raises PostUnknown and what `check_post` raises.
    Records post.submitted.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "repeat_post", post_id)
        return _post_in(tx, tx.once(asked, str, lambda: _repeat(tx, post_id)))


def _repeat(tx: Transaction, post_id: str) -> str:
    before = _post_in(tx, post_id).draft
    shift = timedelta(days=max((tx.market_day - before.work_day).days, 1))
    day = before.work_day + shift
    if day == tx.market_day and _has_started(before, day, tx.now):
        shift += timedelta(days=1)
    draft = replace(
        before, work_day=before.work_day + shift, valid_until=before.valid_until + shift
    )
    return _insert_post(tx, draft, post_id)


def _has_started(draft: PostDraft, day: date, now: datetime) -> bool:
    return datetime.combine(day, draft.start_time, SHANGHAI).astimezone(UTC) <= now


def publish_post(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Publish a reviewed post, or a paused one again: it goes to the board with the commit.

    Raises PostUnknown, PostStateForbids, EmployerBlacklisted, EmployerSanctioned and what
    `check_post` raises: it may have waited too long. Records post.published.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "publish_post", post_id)
        return _post_in(tx, tx.once(asked, str, lambda: _publish(tx, post_id)))


def _publish(tx: Transaction, post_id: str) -> str:
    before = _post_in(tx, post_id)
    if before.state not in {PostState.DRAFT, PostState.IN_REVIEW, PostState.PAUSED}:
        raise PostStateForbids(state=before.state.value)
    _employer_to_post(tx, before.draft.employer_id)
    check_post(before.draft, _rules(tx), tx.now)
    changes = {
        "state": PostState.OPEN.value,
        "published_at": tx.now,
        "reviewed_by": tx.actor.staff_id,
    }
    return _change(tx, before, changes, "post.published")


def send_back_post(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Send a post in review back to be mended.

    Raises PostUnknown, PostStateForbids. Records post.sent_back.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "send_back_post", post_id)
        return _post_in(tx, tx.once(asked, str, lambda: _send_back(tx, post_id)))


def _send_back(tx: Transaction, post_id: str) -> str:
    before = _post_in(tx, post_id)
    if before.state is not PostState.IN_REVIEW:
        raise PostStateForbids(state=before.state.value)
    return _change(tx, before, {"state": PostState.DRAFT.value}, "post.sent_back")


def end_post(market: OpenMarket, staff: Actor, post_id: str, state: PostState, key: str) -> Post:
    """Close or withdraw a post: it leaves the board with the commit.

    Raises PostUnknown, PostStateForbids. Records post.closed or post.withdrawn, and
    application.ended for who waited for it.
    """
    asked = Asked(key, "end_post", {"post_id": post_id, "state": state})
    with market.database.write(staff) as tx:
        return _post_in(tx, tx.once(asked, str, lambda: _end(tx, post_id, state)))


def _end(tx: Transaction, post_id: str, state: PostState) -> str:
    before = _post_in(tx, post_id)
    is_end = state in {PostState.CLOSED, PostState.WITHDRAWN}
    if not is_end or not before.state.may_become(state):
        raise PostStateForbids(state=before.state.value)
    changes = {"state": state.value, "closed_at": tx.now}
    changed = _change(tx, before, changes, f"post.{state.value}")
    end_with_post(tx, post_id, state)
    return changed


def close_overdue_posts(market: OpenMarket) -> int:
    """Close open, full and paused posts whose validity has ended, and return how many.

    Records post.closed for each, and application.ended for who waited for it.
    """
    overdue = select(post.c.id).where(
        post.c.state.in_([PostState.OPEN.value, PostState.FULL.value, PostState.PAUSED.value]),
        post.c.valid_until_at <= market.database.now(),
    )
    with market.database.read() as connection:
        if connection.scalar(overdue.limit(1)) is None:
            return 0
    with market.database.write(Actor("server")) as tx:
        ids = tx.connection.scalars(overdue).all()
        for post_id in ids:
            changes = {"state": PostState.CLOSED.value, "closed_at": tx.now}
            _change(tx, _post_in(tx, post_id), changes, "post.closed")
            end_with_post(tx, post_id, PostState.CLOSED)
        return len(ids)


def mark_if_full(tx: Transaction, post_id: str) -> None:
    """Move an open post without a free place to full.

    Records post.full, and application.ended for who still waited for it.
    """
    after = _post_in(tx, post_id)
    if after.left == 0 and after.state is PostState.OPEN:
        _change(tx, after, {"state": PostState.FULL.value}, "post.full")
        end_with_post(tx, post_id, PostState.FULL)


def _insert_post(tx: Transaction, draft: PostDraft, repeats: str | None) -> str:
    check_post(draft, _rules(tx), tx.now)
    kept = replace(draft, employer_id=_employer_to_post(tx, draft.employer_id))
    last_no = tx.connection.scalar(select(func.max(post.c.no))) or 0
    row = {
        **_columns(kept),
        "id": tx.new_id(),
        "no": last_no + 1,
        "state": PostState.IN_REVIEW.value,
        "repeats_post_id": repeats,
        "entity_version": 1,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(post), row)
    tx.record(Event("post.submitted", f"post/{row['id']}", 1, row))
    return str(row["id"])


def _columns(draft: PostDraft) -> dict[str, Any]:
    columns = asdict(draft)
    columns["valid_until_at"] = columns.pop("valid_until")
    plain = {name: getattr(value, "value", value) for name, value in columns.items()}
    return plain | ranked_columns(draft)


def _rules(tx: Transaction) -> PostRules:
    minimum = tx.connection.scalar(select(market_table.c.min_hourly_pay_fen))
    if minimum is None:
        raise MarketMissing
    return PostRules(min_hourly_pay_fen=minimum)


def _employer_to_post(tx: Transaction, employer_id: str) -> str:
    kept_id = kept_employer(tx.connection, employer_id)
    row = tx.connection.execute(
        select(employer.c.is_blacklisted, is_sanctioned(employer.c.id, tx.market_day)).where(
            employer.c.id == kept_id
        )
    ).first()
    if row is None:
        raise EmployerUnknown
    if row.is_blacklisted:
        raise EmployerBlacklisted
    if row.is_sanctioned:
        raise EmployerSanctioned
    return kept_id


def move_post(tx: Transaction, post_id: str, changes: dict[str, Any], event_type: str) -> None:
    """Change columns of a post inside another service's transaction.

    Raises PostUnknown. Records `event_type` with the post after it.
    """
    _change(tx, _post_in(tx, post_id), changes, event_type)


def _change(tx: Transaction, before: Post, changes: dict[str, Any], event_type: str) -> str:
    version = before.version + 1
    tx.connection.execute(
        update(post).where(post.c.id == before.id), {**changes, "entity_version": version}
    )
    row = tx.connection.execute(select(post).where(post.c.id == before.id)).one()
    tx.record(Event(event_type, f"post/{before.id}", version, dict(row._mapping)))
    return before.id


def reopen_if_free(tx: Transaction, post_id: str) -> None:
    """Move a full post with a free place back to the board while it is valid.

    Records post.reopened.
    """
    after = _post_in(tx, post_id)
    is_valid = after.draft.valid_until > tx.now
    if after.left > 0 and after.state is PostState.FULL and is_valid:
        _change(tx, after, {"state": PostState.OPEN.value}, "post.reopened")


# A place that was agreed by mistake is free again.
WITHDRAWN = PlacementState.WITHDRAWN.value
FILLED = (
    select(func.count())
    .select_from(placement)
    .where(placement.c.post_id == post.c.id, placement.c.state != WITHDRAWN)
    .scalar_subquery()
)
POSTS = select(post, employer.c.public_name, FILLED.label("filled")).join_from(
    post, employer, employer.c.id == post.c.employer_id
)


def _post_in(tx: Transaction, post_id: str) -> Post:
    row = tx.connection.execute(POSTS.where(post.c.id == post_id)).first()
    if row is None:
        raise PostUnknown
    return post_of_row(row)


def post_of_row(row: Row[Any]) -> Post:
    """Return the post of a row of POSTS."""
    draft = PostDraft(
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
    )
    return Post(
        row.id,
        row.no,
        PostState(row.state),
        draft,
        row.public_name,
        row.filled,
        row.entity_version,
        row.created_at,
        row.published_at,
    )


def post_of(market: OpenMarket, post_id: str) -> Post:
    """Return one post. Raises PostUnknown."""
    with market.database.read() as connection:
        row = connection.execute(POSTS.where(post.c.id == post_id)).first()
    if row is None:
        raise PostUnknown
    return post_of_row(row)


def posts_in(
    market: OpenMarket, states: tuple[PostState, ...], limit: int = 200
) -> tuple[Post, ...]:
    """Return posts in some states, the latest first, at most `limit`."""
    statement = (
        POSTS.where(post.c.state.in_([state.value for state in states]))
        .order_by(post.c.no.desc())
        .limit(limit)
    )
    with market.database.read() as connection:
        return tuple(post_of_row(row) for row in connection.execute(statement))


def posts_of_employer(market: OpenMarket, employer_id: str, limit: int = 20) -> tuple[Post, ...]:
    """Return an employer's posts in every state, the latest first, at most `limit`."""
    statement = (
        POSTS.where(post.c.employer_id == employer_id).order_by(post.c.no.desc()).limit(limit)
    )
    with market.database.read() as connection:
        return tuple(post_of_row(row) for row in connection.execute(statement))


def posts_to_repeat(market: OpenMarket, limit: int = 30) -> tuple[Post, ...]:
    """Return published posts of the days before today, latest first, at most `limit`."""
    today = market_day(market.database.now())
    statement = (
        POSTS.where(post.c.work_day < today, post.c.published_at.is_not(None))
        .order_by(post.c.work_day.desc(), post.c.no.desc())
        .limit(limit)
    )
    with market.database.read() as connection:
        return tuple(post_of_row(row) for row in connection.execute(statement))


def meeting_text(draft: PostDraft) -> str:
    """Return when and where people meet: "6:30 市场北门"."""
    if draft.meeting_time is None:
        return draft.meeting_point
    return f"{clock_text(draft.meeting_time)} {draft.meeting_point}".rstrip()


def hours_text(draft: PostDraft) -> str:
    """Return the hours of work: "7:00–18:00"."""
    return f"{clock_text(draft.start_time)}–{clock_text(draft.end_time)}"


def clock_text(at: time) -> str:
    """Return a time of day as "6:30"."""
    return f"{at.hour}:{at.minute:02d}"
