"""Owns sanctions: who may not publish, why, from when until when, and who lifted it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from server.db.employer_tables import employer_sanction
from server.db.seal import FieldSeal
from server.db.tables import employer, post, staff
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import market_day
from server.domain.employer_kinds import SanctionReason, SanctionState
from server.domain.errors import (
    EmployerUnknown,
    SanctionDaysInvalid,
    SanctionOver,
    SanctionUnknown,
    TextMissing,
    TextTooLong,
)
from server.domain.kinds import PostState
from server.services.employer_facts import is_sanctioned, kept_employer
from server.services.open_market import OpenMarket
from server.services.posts import move_post

MAX_TEXT = 400
MAX_OTHER = 60
FARTHEST = timedelta(days=3660)
OTHER, EVIDENCE, LIFT = "sanction.other", "sanction.evidence", "sanction.lift"


@dataclass(frozen=True)
class NewSanction:
    """A sanction at the desk. Both days belong to it; to_day: None until it is lifted.

    evidence_text: what it rests on. other_text: the reason in words where it is OTHER.
    """

    employer_id: str
    reason: SanctionReason
    from_day: date
    to_day: date | None
    evidence_text: str = field(repr=False)
    other_text: str = field(default="", repr=False)


@dataclass(frozen=True)
class Sanction:
    """A sanction as the desk sees it. set_by, lifted_by: display names, "" for the server's own."""

    id: str
    reason: SanctionReason
    other_text: str = field(repr=False)
    evidence_text: str = field(repr=False)
    from_day: date
    to_day: date | None
    state: SanctionState
    set_by: str
    set_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lift_reason: str = field(repr=False)


def set_sanction(market: OpenMarket, member: Actor, new: NewSanction, key: str) -> Sanction:
    """Bar an employer from publishing; if the sanction begins today, its open posts pause at once.

    Raises EmployerUnknown, SanctionDaysInvalid, TextMissing, TextTooLong. Records
    employer.sanctioned, and post.paused for each post that left the board.
    """
    hashed = {
        name: market.seal.index(text, "request")
        for name, text in (("evidence_text", new.evidence_text), ("other_text", new.other_text))
    }
    asked = Asked(key, "set_sanction", {**asdict(new), **hashed})
    with market.database.write(member) as tx:
        made = tx.once(asked, str, lambda: _set(tx, market.seal, new))
        return _one(tx, market.seal, made)


def _set(tx: Transaction, seal: FieldSeal, new: NewSanction) -> str:
    _check_days(new.from_day, new.to_day, tx.market_day)
    evidence = _text(new.evidence_text, "evidence_text", MAX_TEXT)
    is_other = new.reason is SanctionReason.OTHER
    other = _text(new.other_text, "other_text", MAX_OTHER) if is_other else None
    employer_id = kept_employer(tx.connection, new.employer_id)
    if tx.connection.scalar(select(employer.c.id).where(employer.c.id == employer_id)) is None:
        raise EmployerUnknown
    row = {
        "id": tx.new_id(),
        "employer_id": employer_id,
        "reason": new.reason.value,
        "other_sealed": None if other is None else seal.seal(other, OTHER),
        "evidence_sealed": seal.seal(evidence, EVIDENCE),
        "from_day": new.from_day,
        "to_day": new.to_day,
        "set_by": tx.actor.staff_id,
        "entity_version": 1,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(employer_sanction), row)
    tx.record(Event("employer.sanctioned", f"sanction/{row['id']}", 1, row))
    pause_posts(tx, employer_id)
    return str(row["id"])


def _check_days(from_day: date, to_day: date | None, today: date) -> None:
    too_far = abs(from_day - today) > FARTHEST
    if too_far or (to_day is not None and (to_day < max(from_day, today))):
        raise SanctionDaysInvalid


def _text(text: str, name: str, limit: int) -> str:
    cleaned = " ".join(text.split())
    if not cleaned:
        raise TextMissing(field=name)
    if len(cleaned) > limit:
        raise TextTooLong(field=name, limit=limit)
    return cleaned


def lift_sanction(
    market: OpenMarket, manager: Actor, sanction_id: str, reason: str, key: str
) -> Sanction:
    """Lift a sanction before its days are over. Paused posts wait to be published by hand.

    Raises SanctionUnknown, SanctionOver, TextMissing, TextTooLong. Records
    employer.sanction_lifted.
    """
    content = {"sanction_id": sanction_id, "reason": market.seal.index(reason, "request")}
    with market.database.write(manager) as tx:
        asked = Asked(key, "lift_sanction", content)
        lifted = tx.once(asked, str, lambda: _lift(tx, market.seal, sanction_id, reason))
        return _one(tx, market.seal, lifted)


