"""Matching: the right work first, and nobody too young."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

import pytest

from server.domain.matching import may_work
from server.domain.trades import trade

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Hours:
    """From when to when somebody works."""

    start_time: time
    end_time: time


@pytest.mark.parametrize(
    ("age", "trade_id", "is_allowed"),
    [
        (15, "packer", False),
        (16, "packer", True),
        (17, "scaffolder", False),
        (18, "scaffolder", True),
        (72, "packer", True),
        (72, "scaffolder", True),
    ],
)
def test_age_decides_who_may_work(age: int, trade_id: str, is_allowed: bool) -> None:
    light_day = Hours(time(8), time(16))
    assert may_work(age, light_day, trade(trade_id)) is is_allowed
