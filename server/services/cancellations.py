"""Owns the giving back of tickets by their holders: found work, or going home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from server.db.tables import ticket, visit, worker
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    TicketNotToday,
    TicketOfAnother,
    TicketOfCrew,
    TicketStateForbids,
    TicketUnknown,
)
from server.domain.kinds import CancelReason, TicketState
from server.services.open_market import OpenMarket
from server.services.print_jobs import drop_queued_papers
from server.services.tickets import HELD_BY, TicketView, view_of
from server.services.waiting_list import leave_with_ticket
from server.services.workers import Person


@dataclass(frozen=True)
class Cancellation:
    """Somebody gives a ticket back."""

    person: Person
    ticket_code: str
    reason: CancelReason


def cancel_ticket(market: OpenMarket, actor: Actor, asked: Cancellation, key: str) -> TicketView:
    """Give a ticket of today back; a ticket that was given back before stays as it is.

    A crew's ticket is given back by its leader, for everybody on it.
    Raises TicketUnknown, TicketOfAnother, TicketOfCrew, TicketNotToday, TicketStateForbids for
    one that is being served, done or missed. Records ticket.cancelled with the reason, and
    print_job.failed for a paper that nobody has begun to print; with a number for work goes the
    place in the order of every post, told as application.withdrawn.
    """
    holder = market.seal.index(asked.person.id_no, "worker.id_no")
    content = {"person": holder, "code": asked.ticket_code, "reason": asked.reason}
    with market.database.write(actor) as tx:
        request = Asked(key, "cancel_ticket", content)
        ticket_id = tx.once(request, str, lambda: _cancel(tx, holder, asked))
        row = tx.connection.execute(select(ticket).where(ticket.c.id == ticket_id)).one()
        return view_of(tx.connection, row)


HELD_TICKET = (
    select(ticket, worker.c.id_no_hash)
    .join_from(ticket, visit, HELD_BY)
    .join(worker, worker.c.id == visit.c.worker_id)
    .where(ticket.c.code == bindparam("code"))
)


def _cancel(tx: Transaction, holder: str, asked: Cancellation) -> str:
    row = tx.connection.execute(HELD_TICKET, {"code": asked.ticket_code}).first()
    if row is None:
        raise TicketUnknown
    if row.id_no_hash != holder:
        raise TicketOfCrew if row.people > 1 else TicketOfAnother
    if row.market_day != tx.market_day:
        raise TicketNotToday
    if row.state == TicketState.CANCELLED:
        return str(row.id)
    if not TicketState(row.state).may_become(TicketState.CANCELLED):
        raise TicketStateForbids(state=row.state)
    give_back(tx, row, asked.reason)
    leave_with_ticket(tx, row.id)
    return str(row.id)


def give_back(tx: Transaction, row: Any, reason: CancelReason) -> None:
    """Cancel the ticket of a row that has all its columns, and what is queued of its paper.

    Records ticket.cancelled, and print_job.failed for a paper that nobody has begun to print.
    """
    drop_queued_papers(tx, row.id)
    changes = {
        "state": TicketState.CANCELLED.value,
        "desk_no": None,
        "cancel_reason": reason.value,
        "entity_version": row.entity_version + 1,
    }
    tx.connection.execute(update(ticket).where(ticket.c.id == row.id), changes)
    before = {column.name: getattr(row, column.name) for column in ticket.columns}
    version = row.entity_version + 1
    tx.record(Event("ticket.cancelled", f"ticket/{row.id}", version, {**before, **changes}))
