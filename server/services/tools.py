"""Owns lending: tools added and counted, lent for nothing and never for a deposit, taken back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from sqlalchemy import insert, select, update

from server.db.tables import market as market_table
from server.db.tool_tables import tool, tool_loan
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.cases import NOTE_LIMIT
from server.domain.errors import (
    TextTooLong,
)
from server.domain.errors.hall import (
    LoanOver,
    LoanUnknown,
    ToolCountBelowLent,
    ToolCountInvalid,
    ToolExists,
    ToolsTooFew,
    ToolUnknown,
)
from server.domain.tools import (
    EVENING,
    MOST_AT_ONCE,
    ToolCondition,
    check_tool_count,
    clean_tool_name,
    loan_due_at,
)
from server.services.open_market import OpenMarket
from server.services.tool_ledger import NOTE, TOOLS, ToolRow, tool_row
from server.services.worker_finding import worker_named


@dataclass(frozen=True)
class NewLoan:
    """What a clerk lends. worker_text: today's number, a code, a citizen number or a phone."""

    tool_id: str
    worker_text: str = field(repr=False)
    quantity: int
    due_day: date


@dataclass(frozen=True)
class Lent:
    """The loans that were made, one for each piece, and how many of the tool are left."""

    loan_ids: tuple[str, ...]
    left: int


def add_tool(market: OpenMarket, clerk: Actor, name: str, count: int, key: str) -> str:
    """Add a tool and return its id.

    Raises TextMissing, TextTooLong, ToolCountInvalid, ToolExists. Records tool.added.
    """
    clean, pieces = clean_tool_name(name), check_tool_count(count)
    with market.database.write(clerk) as tx:
        asked = Asked(key, "add_tool", {"name": clean, "pieces": pieces})
        return tx.once(asked, str, lambda: _add(tx, clean, pieces))


def _add(tx: Transaction, name: str, count: int) -> str:
    if tx.connection.scalar(select(tool.c.id).where(tool.c.name == name)) is not None:
        raise ToolExists(field="tool_name")
    values = {
        "id": tx.new_id(),
        "name": name,
        "pieces": count,
        "entity_version": 1,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(tool), values)
    tx.record(Event("tool.added", f"tool/{values['id']}", 1, values))
    return str(values["id"])


def count_tool(market: OpenMarket, clerk: Actor, tool_id: str, count: int, key: str) -> int:
    """Say how many of a tool there are, and return it.

    Raises ToolCountInvalid, ToolUnknown, ToolCountBelowLent. Records tool.counted.
    """
    pieces = check_tool_count(count)
    with market.database.write(clerk) as tx:
        asked = Asked(key, "count_tool", {"tool_id": tool_id, "pieces": pieces})
        tx.once(asked, str, lambda: _count(tx, tool_id, pieces))
    return pieces


def _count(tx: Transaction, tool_id: str, count: int) -> str:
    found = _tool(tx, tool_id)
    if count < found.out:
        raise ToolCountBelowLent(field="count", out=found.out)
    return _set_count(tx, tool_id, count, "tool.counted")


def _set_count(tx: Transaction, tool_id: str, count: int, event_type: str) -> str:
    mine = tool.c.id == tool_id
    row = tx.connection.execute(select(tool).where(mine)).one()
    values = {**row._mapping, "pieces": count, "entity_version": row.entity_version + 1}
    tx.connection.execute(update(tool).where(mine), values)
    tx.record(Event(event_type, f"tool/{tool_id}", values["entity_version"], values))
    return tool_id


def lend_tool(market: OpenMarket, clerk: Actor, new: NewLoan, key: str) -> Lent:
    """Lend pieces of a tool to a worker, never more than there are and never for money.

    Raises ToolUnknown, ToolCountInvalid outside 1 to MOST_AT_ONCE, ToolsTooFew, LoanDueInvalid,
    TextMissing, WorkerUnknown, WorkerAmbiguous. Records tool.lent for each piece.
    """
    hashed = {"worker_text": market.seal.index(new.worker_text, "request")}
    asked = Asked(key, "lend_tool", {**asdict(new), **hashed})
    with market.database.write(clerk) as tx:
        return tx.once(asked, Lent, lambda: _lend(tx, market, new))


