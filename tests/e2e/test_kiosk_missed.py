"""Somebody whose number was missed comes back into the line at the kiosk, in real Chromium."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect

from server.domain.kinds import TicketState
from server.domain.order_rules import OutOfTurn
from server.services.board import board
from server.services.calls import Move, NamedCall, call_named, move_ticket, ticket_at_desk
from server.services.staff import sign_in
from server.services.tickets import queue_today, ticket_view
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_worker import PORTRAIT, Kiosk, forget_cards, lay
from tests.people import new_key


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting; its printer has paper."""
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def picture(kiosk: Kiosk, name: str) -> None:
    """Keep a picture of the screen where somebody wants to look at it."""
    if folder := os.environ.get("PICTURES"):
        kiosk.page.screenshot(path=f"{folder}/{name}.png")


def take_number(demo: DemoMarket, kiosk: Kiosk, card: str) -> str:
    lay(demo, kiosk, card)
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("ticket")
    number = kiosk.ticket_number()
    kiosk.press("好了")
    kiosk.wait_for("attract")
    return number


def miss(demo: DemoMarket, label: str) -> str:
    """Desk 1 calls a number, nobody comes; return its code."""
    clerk = sign_in(demo.market, *demo.staff).actor
    held = ticket_at_desk(demo.market, 1)
    if held is not None:
        move_ticket(demo.market, clerk, Move(held, TicketState.DONE, 1), new_key())
    [code] = [one.ticket.code for one in queue_today(demo.market) if one.ticket.label == label]
    call_named(demo.market, clerk, NamedCall(code, 1, OutOfTurn.FRAIL), new_key())
    move_ticket(demo.market, clerk, Move(code, TicketState.NO_SHOW, 1), new_key())
    return code


def test_a_missed_worker_goes_back_into_the_line_at_the_kiosk(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    number = take_number(demo_market, kiosk, "li-xiuying")
    code = miss(demo_market, number)
    assert number in board(demo_market.market).missed
    lay(demo_market, kiosk, "li-xiuying")
    kiosk.wait_for("tickets")
    expect(kiosk.page.locator(".title")).to_have_text("您的号过了")
    picture(kiosk, "missed")
    kiosk.press("回到队里")
    kiosk.wait_for("told")
    expect(kiosk.page.locator(".hint")).to_contain_text(f"{number} 排在下一位后面")
    picture(kiosk, "returned")
    assert ticket_view(demo_market.market, code).state is TicketState.WAITING
    assert ticket_view(demo_market.market, code).ahead == 1
    assert number not in board(demo_market.market).missed


def test_a_missed_worker_who_does_not_want_to_wait_gives_the_number_back(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    number = take_number(demo_market, kiosk, "gao-yongsheng")
    code = miss(demo_market, number)
    lay(demo_market, kiosk, "gao-yongsheng")
    kiosk.wait_for("tickets")
    kiosk.press("取消号")
    kiosk.wait_for("cancel")
    kiosk.press("有事先走")
    kiosk.wait_for("told")
    assert ticket_view(demo_market.market, code).state is TicketState.CANCELLED
