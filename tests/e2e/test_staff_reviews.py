"""The fast lane and the second look in a real browser, presses counted."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from server.services.board import board
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk

DESK = (1366, 768)
MOST_PRESSES = 3


class Presses:
    """A clerk's mouse that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def link(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def button(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=name, exact=True).first.click()


def test_a_returning_employer_is_on_the_board_in_at_most_three_presses(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(*DESK)
    at_desk(page, demo_market, 2)
    before = {row.id for row in board(demo_market.market).posts}
    clerk = Presses(page)
    clerk.link("岗位")
    clerk.button("直接上大屏")
    expect(page.locator("h1 .badge").first).to_have_text("招人中")
    assert clerk.count <= MOST_PRESSES
    assert len({row.id for row in board(demo_market.market).posts} - before) == 1


def test_a_clerk_sees_the_words_and_publishes_with_a_reason(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(*DESK)
    at_desk(page, demo_market, 2)
    page.goto(f"{demo_market.server_url}/staff/posts/new")
    page.locator("#choices input").first.check()
    page.locator("[name=trade_id]").select_option("scaffolder")
    page.get_by_role("button", name="填上这个工种的常用写法").click()
    expect(page.locator("[name=requirements]")).to_have_value("搭拆脚手架，安全带工地发")
    page.fill("[name=headcount]", "3")
    page.fill("[name=pay]", "320")
    page.fill("[name=place]", "开发区3号工地")
    page.fill("[name=requirements]", "50岁以下，要先交押金")
    page.get_by_role("button", name="登记，交审核").click()
    expect(page.locator("mark", has_text="押金")).to_be_visible()
    page.fill("[name=requirements]", "50岁以下，会搭钢管架")
    page.get_by_role("button", name="登记，交审核").click()
    expect(page.locator(".looks mark")).to_have_text("50岁以下")
    page.check("[name=has_seen]")
    page.fill("[name=review_reason]", "高处作业，甲方安全规定")
    page.get_by_role("button", name="通过，上大屏").click()
    expect(page.locator("h1 .badge").first).to_have_text("招人中")
    expect(page.locator(".steps")).to_contain_text("甲方安全规定")
