"""What is said, letter by letter: numbers, windows, surnames, sentences."""

from __future__ import annotations

import re

import pytest

from server.domain.errors import NumberUnspeakable, SentenceUnknown
from server.domain.privacy import NOTICE_SENTENCES
from server.domain.spoken import NOTICE_IDS, SENTENCES
from server.domain.spoken_words import spoken_words
from server.domain.voice_clips import call_clips
from server.voice.pinyin import (
    address_pinyin,
    call_pinyin,
    desk_pinyin,
    label_pinyin,
    sentence_pinyin,
    surnames,
    ticket_pinyin,
    words_pinyin,
)

SYLLABLE = re.compile(r"[a-z]+[1-5]")
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("A012", "A ling2 yao1 er4"),
        ("B001", "B ling2 ling2 yao1"),
        ("C111", "C yao1 yao1 yao1"),
        ("E345", "E san1 si4 wu3"),
        ("F678", "F liu4 qi1 ba1"),
        ("A1090", "A yao1 ling2 jiu3 ling2"),
    ],
)
def test_a_ticket_number_is_said_digit_by_digit_with_yao_for_1(label: str, said: str) -> None:
    assert label_pinyin(label) == said


@pytest.mark.parametrize(
    ("desk_no", "said"),
    [
        (1, "yi1"),
        (2, "er4"),
        (10, "shi2"),
        (11, "shi2 yi1"),
        (20, "er4 shi2"),
        (34, "san1 shi2 si4"),
        (99, "jiu3 shi2 jiu3"),
    ],
)
def test_a_window_is_said_as_a_number_with_yi_for_1(desk_no: int, said: str) -> None:
    assert desk_pinyin(desk_no) == said


@pytest.mark.parametrize("label", ["", "A12", "G012", "a012", "A012 ", "A01２", "AA012", "A123456"])
def test_nothing_but_a_label_can_be_said(label: str) -> None:
    with pytest.raises(NumberUnspeakable):
        call_pinyin(label, 1)


@pytest.mark.parametrize("desk_no", [0, -1, 100])
def test_nothing_but_a_window_can_be_said(desk_no: int) -> None:
    with pytest.raises(NumberUnspeakable):
        call_pinyin("A012", desk_no)


def test_a_call_says_number_and_window_and_nobody() -> None:
    assert call_pinyin("A012", 3) == "qing3 A ling2 yao1 er4 hao4. dao4 san1 hao4 chuang1 kou3."
    assert ticket_pinyin("B101") == "nin2 de5 hao4 shi4 B yao1 ling2 yao1."


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("张师傅", "zhang1"),
        ("单师傅", "shan4"),
        ("仇师傅", "qiu2"),
        ("区师傅", "ou1"),
        ("解师傅", "xie4"),
        ("查师傅", "zha1"),
        ("曾师傅", "zeng1"),
        ("任师傅", "ren2"),
        ("华师傅", "hua4"),
        ("朴师傅", "piao2"),
        ("翟师傅", "zhai2"),
        ("缪师傅", "miao4"),
        ("尉迟师傅", "yu4 chi2"),
        ("万俟师傅", "mo4 qi2"),
        ("令狐师傅", "ling2 hu2"),
        ("欧阳师傅", "ou1 yang2"),
        ("相里师傅", "xiang4 li3"),
        ("吕师傅", "lv3"),
    ],
)
def test_surnames_are_read_as_surnames(address: str, said: str) -> None:
    assert address_pinyin(address) == f"{said} shi1 fu4"
    assert f"hao4. {said} shi1 fu4. dao4" in call_pinyin("A012", 3, address)


@pytest.mark.parametrize("address", ["", "师傅", "乐师傅", "覃师傅", "买买提师傅", "J师傅"])
def test_a_surname_that_is_not_certain_is_left_out(address: str) -> None:
    assert call_pinyin("A012", 3, address) == call_pinyin("A012", 3)


def test_the_surnames_are_numbered_pinyin() -> None:
    assert len(surnames()) > 400
    for surname, pinyin in surnames().items():
        assert len(SYLLABLE.findall(pinyin)) == len(surname), surname
        assert re.fullmatch(r"[a-z]+[1-5]( [a-z]+[1-5])*", pinyin), surname


@pytest.mark.parametrize("sentence_id", SENTENCES)
def test_each_sentence_has_as_many_syllables_as_characters(sentence_id: str) -> None:
    spoken = SENTENCES[sentence_id]
    characters = len(HAN.findall(spoken.text)) + len(re.findall(r"\d", spoken.text))
    assert len(SYLLABLE.findall(spoken.pinyin)) == characters
    rest = SYLLABLE.sub("", spoken.pinyin)
    assert set(rest) <= set(" .,?"), f"not pinyin: {rest}"


def test_the_notice_that_is_read_aloud_is_the_notice_in_force() -> None:
    assert tuple(SENTENCES[name].text for name in NOTICE_IDS) == NOTICE_SENTENCES


def test_an_unknown_sentence_is_refused() -> None:
    with pytest.raises(SentenceUnknown):
        sentence_pinyin("anything")


def test_clips_and_pinyin_say_the_same_number_in_the_same_order() -> None:
    before, after = call_clips("A012", 23)
    assert before == ["please", "letter_a", "digit_0", "digit_yao", "digit_2", "number"]
    assert after == ["to", "digit_2", "ten", "digit_3", "window"]


@pytest.mark.parametrize("words", spoken_words())
def test_the_words_of_a_choice_have_as_many_syllables_as_characters(words: str) -> None:
    # A stroke between two words is said: 或.
    characters = len(HAN.findall(words)) + words.count("/")
    assert re.fullmatch(rf"([a-z]+[1-5]( |$)){{{characters}}}", words_pinyin(spoken_words()[words]))


def test_words_that_stand_on_no_choice_are_refused() -> None:
    with pytest.raises(SentenceUnknown):
        words_pinyin("zhang1_jian4_guo2")
