"""Owns the list of agreements (达成) as the desk sees them: whose, for which post, how fresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from server.db.tables import employer, placement, post, referral, ticket, worker
from server.domain.kinds import PlacementState
from server.domain.tickets import ticket_label
from server.domain.trades import trade
from server.services.open_market import OpenMarket
from server.services.undo import is_fresh
from server.services.workers import masked_name_of


@dataclass(frozen=True)
class Agreed:
    """One person of an agreement. masked_name: None when only the number is known."""

    placement_id: str
    masked_name: str | None


@dataclass(frozen=True)
class Agreement:
    """What one ticket and one post agreed on. is_fresh: its desk may still undo it."""

    ticket_code: str
    label: str
    post_id: str
    title: str
    desk_no: int
    agreed_at: datetime
    is_fresh: bool
    people: tuple[Agreed, ...]


_AGREED = (
    select(placement.c.id, placement.c.created_at, placement.c.post_id, referral.c.desk_no)
    .add_columns(ticket.c.code, ticket.c.series, ticket.c.number)
    .add_columns(post.c.trade_id, employer.c.public_name, worker.c.name_sealed)
    .join_from(placement, referral, referral.c.id == placement.c.referral_id)
    .join(ticket, ticket.c.id == referral.c.ticket_id)
    .join(post, post.c.id == placement.c.post_id)
    .join(employer, employer.c.id == post.c.employer_id)
    .join(worker, worker.c.id == placement.c.worker_id)
    .where(placement.c.state == PlacementState.AGREED.value)
    .order_by(placement.c.created_at.desc(), placement.c.id)
)


def agreements(
    market: OpenMarket, desk_no: int | None = None, limit: int = 200
) -> tuple[Agreement, ...]:
    """Return the agreements that hold, latest first, of one desk or all; `limit` people."""
    statement = _AGREED if desk_no is None else _AGREED.where(referral.c.desk_no == desk_no)
    now = market.database.now()
    found: dict[tuple[str, str], Agreement] = {}
    people: dict[tuple[str, str], list[Agreed]] = {}
    with market.database.read() as connection:
        for row in connection.execute(statement.limit(limit)):
            which = (row.code, row.post_id)
            name = masked_name_of(market.seal.open_optional(row.name_sealed, "worker.name"))
            people.setdefault(which, []).append(Agreed(row.id, name))
            found[which] = Agreement(
                row.code,
                ticket_label(row.series, row.number),
                row.post_id,
                f"{trade(row.trade_id).short_name} · {row.public_name}",
                row.desk_no,
                row.created_at,
                is_fresh(row.created_at, now),
                tuple(people[which]),
            )
    return tuple(found.values())
