"""Owns matching as screens and papers show it: the posts for a worker, the workers for a post."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from server.db.tables import ticket, visit, worker
from server.domain.citizen_number import age_on
from server.domain.clock import market_day
from server.domain.errors import TicketUnknown
from server.domain.kinds import TicketState
from server.domain.matching import ADULT_AGE, MIN_WORKING_AGE
from server.domain.ranking import Seeker, line_reasons, reasons
from server.domain.tickets import ticket_label
from server.services.board import PostRow, post_row
from server.services.candidates import Candidate, candidates, offer_in, seeker_of
from server.services.offers import Asker, Offered, bonds_of_worker, offers
from server.services.open_market import OpenMarket
from server.services.posts import Post
from server.services.tickets import HELD_BY
from server.services.turns import order_rule
from server.services.waiting import WaitingWorker
from server.services.workers import call_name_of, trades_of

CANDIDATES = 200


def best_posts(
    market: OpenMarket, wanted: tuple[str, ...], age: int | None, limit: int = 3, people: int = 1
) -> tuple[PostRow, ...]:
    """Return the open posts that suit a worker's trades and age best, at most `limit`.

    wanted: trade ids, the preferred one first; none: the newest posts. age: whole years, None
    when it does not matter. people: how many come together; they are offered posts with a place
    for each of them.
    """
    return tuple(post_row(p) for p in matching_posts(market, wanted, age, people, limit))


def matching_posts(
    market: OpenMarket,
    wanted: tuple[str, ...],
    age: int | None,
    people: int = 1,
    limit: int = CANDIDATES,
) -> tuple[Post, ...]:
    """Return the open posts that suit a worker as `best_posts` does."""
    if age is not None and age < MIN_WORKING_AGE:
        return ()
    is_minor = age is not None and age < ADULT_AGE
    asker = Asker(
        Seeker(trades=wanted, people=people, has_minor=is_minor), {}, market.database.now()
    )
    with market.database.read() as connection:
        return tuple(one.post for one in offers(connection, asker, limit))


@dataclass(frozen=True)
class RankedPost:
    """A post for a ticket. reasons: in words, what speaks for it and against it."""

    post: PostRow
    reasons: tuple[str, ...]


def ranked_for_ticket(
    market: OpenMarket, code: str, limit: int = 12, people: int | None = None
) -> tuple[RankedPost, ...]:
    """Return the open posts for a ticket's holder, best first, with the reasons.

    people: how many of a crew have no job yet, None for all. Raises TicketUnknown.
    """
    now = market.database.now()
    with market.database.read() as connection:
        row = connection.execute(_HOLDER.where(ticket.c.code == code)).first()
        if row is None:
            raise TicketUnknown
        seeker = seeker_of(row, trades_of(connection, row.worker_id), False)
        seeker = seeker if people is None else replace(seeker, people=people)
        bonds = bonds_of_worker(connection, row.worker_id, market_day(now))
        ranked = offers(connection, Asker(seeker, bonds, now), limit)
    return tuple(_ranked(one, seeker) for one in ranked)


_HOLDER = (
    select(ticket, worker.c.id.label("worker_id"))
    .join_from(ticket, visit, HELD_BY)
    .join(worker, worker.c.id == visit.c.worker_id)
)


def _ranked(one: Offered, seeker: Seeker) -> RankedPost:
    return RankedPost(post_row(one.post), reasons(one.offer, seeker, one.bond))


def ranked_for_post(market: OpenMarket, post_id: str, limit: int = 50) -> tuple[WaitingWorker, ...]:
    """Return who waits today and suits a post, best first, with the reasons, at most `limit`.

    Whom the employer named comes first, then who applied, in that order, then the others by
    trade, skill, wishes, hardship and the order rule of the market. Raises PostUnknown.
    """
    now = market.database.now()
    with market.database.read() as connection:
        offer = offer_in(connection, post_id, now)
        ranked = candidates(connection, offer, now, limit)
        rule = order_rule(connection)
    found = []
    for one in ranked:
        waited = max(int((now - one.row.created_at).total_seconds() // 60), 0)
        said = (*reasons(offer, one.seeker, one.bond), *line_reasons(one.seeker, rule, waited))
        found.append(_waiting(market, one, said, now))
    return tuple(found)


def _waiting(
    market: OpenMarket, one: Candidate, said: tuple[str, ...], now: datetime
) -> WaitingWorker:
    row = one.row
    decade = age_on(row.birth_day, market_day(now)) // 10 * 10
    return WaitingWorker(
        row.code,
        ticket_label(row.series, row.number),
        row.worker_id,
        call_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
        f"{decade}–{decade + 9}",
        one.seeker.trades,
        row.skill,
        row.created_at,
        row.desk_no,
        one.bond.applied or None,
        row.people,
        said,
        row.state == TicketState.WAITING and not one.seeker.is_parked,
    )
