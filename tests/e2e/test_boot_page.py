"""What a kiosk or a display shows after power came back before the server did."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import WAIT_S, DemoMarket, NewPage

WAITING = (Path(__file__).parents[2] / "deploy" / "waiting.html").as_uri()


def test_a_kiosk_booted_before_its_server_says_wait_and_then_opens_by_itself(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    demo_market.kill("server")
    page = new_page(1080, 1920)
    page.goto(f"{WAITING}#{demo_market.server_url}/kiosk/")
    expect(page.get_by_role("status")).to_contain_text("请稍等")
    pages = page.evaluate("history.length")
    demo_market.start("server")
    expect(page.locator('.kiosk[data-screen="attract"]')).to_be_visible(timeout=WAIT_S * 1000)
    assert page.evaluate("history.length") == pages, "nobody can go back to the waiting page"


def test_a_boot_page_without_an_address_says_what_is_missing(new_page: NewPage) -> None:
    page = new_page(1080, 1920)
    page.goto(WAITING)
    expect(page.get_by_role("status")).to_contain_text("没设好网址")
