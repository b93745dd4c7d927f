"""Owns places that are held (留名额): how they end, inside other services' transactions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from server.db.tables import post, proposal
from server.db.unit_of_work import Event, Transaction
from server.domain.proposal_kinds import HOLDING, ProposalState
from server.services.rooms import DESKS

OPEN = tuple(sorted(state.value for state in HOLDING))
# Spelled out: a prepared statement takes no list.
IS_OPEN = or_(*(proposal.c.state == state for state in OPEN))


def is_live(now: Any) -> ColumnElement[bool]:
    """Return the condition for a place that is held now. now: a moment, or a bound one."""
    return and_(IS_OPEN, proposal.c.expires_at > now)


def shown_state(row: Any, now: datetime) -> ProposalState:
    """Return how far a proposal has got: lapsed from the moment on, whenever that is written."""
    state = ProposalState(row.state)
    return ProposalState.LAPSED if state.holds and row.expires_at <= now else state


def change_hold(
    tx: Transaction, row: Any, changes: dict[str, Any], event_type: str
) -> dict[str, Any]:
    """Change a proposal, record it and return its columns; the desks hear of it."""
    version = row.entity_version + 1
    changes = {**changes, "entity_version": version}
    tx.connection.execute(update(proposal).where(proposal.c.id == row.id), changes)
    after = {column.name: getattr(row, column.name) for column in proposal.columns} | changes
    tx.record(Event(event_type, f"proposal/{row.id}", version, after))
    tx.send_signal(DESKS, "proposal", {"proposal_id": row.id, "state": after["state"]})
    return after


def end_hold(tx: Transaction, row: Any, state: ProposalState) -> None:
    """End a held place. Records proposal.<state>."""
    changes = {"state": state.value, "ended_at": tx.now}
    change_hold(tx, row, changes, f"proposal.{state.value}")


def open_holds(tx: Transaction, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
    """Return the proposals that nobody has ended, the oldest first, also those out of time."""
    statement = (
        select(proposal)
        .join(post, post.c.id == proposal.c.post_id)
        .where(IS_OPEN, *conditions)
        .order_by(proposal.c.id)
    )
    return list(tx.connection.execute(statement))


def end_holds_of_post(tx: Transaction, post_id: str) -> None:
    """Withdraw every held place of a post that ended. Records proposal.withdrawn for each."""
    for row in open_holds(tx, proposal.c.post_id == post_id):
        end_hold(tx, row, ProposalState.WITHDRAWN)


def take_holds(tx: Transaction, worker_ids: Sequence[str], post_id: str) -> None:
    """End the places held for people who agree now: their agreement takes them.

    Records proposal.agreed for each.
    """
    mine = proposal.c.worker_id.in_(list(worker_ids)) & (proposal.c.post_id == post_id)
    for row in open_holds(tx, mine):
        end_hold(tx, row, ProposalState.AGREED)
