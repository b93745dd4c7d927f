"""Larger text, black and yellow, low controls: for everybody, on every screen, on every panel."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_gallery import PANELS, Panel, open_gallery
from tests.e2e.kiosk_people import PERSON
from tests.e2e.kiosk_sweep import SIZES, Looks, each_mode, prepare, sweep
from tests.e2e.kiosk_worker import KEY_MS, PORTRAIT, Kiosk, forget_cards, make_known

MIN_TARGET_MM = 20
MIN_CONTRAST = 7.0
PLAIN = {"size": "normal", "isHighContrast": False, "isLow": False, "isByKeys": False}
CHOSEN = {"size": "largest", "isHighContrast": True, "isLow": True, "isByKeys": True}
CARD = {"type": "card_read", "token": "t"}
TICK = {"type": "tick"}

_PLAY = """
async ({ from, events }) => {
  const { step } = await import("/kiosk/static/js/dialogue.js");
  const { begin } = await import("/kiosk/static/js/trail.js");
  return events.reduce((state, event, at) => step(state, event, `k${at}`), { ...begin("k"), ...from });
}
"""  # noqa: E501 - a script, not Python


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def gallery(demo: DemoMarket, new_page: NewPage, panel: Panel, **given: Any) -> Page:
    page = new_page(panel.width, panel.height, **given)
    open_gallery(page, demo.server_url)
    prepare(page)
    return page


@pytest.mark.parametrize("panel", PANELS, ids=str)
def test_in_every_look_buttons_are_20_mm_within_reach_and_nothing_is_cut_off(
    demo_market: DemoMarket, new_page: NewPage, panel: Panel
) -> None:
    page = gallery(demo_market, new_page, panel)
    least_px = MIN_TARGET_MM * panel.px_per_mm
    assert sweep(page, Looks().all(), panel.inches, "layout", least_px) == {}


@pytest.mark.parametrize("panel", PANELS[:2], ids=str)
def test_in_every_look_every_word_has_a_contrast_of_seven(
    demo_market: DemoMarket, new_page: NewPage, panel: Panel
) -> None:
    page = gallery(demo_market, new_page, panel)
    # Colours are the same within reach or not.
    both = Looks(contrasts=(False, True), reaches=(False,)).all()
    assert sweep(page, both, panel.inches, "contrast", MIN_CONTRAST) == {}


def test_axe_finds_nothing_on_any_screen_in_any_mode(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = gallery(demo_market, new_page, PANELS[0])
    assert sweep(page, each_mode(), PANELS[0].inches, "axeFinds") == {}


def test_a_browser_that_zooms_to_200_percent_cuts_nothing_off(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    panel = PANELS[0]
    zoomed = Panel(panel.width // 2, panel.height // 2, panel.inches)
    screen = {"width": panel.width, "height": panel.height}
    page = gallery(demo_market, new_page, zoomed, device_scale_factor=2, screen=screen)
    least_px = MIN_TARGET_MM * zoomed.px_per_mm
    assert sweep(page, Looks().all(), zoomed.inches, "faults", least_px) == {}


def test_each_text_size_is_a_fifth_larger_than_the_one_before(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = gallery(demo_market, new_page, PANELS[0])
    page.evaluate(
        "window.bodySize = () => [getComputedStyle(document.querySelector('.kiosk')).fontSize]"
    )
    shown = sweep(page, Looks(reaches=(False,)).all(), PANELS[0].inches, "bodySize")
    normal, large, largest = (
        float(shown[f"attract {size}"][0].removesuffix("px")) for size in SIZES
    )
    assert large >= 1.18 * normal
    assert largest >= 1.18 * large


def test_a_worker_chooses_large_text_low_buttons_and_black_and_yellow(kiosk: Kiosk) -> None:
    kiosk.press("字大小")
    root = kiosk.page.locator(".kiosk")
    for words, name, value in (
        ("特大", "data-size", "largest"),
        ("黑底黄字", "data-contrast", "high"),
        ("按钮放低", "data-reach", "low"),
    ):
        kiosk.tap(kiosk.page.locator(".overlay button", has_text=words))
        expect(root).to_have_attribute(name, value)
    assert kiosk.page.locator(".overlay button").count() <= 6
    kiosk.tap(kiosk.page.locator(".overlay button", has_text="好了"))
    kiosk.press("用手机号")
    kiosk.wait_for("phone_pad")
    expect(root).to_have_attribute("data-size", "largest")
    assert kiosk.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_digits_typed_stay_while_the_text_size_is_chosen(kiosk: Kiosk) -> None:
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    kiosk.type("140602")
    kiosk.press("字大小")
    kiosk.tap(kiosk.page.locator(".overlay .size").nth(1))
    kiosk.tap(kiosk.page.locator(".overlay button", has_text="好了"))
    assert kiosk.shown_number() == "140602"


@pytest.mark.parametrize(
    ("screen", "events", "look"),
    [
        ({"kind": "attract"}, [CARD], CHOSEN),
        ({"kind": "attract"}, [TICK] * 44, CHOSEN),
        ({"kind": "attract"}, [TICK] * 45, PLAIN),
        ({"kind": "stopped", "code": "x", "message": ""}, [{"type": "finished"}], CHOSEN),
        ({"kind": "tickets", "person": PERSON}, [{"type": "finished"}], PLAIN),
        ({"kind": "phone_pad", "typed": "", "error": ""}, [{"type": "went_back"}], CHOSEN),
    ],
    ids=["own card", "still reading", "walked away", "tries again", "is done", "went back"],
)
def test_a_look_stays_with_its_worker_and_is_gone_for_the_next(
    demo_market: DemoMarket,
    new_page: NewPage,
    screen: dict[str, Any],
    events: list[dict[str, Any]],
    look: dict[str, Any],
) -> None:
    page = new_page(*PORTRAIT)
    page.goto(f"{demo_market.server_url}/kiosk/")
    before = {"screen": screen, "look": CHOSEN}
    assert page.evaluate(_PLAY, {"from": before, "events": events})["look"] == look


def test_a_card_after_a_ticket_is_somebody_elses_and_looks_as_usual(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(*PORTRAIT)
    page.goto(f"{demo_market.server_url}/kiosk/")
    before = {"screen": {"kind": "ticket", "left_s": 5}, "look": CHOSEN}
    assert page.evaluate(_PLAY, {"from": before, "events": [CARD]})["look"] == PLAIN


def test_the_keyboard_alone_leads_from_the_start_to_a_ticket(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    person = make_known(demo_market, "zhao-fushun")
    keyboard = kiosk.page.keyboard
    reach_by_tab(kiosk, "输身份证号")
    kiosk.wait_for("id_pad")
    kiosk.wait_until_it_takes_presses()
    keyboard.type(person.id_no, delay=KEY_MS)
    keyboard.press("Enter")
    kiosk.wait_for("confirm")
    reach_by_tab(kiosk, "是")
    kiosk.wait_for("service")
    reach_by_tab(kiosk, "找活")
    kiosk.wait_for("ticket")


def reach_by_tab(kiosk: Kiosk, words: str) -> None:
    """Press Tab until the button with these words has the focus, then Enter."""
    kiosk.wait_until_it_takes_presses()
    for _ in range(12):
        kiosk.page.keyboard.press("Tab")
        if kiosk.page.evaluate("document.activeElement.textContent").strip().startswith(words):
            kiosk.page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab does not reach {words}")
