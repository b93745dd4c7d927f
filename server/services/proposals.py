"""Owns proposals: a place held for a worker until both sides agree, or the clock takes it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from server.db.tables import desk, employer, post, proposal, ticket, visit, worker
from server.db.tables import market as market_table
from server.db.unit_of_work import Actor, Asked, Transaction
from server.domain.clock import local_time, market_day
from server.domain.errors import (
    DeskUnknown,
    ProposalLapsed,
    ProposalOfCrew,
    ProposalOpen,
    ProposalOver,
    ProposalUnknown,
    TicketNotToday,
    TicketStateForbids,
    TicketUnknown,
)
from server.domain.kinds import DeclineReason, ReferralState, TicketState
from server.domain.proposal_kinds import PROPOSAL_STATE_NAMES, Party, ProposalState
from server.domain.tickets import ticket_label
from server.domain.trades import trade
from server.services.holds import change_hold, end_hold, is_live, open_holds, shown_state
from server.services.open_market import OpenMarket
from server.services.posts import clock_text, post_in
from server.services.referrals import (
    NewReferral,
    Seeker,
    agree_held,
    check_agreeable,
    check_takes_people,
    decline_held,
)
from server.services.tickets import HELD_BY
from server.services.waiting_list import (
    Freed,
    NewHold,
    fill_place,
    has_hold_on,
    insert_hold,
)
from server.services.workers import masked_name_of

MAY_HOLD = {TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.NO_SHOW}
AFTER_ACCEPTING = {
    Party.WORKER: ProposalState.WORKER_ACCEPTED,
    Party.EMPLOYER: ProposalState.EMPLOYER_ACCEPTED,
}
WHY_DECLINED = {
    Party.WORKER: DeclineReason.CHANGED_MIND,
    Party.EMPLOYER: DeclineReason.EMPLOYER_CHOSE_OTHER,
}


@dataclass(frozen=True)
class NewProposal:
    """A place to hold for a ticket's holder. accepted: who has said yes already, None: nobody."""

    ticket_code: str
    post_id: str
    desk_no: int
    accepted: Party | None = None


@dataclass(frozen=True)
class ProposalAnswer:
    """A proposal after a step. placement_id and print_job_id: only where both agreed."""

    id: str
    state: ProposalState
    placement_id: str | None = None
    print_job_id: str | None = None


def propose(market: OpenMarket, staff: Actor, new: NewProposal, key: str) -> ProposalAnswer:
    """Hold one place of a post for somebody who is not here, or whose employer must be asked.

    Raises DeskUnknown, TicketUnknown, TicketNotToday, TicketStateForbids, ProposalOfCrew,
    PostUnknown, PostNotOpen, PostFull, PlacesHeld, ProposalOpen, WorkerTooYoungForPost,
    WorkerAlreadyReferred, WorkerAlreadyPlaced. Records proposal.made.
    """
    asked = Asked(key, "propose", asdict(new))
    with market.database.write(staff) as tx:
        return tx.once(asked, ProposalAnswer, lambda: _propose(tx, new))


def _propose(tx: Transaction, new: NewProposal) -> ProposalAnswer:
    if tx.connection.scalar(select(desk.c.no).where(desk.c.no == new.desk_no)) is None:
        raise DeskUnknown
    holder, offered = _holder(tx, new.ticket_code), post_in(tx, new.post_id)
    days = (offered.draft.work_day, offered.draft.end_day)
    if tx.connection.scalar(select(has_hold_on(holder.worker_id, days, tx.now))):
        raise ProposalOpen
    check_takes_people(tx, offered)
    check_agreeable(tx, Seeker(holder.id, holder.worker_id, holder.birth_day), offered)
    _end_lapsed(tx, holder.worker_id, offered.id)
    state = ProposalState.PROPOSED if new.accepted is None else AFTER_ACCEPTING[new.accepted]
    staff_id = str(tx.actor.staff_id)
    hold = NewHold(
        offered.id, holder.worker_id, holder.id, new.desk_no, staff_id, is_from_list=False
    )
    return ProposalAnswer(insert_hold(tx, _in_state(hold, state)), state)


