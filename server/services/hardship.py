"""Owns the hardship roster's writes: entered, regraded, helped, ended, and who may look at it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from server.db.hardship_tables import hardship_entry, hardship_help, hardship_viewer
from server.db.seal import FieldSeal
from server.db.tables import complaint_case, staff
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    CaseUnknown,
    PermissionMissing,
    StaffUnknown,
    TextTooLong,
)
from server.domain.errors.hall import (
    HardshipCategoryMissing,
    HardshipDaysInvalid,
    HardshipEntered,
    HardshipOver,
    HardshipUnknown,
)
from server.domain.hardship import NOTE_LIMIT, HardshipCategory, HardshipGrade, HelpKind
from server.domain.kinds import CaseKind, StaffRole
from server.services.hardship_facts import is_hardship
from server.services.open_market import OpenMarket
from server.services.worker_finding import worker_named

CATEGORIES, NOTE = "hardship.categories", "hardship.note"


def may_see_roster(connection: Connection, staff_id: str) -> bool:
    """Tell whether somebody may see the roster: a manager, or a clerk whom a manager named."""
    active = (staff.c.id == staff_id) & staff.c.is_active
    role = connection.scalar(select(staff.c.role).where(active))
    if role is None or role == StaffRole.MANAGER:
        return role is not None
    named = select(hardship_viewer.c.staff_id).where(hardship_viewer.c.staff_id == staff_id)
    return connection.scalar(named) is not None


def check_viewer(connection: Connection, actor: Actor) -> None:
    """Refuse anybody who may not see the roster. Raises PermissionMissing."""
    if not may_see_roster(connection, actor.staff_id or ""):
        raise PermissionMissing


@dataclass(frozen=True)
class NewEntry:
    """Who comes onto the roster and why. case_no: the request for help, in place of worker_text.

    to_day: None until somebody ends it. Both days belong to it.
    """

    worker_text: str = field(repr=False)
    case_no: str
    categories: tuple[HardshipCategory, ...] = field(repr=False)
    grade: HardshipGrade
    from_day: date
    to_day: date | None
    note: str = field(default="", repr=False)


def enter(market: OpenMarket, clerk: Actor, new: NewEntry, key: str) -> str:
    """Put a worker on the roster and return the entry's id.

    Raises PermissionMissing, HardshipCategoryMissing, HardshipDaysInvalid, TextTooLong,
    TextMissing, WorkerUnknown, WorkerAmbiguous, CaseUnknown, HardshipEntered. Records
    hardship.entered.
    """
    hashed = {
        "worker_text": market.seal.index(new.worker_text, "request"),
        "categories": market.seal.index(",".join(sorted(new.categories)), "request"),
        "note": market.seal.index(new.note, "request"),
    }
    with market.database.write(clerk) as tx:
        check_viewer(tx.connection, clerk)
        asked = Asked(key, "enter_hardship", {**asdict(new), **hashed})
        return tx.once(asked, str, lambda: _enter(tx, market, new))


def _enter(tx: Transaction, market: OpenMarket, new: NewEntry) -> str:
    if not new.categories:
        raise HardshipCategoryMissing(field="categories")
    if new.to_day is not None and new.to_day < max(new.from_day, tx.market_day):
        raise HardshipDaysInvalid(field="to_day")
    worker_id, case_id = _who(tx, market, new)
    first = max(new.from_day, tx.market_day)
    if is_hardship(tx.connection, worker_id, first) or _is_to_come(tx, worker_id):
        raise HardshipEntered(field="worker")
    chosen = json.dumps(sorted(set(new.categories)))
    values: dict[str, Any] = {
        "id": tx.new_id(),
        "worker_id": worker_id,
        "categories_sealed": market.seal.seal(chosen, CATEGORIES),
        "grade": new.grade.value,
        "note_sealed": _sealed(market.seal, new.note),
        "from_day": new.from_day,
        "to_day": new.to_day,
        "case_id": case_id,
        "entered_by": tx.actor.staff_id,
        "created_at": tx.now,
        "entity_version": 1,
    }
    tx.connection.execute(insert(hardship_entry), values)
    tx.record(Event("hardship.entered", f"hardship_entry/{values['id']}", 1, values))
    return str(values["id"])


def _is_to_come(tx: Transaction, worker_id: str) -> bool:
    coming = (hardship_entry.c.worker_id == worker_id) & hardship_entry.c.ended_at.is_(None)
    later = select(hardship_entry.c.id).where(coming, hardship_entry.c.from_day > tx.market_day)
    return tx.connection.scalar(later.limit(1)) is not None


def _who(tx: Transaction, market: OpenMarket, new: NewEntry) -> tuple[str, str | None]:
    if not new.case_no:
        found = worker_named(tx.connection, market.seal, tx.market_day, new.worker_text)
        return found.id, None
    known = (complaint_case.c.no == new.case_no) & (complaint_case.c.kind == CaseKind.HARDSHIP)
    row = tx.connection.execute(select(complaint_case).where(known)).first()
    if row is None:
        raise CaseUnknown
    return row.worker_id, row.id


def _sealed(seal: FieldSeal, note: str) -> str | None:
    clean = note.strip()
    if len(clean) > NOTE_LIMIT:
        raise TextTooLong(field="note", limit=NOTE_LIMIT)
    return seal.seal(clean, NOTE) if clean else None


def regrade(market: OpenMarket, clerk: Actor, entry_id: str, grade: HardshipGrade, key: str) -> str:
    """Give an entry another grade. Raises PermissionMissing, HardshipUnknown, HardshipOver.

    Records hardship.regraded.
    """
    content = {"entry_id": entry_id, "grade": grade.value}
    with market.database.write(clerk) as tx:
        check_viewer(tx.connection, clerk)
        asked = Asked(key, "regrade_hardship", content)
        changes = {"grade": grade.value}
        return tx.once(asked, str, lambda: _change(tx, entry_id, changes, "hardship.regraded"))


def end_entry(market: OpenMarket, clerk: Actor, entry_id: str, key: str) -> str:
    """Take somebody off the roster. Raises PermissionMissing, HardshipUnknown, HardshipOver.

    Records hardship.ended.
    """
    with market.database.write(clerk) as tx:
        check_viewer(tx.connection, clerk)
        asked = Asked(key, "end_hardship", {"entry_id": entry_id})
        changes = {"ended_at": tx.now}
        return tx.once(asked, str, lambda: _change(tx, entry_id, changes, "hardship.ended"))


def _change(tx: Transaction, entry_id: str, changes: Mapping[str, Any], event_type: str) -> str:
    row = _open_entry(tx, entry_id)
    values = {**row._mapping, **changes, "entity_version": row.entity_version + 1}
    tx.connection.execute(update(hardship_entry).where(hardship_entry.c.id == entry_id), values)
    subject = f"hardship_entry/{entry_id}"
    tx.record(Event(event_type, subject, values["entity_version"], values))
    return entry_id


def _open_entry(tx: Transaction, entry_id: str) -> Row[Any]:
    known = select(hardship_entry).where(hardship_entry.c.id == entry_id)
    row = tx.connection.execute(known).first()
    if row is None:
        raise HardshipUnknown
    if row.ended_at is not None:
        raise HardshipOver
    return row


@dataclass(frozen=True)
class Help:
    """Help that was given today. note: "" for nothing more to say."""

    entry_id: str
    kind: HelpKind
    note: str = field(default="", repr=False)


def give_help(market: OpenMarket, clerk: Actor, given: Help, key: str) -> str:
    """Note what help somebody on the roster got today, and return its id.

    Raises PermissionMissing, HardshipUnknown, HardshipOver, TextTooLong. Records hardship.helped.
    """
    content = {**asdict(given), "note": market.seal.index(given.note, "request")}
    with market.database.write(clerk) as tx:
        check_viewer(tx.connection, clerk)
        asked = Asked(key, "give_hardship_help", content)
        return tx.once(asked, str, lambda: _help(tx, market.seal, given))


def _help(tx: Transaction, seal: FieldSeal, given: Help) -> str:
    _open_entry(tx, given.entry_id)
    values = {
        "id": tx.new_id(),
        "entry_id": given.entry_id,
        "kind": given.kind.value,
        "day": tx.market_day,
        "note_sealed": _sealed(seal, given.note),
        "given_by": tx.actor.staff_id,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(hardship_help), values)
    tx.record(Event("hardship.helped", f"hardship_help/{values['id']}", 1, values))
    return str(values["id"])


def name_viewers(market: OpenMarket, manager: Actor, staff_ids: frozenset[str], key: str) -> int:
    """Say which clerks may see the roster, nobody else; return how many.

    Raises PermissionMissing for anybody but a manager, StaffUnknown. Records
    hardship.viewers_named.
    """
    with market.database.write(manager) as tx:
        asked = Asked(key, "name_hardship_viewers", {"staff_ids": sorted(staff_ids)})
        tx.once(asked, str, lambda: _name(tx, staff_ids))
    return len(staff_ids)


def _name(tx: Transaction, staff_ids: frozenset[str]) -> str:
    found = tx.connection.execute(select(staff.c.id, staff.c.role).where(staff.c.is_active))
    active = {row.id: row.role for row in found}
    if active.get(tx.actor.staff_id or "") != StaffRole.MANAGER:
        raise PermissionMissing
    if not staff_ids <= active.keys():
        raise StaffUnknown
    tx.connection.execute(delete(hardship_viewer))
    for staff_id in sorted(staff_ids):
        values = {"staff_id": staff_id, "named_by": tx.actor.staff_id, "created_at": tx.now}
        tx.connection.execute(insert(hardship_viewer), values)
    body = {"staff_ids": sorted(staff_ids)}
    event_id = tx.new_id()
    tx.record(Event("hardship.viewers_named", f"hardship_viewers/{event_id}", 1, body))
    return event_id
