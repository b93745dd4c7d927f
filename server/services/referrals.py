"""Owns referrals: a worker and a post brought together, agreed or not, and the slip of it."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from server.db.tables import desk, placement, post, print_job, referral, ticket, visit, worker
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.citizen_number import age_on
from server.domain.errors import (
    DeskUnknown,
    PeopleMissing,
    PlacesHeld,
    PostFull,
    PostNotOpen,
    PostPlacesTooFew,
    ReasonMissing,
    RequestMalformed,
    TicketNotToday,
    TicketStateForbids,
    TicketUnknown,
    WorkerAlreadyPlaced,
    WorkerAlreadyReferred,
    WorkerTooYoungForPost,
    WorkerUnknown,
)
from server.domain.kinds import (
    DeclineReason,
    PlacementState,
    PostState,
    PrintJobKind,
    ReferralState,
    TicketState,
)
from server.domain.matching import may_work
from server.domain.proposal_kinds import ProposalState
from server.domain.tickets import new_ticket_code
from server.domain.trades import trade
from server.services.application_ends import Talk, end_with_agreement, end_with_decline
from server.services.check_in import CODE_BYTES
from server.services.holds import take_holds
from server.services.open_market import OpenMarket
from server.services.post_days import on_days
from server.services.posts import GONE, WITHDRAWN, Post, mark_if_full, post_in
from server.services.print_jobs import PrintTarget, queue_print_job
from server.services.ticket_rows import check_own
from server.services.tickets import HELD_BY, PEOPLE_ON
from server.services.waiting_list import release_of, release_same_day

OPEN_TICKETS = {TicketState.WAITING, TicketState.CALLED, TicketState.SERVING}


@dataclass(frozen=True)
class NewReferral:
    """What the clerk records. decline_reason: only where the two did not agree.

    worker_ids: which people of a crew's ticket agreed; None: everybody on it without a job.
    staff_id: who answers for it, None for whoever asks.
    """

    ticket_code: str
    post_id: str
    desk_no: int
    state: ReferralState
    decline_reason: DeclineReason | None = None
    worker_ids: tuple[str, ...] | None = None
    staff_id: str | None = None


@dataclass(frozen=True)
class AgreedSlip:
    """The slip of one person who agreed."""

    worker_id: str
    referral_id: str
    placement_id: str
    slip_code: str
    print_job_id: str


@dataclass(frozen=True)
class ReferralAnswer:
    """What a referral led to; placement, slip and print job only where both agreed.

    slips: one for each person, those of a crew in the order they came; the fields before it are
    the first one's.
    """

    id: str
    state: ReferralState
    placement_id: str | None
    slip_code: str | None
    print_job_id: str | None
    left: int
    slips: tuple[AgreedSlip, ...] = ()


def record_referral(market: OpenMarket, staff: Actor, new: NewReferral, key: str) -> ReferralAnswer:
    """Record how the talk between a ticket's holder and a post's employer ended.

    Agreed: makes the placement, takes one place of the post (a full post leaves the board) and
    queues the slip, for each of a crew who agreed; finishes the ticket when nobody on it is left
    without a job. All of them or none. Raises DeskUnknown, TicketUnknown, TicketNotToday,
    TicketNotYours, TicketStateForbids, PostUnknown, PostNotOpen, PostFull, PostPlacesTooFew,
    PeopleMissing, WorkerUnknown, WorkerTooYoungForPost, WorkerAlreadyReferred,
    WorkerAlreadyPlaced, ReasonMissing.
    Records referral.declined, or placement.agreed, ticket.done and at the last place post.full;
    application.agreed or .ended where the worker had applied.
    """
    asked = Asked(key, "record_referral", asdict(new))
    with market.database.write(staff) as tx:
        return tx.once(asked, ReferralAnswer, lambda: _record(tx, new))


def _record(tx: Transaction, new: NewReferral) -> ReferralAnswer:
    if tx.connection.scalar(select(desk.c.no).where(desk.c.no == new.desk_no)) is None:
        raise DeskUnknown
    if new.state is ReferralState.WITHDRAWN:
        raise RequestMalformed
    holder = _holder(tx, new.ticket_code)
    check_own(holder, new.desk_no)
    if new.state is ReferralState.AGREED:
        people = tx.connection.execute(PEOPLE_ON, {"ticket_id": holder.id}).all()
        take_holds(tx, new.worker_ids or [person.id for person in people], new.post_id)
        return _agree_all(tx, new, holder, post_in(tx, new.post_id))
    answer = _decline(tx, new, holder, post_in(tx, new.post_id))
    release_of(tx, holder.worker_id, new.post_id, ProposalState.DECLINED)
    return answer


_HELD_TICKETS = (
    select(ticket, worker.c.id.label("worker_id"), worker.c.birth_day)
    .join_from(ticket, visit, HELD_BY)
    .join(worker, worker.c.id == visit.c.worker_id)
)


def _holder(tx: Transaction, code: str) -> Row[Any]:
    row = tx.connection.execute(_HELD_TICKETS.where(ticket.c.code == code)).first()
    if row is None:
        raise TicketUnknown
    if row.market_day != tx.market_day:
        raise TicketNotToday
    return row


def _agree_all(
    tx: Transaction, new: NewReferral, holder: Row[Any], offered: Post
) -> ReferralAnswer:
    if TicketState(holder.state) not in OPEN_TICKETS:
        raise TicketStateForbids(state=holder.state)
    check_takes_people(tx, offered)
    free = _without_job(tx, holder)
    everybody = tuple(person.id for person in free)
    wanted = everybody if new.worker_ids is None else new.worker_ids
    if not wanted:
        raise PeopleMissing
    if not set(wanted) <= set(everybody):
        raise WorkerUnknown
    chosen = [person for person in free if person.id in wanted]
    if len(chosen) > offered.left:
        raise PostPlacesTooFew(left=offered.left)
    seekers = [Seeker(holder.id, person.id, person.birth_day) for person in chosen]
    slips = tuple(_agree(tx, new, seeker, offered) for seeker in seekers)
    if len(chosen) == len(free):
        _finish_ticket(tx, holder, new.desk_no)
    mark_if_full(tx, offered.id)
    return _agreed_answer(slips, offered)


def _agreed_answer(slips: tuple[AgreedSlip, ...], offered: Post) -> ReferralAnswer:
    first = slips[0]
    return ReferralAnswer(
        first.referral_id,
        ReferralState.AGREED,
        first.placement_id,
        first.slip_code,
        first.print_job_id,
        offered.left - len(slips),
        slips,
    )


@dataclass(frozen=True)
class Seeker:
    """Somebody on a ticket who talks about a post."""

    ticket_id: str
    worker_id: str
    birth_day: date


def _without_job(tx: Transaction, holder: Row[Any]) -> list[Row[Any]]:
    """Return the people on a ticket who are not placed from it; never none.

    Raises TicketStateForbids when all are.
    """
    people = tx.connection.execute(PEOPLE_ON, {"ticket_id": holder.id}).all()
    free = [person for person in people if not person.is_placed]
    if not free:
        raise TicketStateForbids(state=holder.state)
    return free


def _agree(tx: Transaction, new: NewReferral, seeker: Seeker, offered: Post) -> AgreedSlip:
    check_agreeable(tx, seeker, offered)
    referral_id = _insert_referral(tx, new, seeker)
    values = _save_placement(tx, referral_id, seeker, offered)
    target = PrintTarget(PrintJobKind.SLIP, str(values["id"]), None)
    printed = select(func.max(print_job.c.copy_no)).where(print_job.c.placement_id == values["id"])
    job_id = queue_print_job(tx, target, (tx.connection.scalar(printed) or 0) + 1)
    body = {**values, "desk_no": new.desk_no, "print_job_id": job_id}
    subject, version = f"placement/{values['id']}", values["entity_version"]
    tx.record(Event("placement.agreed", subject, version, body))
    talk = Talk(seeker.worker_id, offered.id, offered.draft.work_day)
    end_with_agreement(tx, talk)
    release_same_day(tx, talk)
    return AgreedSlip(
        seeker.worker_id, referral_id, str(values["id"]), str(values["slip_code"]), job_id
    )


def _save_placement(
    tx: Transaction, referral_id: str, seeker: Seeker, offered: Post
) -> dict[str, Any]:
    """Insert a placement; one that was undone lives again, with a slip code of its own."""
    own = (placement.c.worker_id == seeker.worker_id) & (placement.c.post_id == offered.id)
    undone = tx.connection.execute(select(placement).where(own)).first()
    values: dict[str, Any] = {
        "id": tx.new_id() if undone is None else undone.id,
        "referral_id": referral_id,
        "worker_id": seeker.worker_id,
        "post_id": offered.id,
        "slip_code": new_ticket_code(os.urandom(CODE_BYTES)),
        "work_day": offered.draft.work_day,
        "market_day": tx.market_day,
        "state": PlacementState.AGREED.value,
        "entity_version": 1 if undone is None else undone.entity_version + 1,
        "created_at": tx.now,
    }
    if undone is None:
        tx.connection.execute(insert(placement), values)
    else:
        tx.connection.execute(update(placement).where(placement.c.id == undone.id), values)
    return values


def check_takes_people(tx: Transaction, offered: Post) -> None:
    """Raise PostFull, PlacesHeld or PostNotOpen for a post that takes nobody now."""
    if offered.state is PostState.FULL or offered.is_filled:
        raise PostFull
    if offered.left == 0:
        raise PlacesHeld
    if offered.state is not PostState.OPEN or offered.draft.valid_until <= tx.now:
        raise PostNotOpen(state=offered.state.value)


def check_agreeable(tx: Transaction, seeker: Seeker, offered: Post) -> None:
    """Raise WorkerTooYoungForPost, WorkerAlreadyReferred or WorkerAlreadyPlaced."""
    age = age_on(seeker.birth_day, offered.draft.work_day)
    if not may_work(age, offered.draft, trade(offered.draft.trade_id)):
        raise WorkerTooYoungForPost
    same_worker = select(placement.c.post_id).where(
        placement.c.worker_id == seeker.worker_id, placement.c.state != WITHDRAWN
    )
    if offered.id in tx.connection.scalars(same_worker).all():
        raise WorkerAlreadyReferred
    same_day = same_worker.join(post, post.c.id == placement.c.post_id).where(
        on_days(offered.draft.work_day, offered.draft.end_day), placement.c.state.not_in(GONE)
    )
    if tx.connection.scalar(same_day) is not None:
        raise WorkerAlreadyPlaced


def _decline(tx: Transaction, new: NewReferral, holder: Row[Any], offered: Post) -> ReferralAnswer:
    if new.decline_reason is None:
        raise ReasonMissing
    seeker = Seeker(holder.id, holder.worker_id, holder.birth_day)
    referral_id = _insert_referral(tx, new, seeker)
    body = {
        "id": referral_id,
        "worker_id": holder.worker_id,
        "post_id": offered.id,
        "reason": new.decline_reason.value,
    }
    tx.record(Event("referral.declined", f"referral/{referral_id}", 1, body))
    end_with_decline(tx, Talk(holder.worker_id, offered.id, offered.draft.work_day))
    return ReferralAnswer(referral_id, ReferralState.DECLINED, None, None, None, offered.left)


def agree_held(tx: Transaction, new: NewReferral, ticket_id: str) -> ReferralAnswer:
    """Make the agreement of somebody whose held place was just taken, wherever they are.

    Finishes their number if it is of today and not over. Raises and records what
    `record_referral` does.
    """
    holder, offered = _held_by(tx, ticket_id), post_in(tx, new.post_id)
    check_takes_people(tx, offered)
    slip = _agree(tx, new, Seeker(holder.id, holder.worker_id, holder.birth_day), offered)
    is_here = holder.market_day == tx.market_day and TicketState(holder.state) in OPEN_TICKETS
    if is_here and holder.people == 1:
        _finish_ticket(tx, holder, holder.desk_no or new.desk_no)
    mark_if_full(tx, offered.id)
    return _agreed_answer((slip,), offered)


def decline_held(tx: Transaction, new: NewReferral, ticket_id: str) -> ReferralAnswer:
    """Note that the talk about a held place came to nothing. Records as `record_referral` does."""
    return _decline(tx, new, _held_by(tx, ticket_id), post_in(tx, new.post_id))


def _held_by(tx: Transaction, ticket_id: str) -> Row[Any]:
    return tx.connection.execute(_HELD_TICKETS.where(ticket.c.id == ticket_id)).one()


def _insert_referral(tx: Transaction, new: NewReferral, seeker: Seeker) -> str:
    referral_id = tx.new_id()
    tx.connection.execute(
        insert(referral),
        {
            "id": referral_id,
            "worker_id": seeker.worker_id,
            "post_id": new.post_id,
            "ticket_id": seeker.ticket_id,
            "desk_no": new.desk_no,
            "staff_id": new.staff_id or tx.actor.staff_id,
            "market_day": tx.market_day,
            "state": new.state.value,
            "decline_reason": new.decline_reason and new.decline_reason.value,
            "created_at": tx.now,
        },
    )
    return referral_id


def _finish_ticket(tx: Transaction, holder: Row[Any], desk_no: int) -> None:
    version = holder.entity_version + 1
    changes = {
        "state": TicketState.DONE.value,
        "desk_no": desk_no,
        "entity_version": version,
    }
    tx.connection.execute(update(ticket).where(ticket.c.id == holder.id), changes)
    after = {column.name: getattr(holder, column.name) for column in ticket.columns}
    tx.record(Event("ticket.done", f"ticket/{holder.id}", version, {**after, **changes}))
