"""Owns the opening of a case at the desk, for the worker whose ticket is there."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from sqlalchemy import select

from server.db.tables import ticket, visit
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.cases import NOTE_LIMIT, clean_case_text
from server.domain.errors import (
    TicketNotToday,
    TicketNotYours,
    TicketStateForbids,
    TicketUnknown,
)
from server.domain.kinds import CaseKind, TicketState
from server.services.case_handling import TEXT, note_on_case, take_on_in
from server.services.cases import CaseAnswer, CaseOf, open_for_worker
from server.services.open_market import OpenMarket
from server.services.tickets import HELD_BY

AT_DESK = frozenset({TicketState.CALLED, TicketState.SERVING})


@dataclass(frozen=True)
class DeskCase:
    """What a clerk writes down for the holder of the ticket at the desk.

    placement_id: the job it is about, None for none. note: in a few words.
    """

    ticket_code: str
    desk_no: int
    kind: CaseKind
    placement_id: str | None
    note: str = field(repr=False)


def open_case_at_desk(market: OpenMarket, clerk: Actor, new: DeskCase, key: str) -> CaseAnswer:
    """Open a case for the holder of the ticket at the desk, with its receipt; the clerk has it.

    A case of theirs about the same that is open gets the note instead, and the clerk if nobody
    has it. Raises TicketUnknown, TicketNotToday, TicketNotYours, TicketStateForbids,
    PlacementUnknown, TextMissing, TextTooLong. Records case.opened or case.noted, and
    case.assigned.
    """
    note = clean_case_text(new.note, "note", NOTE_LIMIT)
    content = {**asdict(new), "note": market.seal.index(note, TEXT)}
    with market.database.write(clerk) as tx:
        asked = Asked(key, "open_case_at_desk", content)
        return tx.once(asked, CaseAnswer, lambda: _open(tx, market, new, note))


def _open(tx: Transaction, market: OpenMarket, new: DeskCase, note: str) -> CaseAnswer:
    worker_id = _holder_at_desk(tx, new)
    sealed = market.seal.seal(note, TEXT)
    opened = open_for_worker(tx, CaseOf(worker_id, new.kind, new.placement_id, sealed))
    if not opened.is_new:
        note_on_case(tx, market, opened.case.id, note)
    take_on_in(tx, market, opened.case.id)
    return opened


def _holder_at_desk(tx: Transaction, new: DeskCase) -> str:
    row = tx.connection.execute(
        select(ticket, visit.c.worker_id)
        .join_from(ticket, visit, HELD_BY)
        .where(ticket.c.code == new.ticket_code)
    ).first()
    if row is None:
        raise TicketUnknown
    if row.market_day != tx.market_day:
        raise TicketNotToday
    if row.state not in AT_DESK:
        raise TicketStateForbids(state=row.state)
    if row.desk_no != new.desk_no:
        raise TicketNotYours(desk_no=row.desk_no)
    return str(row.worker_id)
