"""A mistaken agreement undone, numbers passed on and the keys of the desk, in real Chromium."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Page, expect

from server.db.tables import placement
from server.domain.kinds import PlacementState, ServiceKind, TicketState
from server.services.posts import post_of
from server.services.tickets import queue_today
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk, free_desk


@pytest.fixture
def desk(demo_market: DemoMarket, new_page: NewPage) -> Page:
    """Window 2, free."""
    page = new_page(1440, 900)
    at_desk(page, demo_market, 2)
    free_desk(page)
    return page


def picture(page: Page, name: str) -> None:
    """Keep a picture of the screen where somebody wants to look at it."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def call_for_work(page: Page, demo: DemoMarket) -> str:
    """Call the next who looks for work; return the label."""
    page.goto(f"{demo.server_url}/staff/?service=find_work")
    page.keyboard.press("F2")
    expect(page.locator(".called-label")).to_be_visible()
    return page.locator(".called-label").inner_text()


def agree_to_first(page: Page) -> str:
    match = page.locator(".match").first
    post_id = (match.get_attribute("id") or "").removeprefix("match-")
    match.locator("summary", has_text=re.compile("^达成$")).click()
    match.locator("button:has-text('确认达成')").click()
    expect(page.locator(".slip-what")).to_be_visible()
    return post_id


def test_a_mistaken_agreement_is_undone_and_its_slip_is_void(
    demo_market: DemoMarket, desk: Page, new_page: NewPage
) -> None:
    label = call_for_work(desk, demo_market)
    post_id = agree_to_first(desk)
    filled = post_of(demo_market.market, post_id).filled
    picture(desk, "agreed")
    undo = desk.locator(".undo").first
    expect(undo.locator(".undo-what")).to_contain_text(label)
    undo.locator("summary").click()
    picture(desk, "undo_asked")
    undo.locator("button:has-text('点错了')").click()
    expect(desk.locator(".called-label")).to_have_text(label)
    picture(desk, "undone")
    assert post_of(demo_market.market, post_id).filled < filled
    with demo_market.market.database.read() as connection:
        withdrawn = placement.c.state == PlacementState.WITHDRAWN.value
        code = connection.execute(placement.select().where(withdrawn)).first()
    assert code is not None
    phone = new_page(390, 844, is_mobile=True)
    phone.goto(f"{demo_market.server_url}/t/{code.slip_code}")
    expect(phone.locator("h1")).to_have_text("这张推荐信已作废")
    picture(phone, "void_slip")
    desk.goto(f"{demo_market.server_url}/staff/agreements")
    picture(desk, "agreements")


def test_the_keys_call_and_start_but_never_while_a_note_is_typed(
    demo_market: DemoMarket, desk: Page
) -> None:
    label = call_for_work(desk, demo_market)
    desk.locator("summary:has-text('转给别处')").click()
    note = desk.locator("[name=note]")
    note.fill("要看合同")
    note.press("F8")
    note.press("F6")
    expect(note).to_have_value("要看合同")
    picture(desk, "pass_on")
    [held] = [one for one in queue_today(demo_market.market) if one.ticket.label == label]
    assert held.ticket.state is TicketState.CALLED
    desk.locator(".pass-on button:has-text('咨询')").first.click()
    expect(desk.locator("[data-hotkey=F2]")).to_be_visible()
    [moved] = [one for one in queue_today(demo_market.market) if one.ticket.label == label]
    assert (moved.ticket.state, moved.ticket.service) == (
        TicketState.WAITING,
        ServiceKind.CONSULT,
    )


def test_a_missed_number_is_put_back_and_the_help_names_the_keys(
    demo_market: DemoMarket, desk: Page
) -> None:
    label = call_for_work(desk, demo_market)
    desk.keyboard.press("F8")
    missed = desk.locator(".line.is-missed", has_text=label)
    expect(missed).to_contain_text("保留到")
    expect(desk.locator(".shortcuts")).to_contain_text("叫下一个")
    missed.scroll_into_view_if_needed()
    picture(desk, "missed_line")
    missed.locator("button:has-text('回到队里')").click()
    expect(desk.locator(".line.is-missed", has_text=label)).to_have_count(0)
