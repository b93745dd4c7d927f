"""Owns numbers that a desk does not finish: put aside for a while, or passed on with a note."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import insert, select

from server.db.seal import FieldSeal
from server.db.tables import desk, ticket_note
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.desk_reasons import ParkReason
from server.domain.errors import (
    DeskUnknown,
    ServiceUnknown,
    TextTooLong,
    TicketStateForbids,
)
from server.domain.kinds import ServiceKind, TicketState
from server.services.open_market import OpenMarket
from server.services.ticket_rows import (
    CallAnswer,
    change_ticket,
    check_own,
    is_at_desk,
    ticket_row,
)
from server.services.turns import line_in

MAX_NOTE = 100
NOTE = "ticket.note"


@dataclass(frozen=True)
class Parking:
    """A desk puts its number aside."""

    ticket_code: str
    desk_no: int
    reason: ParkReason


def park_ticket(market: OpenMarket, staff: Actor, parking: Parking, key: str) -> CallAnswer:
    """Put a desk's number aside: it keeps its place but is only called by name.

    Raises TicketUnknown, TicketNotToday, TicketNotYours, TicketStateForbids unless it is called
    or served. Records ticket.parked.
    """
    asked = Asked(key, "park_ticket", asdict(parking))
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _park(tx, parking))


def _park(tx: Transaction, parking: Parking) -> CallAnswer:
    row = ticket_row(tx, parking.ticket_code)
    check_own(row, parking.desk_no)
    if not is_at_desk(row):
        raise TicketStateForbids(state=row.state)
    changes = {
        "state": TicketState.WAITING.value,
        "desk_no": None,
        "parked_reason": parking.reason.value,
    }
    return change_ticket(tx, row, changes, "ticket.parked", {"from_desk_no": parking.desk_no})


@dataclass(frozen=True)
class Transfer:
    """A desk passes its number on, to a service or to a desk.

    note: what the next desk should know, "" for nothing; only staff read it.
    """

    ticket_code: str
    desk_no: int
    to_service: ServiceKind | None = None
    to_desk_no: int | None = None
    note: str = ""


def transfer_ticket(market: OpenMarket, staff: Actor, move: Transfer, key: str) -> CallAnswer:
    """Pass a desk's number on; it stands in its new line by when it arrived.

    Raises TicketUnknown, TicketNotToday, TicketNotYours, TicketStateForbids unless it is called
    or served, ServiceUnknown where neither service nor desk is named, DeskUnknown, TextTooLong.
    Records ticket.transferred, without the note, which is kept sealed.
    """
    content = {**asdict(move), "note": market.seal.index(move.note, NOTE)}
    with market.database.write(staff) as tx:
        asked = Asked(key, "transfer_ticket", content)
        return tx.once(asked, CallAnswer, lambda: _transfer(tx, market.seal, move))


def _transfer(tx: Transaction, seal: FieldSeal, move: Transfer) -> CallAnswer:
    row = ticket_row(tx, move.ticket_code)
    check_own(row, move.desk_no)
    if not is_at_desk(row):
        raise TicketStateForbids(state=row.state)
    _check_target(tx, move)
    if move.note:
        _save_note(tx, seal, row.id, move)
    changes = {
        "state": TicketState.WAITING.value,
        "desk_no": None,
        "service": row.service if move.to_service is None else move.to_service.value,
        "for_desk_no": move.to_desk_no,
    }
    if move.to_service is not None:
        changes |= line_in(tx, row.id, move.to_service)
    told = {"from_desk_no": move.desk_no, "has_note": bool(move.note)}
    return change_ticket(tx, row, changes, "ticket.transferred", told)


def _check_target(tx: Transaction, move: Transfer) -> None:
    if move.to_service is None and move.to_desk_no is None:
        raise ServiceUnknown
    wanted = select(desk.c.no).where(desk.c.no == move.to_desk_no)
    if move.to_desk_no is not None and tx.connection.scalar(wanted) is None:
        raise DeskUnknown
    if len(move.note) > MAX_NOTE:
        raise TextTooLong(field="note", limit=MAX_NOTE)


def _save_note(tx: Transaction, seal: FieldSeal, ticket_id: str, move: Transfer) -> None:
    values = {
        "id": tx.new_id(),
        "ticket_id": ticket_id,
        "note_sealed": seal.seal(move.note, NOTE),
        "desk_no": move.desk_no,
        "staff_id": tx.actor.staff_id,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(ticket_note), values)


@dataclass(frozen=True)
class TicketNote:
    """What one desk wanted the next to know."""

    desk_no: int
    text: str


def notes_of(market: OpenMarket, ticket_id: str) -> tuple[TicketNote, ...]:
    """Return the notes on a ticket, latest first."""
    statement = (
        select(ticket_note)
        .where(ticket_note.c.ticket_id == ticket_id)
        .order_by(ticket_note.c.id.desc())
    )
    with market.database.read() as connection:
        return tuple(
            TicketNote(row.desk_no, market.seal.open(row.note_sealed, NOTE))
            for row in connection.execute(statement)
        )
