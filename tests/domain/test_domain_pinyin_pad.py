"""The characters behind the pinyin keys: all of the national table, surnames first."""

from __future__ import annotations

import re

import pytest

from server.domain.names import clean_name
from server.domain.pinyin_pad import pad_characters, pinyin_pad


def under(syllable: str) -> list[str]:
    """What a first character may be, in the order the kiosk shows it."""
    pad = pinyin_pad()
    return [*pad.surnames.get(syllable, ()), *pad.syllables.get(syllable, "")]


def test_the_pad_holds_the_national_table() -> None:
    assert len(pad_characters()) == 8105
    assert len(pinyin_pad().syllables) == 410
    assert sum(map(len, pinyin_pad().syllables.values())) == 8580


@pytest.mark.parametrize("character", "翀喆玥垚昇犇骉堃赟旻祎偲旸珺璟㛃赪烜玘")
def test_rare_characters_of_names_are_there(character: str) -> None:
    assert character in pad_characters()


@pytest.mark.parametrize(
    ("typed", "surname"),
    [
        ("zhang", "张"),
        ("wang", "王"),
        ("shan", "单"),
        ("qiu", "仇"),
        ("ou", "区"),
        ("xie", "解"),
        ("zha", "查"),
        ("zeng", "曾"),
        ("ren", "任"),
        ("piao", "朴"),
        ("zhai", "翟"),
        ("lü", "吕"),
        ("yuchi", "尉迟"),
        ("moqi", "万俟"),
        ("linghu", "令狐"),
        ("ouyang", "欧阳"),
    ],
)
def test_surnames_come_first_under_their_own_reading(typed: str, surname: str) -> None:
    assert surname in under(typed)[:9]


def test_a_surname_of_two_characters_is_under_its_first_syllable_too() -> None:
    assert "尉迟" in pinyin_pad().surnames["yu"]


def test_zhang_is_the_first_of_its_syllable() -> None:
    assert under("zhang")[0] == "张"


def test_frequent_given_names_are_on_the_first_page() -> None:
    for syllable, character in [("jian", "建"), ("guo", "国"), ("wei", "伟"), ("fang", "芳")]:
        assert character in pinyin_pad().syllables[syllable][:7]


def test_every_key_is_made_of_the_letters_of_the_pad() -> None:
    pad = pinyin_pad()
    assert all(re.fullmatch("[a-zü]+", key) for key in {*pad.syllables, *pad.surnames})
    assert all(len(set(found)) == len(found) for found in pad.syllables.values())


def test_every_character_may_stand_in_a_name() -> None:
    for character in pad_characters():
        assert clean_name(f"王{character}") == f"王{character}"


def test_every_surname_of_the_pad_is_in_the_table_too() -> None:
    surnames = {name for names in pinyin_pad().surnames.values() for name in names}
    assert set("".join(surnames)) <= pad_characters()