def _in_state(hold: NewHold, state: ProposalState) -> NewHold:
    return NewHold(**{**vars(hold), "state": state})


def _end_lapsed(tx: Transaction, worker_id: str, post_id: str) -> None:
    """Write that the worker's earlier place lapsed, where nobody has yet."""
    mine = (proposal.c.worker_id == worker_id) & (proposal.c.post_id == post_id)
    for row in open_holds(tx, mine):
        end_hold(tx, row, ProposalState.LAPSED)


def _holder(tx: Transaction, code: str) -> Row[Any]:
    row = tx.connection.execute(
        select(ticket, worker.c.id.label("worker_id"), worker.c.birth_day)
        .join_from(ticket, visit, HELD_BY)
        .join(worker, worker.c.id == visit.c.worker_id)
        .where(ticket.c.code == code)
    ).first()
    if row is None:
        raise TicketUnknown
    if row.market_day != tx.market_day:
        raise TicketNotToday
    if TicketState(row.state) not in MAY_HOLD:
        raise TicketStateForbids(state=row.state)
    if row.people > 1:
        raise ProposalOfCrew
    return row


def accept(
    market: OpenMarket, actor: Actor, proposal_id: str, party: Party, key: str
) -> ProposalAnswer:
    """Note that one side agrees; when both do, it is an agreement with its slip.

    Raises ProposalUnknown, ProposalOver, ProposalLapsed and, for the second of the two, what
    an agreement raises. Records proposal.worker_accepted, .employer_accepted or .agreed, and
    with the latter what `record_referral` records.
    """
    asked = Asked(key, "accept_proposal", {"id": proposal_id, "party": party})
    with market.database.write(actor) as tx:
        return tx.once(
            asked, ProposalAnswer, lambda: accept_in(tx, _live_row(tx, proposal_id), party)
        )


def _live_row(tx: Transaction, proposal_id: str) -> Row[Any]:
    row = tx.connection.execute(select(proposal).where(proposal.c.id == proposal_id)).first()
    if row is None:
        raise ProposalUnknown
    state = shown_state(row, tx.now)
    if state is ProposalState.LAPSED:
        minutes = int(tx.connection.scalar(select(market_table.c.hold_minutes)) or 0)
        raise ProposalLapsed(minutes=minutes)
    if not state.holds:
        raise ProposalOver(state=PROPOSAL_STATE_NAMES[state])
    return row


def accept_in(tx: Transaction, row: Row[Any], party: Party) -> ProposalAnswer:
    """Note that one side agrees, in the caller's transaction, as `accept` does."""
    state, mine = ProposalState(row.state), AFTER_ACCEPTING[party]
    if state is mine:
        return ProposalAnswer(row.id, state)
    if state is ProposalState.PROPOSED:
        at = "worker_accepted_at" if party is Party.WORKER else "employer_accepted_at"
        change_hold(tx, row, {"state": mine.value, at: tx.now}, f"proposal.{mine.value}")
        return ProposalAnswer(row.id, mine)
    end_hold(tx, row, ProposalState.AGREED)
    done = agree_held(tx, _referral(row, ReferralState.AGREED, None), row.ticket_id)
    return ProposalAnswer(row.id, ProposalState.AGREED, done.placement_id, done.print_job_id)


def _referral(row: Row[Any], state: ReferralState, reason: DeclineReason | None) -> NewReferral:
    return NewReferral(
        "", row.post_id, row.desk_no, state, reason, (row.worker_id,), staff_id=row.staff_id
    )


