"""Owns the undoing of agreements (达成) made by mistake: the place, the slip and the ticket."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, insert, select, update

from server.db.tables import placement, referral, staff, ticket, visit, void_slip
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.desk_reasons import UNDO_MINUTES, UNDO_TIME, UndoReason
from server.domain.errors import (
    PeopleMissing,
    PlacementStateForbids,
    PlacementUnknown,
    UndoOfAnotherDesk,
    UndoTooLate,
)
from server.domain.kinds import PlacementState, ReferralState, StaffRole, TicketState
from server.services.application_ends import Talk, restore_after_undo
from server.services.open_market import OpenMarket
from server.services.print_jobs import drop_queued_slips
from server.services.ticket_rows import AT_DESK, CallAnswer, answer_of, change_ticket
from server.services.waiting_list import reopen


@dataclass(frozen=True)
class Undo:
    """An agreement that should not be.

    placement_ids: of one ticket; of a crew's agreement all or some. desk_no: the desk that asks,
    None for a manager who sits at none.
    """

    placement_ids: tuple[str, ...]
    desk_no: int | None
    reason: UndoReason


def undo_agreement(market: OpenMarket, actor: Actor, undo: Undo, key: str) -> CallAnswer:
    """Undo an agreement: within 10 minutes by the desk that made it, any time by a manager.

    The places are free again (a full post that is still valid reopens with its waiting list), the
    slips are void, the workers stand where they stood in the order of open posts. A ticket of
    today that was done is served at its desk again, or is the next for it where the desk is busy
    or time has passed.
    Raises PeopleMissing, PlacementUnknown, PlacementStateForbids, UndoOfAnotherDesk,
    UndoTooLate. Records placement.withdrawn, and where they change post.reopened,
    application.made, print_job.failed and ticket.brought_back.
    """
    asked = Asked(key, "undo_agreement", asdict(undo))
    with market.database.write(actor) as tx:
        return tx.once(asked, CallAnswer, lambda: _undo(tx, undo))


_PLACED = (
    select(placement, referral.c.desk_no, referral.c.ticket_id)
    .join_from(placement, referral, referral.c.id == placement.c.referral_id)
    .where(placement.c.id == bindparam("placement_id"))
)


def _undo(tx: Transaction, undo: Undo) -> CallAnswer:
    rows = _rows(tx, undo)
    is_manager = _is_manager(tx)
    for row in rows:
        if row.state != PlacementState.AGREED:
            raise PlacementStateForbids(state=row.state)
        if not is_manager:
            _check_own_and_fresh(tx, row, undo)
    for row in rows:
        _withdraw(tx, row, undo)
    for post_id in sorted({row.post_id for row in rows}):
        reopen(tx, post_id)
    for row in rows:
        restore_after_undo(tx, Talk(row.worker_id, row.post_id, row.work_day))
    return _bring_back(tx, rows[0])


def _rows(tx: Transaction, undo: Undo) -> list[Row[Any]]:
    if not undo.placement_ids:
        raise PeopleMissing
    found = [
        tx.connection.execute(_PLACED, {"placement_id": placement_id}).first()
        for placement_id in dict.fromkeys(undo.placement_ids)
    ]
    rows = [row for row in found if row is not None]
    if len(rows) < len(found) or len({row.ticket_id for row in rows}) > 1:
        raise PlacementUnknown
    return rows


def _is_manager(tx: Transaction) -> bool:
    role = tx.connection.scalar(select(staff.c.role).where(staff.c.id == tx.actor.staff_id))
    return bool(role == StaffRole.MANAGER)


def _check_own_and_fresh(tx: Transaction, row: Row[Any], undo: Undo) -> None:
    if row.desk_no != undo.desk_no:
        raise UndoOfAnotherDesk(desk_no=row.desk_no)
    if not is_fresh(row.created_at, tx.now):
        raise UndoTooLate(minutes=UNDO_MINUTES)


def is_fresh(agreed_at: datetime, now: datetime) -> bool:
    """Tell whether an agreement is new enough for its desk to undo."""
    return now - agreed_at < UNDO_TIME


def _withdraw(tx: Transaction, row: Row[Any], undo: Undo) -> None:
    version = row.entity_version + 1
    changes = {"state": PlacementState.WITHDRAWN.value, "entity_version": version}
    tx.connection.execute(update(placement).where(placement.c.id == row.id), changes)
    tx.connection.execute(
        update(referral).where(referral.c.id == row.referral_id),
        {"state": ReferralState.WITHDRAWN.value},
    )
    values = {
        "id": tx.new_id(),
        "placement_id": row.id,
        "slip_code": row.slip_code,
        "desk_no": undo.desk_no,
        "staff_id": tx.actor.staff_id,
        "reason": undo.reason.value,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(void_slip), values)
    drop_queued_slips(tx, row.id)
    body = {**row._mapping, **changes, "desk_no": undo.desk_no, "reason": undo.reason.value}
    tx.record(Event("placement.withdrawn", f"placement/{row.id}", version, body))


def _bring_back(tx: Transaction, row: Row[Any]) -> CallAnswer:
    """Bring a done ticket of today back to the desk that made the agreement."""
    before = tx.connection.execute(select(ticket).where(ticket.c.id == row.ticket_id)).one()
    is_held = tx.connection.scalar(select(exists().where(visit.c.ticket_id == before.id)))
    is_over = before.state != TicketState.DONE or before.market_day != tx.market_day
    if is_over or not is_held:
        return answer_of(before)
    if is_fresh(row.created_at, tx.now) and _is_free(tx, row.desk_no):
        changes = {"state": TicketState.SERVING.value, "desk_no": row.desk_no}
    else:
        waiting = TicketState.WAITING.value
        changes = {"state": waiting, "desk_no": None, "for_desk_no": row.desk_no}
    return change_ticket(tx, before, changes, "ticket.brought_back")


def _is_free(tx: Transaction, desk_no: int) -> bool:
    held = select(ticket.c.id).where(
        ticket.c.market_day == tx.market_day,
        ticket.c.desk_no == desk_no,
        ticket.c.state.in_([state.value for state in AT_DESK]),
    )
    return tx.connection.scalar(held.limit(1)) is None
