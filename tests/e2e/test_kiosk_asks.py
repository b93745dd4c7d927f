"""What a worker asks for at the kiosk besides a number, in real Chromium with real processes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from server.domain.kinds import CaseKind, ReferralState, TicketState
from server.services.cases import cases
from server.services.matching import best_posts
from server.services.referrals import NewReferral, record_referral
from server.services.staff import sign_in
from server.services.tickets import queue_today, ticket_view
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_worker import PORTRAIT, Kiosk, body_of, forget_cards, lay
from tests.people import new_key


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting; its printer has paper."""
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


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


def test_a_wage_complaint_gets_a_number_days_and_a_receipt(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    lay(demo_market, kiosk, "shi-yan")
    kiosk.wait_for("service")
    kiosk.press("别的事")
    kiosk.wait_for("asks")
    kiosk.press("讨薪")
    kiosk.wait_for("case_kind")
    kiosk.press("干了活不给钱")
    kiosk.wait_for("case_confirm")
    kiosk.press("留案")
    kiosk.wait_for("notice")
    kiosk.press("同意")
    kiosk.wait_for("ask_phone")
    kiosk.type("13800138000")
    kiosk.press("好了")
    kiosk.wait_for("case_opened")
    number = kiosk.page.locator(".case-number").inner_text()
    expect(kiosk.page.locator(".case-days li")).to_have_count(3)
    kiosk.expect_paper("printed")
    [row] = [row for row in cases(demo_market.market) if row.case.no == number]
    assert row.case.kind is CaseKind.WAGE_ARREARS
    assert len(kiosk.sent("/api/v1/cases")) == 1


def test_a_complaint_names_the_job_by_touch(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    market = demo_market.market
    clerk = sign_in(market, *demo_market.staff).actor
    number = take_number(demo_market, kiosk, "wang-jun")
    [entry] = [e for e in queue_today(market) if e.ticket.label == number]
    [offer, *_] = best_posts(market, entry.trades, entry.age)
    agreed = NewReferral(entry.ticket.code, offer.id, 1, ReferralState.AGREED)
    record_referral(market, clerk, agreed, new_key())
    lay(demo_market, kiosk, "wang-jun")
    kiosk.wait_for("tickets")
    kiosk.press("办别的事")
    kiosk.wait_for("service")
    kiosk.press("别的事")
    kiosk.press("讨薪")
    kiosk.wait_for("case_kind")
    kiosk.press("干了活不给钱")
    kiosk.wait_for("case_about")
    kiosk.press(offer.employer)
    kiosk.wait_for("case_confirm")
    expect(kiosk.page.locator(".case-about-what")).to_contain_text(offer.employer)
    kiosk.press("留案")
    kiosk.wait_for("case_opened")
    case_no = kiosk.page.locator(".case-number").inner_text()
    [row] = [row for row in cases(market) if row.case.no == case_no]
    assert row.case.employer == offer.employer
