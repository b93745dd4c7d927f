"""Owns how somebody who waits for work is shown to an employer and a desk before a match."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class WaitingWorker:
    """Somebody who waits for work, as an employer sees them before a match.

    call_name: such as "王师傅". age_band: such as "50–59". desk_no: who has them now, else None.
    applied: the place in the order of who applied for the post, None for who did not.
    people: how many wait on the ticket, more than 1 with a crew. reasons: in words, why they
    stand where they stand. can_be_called: they wait in line, neither at a desk nor put aside.
    """

    ticket_code: str
    label: str
    worker_id: str
    call_name: str
    age_band: str
    trades: tuple[str, ...]
    skill: str | None
    arrived_at: datetime
    desk_no: int | None
    applied: int | None
    people: int = 1
    reasons: tuple[str, ...] = ()
    can_be_called: bool = True
