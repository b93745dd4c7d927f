"""Owns posts: drafted at the desk, reviewed, open on the board, full, paused, over."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from server.db.tables import employer, post
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import SHANGHAI, market_day
from server.domain.errors import (
    EmployerBlacklisted,
    EmployerSanctioned,
    EmployerUnknown,
    PostStateForbids,
    PostUnknown,
)
from server.domain.kinds import PostState
from server.domain.post_words import clock_text as clock_text
from server.domain.post_words import hours_text as hours_text
from server.domain.post_words import meeting_text as meeting_text
from server.domain.posts import PostDraft, check_post
from server.services.application_ends import end_with_post
from server.services.employer_facts import is_sanctioned, kept_employer
from server.services.open_market import OpenMarket
from server.services.post_rows import FILLED as FILLED
from server.services.post_rows import GONE as GONE
from server.services.post_rows import HELD as HELD
from server.services.post_rows import HELD_AT as HELD_AT
from server.services.post_rows import POSTS as POSTS
from server.services.post_rows import RUNNING, state_now
from server.services.post_rows import WITHDRAWN as WITHDRAWN
from server.services.post_rows import Post as Post
from server.services.post_rows import post_in as post_in
from server.services.post_rows import post_of_row as post_of_row
from server.services.ranked_columns import ranked_columns
from server.services.second_look import looked_at


def add_post(market: OpenMarket, staff: Actor, draft: PostDraft, key: str) -> Post:
    """Add a post and put it in review.

    It is for the employer that the named one is part of by now. Raises what `check_post` raises,
    EmployerUnknown, EmployerBlacklisted, EmployerSanctioned. Records post.submitted.
    """
    asked = Asked(key, "add_post", asdict(draft))
    with market.database.write(staff) as tx:
        return post_in(tx, tx.once(asked, str, lambda: insert_post(tx, market, draft)))


def change_post(market: OpenMarket, staff: Actor, post_id: str, draft: PostDraft, key: str) -> Post:
    """Change a post that is not yet published.

    Raises what `check_post` raises, PostUnknown, PostStateForbids. Records post.changed.
    """
    asked = Asked(key, "change_post", {"post_id": post_id, **asdict(draft)})
    with market.database.write(staff) as tx:
        return post_in(tx, tx.once(asked, str, lambda: mend_in(tx, market, post_id, draft)))


def mend_in(tx: Transaction, market: OpenMarket, post_id: str, draft: PostDraft) -> str:
    """Change a post inside another service's transaction; see `change_post`."""
    before = post_in(tx, post_id)
    if before.state not in {PostState.DRAFT, PostState.IN_REVIEW}:
        raise PostStateForbids(state=before.state.value)
    check_post(draft, market.rules.post_rules(tx.connection), tx.now)
    kept = replace(draft, employer_id=check_may_post(tx, draft.employer_id))
    return _change(tx, before, _columns(kept), "post.changed")


def repeat_post(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Post the same again for the same distance of days: yesterday's becomes today's.

    A post for a day that is not past is repeated for the day after it. The new post goes
    through review like any other. Raises PostUnknown and what `check_post` raises.
    Records post.submitted.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "repeat_post", post_id)
        return post_in(tx, tx.once(asked, str, lambda: _repeat(tx, market, post_id)))


def _repeat(tx: Transaction, market: OpenMarket, post_id: str) -> str:
    before = post_in(tx, post_id).draft
    return insert_post(tx, market, shifted(before, tx.now), Links(repeats=post_id))


def shifted(before: PostDraft, now: datetime) -> PostDraft:
    """Return the same work for the next days that fit: today if it has not begun, or later."""
    today = market_day(now)
    shift = timedelta(days=max((today - before.work_day).days, 1))
    day = before.work_day + shift
    if day == today and _has_started(before, day, now):
        shift += timedelta(days=1)
    return replace(
        before,
        work_day=before.work_day + shift,
        valid_until=before.valid_until + shift,
        last_day=before.last_day and before.last_day + shift,
    )


def _has_started(draft: PostDraft, day: date, now: datetime) -> bool:
    return datetime.combine(day, draft.start_time, SHANGHAI).astimezone(UTC) <= now


