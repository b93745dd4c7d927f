"""Owns the ranked list of a ticket: the open posts that suit it, picked by index, with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, or_, select

from server.db.employer_tables import employer_sanction
from server.db.prepared import Prepared
from server.db.tables import application, named_worker, post, referral
from server.domain.clock import market_day
from server.domain.kinds import ApplicationState, PostState, ReferralState, Transport
from server.domain.ranking import (
    NEIGHBOUR,
    NO_BOND,
    USUAL_DAY_PAY_FEN,
    Bond,
    Offer,
    Seeker,
    fits,
    post_key,
)
from server.domain.trades import trade, trades
from server.services.applications import order_of
from server.services.candidates import offer_of
from server.services.posts import FILLED, HELD, HELD_AT, POSTS, Post, post_of_row


@dataclass(frozen=True)
class Offered:
    """A post in the ranked list of a ticket."""

    post: Post
    offer: Offer
    bond: Bond


@dataclass(frozen=True)
class Asker:
    """Who looks for a post and what is between them and some posts. now: UTC."""

    seeker: Seeker
    bonds: Mapping[str, Bond]
    now: datetime


def offers(connection: Connection, asker: Asker, limit: int) -> tuple[Offered, ...]:
    """Return the open posts that suit somebody, best first, at most `limit`.

    Who named no trade gets the newest. Whole groups are looked at only where the named trades
    have too few posts.
    """
    seeker = asker.seeker
    found = _bound(connection, asker)
    exact, near = _named_and_near(seeker.trades)
    for trade_ids in (exact, near) if seeker.trades else ((),):
        missing = limit + len(asker.bonds) - len(found)
        if missing <= 0 or (seeker.trades and not trade_ids):
            break
        picked = _pick(asker, trade_ids).limit(missing + len(asker.bonds))
        found |= {one.post.id: one for one in _offered(connection, picked, asker)}
    fit = [one for one in found.values() if fits(one.offer, seeker, one.bond)]
    fit.sort(key=lambda one: _key(one, seeker))
    return tuple(fit[:limit])


def _key(one: Offered, seeker: Seeker) -> tuple[object, ...]:
    if seeker.trades:
        return post_key(one.offer, seeker, one.bond)
    return (one.bond.has_declined, -one.offer.published_at.timestamp(), -one.offer.no)


_NAMED = Prepared(
    select(named_worker.c.post_id).where(named_worker.c.worker_id == bindparam("worker_id"))
)
_APPLIED = Prepared(
    select(application.c.post_id, order_of(application).label("order")).where(
        application.c.worker_id == bindparam("worker_id"),
        application.c.state == ApplicationState.MADE.value,
    )
)
_DECLINED = Prepared(
    select(referral.c.post_id).where(
        referral.c.worker_id == bindparam("worker_id"),
        referral.c.market_day == bindparam("today"),
        referral.c.state == ReferralState.DECLINED.value,
    )
)


def bonds_of_worker(connection: Connection, worker_id: str, today: date) -> dict[str, Bond]:
    """Return by post what there is between a worker and it: named, applied, did not agree."""
    values = {"worker_id": worker_id, "today": today}
    named = {row.post_id for row in _NAMED.all(connection, values)}
    applied = {row.post_id: int(row.order) for row in _APPLIED.all(connection, values)}
    declined = {row.post_id for row in _DECLINED.all(connection, values)}
    return {
        one: Bond(one in named, applied.get(one, 0), one in declined)
        for one in {*named, *applied, *declined}
    }


def _open(now: datetime) -> Select[Any]:
    today = market_day(now)
    in_force = select(employer_sanction.c.employer_id).where(
        employer_sanction.c.from_day <= today,
        or_(employer_sanction.c.to_day.is_(None), employer_sanction.c.to_day >= today),
        employer_sanction.c.lifted_at.is_(None),
    )
    return POSTS.where(
        post.c.state == PostState.OPEN.value,
        post.c.valid_until_at > now,
        post.c.employer_id.not_in(in_force),
    )


def _bound(connection: Connection, asker: Asker) -> dict[str, Offered]:
    if not asker.bonds:
        return {}
    statement = _open(asker.now).where(post.c.id.in_(list(asker.bonds)))
    return {one.post.id: one for one in _offered(connection, statement, asker)}


def _offered(connection: Connection, statement: Select[Any], asker: Asker) -> list[Offered]:
    found = []
    for row in connection.execute(statement, {HELD_AT: asker.now}):
        one = post_of_row(row)
        found.append(Offered(one, offer_of(row, one), asker.bonds.get(one.id, NO_BOND)))
    return found


def _named_and_near(named: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    groups = {trade(one).group for one in named}
    near = tuple(t.id for t in trades() if t.group in groups and t.id not in named)
    return tuple(named), near


def _pick(asker: Asker, trade_ids: tuple[str, ...]) -> Select[Any]:
    """Return the statement of the posts of some trades, in the order of `post_key`."""
    seeker = asker.seeker
    statement = _open(asker.now)
    if seeker.has_minor:
        statement = statement.where(post.c.suits_minors.is_(True))
    people = max(seeker.people, 1)
    # Few ask for this many; only of those are the placements counted.
    free = post.c.headcount - FILLED - HELD
    room = and_(post.c.headcount >= people, free >= people)
    statement = statement.where(room) if people > 1 else statement.where(free > 0)
    newest = (post.c.published_at.desc(), post.c.no.desc())
    if not trade_ids:
        return statement.order_by(*newest)
    pay = func.coalesce(post.c.day_pay_fen, USUAL_DAY_PAY_FEN)
    return statement.where(post.c.trade_id.in_(trade_ids)).order_by(
        case(_trade_ranks(seeker.trades, trade_ids), value=post.c.trade_id),
        post.c.skill_asked > seeker.skill,
        *_unmet(seeker),
        pay.desc(),
        post.c.has_lunch.is_(False),
        *newest,
    )


def _trade_ranks(named: Sequence[str], trade_ids: Sequence[str]) -> dict[str, int]:
    first = {trade(one).group: rank for rank, one in reversed(list(enumerate(named)))}
    near = {one: NEIGHBOUR + first[trade(one).group] for one in trade_ids if one not in named}
    return near | {one: rank for rank, one in enumerate(named) if one in trade_ids}


def _unmet(seeker: Seeker) -> list[ColumnElement[int]]:
    """Return the count of unmet wishes as a column, or nothing where somebody has none."""
    missed: list[Any] = []
    if seeker.pay_wanted_fen is not None:
        missed.append(func.coalesce(post.c.day_pay_fen < seeker.pay_wanted_fen, False))
    if seeker.needs_ride:
        missed.append(post.c.transport == Transport.NONE.value)
    if seeker.no_nights:
        missed.append(post.c.is_night.is_(True))
    counted = [case((one, 1), else_=0) for one in missed]
    return [sum(counted[1:], start=counted[0])] if counted else []
