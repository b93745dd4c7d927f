"""Seeds what people of the demo market would like: wishes to learn, and questionnaires."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from server.domain.kinds import FreeTime
from server.domain.survey import QUESTIONS, VERSION
from server.services.open_market import Actor, OpenMarket
from server.services.surveys import answer_survey
from server.services.training import NewWish, wish_training
from server.services.workers import Person, WorkerAnswers

QUESTIONNAIRES = 47
WISHES = (("welder", "electrician"), ("cook",), ("elder_carer", "cook", "housekeeper"), ("welder",))
# One of so many would not say.
SILENT = 12


def seed_questionnaires(market: OpenMarket, keys: Iterator[str]) -> None:
    """Answer the questionnaire QUESTIONNAIRES times on the clock's day."""
    chance = Random(150)  # noqa: S311 - a fixed seed, not a secret
    for _ in range(QUESTIONNAIRES):
        given: dict[str, str | None] = {}
        for question in QUESTIONS:
            # The first answers are the likelier ones.
            weights = range(len(question.choices) + 1, 1, -1)
            [choice] = chance.choices(question.choices, weights)
            given[question.code] = None if chance.randrange(SILENT) == 0 else choice.code
        answer_survey(market, VERSION, given, next(keys))


def seed_wishes(
    market: OpenMarket, kiosk: Actor, people: list[Person], keys: Iterator[str]
) -> None:
    """Let some who are known wish to learn a trade."""
    for n, (person, trades) in enumerate(zip(people, WISHES, strict=False)):
        free_time = list(FreeTime)[n % len(FreeTime)]
        wish_training(
            market, kiosk, NewWish(person, trades, free_time, WorkerAnswers()), next(keys)
        )
