"""Owns the anonymous questionnaire: what it heard, and as much of it as tells on nobody.

Nothing can lead from an answer to who gave it. The answers of one questionnaire are rows of their
own with random ids; the log, the repeat of a request and the actor say that a questionnaire came,
never what it said or at which kiosk.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select

from server.db.tables import survey_answer
from server.db.unit_of_work import Actor, Asked, Event, Transaction
from server.domain.survey import (
    GOAL,
    QUESTIONS,
    VERSION,
    SurveyQuestion,
    check_survey,
    last_told_day,
    told_counts,
)
from server.services.open_market import OpenMarket

# No device and nobody: which kiosk it was is not kept.
NOBODY = Actor("survey")


def answer_survey(
    market: OpenMarket, version: str, given: Mapping[str, str | None], key: str
) -> None:
    """Keep the answers of one questionnaire; a repeat with the same key adds nothing.

    Raises SurveyOutdated, SurveyAnswerUnknown. Records survey.answered without an answer.
    """
    with market.database.write(NOBODY) as tx:
        # The answers are no part of the content: eight answers are found again from any digest.
        asked = Asked(key, "answer_survey", {"version": version})
        tx.once(asked, str, lambda: _answer(tx, version, given))


def _answer(tx: Transaction, version: str, given: Mapping[str, str | None]) -> str:
    rows = [
        {
            "id": str(uuid.uuid4()),
            "market_day": tx.market_day,
            "version": version,
            "question": question,
            "choice": choice,
        }
        for question, choice in check_survey(version, given).items()
    ]
    tx.connection.execute(insert(survey_answer), rows)
    today = select(func.count()).where(
        survey_answer.c.market_day == tx.market_day,
        survey_answer.c.version == version,
        survey_answer.c.question == QUESTIONS[0].code,
    )
    count = int(tx.connection.scalar(today) or 0)
    body = {"market_day": tx.market_day, "version": version, "questionnaires": count}
    tx.record(Event("survey.answered", f"survey/{tx.market_day}/{version}", count, body))
    return ""


@dataclass(frozen=True)
class Tally:
    """A question's answers. counts: (words, how many) each; None where it would tell too much.

    The last one is who would not say.
    """

    question: SurveyQuestion
    counts: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class SurveyResult:
    """What the questionnaire in force has heard.

    questionnaires: all of them until now. told: those in the tallies; up to told_day, None while
    there are too few. tallies: none then.
    """

    questionnaires: int
    goal: int
    told: int
    told_day: date | None
    tallies: tuple[Tally, ...]


DECLINED = "不想答"


def survey_result(market: OpenMarket, today: date) -> SurveyResult:
    """Return the number of questionnaires, and the answers of the days that may be told."""
    of_version = survey_answer.c.version == VERSION
    days = (
        select(survey_answer.c.market_day, func.count())
        .where(of_version, survey_answer.c.question == QUESTIONS[0].code)
        .group_by(survey_answer.c.market_day)
        .order_by(survey_answer.c.market_day)
    )
    with market.database.read() as connection:
        by_day = [(row[0], int(row[1])) for row in connection.execute(days)]
        told_day = last_told_day(by_day, today)
        answers = (
            select(survey_answer.c.question, survey_answer.c.choice, func.count())
            .where(of_version, survey_answer.c.market_day <= (told_day or date.min))
            .group_by(survey_answer.c.question, survey_answer.c.choice)
        )
        found = {(row[0], row[1]): int(row[2]) for row in connection.execute(answers)}
    told = sum(count for day, count in by_day if told_day is not None and day <= told_day)
    tallies = tuple(_tally(question, found) for question in QUESTIONS) if told else ()
    return SurveyResult(sum(count for _, count in by_day), GOAL, told, told_day, tallies)


def _tally(question: SurveyQuestion, found: Mapping[tuple[str, str | None], int]) -> Tally:
    codes = [*(choice.code for choice in question.choices), None]
    names = [*(choice.name for choice in question.choices), DECLINED]
    counts = told_counts([found.get((question.code, code), 0) for code in codes])
    return Tally(question, tuple(zip(names, counts, strict=True)))
