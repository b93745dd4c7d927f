"""Owns applications (报名): a worker wants to go to a post, first come, and waits to be called.

An application reserves nothing: whether the worker goes is agreed at the desk (`referrals.py`).
It is the waiting list too: a place that is held and comes free is held for the next applicant.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, func, insert, select, update

from server.db.tables import application, placement, post, ticket, visit
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import (
    ApplicantHasWork,
    ApplicantTooYoung,
    ApplicationStateForbids,
    ApplicationUnknown,
    PostFull,
    PostNotOpen,
)
from server.domain.kinds import ApplicationState, PostState, ServiceKind
from server.domain.matching import may_work
from server.domain.proposal_kinds import ProposalState
from server.domain.trades import trade
from server.services.application_ends import withdraw
from server.services.check_in import CheckIn, take_ticket
from server.services.open_market import OpenMarket
from server.services.post_days import on_days
from server.services.posts import GONE, Post, post_in
from server.services.proposals import accept_if_held
from server.services.rooms import DESKS
from server.services.tickets import TicketView
from server.services.waiting_list import release_of
from server.services.workers import Person, WorkerAnswers, find_by_number


@dataclass(frozen=True)
class NewApplication:
    """Somebody wants to go to a post."""

    person: Person
    post_id: str
    answers: WorkerAnswers


@dataclass(frozen=True)
class Application:
    """A worker's wish for a post. order: 1 for who came first of those who wait, 0 when over."""

    post_id: str
    state: ApplicationState
    order: int


@dataclass(frozen=True)
class ApplicationAnswer:
    """What a wish led to.

    is_new: False when the worker had applied already. ticket: the worker's number for work of
    today; print_job_id: its paper, None when the worker had the number before.
    """

    application: Application
    ticket: TicketView
    is_new: bool
    print_job_id: str | None


def apply_for_post(
    market: OpenMarket, actor: Actor, new: NewApplication, key: str
) -> ApplicationAnswer:
    """Put a worker into the order of a post, with a number for work if they have none today.

    Who has applied already keeps the place; who has one held for them accepts it. Raises
    PostUnknown, PostFull, PostNotOpen, ApplicantHasWork, ApplicantTooYoung and what `take_ticket`
    and `accept` raise; then nothing is saved. Records application.made, and what those two
    record; the desks hear of it.
    """
    content = {
        "person": market.seal.index(new.person.id_no, "worker.id_no"),
        "post_id": new.post_id,
        "answers": asdict(new.answers),
    }
    with market.database.write(actor) as tx:
        asked = Asked(key, "apply_for_post", content)
        return tx.once(asked, ApplicationAnswer, lambda: _apply(tx, market, new))


def _apply(tx: Transaction, market: OpenMarket, new: NewApplication) -> ApplicationAnswer:
    offered = post_in(tx, new.post_id)
    asked = CheckIn(new.person, ServiceKind.FIND_WORK, new.answers)
    checked_in = take_ticket(tx, market, asked)
    worker_id = _worker_id(tx.connection, market, new.person)
    had = _row(tx.connection, worker_id, new.post_id)
    is_new = had is None or had.state != ApplicationState.MADE
    if is_new:
        _check_may_apply(tx, offered, new.person, worker_id)
        _make(tx, had, worker_id, offered)
    accept_if_held(tx, worker_id, new.post_id)
    made = _application(tx.connection, worker_id, new.post_id)
    return ApplicationAnswer(made, checked_in.ticket, is_new, checked_in.print_job_id)


def _worker_id(connection: Connection, market: OpenMarket, person: Person) -> str:
    row = find_by_number(connection, market.seal, person.id_no)
    return "" if row is None else str(row.id)


def _check_may_apply(tx: Transaction, offered: Post, person: Person, worker_id: str) -> None:
    draft = offered.draft
    if offered.state is PostState.FULL:
        raise PostFull
    if offered.state is not PostState.OPEN or draft.valid_until <= tx.now:
        raise PostNotOpen(state=offered.state.value)
    if offered.is_filled:
        raise PostFull
    if not may_work(person.age_on(draft.work_day), draft, trade(draft.trade_id)):
        raise ApplicantTooYoung
    same_day = (
        select(placement.c.id)
        .join(post, post.c.id == placement.c.post_id)
        .where(
            placement.c.worker_id == worker_id,
            on_days(draft.work_day, draft.end_day),
            placement.c.state.not_in(GONE),
        )
    )
    if tx.connection.scalar(same_day.limit(1)) is not None:
        raise ApplicantHasWork


