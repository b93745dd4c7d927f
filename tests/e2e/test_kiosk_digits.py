"""The way by ear and by digits alone: every screen speaks, every choice has a key and a sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.domain.spoken import SENTENCES
from server.domain.spoken_words import spoken_words
from tests.e2e.conftest import DemoMarket, Launch, NewPage
from tests.e2e.kiosk_gallery import PANELS, draw, open_gallery, states
from tests.e2e.kiosk_worker import KEY_MS, PORTRAIT, Kiosk, forget_cards, make_known
from tests.e2e.test_voice import LISTEN, LOUD, expect_heard

# Choices that carry somebody's name, a firm's or a number: a loudspeaker says their key alone.
NAMED = {
    "choose_person",
    "case_about",
    "cancel_which",
    "name_surname",
    "name_compound",
    "name_given",
    "name_longest",
    "name_ink",
    "crew_remove",
    "crew_remove_pages",
}

_SPEECH = """
async (states) => {
  const { begin } = await import("/kiosk/static/js/trail.js");
  const { speech, everySentence } = await import("/kiosk/static/js/speech.js");
  const said = Object.entries(states).map(([name, { snapshot, ...around }]) => [name, speech({ ...begin("k", "ready"), ...around })]);
  return { said: Object.fromEntries(said), fetched: everySentence() };
}
"""  # noqa: E501 - a script, not Python

_CHOICES = """
async () => {
  const { choicesOn } = await import("/kiosk/static/js/choices.js");
  return choicesOn(document).map(({ key, words }) => [key, words]);
}
"""


@pytest.fixture
def gallery(demo_market: DemoMarket, new_page: NewPage) -> Page:
    page = new_page(*PORTRAIT)
    open_gallery(page, demo_market.server_url)
    return page


@pytest.fixture
def kiosk(demo_market: DemoMarket, launch: Launch) -> Iterator[Kiosk]:
    forget_cards(demo_market)
    context = launch(LOUD).new_context(
        viewport={"width": PORTRAIT[0], "height": PORTRAIT[1]}, locale="zh-CN"
    )
    page = context.new_page()
    page.add_init_script(LISTEN)
    opened = Kiosk(page)
    opened.open(demo_market.server_url)
    yield opened
    context.close()


def test_every_screen_says_something_and_asks_for_no_sentence_that_does_not_exist(
    gallery: Page,
) -> None:
    told = gallery.evaluate(_SPEECH, states())
    assert [name for name, said in told["said"].items() if not said] == []
    fixed = {path for said in told["said"].values() for path in said if "sentences/" in path}
    assert fixed <= set(told["fetched"])
    of_keys = {"is_on", "is_off", *(name for name in SENTENCES if name.startswith("press_"))}
    fetched = {path.removeprefix("sentences/") for path in told["fetched"]}
    assert fetched == set(SENTENCES) - of_keys


def test_every_choice_has_a_key_and_its_words_can_be_heard(gallery: Page) -> None:
    silent: dict[str, Any] = {}
    for name, around in states().items():
        draw(gallery, around, PANELS[0].inches)
        choices = gallery.evaluate(_CHOICES)
        keys = [key for key, _ in choices]
        assert len(set(keys)) == len(keys)
        unknown = [words for _, words in choices if words not in spoken_words()]
        if unknown and name not in NAMED:
            silent[name] = unknown
    assert silent == {}


def test_somebody_who_sees_nothing_gets_a_ticket_by_ear_and_digits(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    person = make_known(demo_market, "gao-yongsheng")
    page, keyboard = kiosk.page, kiosk.page.keyboard
    keyboard.press("0")
    ways = [("1", "输身份证号"), ("2", "用手机号"), ("3", "填个问卷")]
    expect_heard(page, "sentences/attract", *_choices(ways))
    keyboard.press("1")
    kiosk.wait_for("id_pad")
    kiosk.wait_until_it_takes_presses()
    keyboard.type(person.id_no, delay=KEY_MS)
    keyboard.press("Enter")
    kiosk.wait_for("confirm")
    expect_heard(page, "sentences/confirm", *_choices([("1", "是"), ("2", "不是")]))
    expect(page.locator('[data-number="1"]')).to_have_text("是")
    kiosk.wait_until_it_takes_presses()
    keyboard.press("1")
    kiosk.wait_for("service")
    kiosk.wait_until_it_takes_presses()
    keyboard.press("1")
    kiosk.wait_for("ticket")
    kiosk.expect_paper("printed")
    expect(page.locator('.kiosk[data-keys="on"]')).to_be_visible()
    kiosk.wait_until_it_takes_presses()
    keyboard.press("Enter")
    kiosk.wait_for("attract")
    expect(page.locator("[data-number]")).to_have_count(0)


def test_a_trade_that_is_switched_by_its_key_is_said(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    demo_market.lay_card("sun-lianhe")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.press("找活")
    kiosk.wait_for("notice")
    kiosk.press("同意")
    kiosk.wait_for("ask_phone")
    kiosk.type("13800138000")
    kiosk.press("好了")
    kiosk.press("建筑建材")
    kiosk.wait_until_it_takes_presses()
    kiosk.page.keyboard.press("2")
    expect(kiosk.page.locator(".is-chosen")).to_have_text("瓦工")
    kiosk.wait_until_it_takes_presses()
    kiosk.page.keyboard.press("2")
    expect(kiosk.page.locator(".is-chosen")).to_have_count(0)
    expect_heard(kiosk.page, "words/wa3_gong1", "sentences/is_off")


def _choices(of: list[tuple[str, str]]) -> list[str]:
    return [
        path
        for key, words in of
        for path in (f"sentences/press_{key}", f"words/{spoken_words()[words]}")
    ]
