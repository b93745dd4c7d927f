"""Owns the rules of job fairs and trainings (专场、培训): what a plan must have.

"因时因需举办零工专场招聘对接活动", "就业创业培训": notice, Annex 4 item 12.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from server.domain.errors import (
    TextMissing,
    TextTooLong,
    TradesTooMany,
)
from server.domain.errors.hall import (
    ActivityDayInvalid,
    ActivityPlacesInvalid,
)
from server.domain.trades import trade

TITLE_LIMIT, PLACE_LIMIT = 30, 60
MOST_PEOPLE, MOST_BOOTHS, MOST_TRADES = 5000, 500, 6
FARTHEST = timedelta(days=366)
# A market that begins with the system may enter what it held this month.
LONGEST_AGO = timedelta(days=31)


class ActivityKind(StrEnum):
    """Tell a job fair from a training."""

    JOB_FAIR = "job_fair"
    TRAINING = "training"


ACTIVITY_NAMES: Mapping[ActivityKind, str] = {
    ActivityKind.JOB_FAIR: "专场招聘",
    ActivityKind.TRAINING: "培训",
}


@dataclass(frozen=True)
class ActivityPlan:
    """What is planned. capacity: how many workers; booths: how many employers, none at a training.

    trades: for whom it is, none named for everybody.
    """

    kind: ActivityKind
    title: str
    day: date
    start_time: time
    place: str
    capacity: int
    booths: int
    trades: tuple[str, ...]


def check_plan(plan: ActivityPlan, today: date) -> None:
    """Make sure that a plan can be kept.

    Raises TextMissing, TextTooLong, ActivityDayInvalid, ActivityPlacesInvalid, TradesTooMany,
    TradeUnknown.
    """
    for name, text, limit in (
        ("activity_title", plan.title, TITLE_LIMIT),
        ("activity_place", plan.place, PLACE_LIMIT),
    ):
        if not text:
            raise TextMissing(field=name)
        if len(text) > limit:
            raise TextTooLong(field=name, limit=limit)
    if not today - LONGEST_AGO <= plan.day <= today + FARTHEST:
        raise ActivityDayInvalid(field="activity_day")
    if not 1 <= plan.capacity <= MOST_PEOPLE:
        raise ActivityPlacesInvalid(field="capacity", maximum=MOST_PEOPLE)
    most = MOST_BOOTHS if plan.kind is ActivityKind.JOB_FAIR else 0
    if not 0 <= plan.booths <= most:
        raise ActivityPlacesInvalid(field="booths", maximum=most)
    if len(set(plan.trades)) > MOST_TRADES:
        raise TradesTooMany(field="trades", maximum=MOST_TRADES)
    for trade_id in plan.trades:
        trade(trade_id)
