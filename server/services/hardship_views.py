"""Owns what the hardship roster shows to whom it may: a list without reasons, an entry, logged."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from server.db.hardship_tables import hardship_entry, hardship_help, hardship_viewer
from server.db.tables import complaint_case, staff, worker
from server.db.unit_of_work import Actor, Event
from server.domain.clock import market_day
from server.domain.errors.hall import (
    HardshipUnknown,
)
from server.domain.hardship import HardshipCategory, HardshipGrade, HelpKind
from server.domain.kinds import CaseKind
from server.services.hardship import CATEGORIES, NOTE, check_viewer, may_see_roster
from server.services.hardship_facts import on_roster
from server.services.open_market import OpenMarket
from server.services.workers import masked_name_of

LISTED, REQUESTS_SHOWN = 500, 50
_ENTRY = hardship_entry.c


@dataclass(frozen=True)
class RosterRow:
    """Somebody on the roster as its list shows them: not why. helped: how often help was given."""

    id: str
    masked_name: str | None
    grade: HardshipGrade
    from_day: date
    to_day: date | None
    is_in_force: bool
    helped: int
    last_help_day: date | None


@dataclass(frozen=True)
class HelpRequest:
    """An open request for help (kiosk or desk) of somebody who is not on the roster."""

    case_no: str
    masked_name: str | None
    asked_day: date


@dataclass(frozen=True)
class Roster:
    """The roster. rows: who has not been taken off, the most urgent first."""

    rows: tuple[RosterRow, ...]
    requests: tuple[HelpRequest, ...]
    viewer_ids: frozenset[str]


_HELPS = (
    select(
        hardship_help.c.entry_id,
        func.count().label("helped"),
        func.max(hardship_help.c.day).label("last_day"),
    )
    .group_by(hardship_help.c.entry_id)
    .subquery()
)


def may_look_at_roster(market: OpenMarket, viewer: Actor) -> bool:
    """Tell whether somebody may see the roster."""
    with market.database.read() as connection:
        return may_see_roster(connection, viewer.staff_id or "")


def roster(market: OpenMarket, viewer: Actor) -> Roster:
    """Return the roster for somebody who may see it. Raises PermissionMissing."""
    today = market_day(market.database.now())
    rows = (
        select(hardship_entry, worker.c.name_sealed, _HELPS.c.helped, _HELPS.c.last_day)
        .join(worker, worker.c.id == _ENTRY.worker_id)
        .join(_HELPS, _HELPS.c.entry_id == _ENTRY.id, isouter=True)
        .where(_ENTRY.ended_at.is_(None))
        .order_by(_ENTRY.grade, _ENTRY.from_day, _ENTRY.id)
        .limit(LISTED)
    )
    asked = (
        select(complaint_case.c.no, complaint_case.c.market_day, worker.c.name_sealed)
        .join(worker, worker.c.id == complaint_case.c.worker_id)
        .where(
            complaint_case.c.kind == CaseKind.HARDSHIP.value,
            complaint_case.c.closed_at.is_(None),
            ~on_roster(complaint_case.c.worker_id, today),
        )
        .order_by(complaint_case.c.id)
        .limit(REQUESTS_SHOWN)
    )
    with market.database.read() as connection:
        check_viewer(connection, viewer)
        return Roster(
            tuple(_row(market, row, today) for row in connection.execute(rows)),
            tuple(
                HelpRequest(row.no, _masked(market, row.name_sealed), row.market_day)
                for row in connection.execute(asked)
            ),
            frozenset(connection.scalars(select(hardship_viewer.c.staff_id))),
        )


def _masked(market: OpenMarket, sealed: str | None) -> str | None:
    return masked_name_of(market.seal.open_optional(sealed, "worker.name"))


def _row(market: OpenMarket, row: Row[Any], today: date) -> RosterRow:
    is_over = row.to_day is not None and row.to_day < today
    return RosterRow(
        row.id,
        _masked(market, row.name_sealed),
        HardshipGrade(row.grade),
        row.from_day,
        row.to_day,
        row.from_day <= today and not is_over,
        row.helped or 0,
        row.last_day,
    )


@dataclass(frozen=True)
class HelpRow:
    """Help that was given. note: "" for nothing more said."""

    kind: HelpKind
    day: date
    given_by: str
    note: str = field(repr=False)


@dataclass(frozen=True)
class RosterEntry:
    """An entry with everything. name: "" when only a number is known; phone: "" for none."""

    row: RosterRow
    name: str = field(repr=False)
    phone: str = field(repr=False)
    categories: tuple[HardshipCategory, ...] = field(repr=False)
    note: str = field(repr=False)
    case_no: str
    entered_by: str
    is_over: bool
    helps: tuple[HelpRow, ...]


_ENTRIES = (
    select(hardship_entry, worker.c.name_sealed, worker.c.phone_sealed, staff.c.display_name)
    .add_columns(complaint_case.c.no, _HELPS.c.helped, _HELPS.c.last_day)
    .join(worker, worker.c.id == _ENTRY.worker_id)
    .join(staff, staff.c.id == _ENTRY.entered_by)
    .join(complaint_case, complaint_case.c.id == _ENTRY.case_id, isouter=True)
    .join(_HELPS, _HELPS.c.entry_id == _ENTRY.id, isouter=True)
)
_GIVEN = (
    select(hardship_help, staff.c.display_name)
    .join(staff, staff.c.id == hardship_help.c.given_by)
    .order_by(hardship_help.c.id.desc())
)


def view_entry(market: OpenMarket, viewer: Actor, entry_id: str) -> RosterEntry:
    """Return an entry with why and whom to call, and note that it was seen, by whom.

    Raises PermissionMissing, HardshipUnknown. Records hardship.viewed, which names nobody.
    """
    with market.database.write(viewer) as tx:
        check_viewer(tx.connection, viewer)
        row = tx.connection.execute(_ENTRIES.where(_ENTRY.id == entry_id)).first()
        if row is None:
            raise HardshipUnknown
        subject, body = f"hardship_entry/{entry_id}", {"id": entry_id}
        tx.record(Event("hardship.viewed", subject, row.entity_version, body))
        given = tx.connection.execute(_GIVEN.where(hardship_help.c.entry_id == entry_id)).all()
        return _entry(market, row, tuple(_help(market, one) for one in given), tx.market_day)


def _entry(
    market: OpenMarket, row: Row[Any], helps: tuple[HelpRow, ...], today: date
) -> RosterEntry:
    chosen = json.loads(market.seal.open(row.categories_sealed, CATEGORIES))
    return RosterEntry(
        _row(market, row, today),
        market.seal.open_optional(row.name_sealed, "worker.name") or "",
        market.seal.open_optional(row.phone_sealed, "worker.phone") or "",
        tuple(one for one in HardshipCategory if one.value in chosen),
        market.seal.open_optional(row.note_sealed, NOTE) or "",
        row.no or "",
        row.display_name,
        row.ended_at is not None,
        helps,
    )


def _help(market: OpenMarket, row: Row[Any]) -> HelpRow:
    note = market.seal.open_optional(row.note_sealed, NOTE) or ""
    return HelpRow(HelpKind(row.kind), row.day, row.display_name, note)
