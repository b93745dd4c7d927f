"""Owns how applications (报名) end without their worker's doing: with a post, or with a talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from server.db.tables import application, post, visit
from server.db.unit_of_work import Event, Transaction
from server.domain.kinds import ApplicationEnd, ApplicationState, PostState, ServiceKind
from server.services.post_days import on_days_of

END_OF_POST = {
    PostState.FULL: ApplicationEnd.POST_FULL,
    PostState.CLOSED: ApplicationEnd.POST_CLOSED,
    PostState.WITHDRAWN: ApplicationEnd.POST_WITHDRAWN,
    PostState.EXPIRED: ApplicationEnd.POST_CLOSED,
}


@dataclass(frozen=True)
class Talk:
    """A worker and a post were brought together. work_day: of the post."""

    worker_id: str
    post_id: str
    work_day: date


def end_with_post(tx: Transaction, post_id: str, state: PostState) -> None:
    """End the applications for a post that takes nobody any more.

    Records application.ended for each.
    """
    reason = END_OF_POST[state]
    for row in _made(tx, application.c.post_id == post_id):
        _end(tx, row, ApplicationState.ENDED, reason)


def end_with_agreement(tx: Transaction, talk: Talk) -> None:
    """End a worker's application for the post they agreed to, and those for the same day.

    Records application.agreed, and application.ended for each of the others.
    """
    own_day = (application.c.worker_id == talk.worker_id) & on_days_of(
        tx, talk.post_id, talk.work_day
    )
    for row in _made(tx, own_day):
        if row.post_id == talk.post_id:
            _end(tx, row, ApplicationState.AGREED, None)
        else:
            _end(tx, row, ApplicationState.ENDED, ApplicationEnd.OTHER_WORK)


def end_with_decline(tx: Transaction, talk: Talk) -> None:
    """End a worker's application for a post after a talk that came to nothing.

    Records application.ended if there was one.
    """
    own = (application.c.worker_id == talk.worker_id) & (application.c.post_id == talk.post_id)
    for row in _made(tx, own):
        _end(tx, row, ApplicationState.ENDED, ApplicationEnd.DECLINED)


def restore_after_undo(tx: Transaction, talk: Talk) -> None:
    """Put a worker back into the order of open posts where an agreement, now undone, ended it.

    Everybody keeps the old place. Records application.made for each.
    """
    by_agreement = and_(
        application.c.state == ApplicationState.AGREED.value,
        application.c.post_id == talk.post_id,
    )
    by_other_work = and_(
        application.c.state == ApplicationState.ENDED.value,
        application.c.end_reason == ApplicationEnd.OTHER_WORK.value,
        on_days_of(tx, talk.post_id, talk.work_day),
    )
    statement = (
        select(application)
        .join(post, post.c.id == application.c.post_id)
        .where(
            application.c.worker_id == talk.worker_id,
            post.c.state == PostState.OPEN.value,
            or_(by_agreement, by_other_work),
        )
    )
    for row in tx.connection.execute(statement).all():
        _end(tx, row, ApplicationState.MADE, None)


def withdraw_with_ticket(tx: Transaction, ticket_id: str) -> None:
    """Withdraw every application of the people on a number for work that was cancelled.

    A number for anything else has none. Records application.withdrawn for each.
    """
    people = select(visit.c.worker_id).where(
        visit.c.ticket_id == ticket_id, visit.c.service == ServiceKind.FIND_WORK.value
    )
    for row in _made(tx, application.c.worker_id.in_(people)):
        _end(tx, row, ApplicationState.WITHDRAWN, None)


def withdraw(tx: Transaction, row: Row[Any]) -> None:
    """Withdraw one application. Records application.withdrawn."""
    _end(tx, row, ApplicationState.WITHDRAWN, None)


def _made(tx: Transaction, condition: ColumnElement[bool]) -> list[Row[Any]]:
    statement = (
        select(application)
        .join(post, post.c.id == application.c.post_id)
        .where(condition, application.c.state == ApplicationState.MADE.value)
        .order_by(application.c.post_id, application.c.place_no)
    )
    return list(tx.connection.execute(statement))


def _end(
    tx: Transaction, row: Row[Any], state: ApplicationState, reason: ApplicationEnd | None
) -> None:
    changes = {
        "state": state.value,
        "end_reason": None if reason is None else reason.value,
        "entity_version": row.entity_version + 1,
    }
    tx.connection.execute(update(application).where(application.c.id == row.id), changes)
    body = {**row._mapping, **changes}
    subject, version = f"application/{row.id}", row.entity_version + 1
    tx.record(Event(f"application.{state.value}", subject, version, body))
