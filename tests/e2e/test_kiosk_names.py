"""Names by pinyin and by hand, wishes to learn and the questionnaire, in real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from server.domain.citizen_number import mask_citizen_number
from server.domain.survey import QUESTIONS
from server.services.identities import identify_number
from server.services.surveys import survey_result
from server.services.training import training_wishes
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_worker import KEY_MS, PORTRAIT, Kiosk, body_of, forget_cards
from tests.ink.strokes import CORNERS
from tests.people import citizen_number


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting; its printer has paper."""
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def come_by_number(kiosk: Kiosk, number: str) -> None:
    """Type a citizen number, say that it is right, ask for work and agree to the notice."""
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    kiosk.type(number)
    kiosk.press("好了")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("notice")
    kiosk.press("同意")
    kiosk.wait_for("ask_name")


def spell(kiosk: Kiosk, letters: str) -> None:
    kiosk.wait_until_it_takes_presses()
    for letter in letters:
        kiosk.page.locator(f'.letters button:text-is("{letter}")').click(delay=KEY_MS)


def choose(kiosk: Kiosk, characters: str) -> None:
    kiosk.tap(kiosk.page.locator(f'.candidates button:text-is("{characters}")'))


def chosen(kiosk: Kiosk) -> str:
    return kiosk.page.locator(".name-chosen").inner_text()


def finish(kiosk: Kiosk) -> None:
    """Answer what is left of a first visit's questions."""
    kiosk.wait_for("ask_phone")
    kiosk.type("13800138000")
    kiosk.press("好了")
    kiosk.wait_for("ask_trades")
    kiosk.press("建筑建材")
    kiosk.press("瓦工")
    kiosk.press("选好了")
    kiosk.wait_for("ask_education")
    kiosk.press("初中")
    kiosk.wait_for("ask_skill")
    kiosk.press("没证")
    kiosk.wait_for("ticket")


