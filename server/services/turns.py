"""Owns the turn of a ticket: what the market's order rule says before arrival counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from server.db.prepared import Prepared
from server.db.tables import market, placement, ticket, visit, worker
from server.db.unit_of_work import Event, Transaction
from server.domain.citizen_number import age_on
from server.domain.kinds import ServiceKind, TicketState
from server.domain.matching import ADULT_AGE
from server.domain.order_rules import BY_ARRIVAL, NOT_DRAWN, OrderRule, rotation_turn
from server.services.posts import WITHDRAWN
from server.services.ranked_columns import line_columns
from server.services.workers import Person, WorkerAnswers, trades_of

_RULE = Prepared(select(market.c.order_rule))
_LAST_PLACED = Prepared(
    select(func.max(placement.c.market_day)).where(
        placement.c.worker_id == bindparam("worker_id"), placement.c.state != WITHDRAWN
    )
)
_ON_TICKET = (
    select(worker, visit.c.holds_ticket, visit.c.market_day)
    .join_from(visit, worker, worker.c.id == visit.c.worker_id)
    .where(visit.c.ticket_id == bindparam("ticket_id"))
    .order_by(visit.c.holds_ticket.desc(), visit.c.id)
)


def order_rule(connection: Connection) -> OrderRule:
    """Return the order rule of the market; by arrival before there is one."""
    return OrderRule(_RULE.scalar(connection, {}) or OrderRule.ARRIVAL)


def new_turn(tx: Transaction, rule: OrderRule, worker_ids: Sequence[str]) -> int:
    """Return the turn of a ticket for work that is issued or passed on now.

    By rotation a crew stands where the one of it stands who worked last.
    """
    if rule is OrderRule.LOTTERY:
        return NOT_DRAWN
    if rule is OrderRule.ARRIVAL:
        return BY_ARRIVAL
    last = (_LAST_PLACED.scalar(tx.connection, {"worker_id": one}) for one in worker_ids)
    return max((rotation_turn(day, tx.market_day) for day in last), default=0)


def work_line(
    tx: Transaction, worker_id: str, person: Person, row: Any, answers: WorkerAnswers
) -> dict[str, Any]:
    """Return the columns by which a new ticket for work is ranked; "turn" unless by arrival.

    row: the worker's before these answers, None for somebody new.
    """
    trades = answers.trades or (() if row is None else trades_of(tx.connection, row.id))
    skill = answers.skill or (None if row is None else row.skill)
    columns = line_columns(trades, skill, row)
    columns["has_minor"] = person.age_on(tx.market_day) < ADULT_AGE
    rule = order_rule(tx.connection)
    if rule is not OrderRule.ARRIVAL:
        columns["turn"] = new_turn(tx, rule, (worker_id,))
    return columns


def refresh_line(tx: Transaction, ticket_id: str) -> None:
    """Rank a ticket for work by the people who are on it now and what they want; a lot is kept."""
    here = ticket.c.id == ticket_id
    had = tx.connection.scalar(select(ticket.c.turn).where(here))
    columns = line_in(tx, ticket_id, ServiceKind.FIND_WORK)
    if had and order_rule(tx.connection) is OrderRule.LOTTERY:
        columns["turn"] = had
    tx.connection.execute(update(ticket).where(here), columns)


def line_in(tx: Transaction, ticket_id: str, service: ServiceKind) -> dict[str, Any]:
    """Return the columns by which a ticket is ranked once it is in the line of a service."""
    if service is not ServiceKind.FIND_WORK:
        return {"turn": BY_ARRIVAL}
    people = tx.connection.execute(_ON_TICKET, {"ticket_id": ticket_id}).all()
    holder = people[0]
    columns = line_columns(trades_of(tx.connection, holder.id), holder.skill, holder)
    ages = [age_on(one.birth_day, one.market_day) for one in people]
    columns["has_minor"] = min(ages) < ADULT_AGE
    columns["turn"] = new_turn(tx, order_rule(tx.connection), [one.id for one in people])
    return columns


def order_anew(tx: Transaction, rule: OrderRule) -> None:
    """Give everybody who waits for work today their turn by a rule. Records line.ordered."""
    waiting = select(ticket.c.id).where(
        ticket.c.market_day == tx.market_day,
        ticket.c.service == ServiceKind.FIND_WORK.value,
        ticket.c.state == TicketState.WAITING.value,
    )
    ids = tx.connection.scalars(waiting).all()
    people: dict[str, list[str]] = {one: [] for one in ids}
    on_them = select(visit.c.ticket_id, visit.c.worker_id).where(
        visit.c.market_day == tx.market_day
    )
    for row in tx.connection.execute(on_them):
        if row.ticket_id in people:
            people[row.ticket_id].append(row.worker_id)
    turns = [{"of": one, "turn": new_turn(tx, rule, on)} for one, on in people.items()]
    if turns:
        change = update(ticket).where(ticket.c.id == bindparam("of"))
        tx.connection.execute(change.values(turn=bindparam("turn")), turns)
    body = {"market_day": tx.market_day, "order_rule": rule.value, "tickets": len(turns)}
    tx.record(Event("line.ordered", f"line/{tx.market_day}", 1, body))
