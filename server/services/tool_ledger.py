"""Owns what the tool ledger shows: what there is, who has it, what is overdue, what came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from server.db.seal import FieldSeal
from server.db.tables import staff, worker
from server.db.tool_tables import tool, tool_loan
from server.domain.tools import ToolCondition
from server.services.open_market import OpenMarket
from server.services.workers import masked_name_of

NOTE = "tool_loan.note"
OUT_SHOWN, BACK_SHOWN = 300, 20


@dataclass(frozen=True)
class ToolRow:
    """A tool of the market. pieces: how many there are; out: how many of them are lent now."""

    id: str
    name: str
    pieces: int
    out: int

    @property
    def left(self) -> int:
        """Return how many can be lent now."""
        return self.pieces - self.out


@dataclass(frozen=True)
class LoanRow:
    """A piece that was lent. masked_name: None when only a number is known. note: "" for none."""

    id: str
    tool_name: str
    masked_name: str | None
    lent_at: datetime
    lent_by: str
    due_at: datetime
    is_overdue: bool
    returned_at: datetime | None
    condition: ToolCondition | None
    note: str = field(repr=False)


@dataclass(frozen=True)
class ToolLedger:
    """The ledger. out: what is lent now, the longest overdue first. back: what came back lately.

    lent: how many pieces are out in all, overdue: how many of them should have been back.
    """

    tools: tuple[ToolRow, ...]
    out: tuple[LoanRow, ...]
    back: tuple[LoanRow, ...]
    lent: int
    overdue: int


_OUT = (
    select(func.count(tool_loan.c.id))
    .where(tool_loan.c.tool_id == tool.c.id, tool_loan.c.returned_at.is_(None))
    .correlate(tool)
    .scalar_subquery()
)
TOOLS = select(tool, _OUT.label("out")).order_by(tool.c.name)
_LOANS = (
    select(tool_loan, tool.c.name.label("tool_name"))
    .add_columns(worker.c.name_sealed, staff.c.display_name)
    .join(tool, tool.c.id == tool_loan.c.tool_id)
    .join(worker, worker.c.id == tool_loan.c.worker_id)
    .join(staff, staff.c.id == tool_loan.c.lent_by)
)
_IS_OUT = tool_loan.c.returned_at.is_(None)


def tool_row(row: Row[Any]) -> ToolRow:
    """Return the tool of a row of TOOLS."""
    return ToolRow(row.id, row.name, row.pieces, row.out)


def tool_ledger(market: OpenMarket) -> ToolLedger:
    """Return what there is, what is lent now and what came back lately."""
    now = market.database.now()
    lent_now = _LOANS.where(_IS_OUT).order_by(tool_loan.c.due_at, tool_loan.c.id)
    latest = _LOANS.where(~_IS_OUT).order_by(tool_loan.c.returned_at.desc(), tool_loan.c.id)
    count = select(func.count(tool_loan.c.id)).where(_IS_OUT)
    with market.database.read() as connection:
        lent = connection.scalar(count) or 0
        overdue = connection.scalar(count.where(tool_loan.c.due_at < now)) or 0
        out = connection.execute(lent_now.limit(OUT_SHOWN)).all()
        back = connection.execute(latest.limit(BACK_SHOWN)).all()
        tools = tuple(tool_row(row) for row in connection.execute(TOOLS))
    return ToolLedger(
        tools,
        tuple(_loan(market.seal, row, now) for row in out),
        tuple(_loan(market.seal, row, now) for row in back),
        lent,
        overdue,
    )


def _loan(seal: FieldSeal, row: Row[Any], now: datetime) -> LoanRow:
    return LoanRow(
        row.id,
        row.tool_name,
        masked_name_of(seal.open_optional(row.name_sealed, "worker.name")),
        row.lent_at,
        row.display_name,
        row.due_at,
        row.returned_at is None and row.due_at < now,
        row.returned_at,
        None if row.condition is None else ToolCondition(row.condition),
        seal.open_optional(row.note_sealed, NOTE) or "",
    )
