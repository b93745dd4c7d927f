"""Owns the handling of cases: taken on, answered, extended, closed, handed over, opened again.

Whoever takes a case on first is responsible for it (首问责任人, notice, Annex 4 item 10) until they
hand it over. Every text that a clerk writes is sealed: it may name people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, select, update

from server.db.tables import complaint_case, staff
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.case_kinds import OUTCOMES_OF, CaseOutcome, CaseState
from server.domain.cases import (
    NOTE_LIMIT,
    case_state,
    clean_case_text,
    deadlines_from,
    major_close_by,
)
from server.domain.errors import (
    CaseClosed,
    CaseExtended,
    CaseExtensionTooLate,
    CaseFeedbackMissing,
    CaseNotClosed,
    CaseNotTaken,
    CaseNotYours,
    CaseOpenAgain,
    CaseOutcomeUnfit,
    CaseTaken,
    CaseUnknown,
    MarketBusy,
    PermissionMissing,
    StaffUnknown,
)
from server.domain.kinds import CaseKind, StaffRole
from server.services.cases import CaseOf, days_of_clocks, open_about
from server.services.open_market import OpenMarket
from server.services.rooms import DESKS

TEXT = "case.text"


@dataclass(frozen=True)
class CaseStanding:
    """Where a case is after a step. version: of its entity in the log."""

    no: str
    state: CaseState
    responsible_id: str | None
    close_by_day: date
    version: int


@dataclass(frozen=True)
class HandOver:
    """Who is responsible from now on, and why."""

    staff_id: str
    reason: str = field(repr=False)


@dataclass(frozen=True)
class Closing:
    """How a case ended, and what was done."""

    outcome: CaseOutcome
    done: str = field(repr=False)


@dataclass(frozen=True)
class _Work:
    """A case under somebody's hands in one transaction."""

    tx: Transaction
    market: OpenMarket
    row: Row[Any]
    member: Row[Any]

    def sealed(self, text: str) -> str:
        return self.market.seal.seal(text, TEXT)


@dataclass(frozen=True)
class _Step:
    """A step that somebody asks for. text: what they wrote, "" for none."""

    name: str
    no: str
    key: str
    text: str = field(default="", repr=False)
    more: str = ""


def take_on(market: OpenMarket, clerk: Actor, no: str, key: str) -> CaseStanding:
    """Make a clerk responsible for a case that nobody has; of two at once, one wins.

    Raises CaseUnknown, CaseTaken, CaseClosed. Records case.assigned.
    """
    return _do(market, clerk, _Step("take_case_on", no, key), _take_on)


def _take_on(work: _Work) -> CaseStanding:
    _check_open(work)
    if work.row.responsible_id is not None:
        raise CaseTaken(who=_name(work, work.row.responsible_id))
    return _save(
        work, "case.assigned", {"responsible_id": work.member.id, "assigned_at": work.tx.now}
    )


def hand_over(
    market: OpenMarket, clerk: Actor, no: str, wanted: HandOver, key: str
) -> CaseStanding:
    """Make another active member of staff responsible; the clocks run on.

    Raises CaseUnknown, CaseClosed, CaseNotTaken, CaseNotYours, StaffUnknown, CaseTaken if it is
    theirs already, TextMissing, TextTooLong. Records case.handed_over.
    """
    reason = clean_case_text(wanted.reason, "reason", NOTE_LIMIT)
    step = _Step("hand_case_over", no, key, reason, wanted.staff_id)
    return _do(market, clerk, step, lambda work: _hand_over(work, wanted.staff_id, reason))


def _hand_over(work: _Work, staff_id: str, reason: str) -> CaseStanding:
    _check_own(work)
    member = work.tx.connection.execute(
        select(staff).where(staff.c.id == staff_id, staff.c.is_active)
    ).first()
    if member is None:
        raise StaffUnknown
    if member.id == work.row.responsible_id:
        raise CaseTaken(who=member.display_name)
    told = {"text_sealed": work.sealed(reason)}
    return _save(work, "case.handed_over", {"responsible_id": member.id}, told)


