"""The page behind a paper's QR code, on a phone."""

from __future__ import annotations

import re
import time
from io import BytesIO
from typing import Any
from urllib.error import HTTPError

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pyzbar.pyzbar import decode
from sqlalchemy import select

from server.db.tables import placement, ticket
from server.domain.kinds import TicketState
from server.domain.order_rules import OutOfTurn
from server.services.calls import NamedCall, call_named
from server.services.identities import identify_ticket
from server.services.slips import slip_view
from server.services.staff import StaffMember, sign_in
from server.services.tickets import ticket_view
from tests.e2e.conftest import DemoMarket, NewPage, fetch
from tests.e2e.test_display_board import free_desk, personal_data
from tests.people import new_key


@pytest.fixture(scope="module")
def clerk(demo_market: DemoMarket) -> StaffMember:
    return sign_in(demo_market.market, *demo_market.staff)


def waiting_codes(demo: DemoMarket) -> list[str]:
    """The codes of those who wait for work, in the order of their numbers."""
    statement = (
        select(ticket.c.code)
        .where(ticket.c.state == TicketState.WAITING.value, ticket.c.series == "A")
        .order_by(ticket.c.number)
    )
    with demo.market.database.read() as connection:
        return list(connection.scalars(statement))


def open_phone(demo: DemoMarket, new_page: NewPage, code: str, **given: Any) -> Page:
    page = new_page(390, 844, is_mobile=True, has_touch=True, **given)
    page.goto(f"{demo.server_url}/t/{code}")
    return page


def test_phone_moves_up_and_turns_into_the_window_when_it_is_called(
    demo_market: DemoMarket, new_page: NewPage, clerk: StaffMember
) -> None:
    first, mine = waiting_codes(demo_market)[:2]
    page = open_phone(demo_market, new_page, mine)
    expect(page.locator("#fresh")).to_be_visible()
    expect(page.locator("#ticket")).to_contain_text("前面还有1人")

    free_desk(demo_market, clerk, 1)
    call_named(demo_market.market, clerk.actor, NamedCall(first, 1, OutOfTurn.FRAIL), new_key())
    expect(page.get_by_text("下一个就是您")).to_be_visible(timeout=2000)

    free_desk(demo_market, clerk, 4)
    call_named(demo_market.market, clerk.actor, NamedCall(mine, 4, OutOfTurn.FRAIL), new_key())
    called_at = time.monotonic()
    page.wait_for_selector(".called", state="visible", timeout=5000)
    assert time.monotonic() - called_at < 1.0
    assert page.locator(".called").inner_text().split() == [
        ticket_view(demo_market.market, mine).label,
        "请到",
        "4",
        "号窗口",
        "拿好身份证，现在就去",
    ]
    box = page.locator(".called").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (390, 844)


def test_place_in_the_queue_is_right_after_others_were_called(
    demo_market: DemoMarket, new_page: NewPage, clerk: StaffMember
) -> None:
    codes = waiting_codes(demo_market)
    page = open_phone(demo_market, new_page, codes[6])
    expect(page.locator("#fresh")).to_be_visible()
    for desk_no, code in ((1, codes[0]), (2, codes[3]), (3, codes[9])):
        free_desk(demo_market, clerk, desk_no)
        call_named(
            demo_market.market, clerk.actor, NamedCall(code, desk_no, OutOfTurn.FRAIL), new_key()
        )

    expect(page.locator('[data-fill="ahead"]')).to_have_text("4", timeout=2000)
    assert ticket_view(demo_market.market, codes[6]).ahead == 4


def test_page_is_complete_before_scripts_run(demo_market: DemoMarket, new_page: NewPage) -> None:
    code = waiting_codes(demo_market)[3]
    page = open_phone(demo_market, new_page, code, java_script_enabled=False)

    expect(page.locator("#ticket")).to_contain_text("前面还有3人")
    expect(page.get_by_role("link", name="服务热线")).to_be_visible()
    assert page.locator(".post").count() > 0


def test_code_of_the_qr_picture_opens_in_capitals(demo_market: DemoMarket) -> None:
    code = waiting_codes(demo_market)[3]
    label = ticket_view(demo_market.market, code).label

    assert label in fetch(f"{demo_market.server_url}/T/{code}").decode()


def test_unknown_code_is_answered_kindly(demo_market: DemoMarket) -> None:
    with pytest.raises(HTTPError) as refused:
        fetch(f"{demo_market.server_url}/t/0000000000")

    assert refused.value.code == 404
    page = refused.value.read().decode()
    assert "没有找到这个号" in page
    assert "服务热线" in page


def test_the_phone_shows_a_code_that_the_kiosk_reads_next_time(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    code = waiting_codes(demo_market)[0]
    page = open_phone(demo_market, new_page, code)
    shown = page.locator(".own-code img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    [photographed] = decode(Image.open(BytesIO(page.screenshot(full_page=True))).convert("L"))
    held = identify_ticket(demo_market.market, photographed.data.decode())
    assert code in held.ticket_codes


def test_a_code_that_nobody_has_is_no_picture_either(demo_market: DemoMarket) -> None:
    with pytest.raises(HTTPError) as refused:
        fetch(f"{demo_market.server_url}/t/0000000000/qr.svg")
    with refused.value as answer:
        assert answer.code == 404


def test_code_of_a_slip_proves_the_slip(demo_market: DemoMarket, new_page: NewPage) -> None:
    with demo_market.market.database.read() as connection:
        code = connection.scalar(select(placement.c.slip_code).limit(1))
    assert code is not None
    page = open_phone(demo_market, new_page, code)
    slip = slip_view(demo_market.market, code)

    expect(page.get_by_role("heading")).to_have_text("这张推荐信有效")
    for text in (slip.employer_name, slip.trade_name, slip.pay):
        expect(page.locator(".facts")).to_contain_text(text)


def test_pages_say_nothing_of_the_person(demo_market: DemoMarket, browser: Browser) -> None:
    with demo_market.market.database.read() as connection:
        tickets = list(connection.scalars(select(ticket.c.code).limit(40)))
        slips = list(connection.scalars(select(placement.c.slip_code).limit(20)))
    secrets = personal_data(demo_market)

    for code in tickets + slips:
        page = fetch(f"{demo_market.server_url}/t/{code}").decode()
        text = re.sub(r"<[^>]+>", "", page)
        assert not [secret for secret in secrets if secret in text]
