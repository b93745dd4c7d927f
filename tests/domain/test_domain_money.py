"""Money: read from people, written for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import PayInvalid, PayMissing, PayTooLarge
from server.domain.kinds import PayUnit
from server.domain.money import (
    MAX_PAY_FEN,
    parse_yuan,
    pay_sentence,
    pay_text,
    pay_words,
    yuan,
)


@pytest.mark.parametrize(
    ("fen", "text"), [(18000, "180"), (2130, "21.30"), (5, "0.05"), (0, "0"), (-150, "-1.50")]
)
def test_yuan_is_written_short(fen: int, text: str) -> None:
    assert yuan(fen) == text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("180", 18000),
        ("180元", 18000),
        (" ¥180 ", 18000),
        ("\uffe5180.5", 18050),
        ("\uff11\uff18\uff10", 18000),
        ("1,200.05元", 120005),
        ("21.3", 2130),
        ("0.01", 1),
    ],
)
def test_amount_is_read_as_people_write_it(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "  ", "元", "0", "0.00"])
def test_no_amount_is_missing(text: str) -> None:
    with pytest.raises(PayMissing):
        parse_yuan(text)


@pytest.mark.parametrize("text", ["面议", "-180", "1.234", "180-200", "1e3", "١٨٠", "12345678901"])
def test_nonsense_is_no_amount(text: str) -> None:
    with pytest.raises(PayInvalid):
        parse_yuan(text)


def test_amount_with_too_many_noughts_is_refused() -> None:
    with pytest.raises(PayTooLarge):
        parse_yuan("1000000")


@given(st.integers(1, MAX_PAY_FEN))
def test_written_amount_reads_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "unit", "piece", "text"),
    [
        (18000, PayUnit.DAY, "", "日薪180元"),
        (2500, PayUnit.HOUR, "", "时薪25元"),
        (300, PayUnit.PIECE, "块", "每块3元"),
        (200000, PayUnit.JOB, "", "包活2000元"),
    ],
)
def test_board_shows_pay_in_few_characters(fen: int, unit: PayUnit, piece: str, text: str) -> None:
    assert pay_text(fen, unit, piece) == text


def test_slip_states_pay_in_figures_and_capitals() -> None:
    said = pay_sentence(18000, PayUnit.DAY)
    assert said == "每天180元\uff08壹佰捌拾元整\uff09"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (18000, "壹佰捌拾元整"),
        (2130, "贰拾壹元叁角整"),
        (32504, "叁佰贰拾伍元零肆分"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (1000, "壹拾元整"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10010000, "壹拾万零壹佰元整"),
        (10000000000, "壹亿元整"),
        (10000100000, "壹亿零壹仟元整"),
        (10001000000, "壹亿零壹万元整"),
        (1001000000, "壹仟零壹万元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (105, "壹元零伍分"),
        (20002000, "贰拾万零贰拾元整"),
    ],
)
def test_capitals_are_those_of_a_bank(fen: int, words: str) -> None:
    assert pay_words(fen) == words


@given(st.integers(0, 10**14 - 1))
def test_capitals_never_double_a_nought_or_start_with_one(fen: int) -> None:
    words = pay_words(fen)
    assert "零零" not in words
    assert not words.startswith("零") or words == "零元整"


@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_different_amounts_have_different_capitals(one: int, other: int) -> None:
    assert (pay_words(one) == pay_words(other)) == (one == other)


@pytest.mark.parametrize("fen", [-1, 10**14])
def test_amount_beyond_the_capitals_is_a_fault_of_the_program(fen: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        pay_words(fen)
