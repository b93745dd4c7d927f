"""The three order rules: the draw is recomputed here with nothing but SHA-256."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.order_rules import (
    NOT_DRAWN,
    Draw,
    OrderRule,
    commitment_of,
    drawn_order,
    is_of,
    mark_of,
    rotation_turn,
    turn_words,
    turns_of,
)

TODAY = date(2026, 11, 24)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


codes = st.lists(st.text("0123456789ABCDEF", min_size=10, max_size=10), unique=True, max_size=40)


@given(st.text("0123456789abcdef", min_size=64, max_size=64), codes)
def test_anybody_recomputes_the_draw(seed: str, drawn: list[str]) -> None:
    marks = [sha(code) for code in drawn]
    names = sha("\n".join(marks))
    expected = sorted(marks, key=lambda mark: sha(f"{seed}:{names}:{mark}"))
    turns = turns_of(Draw(seed, tuple(map(mark_of, drawn))))
    assert sorted(turns, key=turns.__getitem__) == expected
    assert sorted(turns.values()) == list(range(1, len(drawn) + 1))


def test_one_more_ticket_moves_the_lots_of_all() -> None:
    marks = tuple(sha(str(n)) for n in range(40))
    before = drawn_order(Draw("5eed" * 16, marks))
    after = drawn_order(Draw("5eed" * 16, (*marks, sha("late"))))
    assert [n for n in after if n < 40] != list(before)


def test_every_place_is_as_likely_for_each() -> None:
    rng = random.Random(20261205)  # noqa: S311 - nothing secret.
    print("seed 20261205")
    marks = tuple(sha(str(n)) for n in range(5))
    firsts = [drawn_order(Draw(f"{rng.getrandbits(256):064x}", marks))[0] for _ in range(5000)]
    assert all(850 < firsts.count(n) < 1150 for n in range(5))


def test_a_commitment_binds_one_seed() -> None:
    assert is_of(commitment_of("a" * 64), "a" * 64)
    assert not is_of(commitment_of("a" * 64), "b" * 64)


@given(st.lists(st.none() | st.integers(0, 20_000), min_size=2, max_size=9))
def test_rotation_puts_the_longest_without_work_first(days_ago: list[int | None]) -> None:
    last = [None if n is None else TODAY - timedelta(days=n) for n in days_ago]
    by_turn = sorted(last, key=lambda day: rotation_turn(day, TODAY))
    by_hand = sorted(last, key=lambda day: max(day or date.min, TODAY - timedelta(days=9_999)))
    never = [day for day in by_turn if day is None]
    assert by_turn[: len(never)] == never
    capped = TODAY - timedelta(days=9_999)
    assert [max(d, capped) for d in by_turn if d] == [max(d, capped) for d in by_hand if d]


@pytest.mark.parametrize(
    ("rule", "turn", "words"),
    [
        (OrderRule.ARRIVAL, 0, ""),
        (OrderRule.ROTATION, 0, "在这里还没上过工"),
        (OrderRule.ROTATION, 9_988, "12天没上工"),
        (OrderRule.ROTATION, 10_000, "今天上过工"),
        (OrderRule.LOTTERY, 8, "抽签第8个"),
        (OrderRule.LOTTERY, NOT_DRAWN, "没赶上抽签"),
    ],
)
def test_a_turn_is_said_in_words(rule: OrderRule, turn: int, words: str) -> None:
    assert turn_words(rule, turn) == words
