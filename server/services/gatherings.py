"""Owns job fairs and trainings: planned, called off, signed up for within the places, attended."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from server.db.gathering_tables import gathering, gathering_signup, gathering_trade
from server.db.tables import employer, training_wish
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    EmployerSanctioned,
    EmployerUnknown,
)
from server.domain.errors.hall import (
    AlreadySignedUp,
    GatheringCancelled,
    GatheringFull,
    GatheringHeld,
    GatheringNotYet,
    GatheringUnknown,
    SignupAttended,
    SignupUnknown,
    WishUnknown,
)
from server.domain.gatherings import GatheringPlan, check_plan
from server.services.employer_facts import is_sanctioned, kept_employer
from server.services.open_market import OpenMarket
from server.services.worker_finding import worker_named

_SIGNUP = gathering_signup.c


def plan_gathering(market: OpenMarket, clerk: Actor, plan: GatheringPlan, key: str) -> str:
    """Plan a job fair or a training and return its id.

    Raises what `check_plan` raises. Records gathering.planned.
    """
    with market.database.write(clerk) as tx:
        return tx.once(Asked(key, "plan_gathering", asdict(plan)), str, lambda: _plan(tx, plan))


def _plan(tx: Transaction, plan: GatheringPlan) -> str:
    check_plan(plan, tx.market_day)
    trades = tuple(dict.fromkeys(plan.trades))
    values: dict[str, Any] = {
        **asdict(plan),
        "id": tx.new_id(),
        "kind": plan.kind.value,
        "created_by": tx.actor.staff_id,
        "created_at": tx.now,
        "entity_version": 1,
    }
    values.pop("trades")
    tx.connection.execute(insert(gathering), values)
    for trade_id in trades:
        row = {"gathering_id": values["id"], "trade_id": trade_id}
        tx.connection.execute(insert(gathering_trade), row)
    body = {**values, "trades": trades}
    tx.record(Event("gathering.planned", f"gathering/{values['id']}", 1, body))
    return str(values["id"])


def cancel_gathering(market: OpenMarket, clerk: Actor, gathering_id: str, key: str) -> str:
    """Call a gathering off that has not been held; who signed up must be told.

    Raises GatheringUnknown, GatheringCancelled, GatheringHeld where somebody attended. Records
    gathering.cancelled.
    """
    with market.database.write(clerk) as tx:
        asked = Asked(key, "cancel_gathering", {"gathering_id": gathering_id})
        return tx.once(asked, str, lambda: _cancel(tx, gathering_id))


def _cancel(tx: Transaction, gathering_id: str) -> str:
    row = _gathering(tx, gathering_id)
    came = select(_SIGNUP.id).where(
        _SIGNUP.gathering_id == gathering_id, _SIGNUP.attended_at.is_not(None)
    )
    if row.day < tx.market_day or tx.connection.scalar(came.limit(1)) is not None:
        raise GatheringHeld
    values = {**row._mapping, "cancelled_at": tx.now, "entity_version": row.entity_version + 1}
    tx.connection.execute(update(gathering).where(gathering.c.id == gathering_id), values)
    subject = f"gathering/{gathering_id}"
    tx.record(Event("gathering.cancelled", subject, values["entity_version"], values))
    return gathering_id


@dataclass(frozen=True)
class SignUp:
    """Who signs up: exactly one of the three is given.

    worker_text: today's number, a ticket's code, a citizen number or a phone. wish_id: a training
    wish whose worker signs up.
    """

    gathering_id: str
    worker_text: str = field(default="", repr=False)
    employer_id: str = ""
    wish_id: str = ""


def sign_up(market: OpenMarket, clerk: Actor, who: SignUp, key: str) -> str:
    """Sign a worker or an employer up, never more than there are places; return the sign-up's id.

    A worker's training wish stays, so that it still counts. Raises GatheringUnknown,
    GatheringCancelled, GatheringHeld after its day, GatheringFull, AlreadySignedUp, TextMissing,
    WorkerUnknown, WorkerAmbiguous, WishUnknown, EmployerUnknown, EmployerSanctioned. Records
    gathering.signed_up.
    """
    hashed = {"worker_text": market.seal.index(who.worker_text, "request")}
    with market.database.write(clerk) as tx:
        asked = Asked(key, "sign_up", {**asdict(who), **hashed})
        return tx.once(asked, str, lambda: _sign_up(tx, market, who))


def _sign_up(tx: Transaction, market: OpenMarket, who: SignUp) -> str:
    row = _gathering(tx, who.gathering_id)
    if row.day < tx.market_day:
        raise GatheringHeld
    person = _who(tx, market, who)
    column, places = ("employer_id", row.booths) if who.employer_id else ("worker_id", row.capacity)
    mine = (_SIGNUP.gathering_id == row.id) & _SIGNUP.withdrawn_at.is_(None)
    same = select(_SIGNUP.id).where(mine, gathering_signup.c[column] == person)
    if tx.connection.scalar(same) is not None:
        raise AlreadySignedUp
    taken = select(func.count()).where(mine, gathering_signup.c[column].is_not(None))
    if (tx.connection.scalar(taken) or 0) >= places:
        raise GatheringFull(places=places)
    values: dict[str, Any] = {
        "id": tx.new_id(),
        "gathering_id": row.id,
        column: person,
        "signed_by": tx.actor.staff_id,
        "created_at": tx.now,
        "entity_version": 1,
    }
    tx.connection.execute(insert(gathering_signup), values)
    tx.record(Event("gathering.signed_up", f"gathering_signup/{values['id']}", 1, values))
    return str(values["id"])


def _who(tx: Transaction, market: OpenMarket, who: SignUp) -> str:
    if who.wish_id:
        wished = select(training_wish.c.worker_id).where(training_wish.c.id == who.wish_id)
        worker_id = tx.connection.scalar(wished)
        if worker_id is None:
            raise WishUnknown
        return str(worker_id)
    if not who.employer_id:
        return worker_named(tx.connection, market.seal, tx.market_day, who.worker_text).id
    kept = kept_employer(tx.connection, who.employer_id)
    barred = is_sanctioned(employer.c.id, tx.market_day).label("barred")
    found = tx.connection.execute(select(barred).where(employer.c.id == kept)).first()
    if found is None:
        raise EmployerUnknown
    if found.barred:
        raise EmployerSanctioned
    return kept


def sign_off(market: OpenMarket, clerk: Actor, signup_id: str, key: str) -> str:
    """Take a sign-up back; its place is free again.

    Raises SignupUnknown, SignupAttended, GatheringCancelled. Records gathering.signed_off.
    """
    with market.database.write(clerk) as tx:
        asked = Asked(key, "sign_off", {"signup_id": signup_id})
        return tx.once(asked, str, lambda: _sign_off(tx, signup_id))


def _sign_off(tx: Transaction, signup_id: str) -> str:
    row = _signup(tx, signup_id)
    if row.attended_at is not None:
        raise SignupAttended
    return _change(tx, row, {"withdrawn_at": tx.now}, "gathering.signed_off")


def tick_attendance(
    market: OpenMarket, clerk: Actor, gathering_id: str, came: frozenset[str], key: str
) -> int:
    """Say which of the sign-ups of a gathering came, all others did not; return how many came.

    Raises GatheringUnknown, GatheringCancelled, GatheringNotYet before its day, SignupUnknown.
    Records gathering.attended or gathering.not_attended for each that changed.
    """
    content = {"gathering_id": gathering_id, "came": sorted(came)}
    with market.database.write(clerk) as tx:
        asked = Asked(key, "tick_attendance", content)
        tx.once(asked, str, lambda: _tick(tx, gathering_id, came))
    return len(came)


def _tick(tx: Transaction, gathering_id: str, came: frozenset[str]) -> str:
    if _gathering(tx, gathering_id).day > tx.market_day:
        raise GatheringNotYet
    mine = (_SIGNUP.gathering_id == gathering_id) & _SIGNUP.withdrawn_at.is_(None)
    rows = tx.connection.execute(select(gathering_signup).where(mine)).all()
    if not came <= {row.id for row in rows}:
        raise SignupUnknown
    for row in rows:
        if row.id in came and row.attended_at is None:
            _change(tx, row, {"attended_at": tx.now}, "gathering.attended")
        if row.id not in came and row.attended_at is not None:
            _change(tx, row, {"attended_at": None}, "gathering.not_attended")
    return gathering_id


def _change(tx: Transaction, row: Row[Any], changes: dict[str, Any], event_type: str) -> str:
    values = {**row._mapping, **changes, "entity_version": row.entity_version + 1}
    tx.connection.execute(update(gathering_signup).where(_SIGNUP.id == row.id), values)
    subject = f"gathering_signup/{row.id}"
    tx.record(Event(event_type, subject, values["entity_version"], values))
    return str(row.id)


def _gathering(tx: Transaction, gathering_id: str) -> Row[Any]:
    row = tx.connection.execute(select(gathering).where(gathering.c.id == gathering_id)).first()
    if row is None:
        raise GatheringUnknown
    if row.cancelled_at is not None:
        raise GatheringCancelled
    return row


def _signup(tx: Transaction, signup_id: str) -> Row[Any]:
    known = (_SIGNUP.id == signup_id) & _SIGNUP.withdrawn_at.is_(None)
    row = tx.connection.execute(select(gathering_signup).where(known)).first()
    if row is None:
        raise SignupUnknown
    _gathering(tx, row.gathering_id)
    return row
