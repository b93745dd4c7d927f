"""Owns calling: a waiting ticket asked to a desk, recalled, served, finished or missed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, insert, select

from server.db.tables import call, desk, ticket, visit, worker
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.clock import market_day
from server.domain.errors import (
    DeskBusy,
    DeskUnknown,
    NobodyWaiting,
    OutOfTurnReasonMissing,
    RecallsExhausted,
    TextTooLong,
    TicketAtNoOtherDesk,
    TicketNotCalled,
    TicketNotWaiting,
    TicketStateForbids,
)
from server.domain.kinds import ServiceKind, TicketState
from server.domain.order_rules import OutOfTurn
from server.domain.tickets import MAX_RECALLS, ticket_label
from server.services.candidates import first_to_call
from server.services.missed import check_still_kept, miss, put_behind_next
from server.services.next_up import has_had_turn, is_next, next_row
from server.services.open_market import OpenMarket
from server.services.ticket_rows import (
    CallAnswer,
    change_ticket,
    check_own,
    is_at_desk,
    ticket_row,
)
from server.services.tickets import HELD_BY
from server.services.waiting_list import leave_with_ticket
from server.services.workers import call_name_of

OUT_OF_TURN = "call.out_of_turn"
MAX_WORDS = 40


def call_next(
    market: OpenMarket, staff: Actor, desk_no: int, services: tuple[ServiceKind, ...], key: str
) -> CallAnswer:
    """Call the ticket whose turn it is of some services (none named: all) to a desk.

    What was put aside or passed on to another desk is left out; what was passed on to this desk
    is in, whatever its service. Two desks never get the same ticket. Raises DeskUnknown, DeskBusy
    while the desk has a called or serving ticket, NobodyWaiting, DrawPending.
    Records ticket.called, and lottery.drawn where that is due.
    """
    asked = Asked(key, "call_next", {"desk_no": desk_no, "services": services})
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _call_next(tx, market, desk_no, services))


def _call_next(
    tx: Transaction, market: OpenMarket, desk_no: int, services: tuple[ServiceKind, ...]
) -> CallAnswer:
    _check_desk_is_free(tx, desk_no)
    row = next_row(tx, market.seal, desk_no, services)
    if row is None:
        raise NobodyWaiting
    return _call(tx, row, desk_no, {"is_recall": False})


@dataclass(frozen=True)
class NamedCall:
    """A desk calls one ticket by its number.

    post_id: the post it is called for, None for none. why: where it is not the ticket's turn;
    words: in the clerk's own, for OTHER.
    """

    code: str
    desk_no: int
    why: OutOfTurn | None = None
    words: str = ""
    post_id: str | None = None


def call_ticket(market: OpenMarket, staff: Actor, code: str, desk_no: int, key: str) -> CallAnswer:
    """Call a waiting or missed ticket to a desk whose turn it is, as `call_named` does."""
    return call_named(market, staff, NamedCall(code, desk_no), key)


def call_named(market: OpenMarket, staff: Actor, wanted: NamedCall, key: str) -> CallAnswer:
    """Call one waiting or missed ticket to a desk.

    Whoever is neither next in the line nor, for a post, first in its ranking, is called with a
    reason. Raises DeskUnknown, DeskBusy, TicketUnknown, TicketNotWaiting, TicketNotToday,
    TicketMissedTooLong, OutOfTurnReasonMissing, TextTooLong. Records ticket.called; the reason's
    code is in it, the clerk's own words are kept sealed.
    """
    words = market.seal.index(wanted.words, OUT_OF_TURN)
    asked = Asked(key, "call_ticket", {**asdict(wanted), "words": words})
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _call_named(tx, market, wanted))


def _call_named(tx: Transaction, market: OpenMarket, wanted: NamedCall) -> CallAnswer:
    _check_desk_is_free(tx, wanted.desk_no)
    row = ticket_row(tx, wanted.code)
    if row.state not in {TicketState.WAITING, TicketState.NO_SHOW}:
        raise TicketNotWaiting(state=row.state)
    if row.state == TicketState.NO_SHOW:
        check_still_kept(tx, row)
    noted: dict[str, Any] = {"is_recall": False, "post_id": wanted.post_id}
    if not _is_in_turn(tx, market, row, wanted):
        noted |= _reason(market, wanted)
    return _call(tx, row, wanted.desk_no, noted)


def _is_in_turn(tx: Transaction, market: OpenMarket, row: Row[Any], wanted: NamedCall) -> bool:
    if has_had_turn(row, wanted.desk_no) or is_next(tx, market.seal, row, wanted.desk_no):
        return True
    if wanted.post_id is None:
        return False
    first = first_to_call(tx.connection, wanted.post_id, tx.now)
    return first is not None and first == row.id


def _reason(market: OpenMarket, wanted: NamedCall) -> dict[str, Any]:
    """Return how a call out of turn is kept."""
    if wanted.why is None or (wanted.why is OutOfTurn.OTHER and not wanted.words):
        raise OutOfTurnReasonMissing
    if len(wanted.words) > MAX_WORDS:
        raise TextTooLong(field="reason", limit=MAX_WORDS)
    sealed = market.seal.seal(wanted.words, OUT_OF_TURN) if wanted.words else None
    return {"out_of_turn": wanted.why.value, "out_of_turn_sealed": sealed}


def recall(market: OpenMarket, staff: Actor, code: str, desk_no: int, key: str) -> CallAnswer:
    """Call the ticket that a desk has called once more, at most MAX_RECALLS times.

    Raises TicketUnknown, TicketNotToday, TicketNotCalled, TicketNotYours, RecallsExhausted.
    Records ticket.recalled.
    """
    asked = Asked(key, "recall", {"code": code, "desk_no": desk_no})
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _recall(tx, code, desk_no))


def _recall(tx: Transaction, code: str, desk_no: int) -> CallAnswer:
    row = ticket_row(tx, code)
    check_own(row, desk_no)
    if row.state != TicketState.CALLED or row.desk_no is None:
        raise TicketNotCalled(state=row.state)
    if row.recalls >= MAX_RECALLS:
        raise RecallsExhausted(maximum=MAX_RECALLS)
    return _call(tx, row, row.desk_no, {"is_recall": True})


def take_over(market: OpenMarket, staff: Actor, code: str, desk_no: int, key: str) -> CallAnswer:
    """Take a ticket over from the desk that has it; a called one is called to the new desk.

    Raises DeskUnknown, DeskBusy, TicketUnknown, TicketNotToday, TicketAtNoOtherDesk.
    Records ticket.taken_over with the desk that had it.
    """
    asked = Asked(key, "take_over", {"code": code, "desk_no": desk_no})
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _take_over(tx, code, desk_no))


def _take_over(tx: Transaction, code: str, desk_no: int) -> CallAnswer:
    row = ticket_row(tx, code)
    if not is_at_desk(row) or row.desk_no == desk_no:
        raise TicketAtNoOtherDesk(state=row.state)
    _check_desk_is_free(tx, desk_no)
    _insert_call(tx, row, desk_no, {"is_recall": False})
    changes: dict[str, Any] = {"desk_no": desk_no}
    if row.state == TicketState.CALLED:
        changes |= {"called_at": tx.now, "recalls": 0}
    told = {"from_desk_no": row.desk_no}
    return change_ticket(tx, row, changes, "ticket.taken_over", told)


@dataclass(frozen=True)
class Move:
    """Where a ticket goes. desk_no: who asks; None for nobody at a desk."""

    code: str
    state: TicketState
    desk_no: int | None


def move_ticket(market: OpenMarket, staff: Actor, move: Move, key: str) -> CallAnswer:
    """Move a ticket on: serving, done, no_show, cancelled, or back to waiting.

    Back from a desk it keeps its place; a missed one comes back behind the next in line. One
    that was missed before is over at the next miss. A ticket at a desk is moved by that desk
    only. Raises TicketUnknown, TicketNotToday, TicketNotYours, TicketStateForbids,
    TicketMissedTooLong. Records ticket.<state>, and application.withdrawn where a cancelled
    number's holder waited for posts.
    """
    asked = Asked(key, "move_ticket", asdict(move))
    with market.database.write(staff) as tx:
        return tx.once(asked, CallAnswer, lambda: _move(tx, move))


def _move(tx: Transaction, move: Move) -> CallAnswer:
    row, state = ticket_row(tx, move.code), move.state
    check_own(row, move.desk_no)
    if state is TicketState.CALLED or not TicketState(row.state).may_become(state):
        raise TicketStateForbids(state=row.state)
    if state is TicketState.SERVING and row.desk_no is None:
        raise TicketStateForbids(state=row.state)
    if state is TicketState.NO_SHOW:
        return miss(tx, row)
    if state is TicketState.WAITING and row.state == TicketState.NO_SHOW:
        return put_behind_next(tx, row)
    keeps_desk = state in {TicketState.SERVING, TicketState.DONE}
    changes = {"state": state.value, "desk_no": row.desk_no if keeps_desk else None}
    changed = change_ticket(tx, row, changes, f"ticket.{state.value}")
    if state is TicketState.CANCELLED:
        leave_with_ticket(tx, row.id)
    return changed


def ticket_at_desk(market: OpenMarket, desk_no: int) -> str | None:
    """Return the code of the ticket that a desk has called or serves today, or None."""
    with market.database.read() as connection:
        code: str | None = connection.scalar(
            _AT_DESK.where(
                ticket.c.desk_no == desk_no,
                ticket.c.market_day == market_day(market.database.now()),
            )
        )
        return code


def address_at_desk(market: OpenMarket, label: str, desk_no: int) -> str:
    """Return 张师傅 for the holder of the ticket that a desk has called today; "" if unknown."""
    statement = (
        select(worker.c.name_sealed, ticket.c.series, ticket.c.number)
        .join_from(ticket, visit, HELD_BY)
        .join(worker, visit.c.worker_id == worker.c.id)
        .where(
            ticket.c.desk_no == desk_no,
            ticket.c.market_day == market_day(market.database.now()),
            ticket.c.state == TicketState.CALLED.value,
        )
    )
    with market.database.read() as connection:
        rows = connection.execute(statement).all()
    named = [row for row in rows if ticket_label(row.series, row.number) == label]
    sealed = named[0].name_sealed if named else None
    return call_name_of(market.seal.open_optional(sealed, "worker.name"))


_AT_DESK = (
    select(ticket.c.code, ticket.c.series, ticket.c.number)
    .where(ticket.c.state.in_([TicketState.CALLED.value, TicketState.SERVING.value]))
    .limit(1)
)


def _check_desk_is_free(tx: Transaction, desk_no: int) -> None:
    if tx.connection.scalar(select(desk.c.no).where(desk.c.no == desk_no)) is None:
        raise DeskUnknown
    held = tx.connection.execute(
        _AT_DESK.where(ticket.c.desk_no == desk_no, ticket.c.market_day == tx.market_day)
    ).first()
    if held is not None:
        raise DeskBusy(label=ticket_label(held.series, held.number))


def _call(tx: Transaction, row: Row[Any], desk_no: int, noted: dict[str, Any]) -> CallAnswer:
    """Call a ticket. noted: the columns of the call besides ticket, desk and time."""
    _insert_call(tx, row, desk_no, noted)
    is_recall = noted["is_recall"]
    changes = {
        "state": TicketState.CALLED.value,
        "desk_no": desk_no,
        "called_at": tx.now,
        "recalls": row.recalls + 1 if is_recall else 0,
        "for_desk_no": None,
        "parked_reason": None,
    }
    told = {name: noted[name] for name in ("out_of_turn", "post_id") if noted.get(name)}
    return change_ticket(
        tx, row, changes, "ticket.recalled" if is_recall else "ticket.called", told
    )


def _insert_call(tx: Transaction, row: Row[Any], desk_no: int, noted: dict[str, Any]) -> None:
    values = {
        "id": tx.new_id(),
        "ticket_id": row.id,
        "desk_no": desk_no,
        "market_day": tx.market_day,
        "called_at": tx.now,
        **noted,
    }
    tx.connection.execute(insert(call), values)
