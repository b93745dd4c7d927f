"""A4 pages of the desk in a real browser: as many sheets of paper as the screen says."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk

OVERFULL = """[...document.querySelectorAll(".a4")].filter((sheet) =>
    [sheet, ...sheet.children].some((part) => part.scrollHeight > part.clientHeight + 4)).length"""


def paper_pages(page: Page) -> int:
    """How many pages the browser would print."""
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))


def test_the_job_board_comes_out_on_as_many_sheets_as_it_counts(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(1366, 768)
    at_desk(page, demo_market, 2)
    page.goto(f"{demo_market.server_url}/staff/hall")
    page.get_by_role("link", name="打印招工栏").click()
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    sheets = page.locator(".a4").count()
    assert sheets > 1
    page.emulate_media(media="print")
    assert page.evaluate(OVERFULL) == 0
    assert paper_pages(page) == sheets
    expect(page.locator(".print-bar")).to_be_hidden()
    expect(page.locator(".wall-count").last).to_have_text(f"第 {sheets} 页，共 {sheets} 页")


def test_a_labour_agreement_is_one_sheet_with_nothing_cut_off(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(1366, 768)
    at_desk(page, demo_market, 2)
    page.goto(f"{demo_market.server_url}/staff/agreements")
    page.locator("a[href$='/agreement']").first.click()
    expect(page.locator("h1")).to_have_text("劳务协议")
    page.emulate_media(media="print")
    assert page.evaluate(OVERFULL) == 0
    assert paper_pages(page) == 1