def decline(
    market: OpenMarket, actor: Actor, proposal_id: str, party: Party, key: str
) -> ProposalAnswer:
    """Note that one side does not want; the place is held for the next applicant.

    Raises ProposalUnknown, ProposalOver, ProposalLapsed. Records proposal.declined,
    referral.declined, application.ended where the worker had applied, proposal.made.
    """
    asked = Asked(key, "decline_proposal", {"id": proposal_id, "party": party})
    with market.database.write(actor) as tx:
        return tx.once(asked, ProposalAnswer, lambda: _decline(tx, proposal_id, party))


def _decline(tx: Transaction, proposal_id: str, party: Party) -> ProposalAnswer:
    row = _live_row(tx, proposal_id)
    end_hold(tx, row, ProposalState.DECLINED)
    reason = WHY_DECLINED[party]
    decline_held(tx, _referral(row, ReferralState.DECLINED, reason), row.ticket_id)
    fill_place(tx, Freed(row.post_id, row.desk_no, row.staff_id))
    return ProposalAnswer(row.id, ProposalState.DECLINED)


def accept_if_held(tx: Transaction, worker_id: str, post_id: str) -> None:
    """Let a worker who says 我去 accept the place that is held for them at the post, if one is."""
    mine = (proposal.c.worker_id == worker_id) & (proposal.c.post_id == post_id)
    for row in open_holds(tx, mine, is_live(tx.now)):
        accept_in(tx, row, Party.WORKER)


@dataclass(frozen=True)
class HoldShown:
    """A held place as the desk and its worker see it.

    title: trade and employer. masked_name: None when only the number is known. is_from_list:
    from the waiting list.
    """

    id: str
    post_id: str
    title: str
    work_day: str
    ticket_code: str
    label: str
    masked_name: str | None
    state: ProposalState
    expires_at: datetime
    is_from_list: bool

    @property
    def until(self) -> str:
        """Return until when it is held: "6:30"."""
        return clock_text(local_time(self.expires_at).time())


_SHOWN = (
    select(proposal, ticket.c.code, ticket.c.series, ticket.c.number, worker.c.name_sealed)
    .add_columns(post.c.trade_id, post.c.work_day, employer.c.public_name)
    .join_from(proposal, ticket, ticket.c.id == proposal.c.ticket_id)
    .join(worker, worker.c.id == proposal.c.worker_id)
    .join(post, post.c.id == proposal.c.post_id)
    .join(employer, employer.c.id == post.c.employer_id)
    .order_by(proposal.c.id)
)


def holds_of_post(market: OpenMarket, post_id: str) -> tuple[HoldShown, ...]:
    """Return the places of a post held now, the oldest first."""
    return _shown(market, is_live(market.database.now()) & (proposal.c.post_id == post_id))


def holds_now(market: OpenMarket) -> tuple[HoldShown, ...]:
    """Return every place held now, the oldest first."""
    return _shown(market, is_live(market.database.now()))


def holds_of_ticket(market: OpenMarket, ticket_code: str) -> tuple[HoldShown, ...]:
    """Return the places held for a number's holder today, also those that just lapsed.

    Those that led to anything else are left out.
    """
    today = market_day(market.database.now())
    found = _shown(market, (ticket.c.code == ticket_code) & (proposal.c.market_day == today))
    return tuple(one for one in found if one.state.holds or one.state is ProposalState.LAPSED)


def _shown(market: OpenMarket, condition: ColumnElement[bool]) -> tuple[HoldShown, ...]:
    now = market.database.now()
    with market.database.read() as connection:
        rows = connection.execute(_SHOWN.where(condition)).all()
    return tuple(
        HoldShown(
            row.id,
            row.post_id,
            f"{trade(row.trade_id).short_name} · {row.public_name}",
            f"{row.work_day.month}月{row.work_day.day}日",
            row.code,
            ticket_label(row.series, row.number),
            masked_name_of(market.seal.open_optional(row.name_sealed, "worker.name")),
            shown_state(row, now),
            row.expires_at,
            row.is_from_list,
        )
        for row in rows
    )