def test_who_came_by_number_spells_the_name_and_is_known_by_it(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    number = citizen_number(301)
    come_by_number(kiosk, number)
    spell(kiosk, "zhang")
    expect(kiosk.page.locator(".candidates button").first).to_have_text("张")
    choose(kiosk, "张")
    spell(kiosk, "jian")
    choose(kiosk, "建")
    spell(kiosk, "guo")
    choose(kiosk, "国")
    assert chosen(kiosk) == "张建国"
    kiosk.press("好了")
    finish(kiosk)
    [sent] = kiosk.sent("/api/v1/check-ins")
    assert body_of(sent)["name"] == "张建国"
    assert identify_number(demo_market.market, number).masked_name == "张*国"


def test_who_would_not_say_the_name_gets_a_number_all_the_same(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    number = citizen_number(302)
    come_by_number(kiosk, number)
    kiosk.press("不填")
    finish(kiosk)
    [sent] = kiosk.sent("/api/v1/check-ins")
    assert body_of(sent)["name"] is None
    found = identify_number(demo_market.market, number)
    assert (found.masked_name, found.masked_id) == (None, mask_citizen_number(number))


def test_a_card_says_the_name_and_is_not_asked(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    demo_market.lay_card("zhang-jianguo")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("notice")
    kiosk.press("同意")
    kiosk.wait_for("ask_phone")


def test_only_letters_that_can_follow_are_taken(kiosk: Kiosk) -> None:
    come_by_number(kiosk, citizen_number(303))
    spell(kiosk, "zh")
    able = kiosk.page.locator(".letters button:not(:disabled)").all_inner_texts()
    assert [letter.strip() for letter in able if letter.strip()] == ["a", "e", "i", "o", "u"]
    first = kiosk.page.locator(".candidates button").all_inner_texts()
    assert {"张", "赵"} <= {one.strip() for one in first}


def test_letters_then_characters_are_taken_back(kiosk: Kiosk) -> None:
    come_by_number(kiosk, citizen_number(304))
    spell(kiosk, "ouyang")
    choose(kiosk, "欧阳")
    spell(kiosk, "xi")
    erase = kiosk.page.locator(".key.erase")
    for _ in range(2):
        erase.click(delay=KEY_MS)
    assert chosen(kiosk) == "欧阳"
    erase.click(delay=KEY_MS)
    assert chosen(kiosk) == "欧"
    expect(kiosk.page.locator(".name-ways button", has_text="好了")).to_be_disabled()


def test_a_name_of_two_parts_has_a_dot(kiosk: Kiosk) -> None:
    come_by_number(kiosk, citizen_number(305))
    for syllable, character in [("mai", "买"), ("mai", "买"), ("ti", "提")]:
        spell(kiosk, syllable)
        choose(kiosk, character)
    spell(kiosk, "·")
    expect(kiosk.page.locator(".name-ways button", has_text="好了")).to_be_disabled()
    spell(kiosk, "tu")
    choose(kiosk, "吐")
    assert chosen(kiosk) == "买买提·吐"
    kiosk.press("好了")
    kiosk.wait_for("ask_phone")


def test_a_keyboard_spells_too(kiosk: Kiosk) -> None:
    come_by_number(kiosk, citizen_number(306))
    kiosk.wait_until_it_takes_presses()
    keyboard = kiosk.page.keyboard
    keyboard.type("lv", delay=KEY_MS)
    expect(kiosk.page.locator(".candidates button").first).to_have_text("吕")
    for typed in ("1wei", "1x"):
        kiosk.wait_until_it_takes_presses()
        keyboard.type(typed, delay=KEY_MS)
    keyboard.press("Backspace")
    assert len(chosen(kiosk)) == 2
    kiosk.wait_until_it_takes_presses()
    keyboard.press("Enter")
    kiosk.wait_for("ask_phone")


def test_a_name_is_written_by_hand(kiosk: Kiosk) -> None:
    come_by_number(kiosk, citizen_number(307))
    kiosk.press("手写")
    field = kiosk.page.locator(".ink")
    expect(field).to_be_visible()
    for character in ("王", "田"):
        kiosk.wait_until_it_takes_presses()
        write(kiosk, character)
        choose(kiosk, character)
    assert chosen(kiosk) == "王田"
    kiosk.press("好了")
    kiosk.wait_for("ask_phone")


def write(kiosk: Kiosk, character: str) -> None:
    """Draw the strokes of a character with the finger."""
    box = kiosk.page.locator(".ink").bounding_box()
    assert box is not None
    mouse = kiosk.page.mouse
    for corners in CORNERS[character]:
        at = [
            (box["x"] + x * box["width"] / 1000, box["y"] + y * box["height"] / 1000)
            for x, y in corners
        ]
        mouse.move(*at[0])
        mouse.down()
        for x, y in at[1:]:
            mouse.move(x, y, steps=12)
        mouse.up()


def test_a_wish_to_learn_is_kept_and_needs_no_number(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    before = training_wishes(demo_market.market).total
    demo_market.lay_card("shi-yan")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("别的事")
    kiosk.wait_for("asks")
    kiosk.press("想学手艺")
    kiosk.wait_for("training_pick")
    kiosk.press("建筑建材")
    kiosk.press("瓦工")
    kiosk.press("钢筋工")
    kiosk.press("选好了")
    kiosk.wait_for("training_when")
    kiosk.press("冬天农闲")
    kiosk.wait_for("notice")
    kiosk.press("同意")
    kiosk.wait_for("ask_phone")
    kiosk.type("13800138000")
    kiosk.press("好了")
    kiosk.wait_for("told")
    expect(kiosk.page.locator("h1")).to_have_text("记下了")
    wishes = training_wishes(demo_market.market)
    assert wishes.total == before + 1
    assert wishes.rows[0].trade_names == ("瓦工", "钢筋工")
    assert kiosk.sent("/api/v1/check-ins") == []


def test_the_questionnaire_is_answered_by_nobody_in_particular(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    today = demo_market.market.database.now().date()
    before = survey_result(demo_market.market, today).questionnaires
    kiosk.press("填个问卷")
    for at, question in enumerate(QUESTIONS):
        kiosk.wait_for("survey")
        expect(kiosk.page.locator("h1")).to_have_text(question.text)
        assert kiosk.page.locator(".tile").count() == len(question.choices)
        kiosk.press("不想答" if at == 2 else question.choices[0].name)
    kiosk.wait_for("told")
    expect(kiosk.page.locator("h1")).to_have_text("谢谢您")
    [sent] = kiosk.sent("/api/v1/survey-answers")
    assert body_of(sent)["answers"]["pay"] is None
    assert len(body_of(sent)["answers"]) == len(QUESTIONS)
    assert set(body_of(sent)) == {"version", "answers"}
    assert survey_result(demo_market.market, today).questionnaires == before + 1


def test_a_card_laid_during_the_questionnaire_is_somebody_s_own_visit(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    kiosk.press("填个问卷")
    kiosk.wait_for("survey")
    demo_market.lay_card("li-xiuying")
    kiosk.wait_for("confirm")
    assert kiosk.sent("/api/v1/survey-answers") == []
