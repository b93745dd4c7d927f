"""Owns the ranked list of a post: a few candidates picked by index, then ranked with reasons.

The pick sorts by the keys of `server.domain.ranking.worker_key` over one index of the line, so
that the best of 10,000 are found without loading them; the tests compare it with ranking all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Connection,
    Row,
    and_,
    bindparam,
    case,
    or_,
    select,
    text,
)

from server.db.prepared import Prepared
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
from server.services.hardship_facts import HARDSHIP_TICKETS, hardship_values
from server.services.posts import HELD_AT, POSTS, Post, post_of_row
from server.services.tickets import HELD_BY, PLACE

# At most so many stand at desks: the first who waits is among the first so many.
CALLABLE = 60
# More than anybody wants for a day, for work that is not paid by the day.
NO_LIMIT_FEN = 1_000_000_00


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


_OFFER = Prepared(POSTS.where(post.c.id == bindparam("post_id")))
_HARDSHIP = Prepared(HARDSHIP_TICKETS)
_NAMED = Prepared(
    select(named_worker.c.worker_id).where(named_worker.c.post_id == bindparam("post_id"))
)
_APPLIED = Prepared(
    select(application.c.worker_id, order_of(application).label("order")).where(
        application.c.post_id == bindparam("post_id"),
        application.c.state == ApplicationState.MADE.value,
    )
)
_DECLINED = Prepared(
    select(referral.c.worker_id).where(
        referral.c.post_id == bindparam("post_id"),
        referral.c.state == ReferralState.DECLINED.value,
        referral.c.market_day == bindparam("today"),
    )
)


def offer_in(connection: Connection, post_id: str, now: datetime) -> Offer:
    """Return what the ranking looks at of a post. Raises PostUnknown."""
    row = _OFFER.first(connection, {"post_id": post_id, HELD_AT: now})
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
    ids |= _pick(connection, offer, now, limit + len(ids))
    found = _load(connection, ids, bonds, now)
    fit = [one for one in found if fits(offer, one.seeker, one.bond)]
    fit.sort(key=lambda one: worker_key(offer, one.seeker, one.bond))
    return tuple(fit[:limit])


def first_to_call(connection: Connection, post_id: str, now: datetime) -> str | None:
    """Return the id of the ticket that waits and ranks first for a post, None for nobody.

    Raises PostUnknown.
    """
    ranked = candidates(connection, offer_in(connection, post_id, now), now, CALLABLE)
    waiting = (one.row for one in ranked if not one.seeker.is_parked)
    return next((row.id for row in waiting if row.state == TicketState.WAITING), None)


def bonds_of_post(connection: Connection, post_id: str, now: datetime) -> Mapping[str, Bond]:
    """Return by worker what there is between a post and them: named, applied, did not agree."""
    values = {"post_id": post_id, "today": market_day(now)}
    named = {row.worker_id for row in _NAMED.all(connection, values)}
    applied = {row.worker_id: int(row.order) for row in _APPLIED.all(connection, values)}
    declined = {row.worker_id for row in _DECLINED.all(connection, values)}
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


def _pick(connection: Connection, offer: Offer, now: datetime, limit: int) -> set[str]:
    """Return the ids of the tickets that come first for a post, whatever is between the two.

    Neighbours and who was put aside are looked at only where too few are left of the others.
    """
    today = market_day(now)
    values = {
        "today": today,
        "bit": trade_bit(offer.trade_id),
        "near": group_mask(offer.trade_id),
        "left": offer.left,
        "may_be_young": offer.suits_minors,
        "skill_asked": offer.skill_asked,
        "day_pay_fen": NO_LIMIT_FEN if offer.day_pay_fen is None else offer.day_pay_fen,
        "has_no_ride": offer.transport is Transport.NONE,
        "is_night": offer.is_night,
        "limit": limit,
        **hardship_values(today),
    }
    exact = {row.id for row in _EXACT.all(connection, values)}
    if len(exact) >= limit:
        return exact
    return exact | {row.id for row in _NEAR.all(connection, values)}


def _yes(condition: Any) -> Any:
    return case((condition, 1), else_=0)


_MASK = ticket.c.trades_mask
_SUITABLE = (
    select(ticket.c.id)
    .where(
        ticket.c.market_day == bindparam("today"),
        ticket.c.service == ServiceKind.FIND_WORK.value,
        text(f"ticket.{IN_LINE}"),
        ticket.c.people <= bindparam("left"),
        or_(ticket.c.has_minor.is_(False), bindparam("may_be_young", type_=Boolean).is_(True)),
    )
    .limit(bindparam("limit"))
)
# `worker_key` from the trade on.
_AMONG_THEM = (
    ticket.c.skill_rank < bindparam("skill_asked"),
    _yes(ticket.c.pay_wanted_fen > bindparam("day_pay_fen"))
    + _yes(and_(ticket.c.needs_ride, bindparam("has_no_ride", type_=Boolean)))
    + _yes(and_(ticket.c.no_nights, bindparam("is_night", type_=Boolean))),
    ticket.c.id.not_in(HARDSHIP_TICKETS),
    *PLACE,
)
_EXACT = Prepared(
    _SUITABLE.where(
        _MASK.bitwise_and(bindparam("bit", type_=BigInteger)) != 0,
        ticket.c.parked_reason.is_(None),
    ).order_by(*_AMONG_THEM)
)
_NEAR = Prepared(
    _SUITABLE.where(
        or_(_MASK.bitwise_and(bindparam("near", type_=BigInteger)) != 0, _MASK == 0)
    ).order_by(
        ticket.c.parked_reason.is_not(None),
        _MASK.bitwise_and(bindparam("bit", type_=BigInteger)) == 0,
        *_AMONG_THEM,
    )
)


def _load(
    connection: Connection, ids: set[str], bonds: Mapping[str, Bond], now: datetime
) -> list[Candidate]:
    if not ids:
        return []
    rows = connection.execute(_FACTS, {"ids": list(ids)}).all()
    trades: dict[str, list[str]] = {row.worker_id: [] for row in rows}
    for line in connection.execute(_TRADES, {"ids": list(trades)}):
        trades[line.worker_id].append(line.trade_id)
    hardship = {
        row.ticket_id for row in _HARDSHIP.all(connection, hardship_values(market_day(now)))
    }
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
