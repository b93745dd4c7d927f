"""What a worker of 55 in gloves can see, hit and reach: every screen on four panels."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.domain.survey import QUESTIONS
from server.domain.trades import trades
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_gallery import FAULTS, LOW_CONTRAST, PANELS, Panel, draw, open_gallery, states
from tests.e2e.kiosk_worker import KEY_MS, PORTRAIT, Kiosk, forget_cards, make_known

MIN_TARGET_MM = 20
# screens.md 3.3: half again what WCAG asks of small print.
MIN_CONTRAST = 7.0


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def in_every_state(page: Page, panel: Panel, script: str, argument: Any) -> dict[str, Any]:
    """What a script finds on each screen; empty findings are left out."""
    found = {}
    for name, state in states().items():
        draw(page, state, panel.inches)
        if faults := page.evaluate(script, argument):
            found[name] = faults
    return found


@pytest.mark.parametrize("panel", PANELS, ids=str)
def test_every_button_is_20_mm_and_nothing_is_cut_off_or_covered(
    demo_market: DemoMarket, new_page: NewPage, panel: Panel
) -> None:
    page = new_page(panel.width, panel.height)
    open_gallery(page, demo_market.server_url)
    least_px = MIN_TARGET_MM * panel.px_per_mm
    assert in_every_state(page, panel, FAULTS, least_px) == {}


def test_every_word_has_a_contrast_of_seven(demo_market: DemoMarket, new_page: NewPage) -> None:
    page = new_page(*PORTRAIT)
    open_gallery(page, demo_market.server_url)
    assert in_every_state(page, PANELS[0], LOW_CONTRAST, MIN_CONTRAST) == {}


def test_every_trade_has_a_picture(kiosk: Kiosk) -> None:
    drawn = set(
        kiosk.page.eval_on_selector_all("symbol", "all => all.map(symbol => symbol.id.slice(2))")
    )
    assert {trade.icon for trade in trades()} <= drawn


def test_every_answer_of_the_questionnaire_has_a_picture(kiosk: Kiosk) -> None:
    drawn = set(
        kiosk.page.eval_on_selector_all("symbol", "all => all.map(symbol => symbol.id.slice(2))")
    )
    assert {choice.icon for question in QUESTIONS for choice in question.choices} <= drawn


def test_a_second_tap_does_not_fall_through_to_the_next_screen(kiosk: Kiosk) -> None:
    box = kiosk.page.locator("button", has_text="输身份证号").bounding_box()
    assert box is not None
    kiosk.wait_until_it_takes_presses()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    kiosk.page.mouse.click(x, y)
    kiosk.page.mouse.click(x, y)
    kiosk.wait_for("id_pad")
    assert kiosk.shown_number() == ""


def test_a_finger_that_slides_off_the_button_presses_nothing(kiosk: Kiosk) -> None:
    box = kiosk.page.locator("button", has_text="用手机号").bounding_box()
    assert box is not None
    kiosk.wait_until_it_takes_presses()
    kiosk.page.mouse.move(box["x"] + 20, box["y"] + 20)
    kiosk.page.mouse.down()
    kiosk.page.mouse.move(box["x"] + 20, box["y"] - 200)
    kiosk.page.mouse.up()
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")


def test_the_keyboard_alone_leads_to_a_ticket(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    make_known(demo_market, "zhao-fushun")
    demo_market.lay_card("zhao-fushun")
    for screen in ("confirm", "service"):
        kiosk.wait_for(screen)
        expect(kiosk.page.locator("h1")).to_be_focused()
        kiosk.wait_until_it_takes_presses()
        kiosk.page.keyboard.press("Tab")
        kiosk.page.keyboard.press("Enter")
    kiosk.wait_for("ticket")


def test_a_keyboard_types_on_the_pads(kiosk: Kiosk) -> None:
    kiosk.press("用手机号")
    kiosk.wait_for("phone_pad")
    kiosk.page.keyboard.type("1390013x", delay=KEY_MS)
    kiosk.page.keyboard.press("Backspace")
    assert kiosk.shown_number() == "139001"


def test_the_page_keeps_to_its_content_policy(demo_market: DemoMarket, new_page: NewPage) -> None:
    page = new_page(*PORTRAIT)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_gallery(page, demo_market.server_url)
    in_every_state(page, PANELS[0], "() => null", None)
    assert complaints == []
