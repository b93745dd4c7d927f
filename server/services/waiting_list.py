"""Owns the waiting list of a post: a place that becomes free is held for its next applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, exists, insert, select

from server.db.tables import application, placement, post, proposal, ticket, visit
from server.db.tables import market as market_table
from server.db.unit_of_work import Actor, Event, Transaction
from server.domain.kinds import ApplicationState, PostState, ServiceKind
from server.domain.proposal_kinds import ProposalState
from server.services.application_ends import Talk, revive_after_full, withdraw_with_ticket
from server.services.holds import IS_OPEN, end_hold, is_live, open_holds
from server.services.open_market import OpenMarket
from server.services.post_days import on_days, on_days_of
from server.services.posts import GONE, post_in, reopen_if_free
from server.services.rooms import DESKS


@dataclass(frozen=True)
class NewHold:
    """A place to hold. desk_no and staff_id: who answers for it."""

    post_id: str
    worker_id: str
    ticket_id: str
    desk_no: int
    staff_id: str
    is_from_list: bool
    state: ProposalState = ProposalState.PROPOSED


def insert_hold(tx: Transaction, new: NewHold) -> str:
    """Hold a place for as long as the market holds one, and return the proposal's id.

    Records proposal.made; the desks hear of it.
    """
    minutes = int(tx.connection.scalar(select(market_table.c.hold_minutes)) or 0)
    accepted = {
        "worker_accepted_at": tx.now if new.state is ProposalState.WORKER_ACCEPTED else None,
        "employer_accepted_at": tx.now if new.state is ProposalState.EMPLOYER_ACCEPTED else None,
    }
    values = {
        **vars(new),
        **accepted,
        "id": tx.new_id(),
        "state": new.state.value,
        "expires_at": tx.now + timedelta(minutes=minutes),
        "ended_at": None,
        "market_day": tx.market_day,
        "entity_version": 1,
        "created_at": tx.now,
    }
    tx.connection.execute(insert(proposal), values)
    tx.record(Event("proposal.made", f"proposal/{values['id']}", 1, values))
    tx.send_signal(DESKS, "proposal", {"proposal_id": values["id"], "state": new.state.value})
    return str(values["id"])


@dataclass(frozen=True)
class Freed:
    """A place of a post that became free. desk_no and staff_id: whose it was."""

    post_id: str
    desk_no: int
    staff_id: str


def fill_place(tx: Transaction, freed: Freed) -> None:
    """Hold a free place for the next applicant of an open post, if there is one.

    Nobody is asked twice for one application. Records proposal.made.
    """
    offered = post_in(tx, freed.post_id)
    is_open = offered.state is PostState.OPEN and offered.draft.valid_until > tx.now
    if not is_open or offered.left == 0:
        return
    statement = _NEXT.where(application.c.post_id == freed.post_id, ~_is_taken(tx, offered))
    row = tx.connection.execute(statement.limit(1)).first()
    if row is not None:
        new = NewHold(
            freed.post_id,
            row.worker_id,
            row.ticket_id,
            freed.desk_no,
            freed.staff_id,
            is_from_list=True,
        )
        insert_hold(tx, new)


_ASKED = proposal.alias()
_TICKET = (
    select(visit.c.ticket_id)
    .join(ticket, ticket.c.id == visit.c.ticket_id)
    .where(
        visit.c.worker_id == application.c.worker_id,
        visit.c.service == ServiceKind.FIND_WORK.value,
        visit.c.holds_ticket.is_(True),
        ticket.c.people == 1,
    )
    .order_by(visit.c.market_day.desc())
    .limit(1)
    .correlate(application)
    .scalar_subquery()
)
_NEXT = (
    select(application.c.worker_id, _TICKET.label("ticket_id"))
    .where(
        application.c.state == ApplicationState.MADE.value,
        _TICKET.is_not(None),
        ~exists()
        .where(
            _ASKED.c.worker_id == application.c.worker_id,
            _ASKED.c.post_id == application.c.post_id,
            _ASKED.c.created_at >= application.c.applied_at,
        )
        .correlate(application),
    )
    .order_by(application.c.place_no)
)


def _is_taken(tx: Transaction, offered: Any) -> Any:
    """Return the condition for an applicant who has work, or a place held, on the post's day."""
    first, last, other = offered.draft.work_day, offered.draft.end_day, post.alias()
    has_work = exists().where(
        placement.c.worker_id == application.c.worker_id,
        placement.c.post_id == other.c.id,
        on_days(first, last, other),
        placement.c.state.not_in(GONE),
    )
    return has_work.correlate(application) | has_hold_on(
        application.c.worker_id, (first, last), tx.now
    ).correlate(application)


def has_hold_on(worker_id: Any, days: tuple[date, date], now: Any) -> Any:
    """Return the condition for a place held for somebody on one of the days from first to last.

    worker_id: an id, or a column that holds it.
    """
    other = post.alias()
    return exists().where(
        proposal.c.worker_id == worker_id,
        proposal.c.post_id == other.c.id,
        on_days(*days, other),
        is_live(now),
    )


def give_up(tx: Transaction, row: Any, state: ProposalState) -> None:
    """End a held place and hold it for the next applicant.

    Records proposal.<state>, and proposal.made for the next.
    """
    end_hold(tx, row, state)
    fill_place(tx, Freed(row.post_id, row.desk_no, row.staff_id))


def release_same_day(tx: Transaction, talk: Talk) -> None:
    """Give up the places held for somebody who agreed to other work of that day.

    Records proposal.withdrawn for each.
    """
    mine = (proposal.c.worker_id == talk.worker_id) & on_days_of(tx, talk.post_id, talk.work_day)
    for row in open_holds(tx, mine, proposal.c.post_id != talk.post_id):
        give_up(tx, row, ProposalState.WITHDRAWN)


def release_of(tx: Transaction, worker_id: str, post_id: str, state: ProposalState) -> None:
    """Give up the place held for a worker at a post, if there is one."""
    mine = (proposal.c.worker_id == worker_id) & (proposal.c.post_id == post_id)
    for row in open_holds(tx, mine):
        give_up(tx, row, state)


def leave_with_ticket(tx: Transaction, ticket_id: str) -> None:
    """Take the people on a number for work that was cancelled off every list.

    Records application.withdrawn for each application, proposal.withdrawn for each held place.
    """
    people = select(visit.c.worker_id).where(
        visit.c.ticket_id == ticket_id, visit.c.service == ServiceKind.FIND_WORK.value
    )
    held = open_holds(tx, proposal.c.worker_id.in_(people))
    withdraw_with_ticket(tx, ticket_id)
    for row in held:
        give_up(tx, row, ProposalState.WITHDRAWN)


def reopen(tx: Transaction, post_id: str) -> None:
    """Move a full post with a free place back to the board, with its waiting list.

    Records post.reopened, and application.made for each whom the full post had sent away.
    """
    if reopen_if_free(tx, post_id):
        revive_after_full(tx, post_id)


def lapse_proposals(market: OpenMarket) -> int:
    """End the held places whose time is over, hold them for the next, and return how many.

    Records proposal.lapsed for each.
    """
    over = IS_OPEN & (proposal.c.expires_at <= market.database.now())
    with market.database.read() as connection:
        if connection.scalar(select(proposal.c.id).where(over).limit(1)) is None:
            return 0
    with market.database.write(Actor("server")) as tx:
        rows: list[Row[Any]] = open_holds(tx, proposal.c.expires_at <= tx.now)
        for row in rows:
            give_up(tx, row, ProposalState.LAPSED)
        return len(rows)