def publish_post(
    market: OpenMarket, staff: Actor, post_id: str, key: str, reason: str = ""
) -> Post:
    """Publish a reviewed post, or a paused one again: it goes to the board with the commit.

    reason: why words that want a second look may stay; kept with the hits in the event. Raises
    PostUnknown, PostStateForbids, EmployerBlacklisted, EmployerSanctioned, ReviewReasonMissing,
    and what `check_post` raises: it may have waited too long. Records post.published.
    """
    with market.database.write(staff) as tx:
        content = {"post_id": post_id, "reason": reason} if reason else post_id
        asked = Asked(key, "publish_post", content)
        return post_in(tx, tx.once(asked, str, lambda: publish_in(tx, market, post_id, reason)))


def publish_in(tx: Transaction, market: OpenMarket, post_id: str, reason: str = "") -> str:
    """Publish a post inside another service's transaction; see `publish_post`."""
    before = post_in(tx, post_id)
    if before.state not in {PostState.DRAFT, PostState.IN_REVIEW, PostState.PAUSED}:
        raise PostStateForbids(state=before.state.value)
    check_may_post(tx, before.draft.employer_id)
    rules = market.rules.post_rules(tx.connection)
    check_post(before.draft, rules, tx.now)
    told = looked_at(before.draft, rules, reason)
    changes = {
        "state": PostState.OPEN.value,
        "published_at": tx.now,
        "reviewed_by": tx.actor.staff_id,
    }
    return _change(tx, before, changes, "post.published", told)


def submit_post(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Put a draft, or one that was sent back and mended, in review.

    Raises PostUnknown, PostStateForbids and what `check_post` raises. Records post.submitted.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "submit_post", post_id)
        return post_in(tx, tx.once(asked, str, lambda: submit_in(tx, market, post_id)))


def submit_in(tx: Transaction, market: OpenMarket, post_id: str) -> str:
    """Put a draft in review inside another service's transaction; see `submit_post`."""
    before = post_in(tx, post_id)
    if before.state is not PostState.DRAFT:
        raise PostStateForbids(state=before.state.value)
    check_post(before.draft, market.rules.post_rules(tx.connection), tx.now)
    return _change(tx, before, {"state": PostState.IN_REVIEW.value}, "post.submitted")


def pause_post(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Take an open post off the board for a while; publishing brings it back.

    Raises PostUnknown, PostStateForbids. Records post.paused.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "pause_post", post_id)
        return post_in(tx, tx.once(asked, str, lambda: _pause(tx, post_id)))


def _pause(tx: Transaction, post_id: str) -> str:
    before = post_in(tx, post_id)
    if before.state is not PostState.OPEN or before.draft.valid_until <= tx.now:
        raise PostStateForbids(state=before.state.value)
    return _change(tx, before, {"state": PostState.PAUSED.value}, "post.paused")


def send_back_post(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Send a post in review back to be mended.

    Raises PostUnknown, PostStateForbids. Records post.sent_back.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "send_back_post", post_id)
        return post_in(tx, tx.once(asked, str, lambda: _send_back(tx, post_id)))


def _send_back(tx: Transaction, post_id: str) -> str:
    before = post_in(tx, post_id)
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
        return post_in(tx, tx.once(asked, str, lambda: _end(tx, post_id, state)))


def _end(tx: Transaction, post_id: str, state: PostState) -> str:
    before = post_in(tx, post_id)
    is_end = state in {PostState.CLOSED, PostState.WITHDRAWN}
    if not is_end or not before.state.may_become(state):
        raise PostStateForbids(state=before.state.value)
    changes = {"state": state.value, "closed_at": tx.now}
    changed = _change(tx, before, changes, f"post.{state.value}")
    end_with_post(tx, post_id, state)
    return changed


def close_overdue_posts(market: OpenMarket) -> int:
    """End posts whose validity is over, and return how many.

    Open and paused ones expire, full ones have what they wanted and close. Records post.expired
    or post.closed for each, and application.ended for who waited for it.
    """
    states = [state.value for state in (*RUNNING, PostState.FULL)]
    overdue = select(post.c.id).where(
        post.c.state.in_(states), post.c.valid_until_at <= market.database.now()
    )
    with market.database.read() as connection:
        if connection.scalar(overdue.limit(1)) is None:
            return 0
    with market.database.write(Actor("server")) as tx:
        ids = tx.connection.scalars(overdue).all()
        for post_id in ids:
            _end_by_clock(tx, post_in(tx, post_id))
        return len(ids)


def _end_by_clock(tx: Transaction, before: Post) -> None:
    state = PostState.CLOSED if before.state is PostState.FULL else PostState.EXPIRED
    changes = {"state": state.value, "closed_at": tx.now}
    _change(tx, before, changes, f"post.{state.value}")
    end_with_post(tx, before.id, state)


