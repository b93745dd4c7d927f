"""Owns what a worker may see of their own past: jobs, days in the hall, open cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from server.db.tables import complaint_case, placement, post, visit
from server.domain.clock import market_day
from server.domain.errors import CardNeeded
from server.domain.kinds import CaseKind, CaseStep, IdentityWay, PlacementState
from server.domain.money import pay_text
from server.domain.trades import trade
from server.services.identities import Identity
from server.services.open_market import OpenMarket
from server.services.posts import POSTS, WITHDRAWN, post_of_row
from server.services.workers import Person, find_by_number


@dataclass(frozen=True)
class Employment:
    """A job that a worker and an employer agreed on; employer: its public name."""

    placement_id: str
    work_day: date
    trade_name: str
    employer: str
    pay: str
    state: PlacementState


# POSTS counts placements in a subquery, which must not be tied to these.
_AGREED = placement.alias()
_EMPLOYMENTS = (
    POSTS.add_columns(_AGREED.c.id.label("placement_id"))
    .add_columns(_AGREED.c.state.label("placement_state"))
    .join(_AGREED, _AGREED.c.post_id == post.c.id)
    .order_by(_AGREED.c.work_day.desc(), _AGREED.c.id.desc())
)


def employments_of(market: OpenMarket, person: Person, limit: int) -> tuple[Employment, ...]:
    """Return the jobs of a worker, latest first, at most `limit`; none for a stranger."""
    with market.database.read() as connection:
        row = find_by_number(connection, market.seal, person.id_no)
        if row is None:
            return ()
        return _jobs(connection, row.id, limit)


def jobs_of_worker(market: OpenMarket, worker_id: str, limit: int) -> tuple[Employment, ...]:
    """Return the jobs of a registered worker, latest first, at most `limit`."""
    with market.database.read() as connection:
        return _jobs(connection, worker_id, limit)


def _jobs(connection: Connection, worker_id: str, limit: int) -> tuple[Employment, ...]:
    mine = (_AGREED.c.worker_id == worker_id) & (_AGREED.c.state != WITHDRAWN)
    statement = _EMPLOYMENTS.where(mine).limit(limit)
    return tuple(_employment(found) for found in connection.execute(statement))


def _employment(row: Row[Any]) -> Employment:
    agreed = post_of_row(row)
    draft = agreed.draft
    return Employment(
        row.placement_id,
        draft.work_day,
        trade(draft.trade_id).short_name,
        agreed.employer_name,
        pay_text(draft.pay_fen, draft.pay_unit, draft.piece_unit),
        PlacementState(row.placement_state),
    )


@dataclass(frozen=True)
class OpenCase:
    """A case that is not closed. step: what is to be done next, by_day: by whose end."""

    no: str
    kind: CaseKind
    step: CaseStep
    by_day: date


@dataclass(frozen=True)
class Records:
    """A worker's own past. days_this_month: market days on which they were in the hall."""

    employments: tuple[Employment, ...]
    days_this_month: int
    cases: tuple[OpenCase, ...]


RECORDS_SHOWN = 30


def records_of(market: OpenMarket, identity: Identity) -> Records:
    """Return the past of whoever holds their own card, empty for who is new.

    Raises CardNeeded for every other way of saying who one is: a number is known to others too.
    """
    if identity.way is not IdentityWay.CARD:
        raise CardNeeded
    employments = employments_of(market, identity.person, RECORDS_SHOWN)
    today = market_day(market.database.now())
    with market.database.read() as connection:
        row = find_by_number(connection, market.seal, identity.person.id_no)
        if row is None:
            return Records((), 0, ())
        days = _days_since(connection, row.id, today.replace(day=1))
        return Records(employments, days, _open_cases(connection, row.id))


def _days_since(connection: Connection, worker_id: str, first: date) -> int:
    statement = select(func.count(visit.c.market_day.distinct())).where(
        visit.c.worker_id == worker_id, visit.c.market_day >= first
    )
    return int(connection.scalar(statement) or 0)


def _open_cases(connection: Connection, worker_id: str) -> tuple[OpenCase, ...]:
    statement = (
        select(complaint_case)
        .where(complaint_case.c.worker_id == worker_id, complaint_case.c.closed_at.is_(None))
        .order_by(complaint_case.c.close_by_day, complaint_case.c.id)
        .limit(RECORDS_SHOWN)
    )
    return tuple(_open_case(row) for row in connection.execute(statement))


def _open_case(row: Row[Any]) -> OpenCase:
    steps = (
        (CaseStep.ASSIGN, row.assign_by_day, row.assigned_at),
        (CaseStep.FEEDBACK, row.feedback_by_day, row.answered_at),
        (CaseStep.CLOSE, row.close_by_day, row.closed_at),
    )
    step, by_day, _ = next(one for one in steps if one[2] is None)
    return OpenCase(row.no, CaseKind(row.kind), step, by_day)
