"""Many called at once, places held and jobs followed to the wage, in real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from server.domain.kinds import PostState
from server.services.matching import ranked_for_post
from server.services.posts import posts_in
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk


@pytest.fixture
def desk(demo_market: DemoMarket, new_page: NewPage) -> Page:
    """Window 2."""
    page = new_page(1366, 768)
    at_desk(page, demo_market, 2)
    return page


def post_with_people(demo: DemoMarket) -> str:
    """A post that takes people, with several who wait for it."""
    for post in posts_in(demo.market, (PostState.OPEN,)):
        free = [one for one in ranked_for_post(demo.market, post.id) if one.desk_no is None]
        if post.left >= 2 and len([one for one in free if one.people == 1]) >= 3:
            return post.id
    raise AssertionError("the demo has no such post")


def test_two_are_called_together_come_work_and_are_paid(
    demo_market: DemoMarket, desk: Page, new_page: NewPage
) -> None:
    screen = new_page(1920, 1080)
    screen.goto(f"{demo_market.server_url}/display/")
    expect(screen.locator(".row").first).to_be_visible()
    desk.goto(f"{demo_market.server_url}/staff/posts/{post_with_people(demo_market)}")
    desk.fill(".gather input[name=count]", "2")
    desk.click(".gather button")
    labels = desk.locator(".gathered .line-label")
    expect(labels).to_have_count(2)
    expect(screen.locator(".gathering-labels li")).to_have_text(labels.all_inner_texts())
    expect(screen.locator(".gathering")).to_contain_text("大厅门口")

    label = labels.first.inner_text()
    code = re.findall(r"gatherings/([0-9A-Z]{10})/agreement", desk.content())[0]
    phone = new_page(390, 844, is_mobile=True, has_touch=True)
    phone.goto(f"{demo_market.server_url}/t/{code}")
    expect(phone.locator(".to-point")).to_be_visible()
    desk.locator(".gathered button", has_text="达成").first.click()
    expect(labels).to_have_count(1)
    expect(screen.locator(".gathering-labels li")).to_have_count(1)

    phone.goto(f"{demo_market.server_url}/t/{code}")
    phone.locator(".own-slips a").click()
    phone.locator("button", has_text="我到了").click()
    expect(phone.locator("button", has_text="干完了")).to_be_visible()
    desk.goto(f"{demo_market.server_url}/staff/jobs")
    line = desk.locator(".job-line", has_text=label)
    expect(line).to_contain_text("已上岗")
    line.locator("button", has_text="干完了").click()
    expect(line).to_contain_text("已干完")
    line.locator("button", has_text="拿到钱了").click()
    expect(line).to_contain_text("已结钱")


def test_a_place_is_held_until_the_employer_says_yes(demo_market: DemoMarket, desk: Page) -> None:
    desk.goto(f"{demo_market.server_url}/staff/posts/{post_with_people(demo_market)}")
    desk.locator(".workers button", has_text="留名额").first.click()
    held = desk.locator(".held .job-line")
    expect(held).to_have_count(1)
    expect(held).to_contain_text("老板同意,等工友")
    held.locator("button", has_text="工友同意").click()
    expect(held).to_have_count(0)
