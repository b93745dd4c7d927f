"""Owns what a worker may see of their own past: where they worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from server.db.tables import placement, post
from server.domain.kinds import PlacementState
from server.domain.money import pay_text
from server.domain.trades import trade
from server.services.open_market import OpenMarket
from server.services.posts import POSTS, post_of_row
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
        statement = _EMPLOYMENTS.where(_AGREED.c.worker_id == row.id).limit(limit)
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
