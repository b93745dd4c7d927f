"""Owns the strip at the head of every page of the desk: the day's figures and what needs people."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.kinds import PostState
from server.services.board import DayCounts, day_counts
from server.services.market import market_view
from server.services.open_market import OpenMarket
from server.services.posts import posts_in
from server.services.print_jobs import jobs_needing_people

COUNTED = 100


@dataclass(frozen=True)
class Pulse:
    """The day at a glance. to_review: posts in review. papers: papers that did not surely print."""

    market_name: str
    counts: DayCounts
    to_review: int
    papers: int


def pulse(market: OpenMarket) -> Pulse:
    """Return the day's figures as they are now."""
    return Pulse(
        market_view(market).name,
        day_counts(market),
        len(posts_in(market, (PostState.IN_REVIEW,), COUNTED)),
        len(jobs_needing_people(market)),
    )