def mark_if_full(tx: Transaction, post_id: str) -> None:
    """Move an open post without a free place to full.

    Records post.full, and application.ended for who still waited for it.
    """
    after = post_in(tx, post_id)
    if after.is_filled and after.state is PostState.OPEN:
        _change(tx, after, {"state": PostState.FULL.value}, "post.full")
        end_with_post(tx, post_id, PostState.FULL)


@dataclass(frozen=True)
class Links:
    """What a new post belongs to: the post it repeats, the order it is part of."""

    repeats: str | None = None
    order_id: str | None = None


def insert_post(
    tx: Transaction, market: OpenMarket, draft: PostDraft, links: Links | None = None
) -> str:
    """Add a post in review inside another service's transaction and return its id.

    Raises what `add_post` raises. Records post.submitted.
    """
    check_post(draft, market.rules.post_rules(tx.connection), tx.now)
    kept = replace(draft, employer_id=check_may_post(tx, draft.employer_id))
    last_no = tx.connection.scalar(select(func.max(post.c.no))) or 0
    linked = links or Links()
    row = {
        **_columns(kept),
        "id": tx.new_id(),
        "no": last_no + 1,
        "state": PostState.IN_REVIEW.value,
        "repeats_post_id": linked.repeats,
        "order_id": linked.order_id,
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


def check_may_post(tx: Transaction, employer_id: str) -> str:
    """Return whom a post of an employer is for by now, if one may be published for them.

    Raises EmployerUnknown, EmployerBlacklisted, EmployerSanctioned.
    """
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
    _change(tx, post_in(tx, post_id), changes, event_type)


def _change(
    tx: Transaction,
    before: Post,
    changes: dict[str, Any],
    event_type: str,
    told: dict[str, Any] | None = None,
) -> str:
    version = before.version + 1
    tx.connection.execute(
        update(post).where(post.c.id == before.id), {**changes, "entity_version": version}
    )
    row = tx.connection.execute(select(post).where(post.c.id == before.id)).one()
    tx.record(Event(event_type, f"post/{before.id}", version, {**row._mapping, **(told or {})}))
    return before.id


def reopen_if_free(tx: Transaction, post_id: str) -> bool:
    """Move a full post with a free place back to the board while it is valid; tell whether.

    Records post.reopened.
    """
    after = post_in(tx, post_id)
    is_valid = after.draft.valid_until > tx.now
    if after.left == 0 or after.state is not PostState.FULL or not is_valid:
        return False
    _change(tx, after, {"state": PostState.OPEN.value}, "post.reopened")
    return True


def post_of(market: OpenMarket, post_id: str) -> Post:
    """Return one post as the clock has it now. Raises PostUnknown."""
    now = market.database.now()
    with market.database.read() as connection:
        row = connection.execute(POSTS.where(post.c.id == post_id), {HELD_AT: now}).first()
    if row is None:
        raise PostUnknown
    return post_of_row(row, now)


def posts_in(
    market: OpenMarket, states: tuple[PostState, ...], limit: int = 200
) -> tuple[Post, ...]:
    """Return posts in some states as the clock has them now, latest first, at most `limit`."""
    now = market.database.now()
    wanted = state_now(now).in_([state.value for state in states])
    return _posts(market, POSTS.where(wanted).order_by(post.c.no.desc()).limit(limit))


def posts_of_employer(market: OpenMarket, employer_id: str, limit: int = 20) -> tuple[Post, ...]:
    """Return an employer's posts in every state, the latest first, at most `limit`."""
    own = POSTS.where(post.c.employer_id == employer_id)
    return _posts(market, own.order_by(post.c.no.desc()).limit(limit))


def posts_of_order(market: OpenMarket, order_id: str) -> tuple[Post, ...]:
    """Return the posts of one order, in the order they were made."""
    return _posts(market, POSTS.where(post.c.order_id == order_id).order_by(post.c.no))


def posts_to_repeat(market: OpenMarket, limit: int = 30) -> tuple[Post, ...]:
    """Return published posts of the days before today, latest first, at most `limit`."""
    today = market_day(market.database.now())
    past = POSTS.where(post.c.work_day < today, post.c.published_at.is_not(None))
    return _posts(market, past.order_by(post.c.work_day.desc(), post.c.no.desc()).limit(limit))


def _posts(market: OpenMarket, statement: Select[Any]) -> tuple[Post, ...]:
    now = market.database.now()
    with market.database.read() as connection:
        found = connection.execute(statement, {HELD_AT: now})
        return tuple(post_of_row(row, now) for row in found)
