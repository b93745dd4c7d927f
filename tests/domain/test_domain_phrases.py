"""Every refusal has a Chinese sentence, and every code a Chinese word."""

import re
from collections.abc import Mapping
from enum import StrEnum

import pytest

from server.domain import errors, phrases
from server.domain.errors import (
    BannedWords,
    DomainError,
    PayBelowMinimum,
    PostStateForbids,
    TextMissing,
    TicketStateForbids,
)
from server.domain.kinds import RefusalKind
from server.domain.phrases import sentence
from server.domain.sentences import DETAILED, FALLBACK, REASONS, SENTENCES

REFUSALS = sorted(DomainError.__subclasses__(), key=lambda refusal: refusal.__name__)
EVERY_FACT: dict[str, str | int] = {
    "category": "sex",
    "desk_no": 3,
    "field": "body.headcount",
    "label": "A012",
    "limit": 60,
    "maximum": 5,
    "maximum_days": 60,
    "maximum_fen": 500000,
    "minimum": 1,
    "minimum_fen": 2130,
    "pay_unit": "day",
    "placed": 4,
    "reason": "length",
    "rule": "只要一种性别",
    "said": "招工不能限制男女，请写清楚活怎么干就行。",
    "certificate": "健康证",
    "state": "closed",
    "wait_minutes": 15,
    "words": "限男",
}
NAME_TABLES = {
    name: table
    for name, table in vars(phrases).items()
    if name.isupper()
    and not name.startswith("_")
    and name.endswith(("_NAMES", "_WORDS", "_REASONS"))
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusal_has_its_own_chinese_sentence(refusal: type[DomainError]) -> None:
    for said in (sentence(refusal()), sentence(refusal(**EVERY_FACT))):
        assert re.search(r"[\u4e00-\u9fff]{4}", said)
        assert said.endswith("。")
        assert said != FALLBACK
        assert not set("{}") & set(said)
        assert not re.search(r"[\u4e00-\u9fff][,;:()?!]", said), "half-width punctuation"


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusal_has_a_code_made_of_its_name(refusal: type[DomainError]) -> None:
    assert refusal.code.replace("_", "") == refusal.__name__.lower()
    assert re.fullmatch(r"[a-z][a-z0-9_]+", refusal.code)
    assert isinstance(refusal.kind, RefusalKind)
    assert refusal.__doc__


def test_codes_are_distinct_and_no_sentence_is_left_over() -> None:
    codes = [refusal.code for refusal in REFUSALS]
    assert len(set(codes)) == len(codes)
    assert set(SENTENCES) == set(codes)
    assert set(DETAILED) | set(REASONS) <= set(codes)


def test_every_refusal_is_exported() -> None:
    assert {refusal.__name__ for refusal in REFUSALS} <= set(vars(errors))


def test_text_of_an_error_is_its_code_alone() -> None:
    error = BannedWords(words="限男", category="sex")
    assert str(error) == "banned_words"
    assert error.facts == {"words": "限男", "category": "sex"}


def test_facts_appear_as_people_say_them() -> None:
    assert "21.30元" in sentence(PayBelowMinimum(minimum_fen=2130, pay_unit="hour"))
    assert "已招满" in sentence(PostStateForbids(state="full"))
    assert "已办完" in sentence(TicketStateForbids(state="done"))
    assert "人数" in sentence(TextMissing(field="body.headcount"))


def test_unknown_field_is_not_shown_in_english() -> None:
    assert not re.search(r"[a-z]", sentence(TextMissing(field="body.favourite_colour")))


@pytest.mark.parametrize("name", sorted(NAME_TABLES))
def test_word_table_is_complete_and_chinese(name: str) -> None:
    table: Mapping[str, str] = NAME_TABLES[name]
    assert all(re.search(r"[\u4e00-\u9fff]", word) for word in table.values())
    kind = type(next(iter(table)))
    if issubclass(kind, StrEnum):
        assert set(table) == set(kind)


def test_words_are_found_by_the_plain_code_too() -> None:
    by_code = {str(kind): word for kind, word in phrases.SERVICE_NAMES.items()}
    assert by_code["find_work"] == "找活"
