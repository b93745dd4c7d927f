"""Owns the ranked list of a post: a few candidates picked by index, then ranked with reasons.

The pick sorts by the keys of `server.domain.ranking.worker_key` over one index of the line, so
that the best of 10,000 are found without loading them; the tests compare it with ranking all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, or_, select, text

from server.db.tables import (
    IN_LINE,
    application,
    named_worker,
    post,
    referral,
    ticket,
    visit,
    worker,
    worker_trade,
)
from server.domain.clock import market_day
from server.domain.errors import PostUnknown
from server.domain.kinds import (
    ApplicationState,
    ReferralState,
    ServiceKind,
    TicketState,
    Transport,
)
from server.domain.ranking import (
    NO_BOND,
    Bond,
    Offer,
    Place,
    Seeker,
    fits,
    group_mask,
    trade_bit,
    worker_key,
)
from server.services.applications import order_of
from server.services.hardship import hardship_tickets
from server.services.posts import POSTS, Post, post_of_row
from server.services.tickets import ARRIVED, HELD_BY

# At most so many stand at desks: the first who waits is among the first so many.
CALLABLE = 60


@dataclass(frozen=True)
class Candidate:
    """A ticket in the ranked list of a post. row: of `_FACTS`."""

    row: Row[Any]
    seeker: Seeker
    bond: Bond


_FACTS = (
    select(ticket, worker.c.id.label("worker_id"), worker.c.name_sealed, worker.c.birth_day)
    .add_columns(worker.c.skill)
    .join_from(ticket, visit, HELD_BY)
    .join(worker, worker.c.id == visit.c.worker_id)
    .where(ticket.c.id.in_(bindparam("ids", expanding=True)))
)
_TRADES = (
    select(worker_trade.c.worker_id, worker_trade.c.trade_id)
    .where(worker_trade.c.worker_id.in_(bindparam("ids", expanding=True)))
    .order_by(worker_trade.c.worker_id, worker_trade.c.rank)
)


def offer_in(connection: Connection, post_id: str) -> Offer:
    """Return what the ranking looks at of a post. Raises PostUnknown."""
    row = connection.execute(POSTS.where(post.c.id == post_id)).first()
    if row is None:
        raise PostUnknown
    return offer_of(row, post_of_row(row))


def offer_of(row: Any, offered: Post) -> Offer:
    """Return what the ranking looks at of a row of POSTS."""
    return Offer(
        post_id=offered.id,
        no=offered.no,
        trade_id=offered.draft.trade_id,
        left=offered.left,
        day_pay_fen=row.day_pay_fen,
        has_lunch=offered.draft.has_lunch,
        transport=offered.draft.transport,
        is_night=row.is_night,
        suits_minors=row.suits_minors,
        skill_asked=row.skill_asked,
        published_at=offered.published_at or offered.created_at,
    )


def candidates(
    connection: Connection, offer: Offer, now: datetime, limit: int
) -> tuple[Candidate, ...]:
    """Return who waits today and suits a post, best first, at most `limit`."""
    bonds = bonds_of_post(connection, offer.post_id, now)
    ids = set(_bound_tickets(connection, bonds, now))
    ids.update(connection.scalars(_pick(offer, now).limit(limit + len(ids))))
    found = _load(connection, ids, bonds, now)
    fit = [one for one in found if fits(offer, one.seeker, one.bond)]
    fit.sort(key=lambda one: worker_key(offer, one.seeker, one.bond))
    return tuple(fit[:limit])


def first_to_call(connection: Connection, post_id: str, now: datetime) -> str | None:
    """Return the id of the ticket that waits and ranks first for a post, None for nobody.

    Raises PostUnknown.
    """
    ranked = candidates(connection, offer_in(connection, post_id), now, CALLABLE)
    waiting = (one.row for one in ranked if not one.seeker.is_parked)
    return next((row.id for row in waiting if row.state == TicketState.WAITING), None)


def bonds_of_post(connection: Connection, post_id: str, now: datetime) -> Mapping[str, Bond]:
    """Return by worker what there is between a post and them: named, applied, did not agree."""
    named = set(
        connection.scalars(
            select(named_worker.c.worker_id).where(named_worker.c.post_id == post_id)
        )
    )
    made = connection.execute(
        select(application.c.worker_id, order_of(application).label("order")).where(
            application.c.post_id == post_id, application.c.state == ApplicationState.MADE.value
        )
    )
    applied = {row.worker_id: int(row.order) for row in made}
    declined = set(
        connection.scalars(
            select(referral.c.worker_id).where(
                referral.c.post_id == post_id,
                referral.c.state == ReferralState.DECLINED.value,
                referral.c.market_day == market_day(now),
            )
        )
    )
    return {
        one: Bond(one in named, applied.get(one, 0), one in declined)
        for one in {*named, *applied, *declined}
    }


def _bound_tickets(
    connection: Connection, bonds: Mapping[str, Bond], now: datetime
) -> Iterable[str]:
    if not bonds:
        return ()
    statement = (
        select(ticket.c.id)
        .join_from(visit, ticket, HELD_BY)
        .where(
            visit.c.worker_id.in_(list(bonds)),
            visit.c.market_day == market_day(now),
            visit.c.service == ServiceKind.FIND_WORK.value,
            text(f"ticket.{IN_LINE}"),
        )
    )
    return connection.scalars(statement).all()


def _pick(offer: Offer, now: datetime) -> Any:
    """Return the statement of the tickets with no bond to a post, in the order of `worker_key`."""
    today = market_day(now)
    mask = ticket.c.trades_mask
    hard: list[Any] = [ticket.c.people <= offer.left]
    if not offer.suits_minors:
        hard.append(ticket.c.has_minor.is_(False))
    near = or_(mask.bitwise_and(group_mask(offer.trade_id)) != 0, mask == 0)
    return (
        select(ticket.c.id)
        .where(
            ticket.c.market_day == today,
            ticket.c.service == ServiceKind.FIND_WORK.value,
            text(f"ticket.{IN_LINE}"),
            near,
            *hard,
        )
        .order_by(
            ticket.c.parked_reason.is_not(None),
            mask.bitwise_and(trade_bit(offer.trade_id)) == 0,
            *([ticket.c.skill_rank < offer.skill_asked] if offer.skill_asked else []),
            *_unmet(offer),
            ticket.c.id.not_in(hardship_tickets(today)),
            ticket.c.turn,
            *ARRIVED,
        )
    )


def _unmet(offer: Offer) -> list[ColumnElement[int]]:
    """Return the count of unmet wishes as a column, or nothing where a post meets all."""
    missed: list[Any] = []
    if offer.day_pay_fen is not None:
        wants = ticket.c.pay_wanted_fen
        missed.append(and_(wants.is_not(None), wants > offer.day_pay_fen))
    if offer.transport is Transport.NONE:
        missed.append(ticket.c.needs_ride.is_(True))
    if offer.is_night:
        missed.append(ticket.c.no_nights.is_(True))
    counted = [case((one, 1), else_=0) for one in missed]
    return [sum(counted[1:], start=counted[0])] if counted else []


def _load(
    connection: Connection, ids: set[str], bonds: Mapping[str, Bond], now: datetime
) -> list[Candidate]:
    if not ids:
        return []
    rows = connection.execute(_FACTS, {"ids": list(ids)}).all()
    trades: dict[str, list[str]] = {row.worker_id: [] for row in rows}
    for line in connection.execute(_TRADES, {"ids": list(trades)}):
        trades[line.worker_id].append(line.trade_id)
    poor = hardship_tickets(market_day(now)).where(visit.c.ticket_id.in_(list(ids)))
    hardship = set(connection.scalars(poor))
    return [
        Candidate(
            row,
            seeker_of(row, tuple(trades[row.worker_id]), row.id in hardship),
            bonds.get(row.worker_id, NO_BOND),
        )
        for row in rows
    ]


def seeker_of(row: Any, trades: tuple[str, ...], is_hardship: bool) -> Seeker:
    """Return what the ranking looks at of a ticket's row."""
    return Seeker(
        trades=trades,
        skill=row.skill_rank,
        people=row.people,
        has_minor=row.has_minor,
        pay_wanted_fen=row.pay_wanted_fen,
        needs_ride=row.needs_ride,
        no_nights=row.no_nights,
        is_hardship=is_hardship,
        is_parked=row.parked_reason is not None,
        place=Place(row.turn, row.place_id or row.id, row.place_no, row.id),
    )