def _lend(tx: Transaction, market: OpenMarket, new: NewLoan) -> Lent:
    found = _tool(tx, new.tool_id)
    if not 1 <= new.quantity <= MOST_AT_ONCE:
        raise ToolCountInvalid(field="quantity", maximum=MOST_AT_ONCE)
    if new.quantity > found.left:
        raise ToolsTooFew(field="quantity", left=found.left)
    closes = tx.connection.execute(select(market_table.c.closes_at)).scalar_one()
    due_at = loan_due_at(new.due_day, closes, tx.now)
    closes = tx.connection.scalar(select(market_table.c.closes_at))
    due_at = loan_due_at(new.due_day, closes or EVENING, tx.now)
    borrower = worker_named(tx.connection, market.seal, tx.market_day, new.worker_text)
    ids = tuple(_insert_loan(tx, new.tool_id, borrower.id, due_at) for _ in range(new.quantity))
    return Lent(ids, found.left - new.quantity)


def _insert_loan(tx: Transaction, tool_id: str, worker_id: str, due_at: datetime) -> str:
    values = {
        "id": tx.new_id(),
        "tool_id": tool_id,
        "worker_id": worker_id,
        "lent_at": tx.now,
        "lent_by": tx.actor.staff_id,
        "due_at": due_at,
        "entity_version": 1,
    }
    tx.connection.execute(insert(tool_loan), values)
    tx.record(Event("tool.lent", f"tool_loan/{values['id']}", 1, values))
    return str(values["id"])


@dataclass(frozen=True)
class Return:
    """How a piece came back. note: what a clerk writes of its condition, "" for nothing."""

    condition: ToolCondition
    note: str = field(default="", repr=False)


def return_tool(market: OpenMarket, clerk: Actor, loan_id: str, back: Return, key: str) -> str:
    """Take a piece back and return the loan's id; of what is broken or lost there is one less.

    Raises LoanUnknown, LoanOver, TextTooLong. Records tool.returned, and tool.lost where there is
    one less.
    """
    note = " ".join(back.note.split())
    if len(note) > NOTE_LIMIT:
        raise TextTooLong(field="note", limit=NOTE_LIMIT)
    content = {"loan_id": loan_id, "how": back.condition, "note": market.seal.index(note, NOTE)}
    with market.database.write(clerk) as tx:
        sealed = market.seal.seal(note, NOTE) if note else None
        asked = Asked(key, "return_tool", content)
        return tx.once(asked, str, lambda: _return(tx, loan_id, back.condition, sealed))


def _return(tx: Transaction, loan_id: str, how: ToolCondition, note_sealed: str | None) -> str:
    mine = tool_loan.c.id == loan_id
    row = tx.connection.execute(select(tool_loan).where(mine)).first()
    if row is None:
        raise LoanUnknown
    if row.returned_at is not None:
        raise LoanOver
    values = {
        **row._mapping,
        "returned_at": tx.now,
        "returned_by": tx.actor.staff_id,
        "condition": how.value,
        "note_sealed": note_sealed,
        "entity_version": row.entity_version + 1,
    }
    tx.connection.execute(update(tool_loan).where(mine), values)
    tx.record(Event("tool.returned", f"tool_loan/{loan_id}", values["entity_version"], values))
    if how.is_gone:
        _set_count(tx, row.tool_id, _tool(tx, row.tool_id).pieces - 1, "tool.lost")
    return loan_id


def _tool(tx: Transaction, tool_id: str) -> ToolRow:
    row = tx.connection.execute(TOOLS.where(tool.c.id == tool_id)).first()
    if row is None:
        raise ToolUnknown(field="tool_id")
    return tool_row(row)
