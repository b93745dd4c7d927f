"""The questionnaire: what may be answered, and how few people are not told of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import SurveyAnswerUnknown, SurveyOutdated
from server.domain.survey import (
    QUESTIONS,
    SMALLEST_SHOWN,
    VERSION,
    check_survey,
    last_told_day,
    told_counts,
)

TODAY = date(2026, 11, 24)


def days(*counts: int) -> list[tuple[date, int]]:
    """Questionnaires on the days before today, the last one yesterday."""
    return [(date(2026, 11, 24 - len(counts) + at), n) for at, n in enumerate(counts)]


def test_no_question_has_more_than_six_answers() -> None:
    assert 6 <= len(QUESTIONS) <= 8
    assert all(2 <= len(question.choices) <= 6 for question in QUESTIONS)
    assert len({question.code for question in QUESTIONS}) == len(QUESTIONS)


def test_what_was_left_open_is_no_answer() -> None:
    checked = check_survey(VERSION, {"pay": "below_150", "work": None})
    assert checked["pay"] == "below_150"
    assert [code for code, choice in checked.items() if choice is not None] == ["pay"]
    assert set(checked) == {question.code for question in QUESTIONS}


@pytest.mark.parametrize("given", [{"pay": "a_lot"}, {"name": None}, {"pay": "daily"}])
def test_what_was_not_asked_is_refused(given: dict[str, str | None]) -> None:
    with pytest.raises(SurveyAnswerUnknown):
        check_survey(VERSION, given)


def test_another_version_is_refused() -> None:
    with pytest.raises(SurveyOutdated):
        check_survey("2025-01", {})


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 5, 40), (0, 5, 40)),
        ((4, 9, 40), (None, None, 40)),
        ((4, 1, 40), (None, None, 40)),
        ((3, 0, 40), (None, 0, None)),
        ((0, 0, 5), (0, 0, 5)),
    ],
)
def test_less_than_five_people_are_not_told_of(
    counts: tuple[int, ...], told: tuple[int | None, ...]
) -> None:
    assert told_counts(counts) == told


@given(st.lists(st.integers(0, 60), min_size=2, max_size=7).filter(lambda c: sum(c) >= 5))
def test_no_small_number_can_be_worked_out_from_the_sum(counts: list[int]) -> None:
    told = told_counts(counts)
    hidden = [count for count, shown in zip(counts, told, strict=True) if shown is None]
    assert len(hidden) != 1
    assert all(shown is None or shown == 0 or shown >= SMALLEST_SHOWN for shown in told)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((), None),
        ((4,), None),
        ((5,), 23),
        ((4, 1), 23),
        ((5, 4), 22),
        ((5, 4, 1), 23),
        ((30, 1, 1, 1), 20),
    ],
)
def test_answers_are_told_in_steps_of_five_questionnaires(
    counts: tuple[int, ...], told: int | None
) -> None:
    found = last_told_day(days(*counts), TODAY)
    assert found == (None if told is None else date(2026, 11, told))


def test_today_s_answers_are_not_told() -> None:
    assert last_told_day([(TODAY, 100)], TODAY) is None
