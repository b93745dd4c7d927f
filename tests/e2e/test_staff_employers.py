"""Employers at the desk in a real browser: barred, off the board, lifted; found while typing."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.domain.kinds import EmployerKind, PostState, StaffRole
from server.services.employers import employers
from server.services.posts import Post, post_of, posts_in
from server.services.staff import NewStaff, add_staff
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk
from tests.people import CLI, PASSWORD, citizen_number

TWINS = (
    (citizen_number(1), "13900006666"),
    (citizen_number(1, date(1970, 1, 2)), "13900007777"),
)
# A person in the hall must not read a barred employer's post any longer than this.
OFF_THE_BOARD_S = 1.0


def picture(page: Page, name: str) -> None:
    """Keep a picture where PICTURES_FOLDER says, to be looked at."""
    if folder := os.environ.get("PICTURES_FOLDER"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def shown(demo_market: DemoMarket) -> Post:
    """A post on the board with free places."""
    return next(post for post in posts_in(demo_market.market, (PostState.OPEN,)) if post.left > 0)


def boss_at_desk(page: Page, demo: DemoMarket) -> None:
    add_staff(demo.market, CLI, NewStaff("boss", "赵主任", StaffRole.MANAGER, PASSWORD))
    page.goto(f"{demo.server_url}/staff/sign-in")
    page.fill("[name=username]", "boss")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/staff/")


def bar(desk: Page) -> None:
    """Fill and send the form of a sanction."""
    desk.click("summary:has-text('限制这一家')")
    desk.select_option("[name=reason]", "wage_arrears")
    desk.fill("[name=evidence_text]", "三名工友到窗口反映，两天的工钱没有结清")
    picture(desk, "bar_form")
    desk.click("button:has-text('确认限制')")


def test_a_barred_employer_leaves_the_board_within_a_second_until_a_manager_lifts_it(
    demo_market: DemoMarket, new_page: NewPage, shown: Post
) -> None:
    gone = f"() => document.querySelector('.rows [data-post=\"{shown.id}\"]') === null"
    board = new_page(1920, 1080)
    with board.expect_websocket():
        board.goto(f"{demo_market.server_url}/display/")
    board.wait_for_function(gone.replace("===", "!=="))
    desk = new_page(1440, 900)
    at_desk(desk, demo_market, 3)
    url = f"{demo_market.server_url}/staff/employers/{shown.draft.employer_id}"
    desk.goto(url)
    bar(desk)
    expect(desk.locator("h1 .is-barred")).to_have_text("限制发布")
    barred_at = time.monotonic()
    board.wait_for_function(gone, timeout=OFF_THE_BOARD_S * 1000)
    assert time.monotonic() - barred_at < OFF_THE_BOARD_S
    picture(desk, "barred")
    desk.goto(f"{demo_market.server_url}/staff/posts/{shown.id}")
    desk.check("[name=has_seen]")
    desk.click("button:has-text('重新发布')")
    expect(desk.locator("main")).to_contain_text("employer_sanctioned")
    picture(desk, "publish_refused")
    assert post_of(demo_market.market, shown.id).state is PostState.PAUSED

    boss = new_page(1440, 900)
    boss_at_desk(boss, demo_market)
    boss.goto(url)
    boss.locator("summary", has_text="解除").click()
    boss.fill("[name=lift_reason]", "工钱已经结清，有收条")
    boss.click("button:has-text('确认解除')")
    expect(boss.locator("h1 .is-barred")).to_have_count(0)
    picture(boss, "lifted")
    desk.goto(f"{demo_market.server_url}/staff/posts/{shown.id}")
    desk.check("[name=has_seen]")
    desk.click("button:has-text('重新发布')")
    expect(desk.locator("h1 .badge").first).to_have_text("招人中")


def test_an_employer_is_found_and_opened_with_the_keys_alone(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    found = employers(demo_market.market)
    wanted = next(one for one in found if one.kind is EmployerKind.UNIT)
    page = new_page(1440, 900)
    at_desk(page, demo_market, 2)
    page.goto(f"{demo_market.server_url}/staff/employers")
    page.focus("[name=search]")
    page.keyboard.type(wanted.public_name[:4])
    hits = page.locator("[data-hit]")
    expect(hits.filter(has_text=wanted.public_name)).to_have_count(1)
    picture(page, "look_up")
    page.keyboard.press("Escape")
    expect(hits).to_have_count(0)
    page.keyboard.type(wanted.public_name)
    expect(hits.first).to_contain_text(wanted.public_name)
    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(wanted.public_name)
    picture(page, "page")
    page.goto(f"{demo_market.server_url}/staff/posts/new")
    page.locator("#employer-search").press_sequentially(wanted.public_name)
    expect(page.locator("#choices .choice")).to_have_count(1)
    expect(page.locator("#choices")).to_contain_text(wanted.public_name)


def test_two_registrations_of_one_employer_are_merged_and_parted(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(1440, 900)
    at_desk(page, demo_market, 2)
    for number, phone in TWINS:
        page.goto(f"{demo_market.server_url}/staff/employers")
        page.check("[name=kind][value=household]", force=True)
        page.fill("[name=name]", "赵大有")
        page.fill("[name=identity]", number)
        page.fill("[name=phone]", phone)
        page.click(".employer-form button:has-text('登记')")
        page.wait_for_url("**/staff/employers/*-*")
    picture(page, "duplicates")
    page.locator("summary:has-text('并到这一家')").first.click()
    page.click("button:has-text('是同一家')")
    expect(page.locator("h2:has-text('并过来的')")).to_be_visible()
    picture(page, "merged")
    page.click("button:has-text('撤销合并')")
    expect(page.locator("h2:has-text('可能是同一家')")).to_be_visible()
