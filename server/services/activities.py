"""Owns job fairs and trainings: planned, called off, signed up for within the places, attended."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from server.db.activity_tables import activity, activity_signup, activity_trade
from server.db.tables import employer, training_wish
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.activities import ActivityPlan, check_plan
from server.domain.errors import (
    EmployerSanctioned,
    EmployerUnknown,
)
from server.domain.errors.hall import (
    ActivityCancelled,
    ActivityFull,
    ActivityHeld,
    ActivityNotYet,
    ActivityUnknown,
    AlreadySignedUp,
    SignupAttended,
    SignupUnknown,
    WishUnknown,
)
from server.services.employer_facts import is_sanctioned, kept_employer
from server.services.open_market import OpenMarket
from server.services.worker_finding import worker_named

_SIGNUP = activity_signup.c


def plan_activity(market: OpenMarket, clerk: Actor, plan: ActivityPlan, key: str) -> str:
    """Plan a job fair or a training and return its id.

    Raises what `check_plan` raises. Records activity.planned.
    """
    with market.database.write(clerk) as tx:
        return tx.once(Asked(key, "plan_activity", asdict(plan)), str, lambda: _plan(tx, plan))


def _plan(tx: Transaction, plan: ActivityPlan) -> str:
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
    tx.connection.execute(insert(activity), values)
    for trade_id in trades:
        row = {"activity_id": values["id"], "trade_id": trade_id}
        tx.connection.execute(insert(activity_trade), row)
    body = {**values, "trades": trades}
    tx.record(Event("activity.planned", f"activity/{values['id']}", 1, body))
    return str(values["id"])


def cancel_activity(market: OpenMarket, clerk: Actor, activity_id: str, key: str) -> str:
    """Call an activity off that has not been held; who signed up must be told.

    Raises ActivityUnknown, ActivityCancelled, ActivityHeld where somebody attended. Records
    activity.cancelled.
    """
    with market.database.write(clerk) as tx:
        asked = Asked(key, "cancel_activity", {"activity_id": activity_id})
        return tx.once(asked, str, lambda: _cancel(tx, activity_id))


def _cancel(tx: Transaction, activity_id: str) -> str:
    row = _activity(tx, activity_id)
    came = select(_SIGNUP.id).where(
        _SIGNUP.activity_id == activity_id, _SIGNUP.attended_at.is_not(None)
    )
    if row.day < tx.market_day or tx.connection.scalar(came.limit(1)) is not None:
        raise ActivityHeld
    values = {**row._mapping, "cancelled_at": tx.now, "entity_version": row.entity_version + 1}
    tx.connection.execute(update(activity).where(activity.c.id == activity_id), values)
    subject = f"activity/{activity_id}"
    tx.record(Event("activity.cancelled", subject, values["entity_version"], values))
    return activity_id


@dataclass(frozen=True)
class SignUp:
    """Who signs up: exactly one of the three is given.

    worker_text: today's number, a ticket's code, a citizen number or a phone. wish_id: a training
    wish whose worker signs up.
    """

    activity_id: str
    worker_text: str = field(default="", repr=False)
    employer_id: str = ""
    wish_id: str = ""


def sign_up(market: OpenMarket, clerk: Actor, who: SignUp, key: str) -> str:
    """Sign a worker or an employer up, never more than there are places; return the sign-up's id.

    A worker's training wish stays, so that it still counts. Raises ActivityUnknown,
    ActivityCancelled, ActivityHeld after its day, ActivityFull, AlreadySignedUp, TextMissing,
    WorkerUnknown, WorkerAmbiguous, WishUnknown, EmployerUnknown, EmployerSanctioned. Records
    activity.signed_up.
    """
    hashed = {"worker_text": market.seal.index(who.worker_text, "request")}
    with market.database.write(clerk) as tx:
        asked = Asked(key, "sign_up", {**asdict(who), **hashed})
        return tx.once(asked, str, lambda: _sign_up(tx, market, who))


def _sign_up(tx: Transaction, market: OpenMarket, who: SignUp) -> str:
    row = _activity(tx, who.activity_id)
    if row.day < tx.market_day:
        raise ActivityHeld
    person = _who(tx, market, who)
    column, places = ("employer_id", row.booths) if who.employer_id else ("worker_id", row.capacity)
    mine = (_SIGNUP.activity_id == row.id) & _SIGNUP.withdrawn_at.is_(None)
    same = select(_SIGNUP.id).where(mine, activity_signup.c[column] == person)
    if tx.connection.scalar(same) is not None:
        raise AlreadySignedUp
    taken = select(func.count()).where(mine, activity_signup.c[column].is_not(None))
    if (tx.connection.scalar(taken) or 0) >= places:
        raise ActivityFull(places=places)
    values: dict[str, Any] = {
        "id": tx.new_id(),
        "activity_id": row.id,
        column: person,
        "signed_by": tx.actor.staff_id,
        "created_at": tx.now,
        "entity_version": 1,
    }
    tx.connection.execute(insert(activity_signup), values)
    tx.record(Event("activity.signed_up", f"activity_signup/{values['id']}", 1, values))
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

    Raises SignupUnknown, SignupAttended, ActivityCancelled. Records activity.signed_off.
    """
    with market.database.write(clerk) as tx:
        asked = Asked(key, "sign_off", {"signup_id": signup_id})
        return tx.once(asked, str, lambda: _sign_off(tx, signup_id))


