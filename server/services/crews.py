"""Owns crews (班组): a leader and identified members who wait together on one ticket.

Everybody in a crew has a visit of their own, so the day counts people; all these visits are on
the leader's ticket, and only the leader's visit holds it. What belongs to a ticket (calling,
serving, giving back) thus holds for the crew without knowing of crews; who holds a ticket is
found by `HELD_BY`, who is on it by `people_on`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from server.db.seal import FieldSeal
from server.db.tables import crew, crew_member, print_job, ticket
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.crews import check_crew_size
from server.domain.errors import CrewLeaderBusy, CrewMemberBusy, CrewMemberTwice, InAnotherCrew
from server.domain.kinds import CancelReason, NeedKind, PrintJobKind, ServiceKind, TicketState
from server.services.cancellations import give_back
from server.services.check_in import (
    CheckInAnswer,
    OnTicket,
    Today,
    agent_here,
    hand_out,
    issue_ticket,
    save_visit,
    ticket_today,
)
from server.services.open_market import OpenMarket
from server.services.print_jobs import PrintTarget, queue_print_job
from server.services.registrations import save_asker
from server.services.tickets import view_of
from server.services.turns import refresh_line
from server.services.workers import (
    Person,
    WorkerAnswers,
    check_answers,
    find_by_number,
    needs_of,
    save_worker,
    trades_of,
)

FIND_WORK = ServiceKind.FIND_WORK


@dataclass(frozen=True)
class NewCrew:
    """A leader checks in with members.

    answers: the leader's. members_notice: the version of the notice that the members who had
    not agreed to it yet were told and agreed to, None if there were none.
    """

    leader: Person
    members: tuple[Person, ...]
    answers: WorkerAnswers
    members_notice: str | None


# Rows of prepared statements are of a class made at run time, hence Any.
@dataclass(frozen=True)
class Joining:
    """Somebody who comes onto the ticket: their rows so far, None where there is none."""

    person: Person
    row: Any
    had: Any


def check_in_crew(market: OpenMarket, actor: Actor, new: NewCrew, key: str) -> CheckInAnswer:
    """Check a leader and the members in on one ticket for work and queue its print job.

    A leader who waits already keeps number and place: the ticket becomes the crew's, or the crew
    grows by those who are not in it yet; nothing new prints nothing. A member's own waiting
    ticket is given back. Members need no phone or education yet; who has no trade gets the
    leader's. The same `key` gives the same answer.
    Raises CrewMembersMissing, CrewTooLarge, CrewMemberTwice, InAnotherCrew, CrewLeaderBusy,
    CrewMemberBusy and what `check_answers` raises. Records crew.checked_in or crew.joined, for
    each person visit.checked_in, and ticket.joined, ticket.cancelled where a ticket was there.
    """
    content = {
        "leader": market.seal.index(new.leader.id_no, "worker.id_no"),
        "members": [market.seal.index(one.id_no, "worker.id_no") for one in new.members],
        "answers": asdict(new.answers),
        "members_notice": new.members_notice,
    }
    with market.database.write(actor) as tx:
        asked = Asked(key, "check_in_crew", content)
        return tx.once(asked, CheckInAnswer, lambda: _check_in(tx, market.seal, new))


def _check_in(tx: Transaction, seal: FieldSeal, new: NewCrew) -> CheckInAnswer:
    check_crew_size(len(new.members) + 1)
    today = Today(tx.connection, tx.market_day)
    leader = leader_of(today, seal, new.leader)
    joining = joining_of(today, seal, leader, new.members)
    is_waiting = leader.had is not None and leader.had.state == TicketState.WAITING
    if is_waiting and not joining:
        return CheckInAnswer(view_of(tx.connection, leader.had), False, None)
    people = (leader.had.people if is_waiting else 1) + len(joining)
    check_crew_size(people)
    leader_id = save_asker(tx, seal, new.leader, new.answers, FIND_WORK)
    if is_waiting:
        answer = _grow(tx, leader.had, people)
    else:
        issued = issue_ticket(tx, FIND_WORK, people, {})
        put_on = OnTicket(issued["id"], FIND_WORK, holds_ticket=True)
        answer = hand_out(tx, save_visit(tx, leader_id, leader.had, put_on), issued)
    trades = trades_of(tx.connection, leader_id)
    answers = WorkerAnswers(trades=trades, notice_version=new.members_notice)
    member_ids = [_join(tx, seal, one, answer.ticket.id, answers) for one in joining]
    _save_crew(tx, answer.ticket.id, leader_id, member_ids)
    refresh_line(tx, answer.ticket.id)
    return answer


def leader_of(today: Today, seal: FieldSeal, person: Person) -> Joining:
    """Return the rows of somebody who may lead a crew now.

    Raises InAnotherCrew for a member of one, CrewLeaderBusy whose number is past waiting.
    """
    leader = _look_up(today, seal, person)
    had = leader.had
    if had is None or had.state == TicketState.CANCELLED:
        return leader
    if not had.holds_ticket:
        raise InAnotherCrew
    if had.state != TicketState.WAITING:
        raise CrewLeaderBusy
    return leader


def joining_of(
    today: Today, seal: FieldSeal, leader: Joining, members: tuple[Person, ...]
) -> list[Joining]:
    """Return the rows of the members who are not on the leader's ticket yet.

    Raises CrewMemberTwice, InAnotherCrew, CrewMemberBusy.
    """
    numbers = [leader.person.id_no, *(member.id_no for member in members)]
    if len(set(numbers)) < len(numbers):
        raise CrewMemberTwice
    found = [_look_up(today, seal, member) for member in members]
    return [one for one in found if not _is_with(leader, one)]


def _look_up(today: Today, seal: FieldSeal, person: Person) -> Joining:
    row = find_by_number(today.connection, seal, person.id_no)
    had = None if row is None else ticket_today(today, row.id, FIND_WORK)
    return Joining(person, row, had)


def _is_with(leader: Joining, member: Joining) -> bool:
    """Tell whether somebody is on the leader's ticket already; refuse who may not join."""
    had = member.had
    if had is None or had.state == TicketState.CANCELLED:
        return False
    if leader.had is not None and had.id == leader.had.id:
        return True
    if had.people > 1:
        raise InAnotherCrew
    if had.state != TicketState.WAITING:
        raise CrewMemberBusy
    return False


