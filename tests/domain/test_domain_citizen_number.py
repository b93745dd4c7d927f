"""Citizen numbers: GB 11643 by form, birth day and check digit; never by division."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.domain.citizen_number import (
    age_on,
    check_digit,
    clean_card_number,
    mask_citizen_number,
    parse_citizen_number,
)
from server.domain.errors import CitizenNumberInvalid
from server.domain.kinds import CardKind, Sex
from server.domain.phrases import sentence

TODAY = date(2026, 11, 24)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

divisions = st.integers(0, 999_999).map(lambda code: f"{code:06d}")
birth_days = st.dates(date(1900, 1, 1), TODAY)
orders = st.integers(0, 999).map(lambda order: f"{order:03d}")


def number_of(division: str, birth_day: date, order: str) -> str:
    first17 = f"{division}{birth_day:%Y%m%d}{order}"
    return first17 + check_digit(first17)


def reason_of(text: str) -> str:
    with pytest.raises(CitizenNumberInvalid) as refusal:
        parse_citizen_number(text, TODAY)
    return str(refusal.value.facts["reason"])


@given(st.text("0123456789", min_size=17, max_size=17))
def test_check_digit_is_the_weighted_sum_of_the_standard(first17: str) -> None:
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    assert check_digit(first17) == "10X98765432"[total % 11]


def test_published_example_has_its_check_digit() -> None:
    assert check_digit("11010519491231002") == "X"


@given(divisions, birth_days, orders)
def test_any_division_parses_with_its_check_digit(
    division: str, birth_day: date, order: str
) -> None:
    parsed = parse_citizen_number(number_of(division, birth_day, order), TODAY)
    assert (parsed.division_code, parsed.birth_day) == (division, birth_day)
    assert parsed.sex is (Sex.MALE if int(order) % 2 else Sex.FEMALE)


@given(divisions, birth_days, orders, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_refused(
    division: str, birth_day: date, order: str, place: int, digit: str
) -> None:
    number = number_of(division, birth_day, order)
    assume(number[place] != digit)
    wrong = number[:place] + digit + number[place + 1 :]
    assert reason_of(wrong) in {"birth_day", "check_digit"}


@given(divisions, birth_days, orders, st.integers(0, 16))
def test_two_neighbours_swapped_are_always_refused(
    division: str, birth_day: date, order: str, place: int
) -> None:
    number = number_of(division, birth_day, order)
    assume(number[place] != number[place + 1] and "X" not in number[place : place + 2])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert reason_of(swapped) in {"birth_day", "check_digit"}


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "110105\uff11\uff19\uff14\uff191231002\uff38",
    ],
)
def test_number_may_be_typed_loosely(text: str) -> None:
    assert parse_citizen_number(text, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "length"),
        ("1101051949123100", "length"),
        ("110105491231002", "length"),
        ("11010519491231002XX", "length"),
        ("11010519491231A02X", "characters"),
        ("X1010519491231002X", "characters"),
        ("1101051949123100二X", "characters"),
        ("110105194912310٠2X", "characters"),
        ("110105194913310021", "birth_day"),
        ("110105190002290021", "birth_day"),
        ("110105000001010021", "birth_day"),
        ("110105202611250021", "birth_day"),
        ("110105189512310021", "birth_day"),
        ("110105194912310021", "check_digit"),
    ],
)
def test_refusal_says_what_is_wrong(text: str, reason: str) -> None:
    assert reason_of(text) == reason


def test_sentence_for_a_wrong_last_character_tells_to_look_at_the_card() -> None:
    said = sentence(CitizenNumberInvalid(reason="check_digit"))
    assert "最后一位对不上" in said
    assert "再输一遍" in said


def test_refusal_repeats_nothing_of_the_number() -> None:
    with pytest.raises(CitizenNumberInvalid) as refusal:
        parse_citizen_number("110105194912310021", TODAY)
    assert "1949" not in f"{refusal.value!s}{refusal.value!r}{refusal.value.facts}"


@given(divisions, birth_days, orders)
def test_printing_a_number_shows_eight_characters_of_it(
    division: str, birth_day: date, order: str
) -> None:
    parsed = parse_citizen_number(number_of(division, birth_day, order), TODAY)
    masked = mask_citizen_number(parsed.number)
    assert masked == parsed.number[:4] + "*" * 10 + parsed.number[-4:]
    assert repr(parsed) == str(parsed) == f"CitizenNumber({masked})"


@given(st.text(max_size=11))
def test_short_number_is_masked_whole(text: str) -> None:
    assert set(mask_citizen_number(text)) <= {"*"}


@pytest.mark.parametrize(
    ("birth_day", "day", "years"),
    [
        (date(2010, 11, 25), date(2026, 11, 24), 15),
        (date(2010, 11, 24), date(2026, 11, 24), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(1974, 6, 1), date(2026, 11, 24), 52),
    ],
)
def test_age_counts_full_years(birth_day: date, day: date, years: int) -> None:
    assert age_on(birth_day, day) == years


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (CardKind.RESIDENT, "11010519491231002x", "11010519491231002X"),
        (CardKind.HMT, number_of("810000", date(1990, 5, 5), "001"), None),
        (CardKind.FOREIGNER_2017, "usa110090050501", "USA110090050501"),
        (CardKind.FOREIGNER_2023, "911840199005050011", "911840199005050011"),
    ],
)
def test_every_card_kind_has_its_form(kind: CardKind, text: str, number: str | None) -> None:
    assert clean_card_number(kind, text, TODAY) == (number or text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (CardKind.RESIDENT, "USA110090050501"),
        (CardKind.FOREIGNER_2017, "11010519491231002X"),
        (CardKind.FOREIGNER_2017, "US1110090050501"),
        (CardKind.FOREIGNER_2023, "811840199005050011"),
    ],
)
def test_number_of_another_card_kind_is_refused(kind: CardKind, text: str) -> None:
    with pytest.raises(CitizenNumberInvalid):
        clean_card_number(kind, text, TODAY)