def give_feedback(market: OpenMarket, clerk: Actor, no: str, text: str, key: str) -> CaseStanding:
    """Note the word that the worker got; the first one stops its clock.

    Raises CaseUnknown, CaseClosed, CaseNotTaken, CaseNotYours, TextMissing, TextTooLong.
    Records case.answered.
    """
    clean = clean_case_text(text, "feedback")
    return _do(
        market, clerk, _Step("answer_case", no, key, clean), lambda work: _answer(work, clean)
    )


def _answer(work: _Work, text: str) -> CaseStanding:
    _check_own(work)
    changes = {"answered_at": work.row.answered_at or work.tx.now}
    return _save(work, "case.answered", changes, {"text_sealed": work.sealed(text)})


def extend_case(market: OpenMarket, clerk: Actor, no: str, plan: str, key: str) -> CaseStanding:
    """Make a case a major one: a month, with a plan, before its seven days are over.

    Raises CaseUnknown, CaseClosed, CaseNotTaken, CaseNotYours, CaseExtended,
    CaseExtensionTooLate, TextMissing, TextTooLong. Records case.extended.
    """
    clean = clean_case_text(plan, "plan")
    return _do(
        market, clerk, _Step("extend_case", no, key, clean), lambda work: _extend(work, clean)
    )


def _extend(work: _Work, plan: str) -> CaseStanding:
    _check_own(work)
    if work.row.is_major:
        raise CaseExtended
    if work.row.close_by_day < work.tx.market_day:
        raise CaseExtensionTooLate
    start = work.row.reopened_day or work.row.market_day
    sealed = work.sealed(plan)
    changes = {
        "is_major": True,
        "plan_sealed": sealed,
        "close_by_day": major_close_by(start, days_of_clocks(work.tx)),
    }
    return _save(work, "case.extended", changes, {"text_sealed": sealed})


def close_case(
    market: OpenMarket, clerk: Actor, no: str, closing: Closing, key: str
) -> CaseStanding:
    """Close a case with its outcome and what was done; never before the worker got a word.

    Raises CaseUnknown, CaseClosed, CaseNotTaken, CaseNotYours, CaseFeedbackMissing,
    CaseOutcomeUnfit, TextMissing, TextTooLong. Records case.closed.
    """
    done = clean_case_text(closing.done, "done")
    step = _Step("close_case", no, key, done, closing.outcome.value)
    return _do(market, clerk, step, lambda work: _close(work, closing.outcome, done))


def _close(work: _Work, outcome: CaseOutcome, done: str) -> CaseStanding:
    _check_own(work)
    if work.row.answered_at is None:
        raise CaseFeedbackMissing
    if outcome not in OUTCOMES_OF[CaseKind(work.row.kind)]:
        raise CaseOutcomeUnfit
    sealed = work.sealed(done)
    changes = {"outcome": outcome.value, "done_sealed": sealed, "closed_at": work.tx.now}
    return _save(work, "case.closed", changes, {"text_sealed": sealed})


def reopen_case(market: OpenMarket, manager: Actor, no: str, reason: str, key: str) -> CaseStanding:
    """Open a closed case again: whoever had it has it, and its clocks start anew today.

    Raises CaseUnknown, PermissionMissing for anybody but a manager, CaseNotClosed,
    CaseOpenAgain, TextMissing, TextTooLong. Records case.reopened.
    """
    clean = clean_case_text(reason, "reason", NOTE_LIMIT)
    return _do(
        market, manager, _Step("reopen_case", no, key, clean), lambda work: _reopen(work, clean)
    )


def _reopen(work: _Work, reason: str) -> CaseStanding:
    if work.member.role != StaffRole.MANAGER:
        raise PermissionMissing
    row, tx = work.row, work.tx
    if row.closed_at is None:
        raise CaseNotClosed
    same = CaseOf(row.worker_id, CaseKind(row.kind), row.placement_id)
    other = tx.connection.scalar(select(complaint_case.c.no).where(open_about(same)))
    if other is not None:
        raise CaseOpenAgain(no=other)
    changes = {
        **asdict(deadlines_from(tx.market_day, days_of_clocks(tx))),
        "reopened_day": tx.market_day,
        **dict.fromkeys(("answered_at", "closed_at", "outcome", "done_sealed", "plan_sealed")),
        "is_major": False,
    }
    return _save(work, "case.reopened", changes, {"text_sealed": work.sealed(reason)})


