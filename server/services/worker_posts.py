"""Owns the posts of a worker's trades, as the worker sees them, and the paper that lists them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select

from server.db.tables import post, post_list
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import market_day
from server.domain.errors import NoPostsToPrint, PrintJobUnknown, TradesMissing
from server.domain.kinds import PrintJobKind
from server.domain.phrases import TOOLS_NAMES
from server.domain.trades import check_trades
from server.services.applications import Application, applications_of
from server.services.board import PostRow, post_row
from server.services.check_in import agent_here
from server.services.matching import matching_posts
from server.services.open_market import OpenMarket
from server.services.posts import POSTS, Post, post_of, post_of_row
from server.services.print_jobs import PrintTarget, queue_print_job
from server.services.workers import Person, find_by_number, trades_of

MOST_POSTS = 12


@dataclass(frozen=True)
class WorkerPost:
    """A post for a worker. tools: whose, in words.

    is_exact: of a trade they named, else of one of the same group. application: the worker's own
    that waits, None where they did not apply.
    """

    row: PostRow
    tools: str
    is_exact: bool
    application: Application | None


@dataclass(frozen=True)
class Looker:
    """Somebody who looks for posts. trades: what the kiosk asked, None where it did not ask."""

    person: Person
    trades: tuple[str, ...] | None


@dataclass(frozen=True)
class PostListAnswer:
    """A list of posts that is being printed. posts: how many are on it."""

    id: str
    print_job_id: str
    posts: int


def posts_for(market: OpenMarket, looker: Looker) -> tuple[WorkerPost, ...]:
    """Return the open posts of today and later for a worker, at most MOST_POSTS.

    Those they applied for first, of whatever trade; then the worker's own trades, the soonest of
    them first; then trades of the same group.
    Stores nothing. Raises TradesMissing for who named no trade, TradesTooMany, TradeUnknown.
    """
    today = market_day(market.database.now())
    with market.database.read() as connection:
        row = find_by_number(connection, market.seal, looker.person.id_no)
        known = () if row is None else trades_of(connection, row.id)
        mine = () if row is None else applications_of(connection, row.id)
    wanted = tuple(t.id for t in check_trades(looker.trades)) if looker.trades else known
    if not wanted:
        raise TradesMissing
    applied = {one.post_id: one for one in mine}
    offered = {p.id: p for p in matching_posts(market, wanted, looker.person.age_on(today))}
    offered = {one: post_of(market, one) for one in applied} | offered
    found = [_for_worker(p, wanted, applied) for p in offered.values() if p.draft.work_day >= today]
    # Python sorts stably: the better match stays first within a day.
    ordered = sorted(found, key=_place)
    return tuple(ordered[:MOST_POSTS])


def _place(one: WorkerPost) -> tuple[bool, bool, date]:
    return one.application is None, not one.is_exact, one.row.work_day


def _for_worker(
    offered: Post, wanted: tuple[str, ...], applied: dict[str, Application]
) -> WorkerPost:
    row = post_row(offered)
    tools = TOOLS_NAMES[offered.draft.tools]
    return WorkerPost(row, tools, row.trade in wanted, applied.get(row.id))


def print_posts(
    market: OpenMarket, actor: Actor, looker: Looker, only: str | None, key: str
) -> PostListAnswer:
    """Queue one paper with the posts of a worker's trades, or with one of them.

    only: the id of that post, None for all. The list names no person. Raises what `posts_for`
    raises, and NoPostsToPrint. Records post_list.made.
    """
    found = [one.row.id for one in posts_for(market, looker) if only in {None, one.row.id}]
    holder = market.seal.index(looker.person.id_no, "worker.id_no")
    asked = Asked(key, "print_posts", {"person": holder, "trades": looker.trades, "only": only})
    with market.database.write(actor) as tx:
        return tx.once(asked, PostListAnswer, lambda: _print(tx, found))


def _print(tx: Transaction, post_ids: list[str]) -> PostListAnswer:
    if not post_ids:
        raise NoPostsToPrint
    values = {
        "id": tx.new_id(),
        "post_ids": json.dumps(post_ids),
        "market_day": tx.market_day,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(post_list), values)
    target = PrintTarget(PrintJobKind.POST_LIST, str(values["id"]), agent_here(tx))
    job_id = queue_print_job(tx, target, 1)
    body = {**values, "print_job_id": job_id}
    tx.record(Event("post_list.made", f"post_list/{values['id']}", 1, body))
    return PostListAnswer(str(values["id"]), job_id, len(post_ids))


def listed_posts(market: OpenMarket, list_id: str) -> tuple[tuple[Post, PostRow], ...]:
    """Return the posts of a printed list as they are now, in its order. Raises PrintJobUnknown."""
    with market.database.read() as connection:
        kept = connection.scalar(select(post_list.c.post_ids).where(post_list.c.id == list_id))
        if kept is None:
            raise PrintJobUnknown
        ids: list[str] = json.loads(kept)
        rows = connection.execute(POSTS.where(post.c.id.in_(ids))).all()
    found = {row.id: post_of_row(row) for row in rows}
    return tuple((found[one], post_row(found[one])) for one in ids)
