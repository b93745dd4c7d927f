"""Owns what follows an agreement: on site, completed, settled, fell through, not paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, exists, insert, select, update

from server.db.tables import placement, placement_step, referral
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    PeopleMissing,
    PlacementStateForbids,
    PlacementTooEarly,
    PlacementUnknown,
    ReasonMissing,
    RequestMalformed,
    SideUnfit,
)
from server.domain.kinds import CaseKind, PlacementState
from server.domain.placement_kinds import SIDES_OF, STEP_OF, FellReason, JobStep, Side
from server.services.cases import CaseAnswer, CaseOf, open_for_worker
from server.services.open_market import OpenMarket
from server.services.rooms import DESKS
from server.services.waiting_list import Freed, fill_place, reopen


@dataclass(frozen=True)
class JobMove:
    """How far some jobs have got. reason and side: only of those that fell through."""

    placement_ids: tuple[str, ...]
    state: PlacementState
    reason: FellReason | None = None
    side: Side | None = None


@dataclass(frozen=True)
class Moved:
    """What a move led to. placement_ids: those that moved; others were there already."""

    placement_ids: tuple[str, ...]
    state: PlacementState


def move_placements(market: OpenMarket, actor: Actor, move: JobMove, key: str) -> Moved:
    """Move jobs one step on, all of them or none; one that is there already stays.

    A place that a worker gave up is free again: a full post that is still valid reopens, and its
    next applicant gets the place held.
    Raises PeopleMissing, PlacementUnknown, PlacementStateForbids, PlacementTooEarly before the
    day of the work, ReasonMissing, SideUnfit. Records placement.<step> for each, and
    post.reopened.
    """
    asked = Asked(key, "move_placements", asdict(move))
    with market.database.write(actor) as tx:
        return tx.once(asked, Moved, lambda: move_in(tx, move))


def move_in(tx: Transaction, move: JobMove) -> Moved:
    """Move jobs in the caller's transaction, as `move_placements` does."""
    if move.state not in STEP_OF:
        raise RequestMalformed
    if move.state is PlacementState.FELL_THROUGH:
        _check_reason(move)
    rows = _rows(tx, move.placement_ids)
    moving = [row for row in rows if row.state != move.state]
    for row in moving:
        _check_may_move(tx, row, move.state)
    for row in moving:
        _move(tx, row, move)
    if move.state is PlacementState.FELL_THROUGH and move.side is Side.WORKER:
        _give_places_on(tx, moving)
    return Moved(tuple(row.id for row in moving), move.state)


def _give_places_on(tx: Transaction, gone: Sequence[Row[Any]]) -> None:
    """Hold the places of who did not go for the next applicants, where the post still takes any."""
    for post_id in sorted({row.post_id for row in gone}):
        reopen(tx, post_id)
    for row in gone:
        whose = tx.connection.execute(
            select(referral.c.desk_no, referral.c.staff_id).where(referral.c.id == row.referral_id)
        ).one()
        fill_place(tx, Freed(row.post_id, whose.desk_no, whose.staff_id))


def _check_reason(move: JobMove) -> None:
    if move.reason is None or move.side is None:
        raise ReasonMissing
    if move.side not in SIDES_OF[move.reason]:
        raise SideUnfit


def _rows(tx: Transaction, placement_ids: Sequence[str]) -> list[Row[Any]]:
    wanted = list(dict.fromkeys(placement_ids))
    if not wanted:
        raise PeopleMissing
    found = select(placement).where(placement.c.id.in_(wanted)).order_by(placement.c.id)
    rows = list(tx.connection.execute(found))
    if len(rows) < len(wanted):
        raise PlacementUnknown
    return rows


def _check_may_move(tx: Transaction, row: Row[Any], state: PlacementState) -> None:
    if not PlacementState(row.state).may_become(state):
        raise PlacementStateForbids(state=row.state)
    is_advance = state is not PlacementState.FELL_THROUGH
    if is_advance and row.work_day > tx.market_day:
        raise PlacementTooEarly(day=f"{row.work_day.month}月{row.work_day.day}日")


def _move(tx: Transaction, row: Row[Any], move: JobMove) -> None:
    version = row.entity_version + 1
    changes = {"state": move.state.value, "entity_version": version}
    tx.connection.execute(update(placement).where(placement.c.id == row.id), changes)
    step = STEP_OF[move.state]
    told = _note(tx, row.id, step, move)
    body = {**row._mapping, **changes, **told}
    tx.record(Event(f"placement.{step.value}", f"placement/{row.id}", version, body))


def _note(
    tx: Transaction, placement_id: str, step: JobStep, move: JobMove | None = None
) -> dict[str, Any]:
    why = {
        "reason": move.reason.value if move and move.reason else None,
        "side": move.side.value if move and move.side else None,
    }
    values = {
        "id": tx.new_id(),
        "placement_id": placement_id,
        "step": step.value,
        **why,
        "staff_id": tx.actor.staff_id,
        "market_day": tx.market_day,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(placement_step), values)
    tx.send_signal(DESKS, "placement", {"placement_id": placement_id, "step": step.value})
    return {name: value for name, value in why.items() if value is not None}


def report_unpaid(market: OpenMarket, actor: Actor, placement_id: str, key: str) -> CaseAnswer:
    """Note that the wage of a completed job was not paid, and open the worker's wage case.

    The slip's facts are the case's evidence, since the case is about the placement. Only a clerk
    gets the receipt printed: nobody stands at the printer for a phone. Who said so before gets
    the same case. Raises PlacementUnknown, PlacementStateForbids. Records placement.unpaid the
    first time, case.opened where none is open.
    """
    asked = Asked(key, "report_unpaid", placement_id)
    with market.database.write(actor) as tx:
        return tx.once(asked, CaseAnswer, lambda: _report_unpaid(tx, placement_id))


def _report_unpaid(tx: Transaction, placement_id: str) -> CaseAnswer:
    (row,) = _rows(tx, (placement_id,))
    if row.state != PlacementState.COMPLETED:
        raise PlacementStateForbids(state=row.state)
    said = exists().where(
        placement_step.c.placement_id == row.id, placement_step.c.step == JobStep.UNPAID.value
    )
    if not tx.connection.scalar(select(said)):
        version = row.entity_version + 1
        tx.connection.execute(
            update(placement).where(placement.c.id == row.id), {"entity_version": version}
        )
        _note(tx, row.id, JobStep.UNPAID)
        body = {**row._mapping, "entity_version": version}
        tx.record(Event("placement.unpaid", f"placement/{row.id}", version, body))
    is_at_desk = tx.actor.staff_id is not None
    about = CaseOf(row.worker_id, CaseKind.WAGE_ARREARS, row.id, has_paper=is_at_desk)
    return open_for_worker(tx, about)
