"""Owns matching: the posts that suit a worker, best first, and the workers a post waits for."""

from __future__ import annotations

from datetime import datetime

from server.db.tables import post
from server.domain.clock import market_day
from server.domain.kinds import PostState
from server.domain.matching import PostFacts, may_work, score_post
from server.domain.trades import trade, trades
from server.services.board import PostRow, post_row
from server.services.employer_facts import is_sanctioned
from server.services.open_market import OpenMarket
from server.services.posts import HELD_AT, POSTS, Post, post_of_row
from server.services.waiting import WaitingWorker, waiting_for_post

CANDIDATES = 200


def best_posts(
    market: OpenMarket, wanted: tuple[str, ...], age: int | None, limit: int = 3, people: int = 1
) -> tuple[PostRow, ...]:
    """Return the open posts that suit a worker's trades and age best, at most `limit`.

    wanted: trade ids, the preferred one first; none: the newest posts. age: whole years, None
    when it does not matter. people: how many come together; of the posts in a named trade, and
    then of the related ones, those with a place for each of them come first.
    """
    return tuple(post_row(p) for p in matching_posts(market, wanted, age, people)[:limit])


def matching_posts(
    market: OpenMarket, wanted: tuple[str, ...], age: int | None, people: int = 1
) -> tuple[Post, ...]:
    """Return the open posts that suit a worker as `best_posts` does, at most CANDIDATES."""
    now = market.database.now()
    offered = _offered(market, wanted, now)
    fit = [p for p in offered if age is None or may_work(age, p.draft, trade(p.draft.trade_id))]
    if wanted:
        scored = [(score_post(_facts(p), wanted, now), p) for p in fit]
        fit = [p for score, p in sorted(scored, key=lambda pair: -pair[0]) if score > 0]
    fit.sort(key=lambda p: (bool(wanted) and p.draft.trade_id not in wanted, p.left < people))
    return tuple(fit)


def _offered(market: OpenMarket, wanted: tuple[str, ...], now: datetime) -> list[Post]:
    statement = (
        POSTS.where(
            post.c.state == PostState.OPEN.value,
            post.c.valid_until_at > now,
            ~is_sanctioned(post.c.employer_id, market_day(now)),
        )
        .order_by(post.c.published_at.desc(), post.c.no.desc())
        .limit(CANDIDATES)
    )
    if wanted:
        groups = {trade(trade_id).group for trade_id in wanted}
        related = [t.id for t in trades() if t.group in groups]
        statement = statement.where(post.c.trade_id.in_(related))
    with market.database.read() as connection:
        posts = [post_of_row(row) for row in connection.execute(statement, {HELD_AT: now})]
    return [p for p in posts if p.left > 0]


def _facts(offered: Post) -> PostFacts:
    draft = offered.draft
    return PostFacts(
        draft.trade_id,
        draft.pay_fen,
        draft.pay_unit,
        draft.start_time,
        draft.end_time,
        draft.has_lunch,
        offered.left,
        offered.published_at or offered.created_at,
    )


def workers_for(market: OpenMarket, wanted: Post, limit: int = 50) -> tuple[WaitingWorker, ...]:
    """Return who waits today and suits a post, at most `limit`.

    Who has applied for it comes first, in the order of applying, then who has its trade, in order
    of arrival.
    """
    return waiting_for_post(market, wanted.id, wanted.draft.trade_id, limit)
