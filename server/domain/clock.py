"""Owns time: the clock everybody asks, and the one way from UTC to the market's day."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""


class SystemClock:
    """Tells the computer's time."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """Stands still until it is advanced; used by the seed and the tests."""

    def __init__(self, now: datetime) -> None:
        self._now = _aware(now)

    def now(self) -> datetime:
        """Give the moment it stands at, aware, in UTC."""
        return self._now

    def advance(self, step: timedelta) -> None:
        """Move forward by a step."""
        self._now += step


def local_time(at: datetime) -> datetime:
    """Turn an aware moment into the market's wall-clock time. Raises ValueError if naive."""
    return _aware(at).astimezone(SHANGHAI)


def market_day(now: datetime) -> date:
    """Give the calendar day in Asia/Shanghai. Raises ValueError if the moment is naive."""
    return local_time(now).date()


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC)
