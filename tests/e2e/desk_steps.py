"""What a clerk does at the desk before a test begins."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import DemoMarket


def at_desk(page: Page, demo: DemoMarket, no: int) -> None:
    """Sign in and sit down at a window."""
    page.goto(f"{demo.server_url}/staff/sign-in")
    page.fill("[name=username]", demo.staff[0])
    page.fill("[name=password]", demo.staff[1])
    page.click("button[type=submit]")
    page.wait_for_url("**/staff/")
    page.goto(f"{demo.server_url}/staff/desks")
    page.locator(".desk-choice").nth(no - 1).click()
    page.wait_for_url("**/staff/")


def free_desk(page: Page) -> None:
    """Finish what the seeded morning left at this window."""
    if page.locator(".called-label").count():
        page.keyboard.press("F9")
    expect(page.locator("[data-hotkey=F2]")).to_be_visible()


def look_up(page: Page, demo: DemoMarket, label: str) -> Locator:
    """Look a number up at the workbench and return its line."""
    page.goto(f"{demo.server_url}/staff/?find={label}")
    return page.locator(".line", has_text=label)


def call_out_of_turn(page: Page, demo: DemoMarket, label: str) -> None:
    """Call a number, with a reason where it is not its turn."""
    line = look_up(page, demo, label)
    line.locator("button, a").filter(has_text="叫").first.click()
    expect(page.locator("#ask button, .called-label").first).to_be_visible()
    if page.locator("#ask").count():
        page.locator("#ask button").first.click()
    expect(page.locator(".called-label")).to_have_text(label)
