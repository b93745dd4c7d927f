"""Owns how a clerk says which worker is meant: today's number, or who they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from server.db.seal import FieldSeal
from server.db.tables import ticket, visit, worker
from server.domain.citizen_number import parse_citizen_number
from server.domain.errors import (
    CitizenNumberInvalid,
    PhoneInvalid,
    TextMissing,
    TicketUnknown,
    WorkerUnknown,
)
from server.domain.errors.hall import (
    WorkerAmbiguous,
)
from server.domain.phone import clean_phone
from server.domain.tickets import clean_ticket_code
from server.services.tickets import HELD_BY
from server.services.workers import find_by_number, find_by_phone, masked_name_of

_LABEL = re.compile(r"([A-E])0*(\d{1,5})\Z")


@dataclass(frozen=True)
class FoundWorker:
    """A worker as a list at the desk shows them. masked_name: None when only a number is known."""

    id: str
    masked_name: str | None


def worker_named(connection: Connection, seal: FieldSeal, today: date, text: str) -> FoundWorker:
    """Return who is meant by today's number, a ticket's code, a citizen number or a phone.

    A crew's number means its leader. Raises TextMissing, WorkerUnknown, WorkerAmbiguous where
    several share a phone.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not typed:
        raise TextMissing(field="worker")
    row = _by_label(connection, today, typed) or _by_identity(connection, seal, today, typed)
    if row is None:
        row = _by_code(connection, typed)
    if row is None:
        raise WorkerUnknown(field="worker")
    name = seal.open_optional(row.name_sealed, "worker.name")
    return FoundWorker(row.id, masked_name_of(name))


_HOLDERS = (
    select(worker).join_from(ticket, visit, HELD_BY).join(worker, worker.c.id == visit.c.worker_id)
)


def _by_label(connection: Connection, today: date, typed: str) -> Row[Any] | None:
    label = _LABEL.match(typed)
    if label is None:
        return None
    named = (ticket.c.series == label[1]) & (ticket.c.number == int(label[2]))
    return connection.execute(_HOLDERS.where(named, ticket.c.market_day == today)).first()


def _by_code(connection: Connection, typed: str) -> Row[Any] | None:
    try:
        code = clean_ticket_code(typed)
    except TicketUnknown:
        return None
    return connection.execute(_HOLDERS.where(ticket.c.code == code)).first()


def _by_identity(
    connection: Connection, seal: FieldSeal, today: date, typed: str
) -> Row[Any] | None:
    try:
        return find_by_number(connection, seal, parse_citizen_number(typed, today).number)
    except CitizenNumberInvalid:
        pass
    try:
        found = find_by_phone(connection, seal, clean_phone(typed))
    except PhoneInvalid:
        return None
    if len(found) > 1:
        raise WorkerAmbiguous(field="worker")
    return found[0] if found else None
