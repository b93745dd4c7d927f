"""Owns whose turn it is at a desk, and when a desk must say why it takes somebody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, or_, select

from server.db.seal import FieldSeal
from server.db.tables import ticket
from server.db.unit_of_work import Transaction
from server.domain.kinds import ServiceKind, TicketState
from server.domain.order_rules import OrderRule
from server.services.lottery import draw_if_due, is_draw_pending, refuse_before_draw
from server.services.tickets import PLACE
from server.services.turns import order_rule

FIND_WORK = ServiceKind.FIND_WORK.value


def next_row(
    tx: Transaction, seal: FieldSeal, desk_no: int, services: tuple[ServiceKind, ...]
) -> Row[Any] | None:
    """Return the ticket whose turn it is at a desk, of some services or of all, or None.

    Who looks for work stands in the order of the market's rule, everybody else by arrival; of the
    two who are first there, the one who came earlier is next, so that neither line starves. Before
    a draw nobody is next for work. Raises DrawPending where all who wait do so for it.
    Draws today's lots if they are due.
    """
    waiting = _callable(tx, desk_no, services)
    if order_rule(tx.connection) is OrderRule.ARRIVAL:
        return tx.connection.execute(waiting.order_by(*PLACE).limit(1)).first()
    draw_if_due(tx, seal)
    for_work, others = waiting.where(ticket.c.service == FIND_WORK), ticket.c.service != FIND_WORK
    if is_draw_pending(tx.connection, tx.now):
        held_back = for_work
        for_work = for_work.where(or_(ticket.c.called_at.is_not(None), _sent_to(desk_no)))
    else:
        held_back = None
    heads = [
        row
        for lane in (for_work, waiting.where(others))
        if (row := tx.connection.execute(lane.order_by(*PLACE).limit(1)).first())
    ]
    if not heads and held_back is not None and tx.connection.execute(held_back.limit(1)).first():
        refuse_before_draw(tx.connection, tx.now)
    return min(heads, key=_arrived, default=None)


def _arrived(row: Row[Any]) -> tuple[str, int, str]:
    return (row.place_id or row.id, row.place_no, row.id)


def _sent_to(desk_no: int) -> Any:
    return ticket.c.for_desk_no == desk_no


def _callable(tx: Transaction, desk_no: int, services: tuple[ServiceKind, ...]) -> Select[Any]:
    statement = select(ticket).where(
        ticket.c.market_day == tx.market_day,
        ticket.c.state == TicketState.WAITING.value,
        ticket.c.parked_reason.is_(None),
        or_(ticket.c.for_desk_no.is_(None), _sent_to(desk_no)),
    )
    if services:
        of_kind = ticket.c.service.in_([s.value for s in services])
        statement = statement.where(or_(of_kind, _sent_to(desk_no)))
    return statement


def has_had_turn(row: Any, desk_no: int) -> bool:
    """Tell whether a ticket is called without anybody being passed over.

    It was called before, came back, was put aside, or was passed on to this desk.
    """
    was_called = row.called_at is not None or row.state == TicketState.NO_SHOW
    return bool(was_called or row.parked_reason or row.for_desk_no == desk_no)


def is_next(tx: Transaction, seal: FieldSeal, row: Any, desk_no: int) -> bool:
    """Tell whether it is a waiting ticket's turn among those for its service, or for all."""
    draw_if_due(tx, seal)
    if row.service == FIND_WORK and is_draw_pending(tx.connection, tx.now):
        return False
    ways = ((ServiceKind(row.service),), ())
    heads = [next_row(tx, seal, desk_no, way) for way in ways]
    return any(head is not None and head.id == row.id for head in heads)
