"""Owns orders of an employer for several trades, and the fast lane of a post that is repeated."""

from __future__ import annotations

from dataclasses import asdict

from server.db.tables import post
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.errors import OrderPostsInvalid, PostUnknown
from server.domain.posts import PostDraft, second_looks
from server.services.open_market import OpenMarket
from server.services.post_rows import POSTS, Post, post_of_row
from server.services.posts import Links, insert_post, publish_in, shifted

MOST_POSTS = 6


def add_order(
    market: OpenMarket, staff: Actor, drafts: tuple[PostDraft, ...], key: str
) -> tuple[Post, ...]:
    """Add one post for each trade an employer wants at once, all of them or none; all in review.

    Several share an order id. Raises OrderPostsInvalid for none, too many, or several employers,
    and what `add_post` raises. Records post.submitted for each.
    """
    if not 1 <= len(drafts) <= MOST_POSTS or len({draft.employer_id for draft in drafts}) > 1:
        raise OrderPostsInvalid(maximum=MOST_POSTS)
    asked = Asked(key, "add_order", [asdict(draft) for draft in drafts])
    with market.database.write(staff) as tx:
        ids = tx.once(asked, str, lambda: _add(tx, market, drafts)).split(",")
        return tuple(_post(tx, post_id) for post_id in ids)


def _add(tx: Transaction, market: OpenMarket, drafts: tuple[PostDraft, ...]) -> str:
    order_id = tx.new_id() if len(drafts) > 1 else None
    links = Links(order_id=order_id)
    return ",".join(insert_post(tx, market, draft, links) for draft in drafts)


def repeat_at_once(market: OpenMarket, staff: Actor, post_id: str, key: str) -> Post:
    """Repeat a post that was on the board before, and publish it in the same step (即时快招).

    The employer's papers were seen then; a post that was never published, or whose words want a
    second look by now, stays in review. Raises PostUnknown, EmployerBlacklisted,
    EmployerSanctioned and what `check_post` raises. Records post.submitted and post.published.
    """
    with market.database.write(staff) as tx:
        asked = Asked(key, "repeat_at_once", post_id)
        return _post(tx, tx.once(asked, str, lambda: _repeat(tx, market, post_id)))


def _repeat(tx: Transaction, market: OpenMarket, post_id: str) -> str:
    before = _post(tx, post_id)
    draft = shifted(before.draft, tx.now)
    made = insert_post(tx, market, draft, Links(repeats=post_id))
    looks = second_looks(draft, market.rules.post_rules(tx.connection))
    if before.published_at is None or looks:
        return made
    return publish_in(tx, market, made)


def _post(tx: Transaction, post_id: str) -> Post:
    row = tx.connection.execute(POSTS.where(post.c.id == post_id)).first()
    if row is None:
        raise PostUnknown
    return post_of_row(row, tx.now)
