"""Owns the county's minimum wage by the hour, as it changes from day to day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from server.db.review_tables import minimum_wage
from server.db.tables import staff
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import market_day
from server.domain.errors import PayInvalid, PermissionMissing, WageDayInvalid
from server.domain.kinds import StaffRole
from server.services.open_market import OpenMarket

FARTHEST = timedelta(days=730)
# Below and above these an hour's minimum is a slip of the pen, in fen.
LEAST_FEN, MOST_FEN = 5_00, 200_00


@dataclass(frozen=True)
class Wage:
    """The least an hour may pay from a day on. by: display name, "" for the server's own."""

    from_day: date
    hourly_fen: int
    by: str
    is_in_force: bool


def wages(market: OpenMarket) -> tuple[Wage, ...]:
    """Return the dated minimum wages, the latest first."""
    today = market_day(market.database.now())
    statement = (
        select(minimum_wage, staff.c.display_name)
        .join_from(minimum_wage, staff, staff.c.id == minimum_wage.c.staff_id, isouter=True)
        .order_by(minimum_wage.c.from_day.desc())
    )
    with market.database.read() as connection:
        rows = connection.execute(statement).all()
    newest = next((row.from_day for row in rows if row.from_day <= today), None)
    return tuple(
        Wage(row.from_day, row.hourly_fen, row.display_name or "", row.from_day == newest)
        for row in rows
    )


def set_wage(market: OpenMarket, manager: Actor, from_day: date, fen: int, key: str) -> str:
    """Set what an hour must pay at least from a day on, and return its id.

    Posts on the board stay; a post is checked against the wage of its first day of work. Raises
    WageDayInvalid, PayInvalid, PermissionMissing for anybody but a manager. Records
    minimum_wage.set.
    """
    asked = Asked(key, "set_wage", {"from_day": from_day, "fen": fen})
    with market.database.write(manager) as tx:
        return tx.once(asked, str, lambda: _set(tx, from_day, fen))


def _set(tx: Transaction, from_day: date, fen: int) -> str:
    role = tx.connection.scalar(
        select(staff.c.role).where(staff.c.id == (tx.actor.staff_id or ""), staff.c.is_active)
    )
    if role != StaffRole.MANAGER:
        raise PermissionMissing
    if not tx.market_day <= from_day <= tx.market_day + FARTHEST:
        raise WageDayInvalid
    if not LEAST_FEN <= fen <= MOST_FEN:
        raise PayInvalid(field="hourly_fen")
    return set_wage_in(tx, from_day, fen)


def set_wage_in(tx: Transaction, from_day: date, fen: int) -> str:
    """Set a minimum wage inside another service's transaction. Records minimum_wage.set."""
    own = minimum_wage.c.from_day == from_day
    before = tx.connection.execute(select(minimum_wage).where(own)).first()
    values: dict[str, Any] = {
        "id": tx.new_id() if before is None else before.id,
        "from_day": from_day,
        "hourly_fen": fen,
        "staff_id": tx.actor.staff_id,
        "entity_version": 1 if before is None else before.entity_version + 1,
        "created_at": tx.now,
    }
    if before is None:
        tx.connection.execute(insert(minimum_wage), values)
    else:
        tx.connection.execute(update(minimum_wage).where(own), values)
    subject = f"minimum_wage/{values['id']}"
    tx.record(Event("minimum_wage.set", subject, values["entity_version"], values))
    return str(values["id"])


def follow_market(tx: Transaction, fen: int) -> None:
    """Let a minimum that was set for the whole market hold from today, over dated ones before."""
    if tx.connection.scalar(select(minimum_wage.c.id).limit(1)) is not None:
        set_wage_in(tx, tx.market_day, fen)
