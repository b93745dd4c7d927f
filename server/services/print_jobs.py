"""Owns the print spool: jobs queued with the change they belong to, claimed and reported once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, func, insert, or_, select, update

from server.db.prepared import Prepared
from server.db.tables import placement, print_job, ticket
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.clock import SHANGHAI, market_day
from server.domain.errors import (
    PrintJobStateForbids,
    PrintJobTaken,
    PrintJobUnknown,
    ReprintsExhausted,
    SlipVoid,
    TicketUnknown,
)
from server.domain.kinds import PlacementState, PrintJobKind, PrintJobState
from server.domain.tickets import MAX_REPRINTS
from server.services.open_market import OpenMarket
from server.services.rooms import DESKS, device_room

LIST_LIMIT = 20


@dataclass(frozen=True)
class PrintTarget:
    """What a job prints, and on whose printer; None: any agent may take it."""

    kind: PrintJobKind
    subject_id: str
    agent_id: str | None


# Why a paper did not come out that nobody waits for.
GIVEN_BACK = "given_back"


@dataclass(frozen=True)
class PrintJob:
    """One job of the spool. copy_no: 1 for the first paper, 2 upwards for reprints (补打)."""

    id: str
    kind: PrintJobKind
    state: PrintJobState
    reason: str
    copy_no: int
    ticket_id: str | None
    placement_id: str | None
    case_id: str | None
    post_list_id: str | None
    notice_id: str | None
    created_at: datetime


# The column that says what a kind of paper is about.
_SUBJECT = {
    PrintJobKind.TICKET: print_job.c.ticket_id,
    PrintJobKind.SLIP: print_job.c.placement_id,
    PrintJobKind.RECEIPT: print_job.c.case_id,
    PrintJobKind.POST_LIST: print_job.c.post_list_id,
    PrintJobKind.NOTICE: print_job.c.notice_id,
}
_NO_SUBJECT: dict[str, Any] = {column.name: None for column in _SUBJECT.values()}
_ADD = Prepared(insert(print_job))


def queue_print_job(tx: Transaction, target: PrintTarget, copy_no: int) -> str:
    """Queue a job in the caller's transaction and return its id."""
    job_id = tx.new_id()
    _ADD.run(
        tx.connection,
        {
            "id": job_id,
            "kind": target.kind.value,
            **_NO_SUBJECT,
            _SUBJECT[target.kind].name: target.subject_id,
            "copy_no": copy_no,
            "agent_id": target.agent_id,
            "origin_device_id": tx.actor.device_id,
            "state": PrintJobState.QUEUED.value,
            "reason": "",
            "entity_version": 1,
            "created_at": tx.now,
        },
    )
    return job_id


def queued_jobs(market: OpenMarket, agent_id: str) -> tuple[PrintJob, ...]:
    """Return the jobs an agent may claim, oldest first, at most LIST_LIMIT.

    Jobs that it claimed and never reported are among them: after a crash it alone knows from
    its journal whether a byte was sent.
    """
    statement = (
        select(print_job)
        .where(
            or_(
                and_(
                    print_job.c.state == PrintJobState.QUEUED.value,
                    or_(print_job.c.agent_id == agent_id, print_job.c.agent_id.is_(None)),
                ),
                and_(
                    print_job.c.state == PrintJobState.CLAIMED.value,
                    print_job.c.claimed_by == agent_id,
                ),
            )
        )
        .order_by(print_job.c.id)
        .limit(LIST_LIMIT)
    )
    return _jobs(market, statement)


def jobs_needing_people(market: OpenMarket) -> tuple[PrintJob, ...]:
    """Return today's failed and uncertain jobs without a later copy, latest first.

    At most LIST_LIMIT.
    """
    later = print_job.alias()
    same_subject = or_(
        later.c.ticket_id == print_job.c.ticket_id,
        later.c.placement_id == print_job.c.placement_id,
        later.c.case_id == print_job.c.case_id,
    )
    has_later_copy = exists().where(same_subject, later.c.copy_no > print_job.c.copy_no)
    now = market.database.now()
    midnight = datetime.combine(market_day(now), time(0), SHANGHAI)
    statement = (
        select(print_job)
        .where(
            print_job.c.state.in_([PrintJobState.FAILED.value, PrintJobState.UNCERTAIN.value]),
            print_job.c.created_at >= midnight,
            print_job.c.reason != GIVEN_BACK,
            ~has_later_copy,
        )
        .order_by(print_job.c.id.desc())
        .limit(LIST_LIMIT)
    )
    return _jobs(market, statement)


def print_job_of(market: OpenMarket, job_id: str) -> PrintJob:
    """Return one job. Raises PrintJobUnknown."""
    jobs = _jobs(market, select(print_job).where(print_job.c.id == job_id))
    if not jobs:
        raise PrintJobUnknown
    return jobs[0]