def note_on_case(tx: Transaction, market: OpenMarket, case_id: str, note: str) -> None:
    """Add what somebody says again about their open case. Records case.noted."""
    row = tx.connection.execute(select(complaint_case).where(complaint_case.c.id == case_id)).one()
    work = _Work(tx, market, row, _member(tx))
    _save(work, "case.noted", {}, {"text_sealed": work.sealed(note)})


def take_on_in(tx: Transaction, market: OpenMarket, case_id: str) -> None:
    """Make the acting clerk responsible for a case that nobody has; others keep theirs.

    Records case.assigned where something changed.
    """
    row = tx.connection.execute(select(complaint_case).where(complaint_case.c.id == case_id)).one()
    if row.responsible_id is None:
        _take_on(_Work(tx, market, row, _member(tx)))


def _do(
    market: OpenMarket, actor: Actor, step: _Step, act: Callable[[_Work], CaseStanding]
) -> CaseStanding:
    said = market.seal.index(step.text, TEXT) if step.text else ""
    asked = Asked(step.key, step.name, {"no": step.no, "text": said, "more": step.more})
    with market.database.write(actor) as tx:
        return tx.once(asked, CaseStanding, lambda: act(_work(tx, market, step.no)))


def _work(tx: Transaction, market: OpenMarket, no: str) -> _Work:
    member = _member(tx)
    row = tx.connection.execute(select(complaint_case).where(complaint_case.c.no == no)).first()
    if row is None:
        raise CaseUnknown
    return _Work(tx, market, row, member)


def _member(tx: Transaction) -> Row[Any]:
    known = select(staff).where(staff.c.id == (tx.actor.staff_id or ""), staff.c.is_active)
    member = tx.connection.execute(known).first()
    if member is None:
        raise PermissionMissing
    return member


def _check_open(work: _Work) -> None:
    if work.row.closed_at is not None:
        raise CaseClosed


def _check_own(work: _Work) -> None:
    """Let only the responsible clerk or a manager do something to an open case."""
    _check_open(work)
    if work.row.responsible_id is None:
        raise CaseNotTaken
    if work.row.responsible_id != work.member.id and work.member.role != StaffRole.MANAGER:
        raise CaseNotYours(who=_name(work, work.row.responsible_id))


def _name(work: _Work, staff_id: str) -> str:
    name = select(staff.c.display_name).where(staff.c.id == staff_id)
    return str(work.tx.connection.scalar(name))


def _save(
    work: _Work, event: str, changes: dict[str, Any], told: dict[str, Any] | None = None
) -> CaseStanding:
    """Change the case as this transaction saw it, and tell the log and the desks.

    Raises MarketBusy when another server process has changed it meanwhile (PostgreSQL).
    """
    tx, seen = work.tx, work.row
    version = seen.entity_version + 1
    done = tx.connection.execute(
        update(complaint_case).where(
            complaint_case.c.id == seen.id,
            complaint_case.c.entity_version == seen.entity_version,
        ),
        {**changes, "entity_version": version},
    )
    if done.rowcount != 1:
        raise MarketBusy
    row = tx.connection.execute(select(complaint_case).where(complaint_case.c.id == seen.id)).one()
    body = {**row._asdict(), **(told or {})}
    tx.record(Event(event, f"case/{row.id}", version, body))
    tx.send_signal(DESKS, "case", {"no": row.no, "kind": row.kind})
    steps = (row.assigned_at, row.answered_at, row.closed_at)
    state = case_state(*(moment is not None for moment in steps))
    return CaseStanding(row.no, state, row.responsible_id, row.close_by_day, version)
