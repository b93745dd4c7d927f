"""Owns the hours in which the desks of a market are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from server.domain.clock import local_time


@dataclass(frozen=True)
class OpeningHours:
    """When the desks open and close, by the clock on the market's wall.

    Hours that close before they open go over midnight; equal hours never close.
    """

    opens: time
    closes: time


USUAL_HOURS = OpeningHours(time(6), time(18))


@dataclass(frozen=True)
class DeskHours:
    """The desks' hours as screens show them, such as "8:00", and whether somebody is there."""

    opens: str
    closes: str
    is_open: bool


def desk_hours(hours: OpeningHours, now: datetime) -> DeskHours:
    """Return the hours and whether the desks are open at `now`, from opening until before closing.

    Raises ValueError if the moment is naive.
    """
    return DeskHours(_shown(hours.opens), _shown(hours.closes), _is_open(hours, local_time(now)))


def _is_open(hours: OpeningHours, now: datetime) -> bool:
    at = now.time()
    if hours.opens < hours.closes:
        return hours.opens <= at < hours.closes
    return at >= hours.opens or at < hours.closes


def _shown(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
