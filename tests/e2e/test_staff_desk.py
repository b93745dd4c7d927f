"""The service desk in a real browser: from an employer at the window to a slip on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.services.posts import post_of
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk, free_desk
from tests.people import credit_code

AXE = Path(__file__).parents[2] / "server/web/node_modules/axe-core/axe.min.js"
SERVER_AWAY_MS = 15_000


def register_unit(page: Page, demo: DemoMarket) -> None:
    """An employer at the window; ends on the employer's page."""
    page.goto(f"{demo.server_url}/staff/employers")
    page.fill("[name=name]", "朔城区新开张建筑劳务有限公司")
    page.fill("[name=identity]", credit_code(901))
    page.fill("[name=contact_name]", "王海")
    page.fill(".employer-form [name=phone]", "13900001234")
    page.click("button:has-text('登记')")


def test_an_employer_s_wish_becomes_a_post_a_call_and_a_slip_on_paper(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(1440, 900)
    at_desk(page, demo_market, 2)
    register_unit(page, demo_market)
    page.click("a:has-text('给他发岗位')")
    page.select_option("[name=trade_id]", "general_labourer")
    page.fill("[name=headcount]", "1")
    page.fill("[name=pay]", "480")
    page.click("button:has-text('后天')")
    page.fill("[name=place]", "开发区9号工地")
    expect(page.locator("#look .board-pay strong")).to_have_text("日薪480元")
    page.click("button:has-text('交审核')")
    page.wait_for_url(re.compile(r"/staff/posts/[0-9a-f-]{36}$"))
    post_id = page.url.rsplit("/", 1)[1]
    page.check("[name=has_seen]")
    page.click("button:has-text('通过')")
    expect(page.locator("h1 .badge")).to_have_text("招人中")

    page.goto(f"{demo_market.server_url}/staff/")
    free_desk(page)
    page.goto(f"{demo_market.server_url}/staff/posts/{post_id}")
    page.locator("button:has-text('推荐')").first.click()
    page.wait_for_url(f"**/staff/?post={post_id}")
    label = page.locator(".called-label").inner_text()
    match = page.locator(f"[id='match-{post_id}']")
    match.locator("summary", has_text=re.compile("^达成$")).click()
    match.locator("button:has-text('确认达成')").click()
    expect(page.locator(".slip-what strong")).to_have_text(label)
    expect(page.locator(".slip .badge")).to_have_text("已打印")
    assert post_of(demo_market.market, post_id).left == 0

    page.goto(f"{demo_market.server_url}/staff/devices")
    picture = page.locator(".papers img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") >= 384


def test_a_call_shows_at_the_other_desk_without_a_touch(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    here, there = new_page(1440, 900), new_page(1280, 720)
    at_desk(here, demo_market, 1)
    at_desk(there, demo_market, 4)
    free_desk(here)
    expect(there.locator("#live")).to_have_attribute("data-state", "live")
    here.keyboard.press("F2")
    label = here.locator(".called-label").inner_text()
    seen = there.locator(".line", has_text=label)
    expect(seen).to_contain_text("1号窗口", timeout=3_000)
    expect(seen).to_contain_text("正在叫号")


def test_a_button_pressed_for_a_ticket_that_is_gone_says_so_at_its_line(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    here, there = new_page(1440, 900), new_page(1440, 900)
    at_desk(here, demo_market, 1)
    at_desk(there, demo_market, 4)
    free_desk(here)
    free_desk(there)
    # The page of the slow desk hears nothing more: it still shows the ticket as waiting.
    there.evaluate(
        "document.querySelectorAll('[data-subjects]').forEach(r => delete r.dataset.subjects)"
    )
    line = there.locator(".line", has=there.get_by_role("button", name="叫", exact=True)).first
    label = line.locator(".line-label").inner_text()
    here.locator(".line", has_text=label).locator("button").click()
    expect(here.locator(".called-label")).to_have_text(label)
    line.locator("button").click()
    expect(there.locator("#main .alert")).to_contain_text("已经不在等候了")
    expect(there.locator(".called-label")).to_have_count(0)


def test_what_was_typed_survives_a_refusal_and_a_server_that_is_away(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(1440, 900)
    at_desk(page, demo_market, 3)
    page.goto(f"{demo_market.server_url}/staff/posts/new")
    page.fill("[name=place]", "只打了一半的地点")
    page.fill("[name=pay]", "abc")
    page.click("button:has-text('交审核')")
    expect(page.locator("#fault-pay")).to_contain_text("请只填数字")
    expect(page.locator("[name=place]")).to_have_value("只打了一半的地点")
    demo_market.kill("server")
    page.click("button:has-text('交审核')")
    expect(page.locator("#trouble-away")).to_be_visible(timeout=SERVER_AWAY_MS)
    expect(page.locator("[name=place]")).to_have_value("只打了一半的地点")
    demo_market.start("server")
    page.click("button:has-text('交审核')")
    expect(page.locator("#trouble-away")).to_be_hidden()
    expect(page.locator("#fault-pay")).to_be_visible()


def test_the_desk_works_without_scripts(demo_market: DemoMarket, new_page: NewPage) -> None:
    page = new_page(1440, 900, java_script_enabled=False)
    at_desk(page, demo_market, 3)
    page.click("button:has-text('办完'), button:has-text('叫下一个')")
    expect(page.locator("#work")).to_be_visible()
    page.goto(f"{demo_market.server_url}/staff/posts/new")
    page.click("button:has-text('交审核')")
    expect(page.locator("#fault-headcount")).to_be_visible()


PAGES = (
    "",
    "posts?tab=open",
    "posts/new",
    "employers",
    "devices",
    "desks",
    "review-rules",
    "review-rules/new",
)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1024, 768)])
def test_no_page_needs_to_be_pushed_sideways(
    demo_market: DemoMarket, new_page: NewPage, width: int, height: int
) -> None:
    page = new_page(width, height)
    at_desk(page, demo_market, 2)
    for path in PAGES:
        page.goto(f"{demo_market.server_url}/staff/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"/staff/{path} is {wide} px wide"


def test_every_page_passes_axe_for_wcag_aa(demo_market: DemoMarket, new_page: NewPage) -> None:
    page = new_page(1440, 900, bypass_csp=True)
    page.goto(f"{demo_market.server_url}/staff/sign-in")
    faults = {"sign-in": axe(page)}
    at_desk(page, demo_market, 2)
    for path in PAGES:
        page.goto(f"{demo_market.server_url}/staff/{path}")
        faults[path] = axe(page)
    for path in ("posts?tab=review", "posts?tab=open", "employers"):
        page.goto(f"{demo_market.server_url}/staff/{path}")
        page.locator(".row-link").first.click()
        expect(page.locator("h1")).to_be_visible()
        faults[f"one of {path}"] = axe(page)
    page.goto(f"{demo_market.server_url}/staff/")
    free_desk(page)
    page.keyboard.press("F2")
    page.locator(".match summary").first.click()
    faults["deciding"] = axe(page)
    page.goto(f"{demo_market.server_url}/staff/posts/new")
    page.click("button:has-text('交审核')")
    expect(page.locator(".field-fault").first).to_be_visible()
    faults["refused"] = axe(page)
    assert {path: found for path, found in faults.items() if found} == {}


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2 A and AA on the page as it stands."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' | ')))"
    )
    return [str(line) for line in found]
