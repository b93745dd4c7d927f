"""The main job, end to end, in real browsers: card, ticket, post, board, call, slip, phone."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pyzbar.pyzbar import decode

from server.services.devices import paper_png, papers
from server.services.log import events_after, verify_chain
from server.services.print_jobs import print_job_of
from tests.e2e.conftest import DemoMarket, NewPage, eventually
from tests.e2e.desk_steps import at_desk, call_out_of_turn, free_desk
from tests.e2e.kiosk_worker import KEY_MS

PUBLISHED_WITHIN_MS = 1_000
PAPER_WITHIN_MS = 15_000


def press(page: Page, name: str) -> None:
    """Press a button once the kiosk takes touches again after drawing a screen."""
    expect(page.locator("[data-resting]")).to_have_count(0)
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def check_in_for_the_first_time(kiosk: Page, demo: DemoMarket) -> str:
    """A bricklayer's first morning at the kiosk; returns the number."""
    kiosk.goto(f"{demo.server_url}/kiosk/")
    expect(kiosk.get_by_text("请把身份证放在这里")).to_be_visible()
    demo.lay_card("zhang-jianguo")
    expect(kiosk.get_by_text("张*国")).to_be_visible()
    press(kiosk, "是")
    press(kiosk, "找活")
    press(kiosk, "同意")
    kiosk.keyboard.type("13812345678", delay=KEY_MS)
    press(kiosk, "好了")
    press(kiosk, "建筑建材")
    press(kiosk, "瓦工")
    press(kiosk, "选好了")
    press(kiosk, "初中")
    press(kiosk, "没证")
    number = kiosk.get_by_text(re.compile(r"^A\d{3}$"))
    expect(number).to_be_visible()
    return number.inner_text()


def paper_of(demo: DemoMarket, kind: str) -> Image.Image:
    """The latest simulated paper of a kind, as a picture, once the agent has handed it over."""
    return eventually(lambda: find_paper(demo, kind))


def find_paper(demo: DemoMarket, kind: str) -> Image.Image | None:
    for paper in papers(demo.market):
        if paper.print_job_id and print_job_of(demo.market, paper.print_job_id).kind == kind:
            png = paper_png(demo.market, paper.id)
            return None if png is None else Image.open(io.BytesIO(png))
    return None


def publish_a_post(page: Page, demo: DemoMarket) -> None:
    """A clerk posts one place for a bricklayer and publishes it; ends on the post's page."""
    page.goto(f"{demo.server_url}/staff/posts/new")
    page.locator("[name=employer_id]").first.check()
    page.select_option("[name=trade_id]", "bricklayer")
    page.fill("[name=headcount]", "1")
    page.fill("[name=pay]", "488")
    page.click("button:has-text('后天')")
    page.fill("[name=place]", "福善庄砌围墙")
    page.click("button:has-text('交审核')")
    page.check("[name=has_seen]")
    page.click("button:has-text('通过')")
    expect(page.locator("h1 .badge")).to_have_text("招人中")


@dataclass
class Hall:
    """The screens that are open while the day goes on."""

    display: Page
    kiosk: Page
    phone: Page
    desk: Page


@pytest.fixture
def hall(demo_market: DemoMarket, new_page: NewPage) -> Hall:
    display = new_page(1920, 1080)
    display.goto(f"{demo_market.server_url}/display/")
    expect(display.locator("body")).to_contain_text("朔城区零工市场")
    desk = new_page(1440, 900)
    at_desk(desk, demo_market, 2)
    free_desk(desk)
    return Hall(display, new_page(1080, 1920, has_touch=True), new_page(390, 844), desk)


def test_from_a_card_on_the_kiosk_to_a_slip_in_the_hand(
    demo_market: DemoMarket, hall: Hall, new_page: NewPage
) -> None:
    label = check_in_for_the_first_time(hall.kiosk, demo_market)
    expect(hall.kiosk.locator("body")).to_contain_text("已打印", timeout=PAPER_WITHIN_MS)
    [code] = decode(paper_of(demo_market, "ticket").convert("L"))
    assert re.fullmatch(rb"HTTP://[0-9.:]+/T/[0-9A-Z]{10}", code.data)
    hall.phone.goto(f"{demo_market.server_url}/t/{code.data.decode()[-10:].lower()}")
    expect(hall.phone.locator("body")).to_contain_text(label)

    publish_a_post(hall.desk, demo_market)
    expect(hall.display.locator("body")).to_contain_text("福善庄", timeout=PUBLISHED_WITHIN_MS)
    call(hall, demo_market, label)
    agree(hall.desk)
    expect(hall.display.locator("body")).not_to_contain_text("福善庄")

    slip = new_page(390, 844)
    slip.goto(f"{demo_market.server_url}/t/{slip_code(demo_market)}")
    expect(slip.locator("body")).to_contain_text("福善庄")
    told = {event.type for event in events_after(demo_market.market, 0, 10_000)}
    assert told >= {"visit.checked_in", "post.published", "ticket.called", "placement.agreed"}
    assert verify_chain(demo_market.market).broken_at is None
    for screen in (hall.display, hall.phone, slip):
        assert not re.search(r"张建国|张\*国|13812345678|\d{17}[\dX]", screen.content())


def call(hall: Hall, demo: DemoMarket, label: str) -> None:
    """The clerk calls one number; the board and the phone say where to go."""
    call_out_of_turn(hall.desk, demo, label)
    expect(hall.display.locator("body")).to_contain_text(label)
    expect(hall.phone.locator("body")).to_contain_text(re.compile("2 ?号窗口"))


def agree(desk: Page) -> None:
    """Both agree; the slip comes out."""
    match = desk.locator("[id^=match-]", has_text="福善庄")
    match.locator("summary", has_text=re.compile("^达成$")).click()
    match.locator("button:has-text('确认达成')").click()
    expect(desk.locator(".slip .badge")).to_have_text("已打印", timeout=PAPER_WITHIN_MS)


def slip_code(demo: DemoMarket) -> str:
    """The one code that the letter and its receipt carry."""
    [code] = {found.data for found in decode(paper_of(demo, "slip").convert("L"))}
    return str(code.decode()[-10:])
