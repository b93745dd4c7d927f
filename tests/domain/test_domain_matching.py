"""Matching: the right work first, and nobody too young."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from server.domain.kinds import PayUnit
from server.domain.matching import PostFacts, may_work, score_post
from server.domain.trades import trade

NOW = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
POST = PostFacts(
    trade_id="bricklayer",
    pay_fen=18000,
    pay_unit=PayUnit.DAY,
    start_time=time(7),
    end_time=time(18),
    has_lunch=False,
    left=3,
    published_at=NOW - timedelta(hours=3),
)


def test_first_wish_beats_second_and_second_beats_a_related_trade() -> None:
    first = score_post(POST, ["bricklayer", "loader"], NOW)
    second = score_post(POST, ["loader", "bricklayer"], NOW)
    related = score_post(POST, ["plasterer"], NOW)
    assert first > second > related > 0


def test_last_of_six_wishes_beats_the_best_related_trade() -> None:
    wishes = ["loader", "cook", "cleaner", "courier", "packer", "bricklayer"]
    best_related = replace(
        POST, pay_fen=500000, has_lunch=True, left=100, published_at=NOW, trade_id="bricklayer"
    )
    assert score_post(POST, wishes, NOW) > score_post(best_related, ["plasterer"], NOW)


def test_unrelated_trade_scores_nothing() -> None:
    assert score_post(POST, ["cook"], NOW) == 0
    assert score_post(POST, [], NOW) == 0


def test_full_post_scores_nothing() -> None:
    assert score_post(replace(POST, left=0), ["bricklayer"], NOW) == 0


@pytest.mark.parametrize(
    "better",
    [
        replace(POST, pay_fen=20000),
        replace(POST, has_lunch=True),
        replace(POST, left=9),
        replace(POST, published_at=NOW - timedelta(minutes=5)),
        replace(POST, pay_fen=2000, pay_unit=PayUnit.HOUR),
    ],
)
def test_better_terms_score_higher(better: PostFacts) -> None:
    wishes = ["bricklayer"]
    assert score_post(better, wishes, NOW) > score_post(POST, wishes, NOW)


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
    light_day = replace(POST, start_time=time(8), end_time=time(16))
    assert may_work(age, light_day, trade(trade_id)) is is_allowed
