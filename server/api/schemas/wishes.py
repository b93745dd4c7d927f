"""Owns the shapes of names by pinyin or hand, of training wishes and of the questionnaire."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from server.api.schemas.asks import AskerRequest
from server.api.schemas.common import Answer, Request, ShortText
from server.domain.kinds import FreeTime

MAX_STROKES = 60
MAX_POINTS = 200
MAX_COORDINATE = 1000

Code = Annotated[str, StringConstraints(max_length=20)]
Coordinate = Annotated[int, Field(ge=0, le=MAX_COORDINATE)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]
Stroke = Annotated[list[Point], Field(min_length=1, max_length=MAX_POINTS)]


class PinyinPadAnswer(Answer):
    """The characters behind the pinyin keys, best first; surnames for a name's first character."""

    syllables: dict[str, str]
    surnames: dict[str, list[str]]


class InkRequest(Request):
    """The strokes of one character: points from the top left, 0 to 1000 each way."""

    strokes: Annotated[list[Stroke], Field(min_length=1, max_length=MAX_STROKES)]


class InkAnswer(Answer):
    """What was written, best first, at most eight."""

    candidates: list[str]


class WishRequest(AskerRequest):
    """What somebody wants to learn, the first most, and when they have time."""

    wishes: Annotated[list[ShortText], Field(max_length=20)]
    free_time: FreeTime


class WishAnswer(Answer):
    """The wish as it is kept. is_new: false when it took the place of an earlier one."""

    wishes: list[str]
    free_time: FreeTime
    is_new: bool


class SurveyRequest(Request):
    """One questionnaire: a choice for each question, null or absent where nobody would say."""

    version: Code
    answers: Annotated[dict[Code, Code | None], Field(max_length=40)]


class SurveyChoiceAnswer(Answer):
    """An answer to press."""

    code: str
    name: str
    icon: str


class SurveyQuestionAnswer(Answer):
    """A question of the questionnaire."""

    code: str
    text: str
    choices: list[SurveyChoiceAnswer]


class SurveyAnswer(Answer):
    """The questionnaire in force."""

    version: str
    questions: list[SurveyQuestionAnswer]
