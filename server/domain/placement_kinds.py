"""Owns the words of what happens after an agreement: steps, why one fell through, whose side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from server.domain.kinds import PlacementState

NO_SHOW_DAYS = 90
NO_SHOW_TIME = timedelta(days=NO_SHOW_DAYS)


class FellReason(StrEnum):
    """Name why an agreed job came to nothing."""

    WORKER_NO_SHOW = "worker_no_show"
    EMPLOYER_CANCELLED = "employer_cancelled"
    PAY_DISPUTED = "pay_disputed"
    WEATHER = "weather"
    OTHER = "other"


class Side(StrEnum):
    """Say on whose side a job fell through."""

    WORKER = "worker"
    EMPLOYER = "employer"
    NEITHER = "neither"


class JobStep(StrEnum):
    """Name what was noted of a placement after the agreement; UNPAID is no state of its own."""

    ON_SITE = "on_site"
    COMPLETED = "completed"
    SETTLED = "settled"
    FELL_THROUGH = "fell_through"
    UNPAID = "unpaid"


SIDES_OF: Mapping[FellReason, frozenset[Side]] = {
    FellReason.WORKER_NO_SHOW: frozenset({Side.WORKER}),
    FellReason.EMPLOYER_CANCELLED: frozenset({Side.EMPLOYER}),
    FellReason.PAY_DISPUTED: frozenset({Side.WORKER, Side.EMPLOYER}),
    FellReason.WEATHER: frozenset({Side.NEITHER}),
    FellReason.OTHER: frozenset(Side),
}

# What a clerk may press, reason and side in one.
FELL_CHOICES: Mapping[tuple[FellReason, Side], str] = {
    (FellReason.WORKER_NO_SHOW, Side.WORKER): "工友没去",
    (FellReason.EMPLOYER_CANCELLED, Side.EMPLOYER): "老板取消",
    (FellReason.PAY_DISPUTED, Side.EMPLOYER): "老板改了工钱",
    (FellReason.PAY_DISPUTED, Side.WORKER): "工友嫌工钱少",
    (FellReason.WEATHER, Side.NEITHER): "天气不行",
    (FellReason.OTHER, Side.WORKER): "别的,工友这边",
    (FellReason.OTHER, Side.EMPLOYER): "别的,老板这边",
}

STEP_OF: Mapping[PlacementState, JobStep] = {
    PlacementState.ON_SITE: JobStep.ON_SITE,
    PlacementState.COMPLETED: JobStep.COMPLETED,
    PlacementState.SETTLED: JobStep.SETTLED,
    PlacementState.FELL_THROUGH: JobStep.FELL_THROUGH,
}
