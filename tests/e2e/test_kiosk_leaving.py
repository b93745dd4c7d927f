"""What the kiosk forgets, and how it bears a server that goes away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_worker import PORTRAIT, WAIT_MS, Kiosk, forget_cards
from tests.people import citizen_number

IDLE_MS = 46_000
COUNTDOWN_MS = 21_000
KEPT = "[localStorage.length, sessionStorage.length, JSON.stringify(history.state)]"


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting, with a clock that a test may wind on."""
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.page.clock.install()
    opened.open(demo_market.server_url)
    return opened


def expect_no_trace(page: Page, digits: str) -> None:
    assert digits not in page.content()
    assert digits not in page.url
    assert page.evaluate(KEPT) == [0, 0, "null"]


def type_number(kiosk: Kiosk, number: str) -> None:
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    kiosk.type(number)


def test_whoever_walks_away_is_asked_and_then_forgotten(kiosk: Kiosk) -> None:
    number = citizen_number(11)
    pages = kiosk.page.evaluate("history.length")
    type_number(kiosk, number[:15])
    kiosk.page.clock.run_for(IDLE_MS)
    expect(kiosk.page.locator(".overlay .title")).to_have_text("您还在吗？")
    kiosk.page.evaluate("document.body.dataset.isOld = ''")
    kiosk.page.clock.run_for(COUNTDOWN_MS)
    expect(kiosk.page.locator("body[data-is-old]")).to_have_count(0, timeout=WAIT_MS)
    kiosk.wait_for("attract")
    expect_no_trace(kiosk.page, number[:15])
    assert kiosk.page.evaluate("history.length") == pages


def test_whoever_walks_away_while_the_server_is_away_is_forgotten_all_the_same(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    number = citizen_number(13)
    type_number(kiosk, number[:15])
    demo_market.kill("server")
    kiosk.page.clock.run_for(IDLE_MS)
    kiosk.page.clock.run_for(COUNTDOWN_MS)
    kiosk.wait_for("attract")
    expect_no_trace(kiosk.page, number[:15])
    demo_market.start("server")
    kiosk.page.clock.run_for(IDLE_MS)
    expect(kiosk.page.locator(".away")).to_have_count(0, timeout=WAIT_MS)
    kiosk.press("用手机号")
    kiosk.wait_for("phone_pad")


def test_whoever_is_still_there_goes_on_with_what_was_typed(kiosk: Kiosk) -> None:
    type_number(kiosk, "140602")
    kiosk.page.clock.run_for(IDLE_MS)
    kiosk.press("我还在")
    expect(kiosk.page.locator(".overlay")).to_have_count(0)
    assert kiosk.shown_number() == "140602"


def test_the_number_is_gone_once_its_screen_is_left(kiosk: Kiosk) -> None:
    number = citizen_number(12)
    type_number(kiosk, number)
    kiosk.press("好了")
    kiosk.wait_for("confirm")
    expect_no_trace(kiosk.page, number)
    kiosk.press("返回")
    kiosk.wait_for("id_pad")
    assert kiosk.shown_number() == ""
    expect_no_trace(kiosk.page, number)


def test_the_screen_says_that_the_server_is_away_and_resumes_by_itself(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    kiosk.page.evaluate("window.isSamePage = true")
    demo_market.kill("server")
    kiosk.page.clock.run_for(IDLE_MS)
    expect(kiosk.page.locator(".away")).to_contain_text("正在重新连接", timeout=WAIT_MS)
    demo_market.start("server")
    kiosk.page.clock.run_for(IDLE_MS)
    expect(kiosk.page.locator(".away")).to_have_count(0, timeout=WAIT_MS)
    assert kiosk.page.evaluate("window.isSamePage")


def test_a_card_is_seen_while_live_is_away(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    demo_market.kill("live")
    demo_market.lay_card("ma-laiwang")
    kiosk.wait_for("confirm")
    expect(kiosk.page.locator(".who-name")).to_have_text("马*旺")
    demo_market.start("live")
