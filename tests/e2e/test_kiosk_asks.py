"""What a worker asks for at the kiosk besides a number, in real Chromium with real processes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from server.domain.kinds import TicketState
from server.services.tickets import ticket_view
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_worker import PORTRAIT, Kiosk, body_of, forget_cards


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting; its printer has paper."""
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def lay(demo: DemoMarket, kiosk: Kiosk, card: str) -> None:
    """Lay a card and say that it is the right one."""
    demo.lay_card(card)
    kiosk.wait_for("confirm")
    kiosk.press("是")


def take_number(demo: DemoMarket, kiosk: Kiosk, card: str) -> str:
    """Take a number for work and wait for its paper."""
    lay(demo, kiosk, card)
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("ticket")
    kiosk.expect_paper("printed")
    number = kiosk.ticket_number()
    kiosk.press("好了")
    kiosk.wait_for("attract")
    return number


def test_who_found_work_gives_the_number_back_and_may_take_another(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    number = take_number(demo_market, kiosk, "li-xiuying")
    lay(demo_market, kiosk, "li-xiuying")
    kiosk.wait_for("tickets")
    kiosk.press("取消号")
    kiosk.wait_for("cancel")
    assert kiosk.ticket_number() == number
    kiosk.press("找到活了")
    kiosk.wait_for("told")
    expect(kiosk.page.locator(".hint")).to_contain_text(f"{number} 不再叫您了")
    [sent] = [r for r in kiosk.requests if r.url.endswith("/cancellation")]
    assert body_of(sent)["reason"] == "found_work"
    code = sent.url.rsplit("/", 2)[1]
    assert ticket_view(demo_market.market, code).state is TicketState.CANCELLED
    kiosk.press("好了")
    kiosk.wait_for("attract")
    assert take_number(demo_market, kiosk, "li-xiuying") != number


def test_who_does_not_want_to_give_the_number_back_keeps_it(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    take_number(demo_market, kiosk, "gao-yongsheng")
    lay(demo_market, kiosk, "gao-yongsheng")
    kiosk.wait_for("tickets")
    kiosk.press("取消号")
    kiosk.wait_for("cancel")
    kiosk.press("不取消")
    kiosk.wait_for("tickets")
    assert [r for r in kiosk.requests if r.url.endswith("/cancellation")] == []
