"""Owns how applications (报名) end without their worker's doing: with a post, or with a talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update

from server.db.tables import application, placement, post, visit
from server.db.unit_of_work import Event, Transaction
from server.domain.kinds import (
    ApplicationEnd,
    ApplicationState,
    PlacementState,
    PostState,
    ServiceKind,
)
from server.services.holds import end_holds_of_post
from server.services.post_days import on_days, on_days_of

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

    Records application.ended for each, and proposal.withdrawn for each place that was held.
    """
    if state is not PostState.FULL:
        end_holds_of_post(tx, post_id)
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


def revive_after_full(tx: Transaction, post_id: str) -> None:
    """Put back into the order of a post whom it sent away when it was full.

    Everybody keeps the old place; who has work that day by now stays out. Records
    application.made for each.
    """
    other = post.alias()
    has_work = exists().where(
        placement.c.worker_id == application.c.worker_id,
        placement.c.post_id == other.c.id,
        on_days(post.c.work_day, func.coalesce(post.c.last_day, post.c.work_day), other),
        placement.c.state.not_in(
            [PlacementState.WITHDRAWN.value, PlacementState.FELL_THROUGH.value]
        ),
    )
    statement = (
        select(application)
        .join(post, post.c.id == application.c.post_id)
        .where(
            application.c.post_id == post_id,
            application.c.state == ApplicationState.ENDED.value,
            application.c.end_reason == ApplicationEnd.POST_FULL.value,
            ~has_work.correlate(application, post),
        )
        .order_by(application.c.place_no)
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
