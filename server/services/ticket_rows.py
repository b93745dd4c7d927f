"""Owns the row of a ticket while a desk moves it: found, checked for its desk, changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from server.db.tables import ticket
from server.db.unit_of_work import Event, Transaction
from server.domain.errors import TicketNotToday, TicketNotYours, TicketUnknown
from server.domain.kinds import TicketState
from server.domain.tickets import ticket_label

AT_DESK = frozenset({TicketState.CALLED, TicketState.SERVING})


@dataclass(frozen=True)
class CallAnswer:
    """A ticket after a desk moved it. desk_no: the desk that has it, None for none."""

    ticket_code: str
    label: str
    state: TicketState
    desk_no: int | None
    recalls: int


def ticket_row(tx: Transaction, code: str) -> Row[Any]:
    """Return the row of a ticket of today. Raises TicketUnknown, TicketNotToday."""
    row = tx.connection.execute(select(ticket).where(ticket.c.code == code)).first()
    if row is None:
        raise TicketUnknown
    if row.market_day != tx.market_day:
        raise TicketNotToday
    return row


# Rows of other statements have the columns of the ticket too, hence Any.
def is_at_desk(row: Any) -> bool:
    """Tell whether a desk has called or serves the ticket."""
    return TicketState(row.state) in AT_DESK


def check_own(row: Any, desk_no: int | None) -> None:
    """Raise TicketNotYours for a ticket that is called or served at another desk.

    One that is called to a meeting point is nobody's: any desk may meet it.
    """
    if is_at_desk(row) and row.desk_no not in {None, desk_no}:
        raise TicketNotYours(desk_no=row.desk_no)


def change_ticket(
    tx: Transaction,
    row: Row[Any],
    changes: dict[str, Any],
    event_type: str,
    told: Mapping[str, Any] | None = None,
) -> CallAnswer:
    """Change a ticket and record it. told: what the event says besides the ticket."""
    version = row.entity_version + 1
    tx.connection.execute(
        update(ticket).where(ticket.c.id == row.id), {**changes, "entity_version": version}
    )
    after = tx.connection.execute(select(ticket).where(ticket.c.id == row.id)).one()
    body = {**after._mapping, **(told or {})}
    tx.record(Event(event_type, f"ticket/{row.id}", version, body))
    return answer_of(after)


def answer_of(row: Row[Any]) -> CallAnswer:
    """Return what a desk is told of a ticket."""
    return CallAnswer(
        row.code,
        ticket_label(row.series, row.number),
        TicketState(row.state),
        row.desk_no,
        row.recalls,
    )