def _sign_off(tx: Transaction, signup_id: str) -> str:
    row = _signup(tx, signup_id)
    if row.attended_at is not None:
        raise SignupAttended
    return _change(tx, row, {"withdrawn_at": tx.now}, "activity.signed_off")


def tick_attendance(
    market: OpenMarket, clerk: Actor, activity_id: str, came: frozenset[str], key: str
) -> int:
    """Say which of the sign-ups of an activity came, all others did not; return how many came.

    Raises ActivityUnknown, ActivityCancelled, ActivityNotYet before its day, SignupUnknown.
    Records activity.attended or activity.not_attended for each that changed.
    """
    content = {"activity_id": activity_id, "came": sorted(came)}
    with market.database.write(clerk) as tx:
        asked = Asked(key, "tick_attendance", content)
        tx.once(asked, str, lambda: _tick(tx, activity_id, came))
    return len(came)


def _tick(tx: Transaction, activity_id: str, came: frozenset[str]) -> str:
    if _activity(tx, activity_id).day > tx.market_day:
        raise ActivityNotYet
    mine = (_SIGNUP.activity_id == activity_id) & _SIGNUP.withdrawn_at.is_(None)
    rows = tx.connection.execute(select(activity_signup).where(mine)).all()
    if not came <= {row.id for row in rows}:
        raise SignupUnknown
    for row in rows:
        if row.id in came and row.attended_at is None:
            _change(tx, row, {"attended_at": tx.now}, "activity.attended")
        if row.id not in came and row.attended_at is not None:
            _change(tx, row, {"attended_at": None}, "activity.not_attended")
    return activity_id


def _change(tx: Transaction, row: Row[Any], changes: dict[str, Any], event_type: str) -> str:
    values = {**row._mapping, **changes, "entity_version": row.entity_version + 1}
    tx.connection.execute(update(activity_signup).where(_SIGNUP.id == row.id), values)
    subject = f"activity_signup/{row.id}"
    tx.record(Event(event_type, subject, values["entity_version"], values))
    return str(row.id)


def _activity(tx: Transaction, activity_id: str) -> Row[Any]:
    row = tx.connection.execute(select(activity).where(activity.c.id == activity_id)).first()
    if row is None:
        raise ActivityUnknown
    if row.cancelled_at is not None:
        raise ActivityCancelled
    return row


def _signup(tx: Transaction, signup_id: str) -> Row[Any]:
    known = (_SIGNUP.id == signup_id) & _SIGNUP.withdrawn_at.is_(None)
    row = tx.connection.execute(select(activity_signup).where(known)).first()
    if row is None:
        raise SignupUnknown
    _activity(tx, row.activity_id)
    return row
