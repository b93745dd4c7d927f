"""Invented people: believable, complete, and recognised by the rules they stand for."""

from collections import Counter
from datetime import date

import pytest
from stdnum.iso7064 import mod_11_2

from kiosk.agent.reader import CardKind, demo_cards

DAYS = [date(2026, 1, 1), date(2026, 11, 24), date(2028, 2, 29), date(2031, 12, 31)]


def full_years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@pytest.mark.parametrize("today", DAYS)
def test_every_citizen_number_is_valid_and_matches_the_card(today: date) -> None:
    for card in demo_cards(today):
        content = card.content
        if content.card_kind is CardKind.FOREIGNER_2017:
            continue
        assert mod_11_2.is_valid(content.id_no), card.card_id
        if content.card_kind is not CardKind.FOREIGNER_2023:
            assert content.id_no[6:14] == f"{content.birth_day:%Y%m%d}"
            assert int(content.id_no[16]) % 2 == int(content.sex) % 2


@pytest.mark.parametrize("today", DAYS)
def test_the_ages_are_those_on_the_label(today: date) -> None:
    ages = {card.card_id: full_years(card.content.birth_day, today) for card in demo_cards(today)}
    assert (ages["hao-xiaoyu"], ages["wu-tingting"], ages["ma-laiwang"]) == (15, 17, 64)


@pytest.mark.parametrize("today", DAYS)
def test_exactly_one_card_has_expired(today: date) -> None:
    expired = [
        card.card_id
        for card in demo_cards(today)
        if card.content.valid_until and card.content.valid_until < today
    ]
    assert expired == ["sun-lianhe"]


def test_no_two_cards_share_an_id_a_number_or_a_button() -> None:
    cards = demo_cards(DAYS[1])
    assert len(cards) >= 14
    for column in (
        [card.card_id for card in cards],
        [card.label for card in cards],
        [card.content.id_no for card in cards],
    ):
        assert max(Counter(column).values()) == 1


def test_a_demo_person_is_the_same_all_year() -> None:
    assert demo_cards(date(2026, 1, 1)) == demo_cards(date(2026, 12, 31))