def _jobs(market: OpenMarket, statement: Select[Any]) -> tuple[PrintJob, ...]:
    with market.database.read() as connection:
        return tuple(_job(row) for row in connection.execute(statement))


def _job(row: Row[Any]) -> PrintJob:
    return PrintJob(
        row.id,
        PrintJobKind(row.kind),
        PrintJobState(row.state),
        row.reason,
        row.copy_no,
        row.ticket_id,
        row.placement_id,
        row.case_id,
        row.post_list_id,
        row.notice_id,
        row.created_at,
    )


def claim_print_job(market: OpenMarket, agent: Actor, job_id: str) -> PrintJob:
    """Take a queued job for one agent; of several rivals one gets it.

    A repeat by the agent that holds it gets it again (its first answer may have been lost).
    Raises PrintJobUnknown, PrintJobTaken.
    """
    with market.database.write(agent) as tx:
        row = _row(tx, job_id)
        if row.agent_id not in {None, agent.device_id}:
            raise PrintJobTaken
        if row.state == PrintJobState.CLAIMED and row.claimed_by == agent.device_id:
            return _job(row)
        if row.state != PrintJobState.QUEUED:
            raise PrintJobTaken
        tx.connection.execute(
            update(print_job).where(print_job.c.id == job_id),
            {
                "state": PrintJobState.CLAIMED.value,
                "claimed_by": agent.device_id,
                "claimed_at": tx.now,
                "entity_version": row.entity_version + 1,
            },
        )
        return _job(_row(tx, job_id))


@dataclass(frozen=True)
class PrintResult:
    """What became of a claimed job; QUEUED gives it back, nothing was sent."""

    state: PrintJobState
    reason: str


def report_print_job(market: OpenMarket, agent: Actor, job_id: str, result: PrintResult) -> None:
    """Write down what became of a claimed job and tell the kiosk it came from.

    A repeat of the same result changes nothing. Raises PrintJobUnknown, PrintJobTaken,
    PrintJobStateForbids. Records print_job.printed, .failed or .uncertain.
    """
    with market.database.write(agent) as tx:
        row = _row(tx, job_id)
        if row.claimed_by != agent.device_id:
            raise PrintJobTaken
        if row.state == result.state:
            return
        if not PrintJobState(row.state).may_become(result.state):
            raise PrintJobStateForbids(state=row.state)
        if result.state is PrintJobState.QUEUED and _is_void(tx, row.placement_id):
            result = PrintResult(PrintJobState.FAILED, GIVEN_BACK)
        _finish(tx, row, result)


def _is_void(tx: Transaction, placement_id: str | None) -> bool:
    """Tell whether a slip's agreement was undone; its paper goes back into no queue."""
    state = select(placement.c.state).where(placement.c.id == placement_id)
    return tx.connection.scalar(state) == PlacementState.WITHDRAWN


def settle_print_job(market: OpenMarket, staff: Actor, job_id: str, is_printed: bool) -> None:
    """Let a person decide an uncertain job: the paper came out, or it did not.

    Raises PrintJobUnknown, PrintJobStateForbids. Records print_job.printed or .failed.
    """
    with market.database.write(staff) as tx:
        row = _row(tx, job_id)
        if row.state != PrintJobState.UNCERTAIN:
            raise PrintJobStateForbids(state=row.state)
        state = PrintJobState.PRINTED if is_printed else PrintJobState.FAILED
        _finish(tx, row, PrintResult(state, "decided_by_staff"))


def drop_queued_papers(tx: Transaction, ticket_id: str) -> None:
    """Let no paper come out any more for a number that was given back.

    Records print_job.failed for each that no agent has claimed yet; nobody has to look after it.
    """
    queued = PrintJobState.QUEUED.value
    statement = select(print_job).where(
        print_job.c.ticket_id == ticket_id, print_job.c.state == queued
    )
    for row in tx.connection.execute(statement).all():
        _finish(tx, row, PrintResult(PrintJobState.FAILED, GIVEN_BACK))


def drop_queued_slips(tx: Transaction, placement_id: str) -> None:
    """Let no slip come out any more of an agreement that was undone, as `drop_queued_papers`."""
    queued = PrintJobState.QUEUED.value
    statement = select(print_job).where(
        print_job.c.placement_id == placement_id, print_job.c.state == queued
    )
    for row in tx.connection.execute(statement).all():
        _finish(tx, row, PrintResult(PrintJobState.FAILED, GIVEN_BACK))


