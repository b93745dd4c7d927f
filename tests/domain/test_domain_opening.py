"""When the desks of a market are open."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from server.domain.clock import SHANGHAI
from server.domain.opening import OpeningHours, desk_hours


@pytest.mark.parametrize(
    ("opens", "closes", "at", "is_open"),
    [
        ("08:00", "18:00", "04:30", False),
        ("08:00", "18:00", "07:59", False),
        ("08:00", "18:00", "08:00", True),
        ("08:00", "18:00", "17:59", True),
        ("08:00", "18:00", "18:00", False),
        ("08:00", "00:00", "23:59", True),
        ("08:00", "00:00", "00:00", False),
        ("00:00", "12:00", "00:00", True),
        ("22:00", "02:00", "23:30", True),
        ("22:00", "02:00", "00:00", True),
        ("22:00", "02:00", "02:00", False),
        ("22:00", "02:00", "12:00", False),
        ("00:00", "00:00", "00:00", True),
        ("06:00", "06:00", "05:59", True),
    ],
)
def test_the_desks_are_open_from_opening_until_closing(
    opens: str, closes: str, at: str, is_open: bool
) -> None:
    hours = OpeningHours(time.fromisoformat(opens), time.fromisoformat(closes))
    now = datetime.fromisoformat(f"2026-11-24T{at}").replace(tzinfo=SHANGHAI)
    assert desk_hours(hours, now).is_open is is_open


def test_hours_are_shown_as_people_say_them() -> None:
    now = datetime(2026, 11, 24, 4, 30, tzinfo=SHANGHAI)
    shown = desk_hours(OpeningHours(time(8), time(17, 30)), now)
    assert (shown.opens, shown.closes) == ("8:00", "17:30")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        desk_hours(OpeningHours(time(8), time(18)), datetime(2026, 11, 24, 4, 30))  # noqa: DTZ001 - that is the fault