def _grow(tx: Transaction, had: Any, people: int) -> CheckInAnswer:
    """Make a waiting ticket one for more people; it is printed anew, as another copy."""
    last = select(func.max(print_job.c.copy_no)).where(print_job.c.ticket_id == had.id)
    copy_no = (tx.connection.scalar(last) or 0) + 1
    target = PrintTarget(PrintJobKind.TICKET, had.id, agent_here(tx))
    job_id = queue_print_job(tx, target, copy_no)
    version = had.entity_version + 1
    changes = {"people": people, "entity_version": version}
    here = ticket.c.id == had.id
    tx.connection.execute(update(ticket).where(here), changes)
    row = tx.connection.execute(select(ticket).where(here)).one()
    body = {**row._mapping, "print_job_id": job_id}
    tx.record(Event("ticket.joined", f"ticket/{had.id}", version, body))
    return CheckInAnswer(view_of(tx.connection, row), True, job_id)


def _join(
    tx: Transaction, seal: FieldSeal, joining: Joining, ticket_id: str, given: WorkerAnswers
) -> str:
    """Save a member and put their visit on the crew's ticket; return the worker's id."""
    row, had = joining.row, joining.had
    has_trades = row is not None and bool(trades_of(tx.connection, row.id))
    is_told = NeedKind.PRIVACY not in needs_of(row, ())
    answers = check_answers(
        WorkerAnswers(
            trades=None if has_trades else given.trades,
            notice_version=None if is_told else given.notice_version,
        ),
        () if is_told else (NeedKind.PRIVACY,),
    )
    worker_id = save_worker(tx, seal, joining.person, row, answers)
    if had is not None and had.state == TicketState.WAITING:
        give_back(tx, had, CancelReason.JOINED_CREW)
    saved = save_visit(tx, worker_id, had, OnTicket(ticket_id, FIND_WORK, holds_ticket=False))
    subject = f"visit/{saved.columns['id']}"
    tx.record(Event("visit.checked_in", subject, saved.version, {"visit": saved.columns}))
    return worker_id


def _save_crew(tx: Transaction, ticket_id: str, leader_id: str, member_ids: list[str]) -> None:
    had = tx.connection.execute(select(crew).where(crew.c.ticket_id == ticket_id)).first()
    if had is None:
        values: dict[str, Any] = {
            "id": tx.new_id(),
            "leader_id": leader_id,
            "ticket_id": ticket_id,
            "market_day": tx.market_day,
            "entity_version": 1,
            "created_at": tx.now,
        }
        tx.connection.execute(insert(crew), values)
        _add_members(tx, values["id"], 0, [leader_id, *member_ids])
    else:
        values = {**had._mapping, "entity_version": had.entity_version + 1}
        changes = {"entity_version": values["entity_version"]}
        tx.connection.execute(update(crew).where(crew.c.id == had.id), changes)
        size = select(func.count()).where(crew_member.c.crew_id == had.id)
        _add_members(tx, had.id, tx.connection.scalar(size) or 0, member_ids)
    _record_crew(tx, values, "crew.checked_in" if had is None else "crew.joined")


def _add_members(tx: Transaction, crew_id: str, first: int, worker_ids: list[str]) -> None:
    tx.connection.execute(
        insert(crew_member),
        [
            {"crew_id": crew_id, "worker_id": worker_id, "rank": rank, "joined_at": tx.now}
            for rank, worker_id in enumerate(worker_ids, first)
        ],
    )


def _record_crew(tx: Transaction, values: dict[str, Any], event_type: str) -> None:
    """Record the crew as it is now: ids and a count, no names."""
    of_crew = select(crew_member.c.worker_id).where(crew_member.c.crew_id == values["id"])
    worker_ids = tx.connection.scalars(of_crew.order_by(crew_member.c.rank)).all()
    body = {**values, "people": len(worker_ids), "worker_ids": list(worker_ids)}
    tx.record(Event(event_type, f"crew/{values['id']}", values["entity_version"], body))
