"""Owns what workers say of jobs that are done: paid reliably, and as described."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Exists, exists, insert, select

from server.db.job_tables import placement_rating
from server.db.tables import placement
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.errors import PlacementUnknown, RatingGiven, RatingUnready
from server.domain.kinds import PlacementState
from server.services.open_market import OpenMarket

DONE = (PlacementState.COMPLETED.value, PlacementState.SETTLED.value)


@dataclass(frozen=True)
class Rating:
    """What a worker says of a job."""

    placement_id: str
    pays_reliably: bool
    is_as_described: bool


def rate_job(market: OpenMarket, actor: Actor, rating: Rating, key: str) -> str:
    """Keep a worker's rating, one for a placement, and return the placement's id.

    Raises PlacementUnknown, RatingUnready before the work is done, RatingGiven.
    Records placement.rated.
    """
    asked = Asked(key, "rate_job", asdict(rating))
    with market.database.write(actor) as tx:
        return tx.once(asked, str, lambda: _rate(tx, rating))


def _rate(tx: Transaction, rating: Rating) -> str:
    state = tx.connection.scalar(
        select(placement.c.state).where(placement.c.id == rating.placement_id)
    )
    if state is None:
        raise PlacementUnknown
    if state not in DONE:
        raise RatingUnready
    if tx.connection.scalar(select(_given(rating.placement_id))):
        raise RatingGiven
    values = {**asdict(rating), "created_at": tx.now}
    tx.connection.execute(insert(placement_rating), values)
    tx.record(Event("placement.rated", f"rating/{rating.placement_id}", 1, values))
    return rating.placement_id


def _given(placement_id: str) -> Exists:
    return exists().where(placement_rating.c.placement_id == placement_id)


def is_rated(market: OpenMarket, placement_id: str) -> bool:
    """Tell whether a job has been rated."""
    with market.database.read() as connection:
        return bool(connection.scalar(select(_given(placement_id))))
