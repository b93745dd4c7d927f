"""Owns cases (诉求): opened by a worker with a receipt, due by the clocks of 13710."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from server.db.tables import (
    case_counter,
    complaint_case,
    employer,
    placement,
    post,
    staff,
    worker,
)
from server.db.tables import market as market_table
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.case_kinds import CaseDays, CaseOutcome
from server.domain.cases import Deadlines, case_no, deadlines_from
from server.domain.errors import PlacementUnknown, PrintJobUnknown, ReprintsExhausted
from server.domain.kinds import CaseKind, PrintJobKind, ServiceKind
from server.services.check_in import agent_here
from server.services.open_market import OpenMarket
from server.services.print_jobs import PrintTarget, queue_copy, queue_print_job
from server.services.registrations import save_asker
from server.services.rooms import DESKS
from server.services.workers import Person, WorkerAnswers, masked_name_of

CASES_SHOWN = 200


@dataclass(frozen=True)
class NewCase:
    """Somebody has a complaint or needs help. placement_id: the job it is about, if it is one."""

    person: Person
    kind: CaseKind
    placement_id: str | None
    answers: WorkerAnswers


@dataclass(frozen=True)
class Case:
    """A case. employer: the public name of whom it is about, "" where nobody was named."""

    id: str
    no: str
    kind: CaseKind
    employer: str
    opened_at: datetime
    deadlines: Deadlines


@dataclass(frozen=True)
class CaseAnswer:
    """The case that a wish led to.

    is_new: False when the same is open already; then its receipt is printed once more.
    """

    case: Case
    is_new: bool
    print_job_id: str | None


def open_case(market: OpenMarket, actor: Actor, new: NewCase, key: str) -> CaseAnswer:
    """Open a case for a worker and queue its receipt; the desks hear of it.

    The same worker, kind and job give the same case until it is closed. Raises what
    `save_asker` raises, PlacementUnknown for a job that is not the worker's own.
    Records case.opened, and worker.registered or worker.updated where something is new.
    """
    content = {
        "person": market.seal.index(new.person.id_no, "worker.id_no"),
        "kind": new.kind,
        "placement_id": new.placement_id,
        "answers": asdict(new.answers),
    }
    with market.database.write(actor) as tx:
        asked = Asked(key, "open_case", content)
        return tx.once(asked, CaseAnswer, lambda: _open(tx, market, new))


def _open(tx: Transaction, market: OpenMarket, new: NewCase) -> CaseAnswer:
    worker_id = save_asker(tx, market.seal, new.person, new.answers, ServiceKind.COMPLAINT)
    return open_for_worker(tx, CaseOf(worker_id, new.kind, new.placement_id))


@dataclass(frozen=True)
class CaseOf:
    """Whose case it is and what about; note_sealed: what a clerk wrote down, None at the kiosk.

    has_paper: somebody stands at a printer to take the receipt.
    """

    worker_id: str
    kind: CaseKind
    placement_id: str | None
    note_sealed: str | None = None
    has_paper: bool = True


def open_for_worker(tx: Transaction, new: CaseOf) -> CaseAnswer:
    """Open a registered worker's case in the caller's transaction, as `open_case` does."""
    worker_id = new.worker_id
    if new.placement_id is not None:
        own = select(placement.c.id).where(
            placement.c.id == new.placement_id, placement.c.worker_id == worker_id
        )
        if tx.connection.scalar(own) is None:
            raise PlacementUnknown
    had = tx.connection.execute(CASES.where(open_about(new))).first()
    if had is not None:
        return CaseAnswer(_case(had), False, _copy_receipt(tx, had.id) if new.has_paper else None)
    return _insert(tx, new)


def open_about(same: CaseOf) -> ColumnElement[bool]:
    """Return the condition for an open case of the same worker about the same."""
    return and_(
        complaint_case.c.worker_id == same.worker_id,
        complaint_case.c.kind == same.kind.value,
        complaint_case.c.placement_id.is_(None)
        if same.placement_id is None
        else complaint_case.c.placement_id == same.placement_id,
        complaint_case.c.closed_at.is_(None),
    )


def days_of_clocks(tx: Transaction) -> CaseDays:
    """Return which days the clocks of cases count at this market, as a transaction sees it."""
    return CaseDays(tx.connection.scalar(select(market_table.c.case_days)) or CaseDays.CALENDAR)


def _insert(tx: Transaction, new: CaseOf) -> CaseAnswer:
    year = tx.market_day.year
    values: dict[str, Any] = {
        "id": tx.new_id(),
        "no": case_no(year, _take_number(tx, year)),
        "kind": new.kind.value,
        "worker_id": new.worker_id,
        "placement_id": new.placement_id,
        "market_day": tx.market_day,
        **asdict(deadlines_from(tx.market_day, days_of_clocks(tx))),
        "note_sealed": new.note_sealed,
        "entity_version": 1,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(complaint_case), values)
    job_id = _print_receipt(tx, values["id"]) if new.has_paper else None
    body = {**values, "print_job_id": job_id}
    tx.record(Event("case.opened", f"case/{values['id']}", 1, body))
    tx.send_signal(DESKS, "case", {"no": values["no"], "kind": new.kind.value})
    return CaseAnswer(_case(_row(tx.connection, values["id"])), True, job_id)


def _print_receipt(tx: Transaction, case_id: str) -> str:
    return queue_print_job(tx, PrintTarget(PrintJobKind.RECEIPT, case_id, agent_here(tx)), 1)


def _copy_receipt(tx: Transaction, case_id: str) -> str | None:
    target = PrintTarget(PrintJobKind.RECEIPT, case_id, None)
    try:
        return queue_copy(tx, target).id
    except PrintJobUnknown:
        return _print_receipt(tx, case_id)
    except ReprintsExhausted:
        return None


def _next_number_on(dialect_insert: Any) -> Any:
    statement = dialect_insert(case_counter).values(year=bindparam("year"), last_number=1)
    return statement.on_conflict_do_update(
        index_elements=["year"], set_={"last_number": case_counter.c.last_number + 1}
    ).returning(case_counter.c.last_number)


_NEXT_NUMBER = {
    "sqlite": _next_number_on(sqlite_insert),
    "postgresql": _next_number_on(postgresql_insert),
}


def _take_number(tx: Transaction, year: int) -> int:
    statement = _NEXT_NUMBER[tx.connection.dialect.name]
    return int(tx.connection.scalar(statement, {"year": year}))


# Cases with the public name of whom they are about, the sealed name of whose they are, and who
# has them.
CASES = (
    select(complaint_case, employer.c.public_name, worker.c.name_sealed, staff.c.display_name)
    .join_from(complaint_case, worker, worker.c.id == complaint_case.c.worker_id)
    .join(placement, placement.c.id == complaint_case.c.placement_id, isouter=True)
    .join(post, post.c.id == placement.c.post_id, isouter=True)
    .join(employer, employer.c.id == post.c.employer_id, isouter=True)
    .join(staff, staff.c.id == complaint_case.c.responsible_id, isouter=True)
)


def _row(connection: Connection, case_id: str) -> Row[Any]:
    row = connection.execute(CASES.where(complaint_case.c.id == case_id)).first()
    if row is None:
        raise PrintJobUnknown
    return row


def _case(row: Row[Any]) -> Case:
    return Case(
        row.id,
        row.no,
        CaseKind(row.kind),
        row.public_name or "",
        row.created_at,
        Deadlines(row.assign_by_day, row.feedback_by_day, row.close_by_day),
    )


def case_of(market: OpenMarket, case_id: str) -> Case:
    """Return the case of a receipt. Raises PrintJobUnknown."""
    with market.database.read() as connection:
        return _case(_row(connection, case_id))


@dataclass(frozen=True)
class CaseRow:
    """A case as the desk lists it.

    masked_name: the holder's, None when only the number is known. The moments are None until
    the step is done. responsible: the display name of who has the case, "" for nobody.
    """

    case: Case
    opened_day: date
    masked_name: str | None
    assigned_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    responsible: str = ""
    is_major: bool = False
    outcome: CaseOutcome | None = None


def cases(market: OpenMarket, limit: int = CASES_SHOWN) -> tuple[CaseRow, ...]:
    """Return the cases that are not closed, the longest open first, then the closed ones.

    At most `limit`.
    """
    statement = CASES.order_by(complaint_case.c.closed_at.is_not(None), complaint_case.c.id).limit(
        limit
    )
    with market.database.read() as connection:
        return tuple(case_row(market, row) for row in connection.execute(statement))


def case_row(market: OpenMarket, row: Row[Any]) -> CaseRow:
    """Return what the desk lists of a row of CASES."""
    return CaseRow(
        _case(row),
        row.market_day,
        masked_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
        row.assigned_at,
        row.answered_at,
        row.closed_at,
        row.display_name or "",
        row.is_major,
        None if row.outcome is None else CaseOutcome(row.outcome),
    )