def _make(tx: Transaction, had: Row[Any] | None, worker_id: str, offered: Post) -> None:
    last = select(func.max(application.c.place_no)).where(application.c.post_id == offered.id)
    values: dict[str, Any] = {
        "worker_id": worker_id,
        "post_id": offered.id,
        "place_no": (tx.connection.scalar(last) or 0) + 1,
        "state": ApplicationState.MADE.value,
        "end_reason": None,
        "market_day": tx.market_day,
        "applied_at": tx.now,
    }
    if had is None:
        values = {**values, "id": tx.new_id(), "entity_version": 1, "created_at": tx.now}
        tx.connection.execute(insert(application), values)
    else:
        values = {**had._mapping, **values, "entity_version": had.entity_version + 1}
        tx.connection.execute(update(application).where(application.c.id == had.id), values)
    subject, version = f"application/{values['id']}", values["entity_version"]
    tx.record(Event("application.made", subject, version, values))
    tx.send_signal(DESKS, "application", {"post_no": offered.no})


def withdraw_application(
    market: OpenMarket, actor: Actor, person: Person, post_id: str, key: str
) -> Application:
    """Take a worker out of the order of a post; whoever is out stays out.

    The number for work is kept. Raises ApplicationUnknown, ApplicationStateForbids when the desk
    or the post has ended it. Records application.withdrawn.
    """
    holder = market.seal.index(person.id_no, "worker.id_no")
    asked = Asked(key, "withdraw_application", {"person": holder, "post_id": post_id})
    with market.database.write(actor) as tx:
        return tx.once(asked, Application, lambda: _withdraw(tx, market, person, post_id))


def _withdraw(tx: Transaction, market: OpenMarket, person: Person, post_id: str) -> Application:
    worker_id = _worker_id(tx.connection, market, person)
    row = _row(tx.connection, worker_id, post_id)
    if row is None:
        raise ApplicationUnknown
    if row.state not in {ApplicationState.MADE, ApplicationState.WITHDRAWN}:
        raise ApplicationStateForbids(state=row.state)
    if row.state == ApplicationState.MADE:
        withdraw(tx, row)
        release_of(tx, worker_id, post_id, ProposalState.WITHDRAWN)
    return _application(tx.connection, worker_id, post_id)


def order_of(made: Any) -> ScalarSelect[int]:
    """Return the order of an application among those made for its post, as a column.

    made: the table `application`, or an alias of it.
    """
    before = application.alias()
    return (
        select(func.count())
        .select_from(before)
        .where(
            before.c.post_id == made.c.post_id,
            before.c.state == ApplicationState.MADE.value,
            before.c.place_no <= made.c.place_no,
        )
        .correlate(made)
        .scalar_subquery()
    )


_APPLICATIONS = select(application, order_of(application).label("order"))


def _row(connection: Connection, worker_id: str, post_id: str) -> Row[Any] | None:
    return connection.execute(
        _APPLICATIONS.where(application.c.worker_id == worker_id, application.c.post_id == post_id)
    ).first()


def _application(connection: Connection, worker_id: str, post_id: str) -> Application:
    row = _row(connection, worker_id, post_id)
    if row is None:
        raise ApplicationUnknown
    return _of_row(row)


def _of_row(row: Row[Any]) -> Application:
    state = ApplicationState(row.state)
    return Application(row.post_id, state, row.order if state is ApplicationState.MADE else 0)


def applications_of(connection: Connection, worker_id: str) -> tuple[Application, ...]:
    """Return a worker's applications that wait, the first made first."""
    statement = _APPLICATIONS.where(
        application.c.worker_id == worker_id,
        application.c.state == ApplicationState.MADE.value,
    ).order_by(application.c.applied_at, application.c.id)
    return tuple(_of_row(row) for row in connection.execute(statement))


def applications_of_ticket(market: OpenMarket, ticket_code: str) -> tuple[Application, ...]:
    """Return the applications that wait of a ticket's holder, the first made first."""
    holder = (
        select(visit.c.worker_id)
        .join(ticket, ticket.c.id == visit.c.ticket_id)
        .where(ticket.c.code == ticket_code, visit.c.holds_ticket.is_(True))
    )
    with market.database.read() as connection:
        worker_id = connection.scalar(holder)
        return () if worker_id is None else applications_of(connection, worker_id)


def applied_counts(market: OpenMarket) -> dict[str, int]:
    """Return how many wait for each post that somebody has applied for."""
    statement = (
        select(application.c.post_id, func.count().label("applied"))
        .where(application.c.state == ApplicationState.MADE.value)
        .group_by(application.c.post_id)
    )
    with market.database.read() as connection:
        return {row.post_id: int(row.applied) for row in connection.execute(statement)}
