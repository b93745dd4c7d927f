"""Ages at which building sites turn people away are a warning, and only beyond the limit."""

from __future__ import annotations

import pytest

from server.domain.age_windows import age_warning, age_windows
from server.domain.data_files import read_rows
from server.domain.kinds import Sex
from server.domain.post_templates import FILE, template_of
from server.domain.trades import trade, trades


@pytest.mark.parametrize(
    ("trade_id", "sex", "age", "warns"),
    [
        ("bricklayer", Sex.MALE, 60, False),
        ("bricklayer", Sex.MALE, 61, True),
        ("bricklayer", Sex.FEMALE, 51, True),
        ("scaffolder", Sex.MALE, 56, True),
        ("cleaner", Sex.FEMALE, 75, False),
    ],
)
def test_a_warning_comes_only_beyond_the_limit(
    trade_id: str, sex: Sex, age: int, warns: bool
) -> None:
    assert bool(age_warning(trade_id, sex, age)) is warns


def test_windows_and_templates_are_of_trades_that_exist() -> None:
    for name in ("trade_age_windows.csv", FILE):
        for row in read_rows(name):
            assert trade(row["trade_id"])
    assert sum(bool(age_windows(kind.id)) for kind in trades()) == 12
    assert sum(bool(template_of(kind.id)) for kind in trades()) == 27