def _finish(tx: Transaction, row: Row[Any], result: PrintResult) -> None:
    gave_back = result.state is PrintJobState.QUEUED
    changes = {
        "state": result.state.value,
        "reason": result.reason,
        "entity_version": row.entity_version + 1,
        "claimed_by": None if gave_back else row.claimed_by,
        "finished_at": None if gave_back else tx.now,
    }
    tx.connection.execute(update(print_job).where(print_job.c.id == row.id), changes)
    if not gave_back:
        body = {**row._mapping, **changes}
        event_type = f"print_job.{result.state.value}"
        tx.record(Event(event_type, f"print_job/{row.id}", row.entity_version + 1, body))
    told = {
        "job_id": row.id,
        "ticket_id": row.ticket_id,
        "state": result.state.value,
        "reason": result.reason,
    }
    if row.origin_device_id is not None:
        tx.send_signal(device_room(row.origin_device_id), "print", told)
    tx.send_signal(DESKS, "print", told)


_BY_ID = select(print_job).where(print_job.c.id == bindparam("job_id"))


def _row(tx: Transaction, job_id: str) -> Row[Any]:
    row = tx.connection.execute(_BY_ID, {"job_id": job_id}).first()
    if row is None:
        raise PrintJobUnknown
    return row


@dataclass(frozen=True)
class Reprint:
    """The job of one more copy."""

    id: str
    state: PrintJobState
    copy_no: int


def reprint_ticket(market: OpenMarket, actor: Actor, ticket_code: str, key: str) -> Reprint:
    """Queue one more copy of a ticket, marked 补打 with its copy number.

    A copy that is still queued or printing is returned instead of a second one.
    Raises TicketUnknown, ReprintsExhausted after MAX_REPRINTS. Records ticket.reprinted.
    """
    with market.database.write(actor) as tx:
        asked = Asked(key, "reprint_ticket", ticket_code)
        return tx.once(asked, Reprint, lambda: _reprint_ticket(tx, ticket_code))


def _reprint_ticket(tx: Transaction, ticket_code: str) -> Reprint:
    found = tx.connection.execute(select(ticket.c.id).where(ticket.c.code == ticket_code)).first()
    if found is None:
        raise TicketUnknown
    return queue_copy(tx, PrintTarget(PrintJobKind.TICKET, found.id, None))


def reprint_slip(market: OpenMarket, actor: Actor, placement_id: str, key: str) -> Reprint:
    """Queue one more copy of a slip. Raises PrintJobUnknown if it never had one.

    Raises SlipVoid for an agreement that was undone, ReprintsExhausted after MAX_REPRINTS.
    Records slip.reprinted.
    """
    with market.database.write(actor) as tx:
        asked = Asked(key, "reprint_slip", placement_id)
        return tx.once(asked, Reprint, lambda: _reprint_slip(tx, placement_id))


def _reprint_slip(tx: Transaction, placement_id: str) -> Reprint:
    if _is_void(tx, placement_id):
        raise SlipVoid
    return queue_copy(tx, PrintTarget(PrintJobKind.SLIP, placement_id, None))


def queue_copy(tx: Transaction, target: PrintTarget) -> Reprint:
    """Queue one more copy of a paper on the printer of the last one.

    A copy that is still queued or printing is returned instead of a second one. Raises
    PrintJobUnknown if there never was one, ReprintsExhausted after MAX_REPRINTS.
    Records <kind>.reprinted.
    """
    of_subject = _SUBJECT[target.kind] == target.subject_id
    last = tx.connection.execute(
        select(print_job).where(of_subject).order_by(print_job.c.copy_no.desc()).limit(1)
    ).first()
    if last is None:
        raise PrintJobUnknown
    if last.state in {PrintJobState.QUEUED, PrintJobState.CLAIMED}:
        return Reprint(last.id, PrintJobState(last.state), last.copy_no)
    if last.copy_no > MAX_REPRINTS:
        raise ReprintsExhausted(maximum=MAX_REPRINTS)
    agent_id = last.agent_id
    copy_no = last.copy_no + 1
    job_id = queue_print_job(tx, PrintTarget(target.kind, target.subject_id, agent_id), copy_no)
    body = {"print_job_id": job_id, "copy_no": copy_no}
    event_type = f"{target.kind.value}.reprinted"
    tx.record(Event(event_type, f"{target.kind.value}/{target.subject_id}", copy_no, body))
    return Reprint(job_id, PrintJobState.QUEUED, copy_no)


def count_unfinished(market: OpenMarket) -> int:
    """Return how many jobs wait for paper."""
    with market.database.read() as connection:
        statement = (
            select(func.count())
            .select_from(print_job)
            .where(print_job.c.state.in_([PrintJobState.QUEUED.value, PrintJobState.CLAIMED.value]))
        )
        return int(connection.scalar(statement) or 0)
