"""The anonymous questionnaire: counted, told in numbers that point at nobody, tied to nobody."""

from __future__ import annotations

import re
import sqlite3
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from server.db.tables import answered_request, event_log, survey_answer
from server.domain.errors import SurveyAnswerUnknown, SurveyOutdated
from server.domain.survey import QUESTIONS, VERSION
from server.services.open_market import OpenMarket
from server.services.surveys import answer_survey, survey_result
from server.settings import Settings
from tests.people import Factory, new_key

ANSWERS: dict[str, str | None] = {"pay": "below_150", "trouble": "unpaid", "work": None}


def answer(market: OpenMarket, times: int = 1, **given: str | None) -> None:
    for _ in range(times):
        answer_survey(market, VERSION, {**ANSWERS, **given}, new_key())


def counts(market: OpenMarket, make: Factory, question: str) -> dict[str, int | None]:
    [tally] = [
        tally
        for tally in survey_result(market, make.today).tallies
        if tally.question.code == question
    ]
    return dict(tally.counts)


def test_every_questionnaire_counts_at_once(market: OpenMarket, make: Factory) -> None:
    answer(market, 3)
    result = survey_result(market, make.today)
    assert (result.questionnaires, result.goal, result.told) == (3, 150, 0)
    assert result.tallies == ()


def test_the_answers_are_told_on_the_day_after(market: OpenMarket, make: Factory) -> None:
    answer(market, 6)
    answer(market, 7, pay="over_300")
    assert survey_result(market, make.today).tallies == ()
    make.clock.advance(timedelta(days=1))
    assert counts(market, make, "pay") == {
        "不到150元": 6,
        "150到200元": 0,
        "200到250元": 0,
        "250到300元": 0,
        "300元往上": 7,
        "不想答": 0,
    }
    assert counts(market, make, "work")["不想答"] == 13


def test_few_people_are_not_told_of(market: OpenMarket, make: Factory) -> None:
    answer(market, 9)
    answer(market, 2, pay="over_300")
    make.clock.advance(timedelta(days=1))
    found = counts(market, make, "pay")
    assert (found["300元往上"], found["不到150元"]) == (None, None)


def test_a_day_with_few_waits_for_more(market: OpenMarket, make: Factory) -> None:
    for times, told in [(6, 0), (1, 6), (4, 6), (1, 11)]:
        assert survey_result(market, make.today).told == told
        answer(market, times)
        make.clock.advance(timedelta(days=1))
    assert survey_result(market, make.today).told == 11
    assert survey_result(market, make.today).questionnaires == 12


def test_the_same_key_counts_once(market: OpenMarket, make: Factory) -> None:
    key = new_key()
    for _ in range(2):
        answer_survey(market, VERSION, ANSWERS, key)
    assert survey_result(market, make.today).questionnaires == 1


def test_nothing_but_the_day_stands_beside_an_answer(market: OpenMarket) -> None:
    answer(market)
    with market.database.read() as connection:
        rows = connection.execute(select(survey_answer)).all()
    assert set(survey_answer.columns.keys()) == {
        "id",
        "market_day",
        "version",
        "question",
        "choice",
    }
    assert len(rows) == len(QUESTIONS)
    # A version 7 id would tell the millisecond, one id for all rows who answered what.
    assert {UUID(row.id).version for row in rows} == {4}
    assert len({row.id for row in rows}) == len(rows)


def test_the_log_says_that_one_more_came_and_no_more(market: OpenMarket) -> None:
    answer(market, 2)
    with market.database.read() as connection:
        events = connection.execute(select(event_log).order_by(event_log.c.id.desc()).limit(2))
        last, first = events.all()
        kept = connection.execute(select(answered_request)).all()
    assert (first.entity_version, last.entity_version) == (1, 2)
    assert (last.type, last.device, last.actor) == ("survey.answered", None, "survey")
    assert last.body == '{"market_day":"2026-11-24","questionnaires":2,"version":"2026-11"}'
    # The digest of what was asked is the same whatever was answered.
    answer(market, 1, pay="over_300", trouble="age")
    with market.database.read() as connection:
        digests = connection.scalars(select(answered_request.c.request_digest)).all()
    assert len(kept) == 2
    assert len(set(digests)) == 1
    assert all(row.answer == '""' for row in kept)


def test_the_file_keeps_the_answers_in_no_order_of_time(
    market: OpenMarket, settings: Settings
) -> None:
    answer(market, 5)
    path = settings.data_dir / "market.db"
    with sqlite3.connect(path) as file:
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            file.execute("SELECT rowid FROM survey_answer")
        ids = [row[0] for row in file.execute("SELECT id FROM survey_answer")]
        [[made]] = file.execute("SELECT sql FROM sqlite_master WHERE name = 'survey_answer'")
    assert ids == sorted(ids)
    assert re.search(r"WITHOUT ROWID", made)


@pytest.mark.parametrize(
    ("version", "given", "refusal"),
    [
        ("2025-01", {}, SurveyOutdated),
        (VERSION, {"pay": "a_lot"}, SurveyAnswerUnknown),
        (VERSION, {"name": "x"}, SurveyAnswerUnknown),
    ],
)
def test_what_was_not_asked_is_refused(
    market: OpenMarket,
    make: Factory,
    version: str,
    given: dict[str, str | None],
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        answer_survey(market, version, given, new_key())
    assert survey_result(market, make.today).questionnaires == 0