def _lift(tx: Transaction, seal: FieldSeal, sanction_id: str, reason: str) -> str:
    row = _row(tx, sanction_id)
    if _state(row, tx.market_day) in {SanctionState.LIFTED, SanctionState.OVER}:
        raise SanctionOver
    changes = {
        "lifted_at": tx.now,
        "lifted_by": tx.actor.staff_id,
        "lift_reason_sealed": seal.seal(_text(reason, "lift_reason", MAX_TEXT), LIFT),
    }
    change_sanction(tx, sanction_id, changes, "employer.sanction_lifted")
    return sanction_id


def change_sanction(
    tx: Transaction, sanction_id: str, changes: dict[str, Any], event_type: str
) -> None:
    """Change columns of a sanction. Raises SanctionUnknown. Records `event_type`."""
    version = _row(tx, sanction_id).entity_version + 1
    tx.connection.execute(
        update(employer_sanction).where(employer_sanction.c.id == sanction_id),
        {**changes, "entity_version": version},
    )
    body = dict(_row(tx, sanction_id)._mapping)
    tx.record(Event(event_type, f"sanction/{sanction_id}", version, body))


def _row(tx: Transaction, sanction_id: str) -> Row[Any]:
    found = select(employer_sanction).where(employer_sanction.c.id == sanction_id)
    row = tx.connection.execute(found).first()
    if row is None:
        raise SanctionUnknown
    return row


def pause_posts(tx: Transaction, employer_id: str) -> tuple[str, ...]:
    """Take an employer's open posts off the board if a sanction is in force; return their ids.

    Who has applied keeps the place in the order. Records post.paused for each.
    """
    return _pause(tx, post.c.employer_id == employer_id)


def _pause(tx: Transaction, *more: Any) -> tuple[str, ...]:
    statement = select(post.c.id).where(
        post.c.state == PostState.OPEN.value,
        is_sanctioned(post.c.employer_id, tx.market_day),
        *more,
    )
    ids = tuple(tx.connection.scalars(statement.order_by(post.c.id)).all())
    for post_id in ids:
        move_post(tx, post_id, {"state": PostState.PAUSED.value}, "post.paused")
    return ids


def pause_posts_of_sanctioned(market: OpenMarket) -> int:
    """Pause the open posts of every employer whose sanction began by itself; return how many.

    Records post.paused for each.
    """
    today = market_day(market.database.now())
    wanted = select(post.c.id).where(
        post.c.state == PostState.OPEN.value, is_sanctioned(post.c.employer_id, today)
    )
    with market.database.read() as connection:
        if connection.scalar(wanted.limit(1)) is None:
            return 0
    with market.database.write(Actor("server")) as tx:
        return len(_pause(tx))


_SETTER, _LIFTER = staff.alias("setter"), staff.alias("lifter")
_SANCTIONS = (
    select(
        employer_sanction,
        _SETTER.c.display_name.label("setter"),
        _LIFTER.c.display_name.label("lifter"),
    )
    .join(_SETTER, _SETTER.c.id == employer_sanction.c.set_by, isouter=True)
    .join(_LIFTER, _LIFTER.c.id == employer_sanction.c.lifted_by, isouter=True)
)


def _one(tx: Transaction, seal: FieldSeal, sanction_id: str) -> Sanction:
    found = _SANCTIONS.where(employer_sanction.c.id == sanction_id)
    return _sanction(seal, tx.connection.execute(found).one(), tx.market_day)


def sanctions_of(market: OpenMarket, employer_id: str) -> tuple[Sanction, ...]:
    """Return every sanction of an employer, the one set last first."""
    today = market_day(market.database.now())
    with market.database.read() as connection:
        kept_id = kept_employer(connection, employer_id)
        found = _SANCTIONS.where(employer_sanction.c.employer_id == kept_id)
        rows = connection.execute(found.order_by(employer_sanction.c.id.desc()))
        return tuple(_sanction(market.seal, row, today) for row in rows)


def sanctioned_posts(market: OpenMarket, post_ids: tuple[str, ...]) -> frozenset[str]:
    """Return those of some posts whose employer may not publish today."""
    today = market_day(market.database.now())
    wanted = select(post.c.id).where(
        post.c.id.in_(post_ids), is_sanctioned(post.c.employer_id, today)
    )
    with market.database.read() as connection:
        return frozenset(connection.scalars(wanted))


def _state(row: Row[Any], today: date) -> SanctionState:
    if row.lifted_at is not None:
        return SanctionState.LIFTED
    if row.from_day > today:
        return SanctionState.COMING
    if row.to_day is not None and row.to_day < today:
        return SanctionState.OVER
    return SanctionState.IN_FORCE


def _sanction(seal: FieldSeal, row: Row[Any], today: date) -> Sanction:
    return Sanction(
        row.id,
        SanctionReason(row.reason),
        "" if row.other_sealed is None else seal.open(row.other_sealed, OTHER),
        seal.open(row.evidence_sealed, EVIDENCE),
        row.from_day,
        row.to_day,
        _state(row, today),
        row.setter or "",
        row.created_at,
        row.lifter or "",
        row.lifted_at,
        "" if row.lift_reason_sealed is None else seal.open(row.lift_reason_sealed, LIFT),
    )
