"""A case from the kiosk to its end at the desk, and what the worker's phone says meanwhile."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from server.domain.case_kinds import CaseState
from server.domain.kinds import CaseKind, ReferralState
from server.services.case_views import CaseFilter, case_list
from server.services.matching import best_posts
from server.services.referrals import NewReferral, record_referral
from server.services.staff import sign_in
from server.services.tickets import queue_today
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk, free_desk
from tests.e2e.kiosk_worker import PORTRAIT, Kiosk, forget_cards, make_known
from tests.people import new_key

CARD = "wang-jun"
DESK = (1440, 900)


def lay(demo: DemoMarket, kiosk: Kiosk) -> None:
    """Lay the card and say that it is the right one."""
    demo.lay_card(CARD)
    kiosk.wait_for("confirm")
    kiosk.press("是")


def agree_on_a_job(demo: DemoMarket, label: str) -> tuple[str, str]:
    """Somebody with a number gets a job; the ticket's code and the employer."""
    clerk = sign_in(demo.market, *demo.staff).actor
    [entry] = [e for e in queue_today(demo.market) if e.ticket.label == label]
    [offer, *_] = best_posts(demo.market, entry.trades, entry.age)
    agreed = NewReferral(entry.ticket.code, offer.id, 1, ReferralState.AGREED)
    record_referral(demo.market, clerk, agreed, new_key())
    return entry.ticket.code, offer.employer


def open_case_at_kiosk(demo: DemoMarket, kiosk: Kiosk) -> tuple[str, str, str]:
    """The number of a case about a job of today, its ticket's code and the employer."""
    make_known(demo, CARD)
    lay(demo, kiosk)
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("ticket")
    label = kiosk.ticket_number()
    kiosk.press("好了")
    kiosk.wait_for("attract")
    code, employer = agree_on_a_job(demo, label)
    lay(demo, kiosk)
    kiosk.wait_for("tickets")
    kiosk.press("办别的事")
    kiosk.wait_for("service")
    kiosk.press("别的事")
    kiosk.press("讨薪")
    kiosk.wait_for("case_kind")
    kiosk.press("干了活不给钱")
    kiosk.wait_for("case_about")
    kiosk.press(employer)
    kiosk.wait_for("case_confirm")
    kiosk.press("留案")
    kiosk.wait_for("case_opened")
    return kiosk.page.locator(".case-number").inner_text(), code, employer


def expect_on_phone(phone: Page, words: str) -> None:
    phone.reload()
    expect(phone.locator("#cases")).to_contain_text(words)


def test_a_case_from_the_kiosk_is_taken_on_answered_and_closed_and_the_phone_says_so(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    kiosk = Kiosk(new_page(*PORTRAIT, has_touch=True))
    kiosk.open(demo_market.server_url)
    no, code, employer = open_case_at_kiosk(demo_market, kiosk)
    phone = new_page(390, 844)
    phone.goto(f"{demo_market.server_url}/t/{code}")
    expect_on_phone(phone, f"{no}已经记下，正在安排专人")

    desk = new_page(*DESK)
    at_desk(desk, demo_market, 3)
    desk.goto(f"{demo_market.server_url}/staff/cases?state=opened")
    desk.locator(".row-link", has_text=no).click()
    expect(desk.locator("body")).to_contain_text(employer)
    expect(desk.locator("body")).not_to_contain_text("王军")
    desk.get_by_role("button", name="我来接办").click()
    expect(desk.locator(".case-owner")).to_contain_text("就是您")
    expect(desk.locator("body")).to_contain_text("王军")
    expect_on_phone(phone, f"{no}有专人在办")
    desk.fill("[name=feedback]", "电话里告诉本人，明天上午十点双方来窗口谈。")
    desk.get_by_role("button", name="记下回话").click()
    expect(desk.locator(".case-past")).to_contain_text("明天上午十点")
    desk.get_by_label("工钱付清了").check()
    desk.fill("[name=done]", "双方到窗口谈，当场微信付清，本人签字。")
    desk.get_by_role("button", name="办结", exact=True).click()
    expect(desk.locator("h1 .badge")).to_have_text("已办结")
    expect_on_phone(phone, f"{no}办结了")
    for secret in ("王军", employer, "工钱付清"):
        expect(phone.locator("#cases")).not_to_contain_text(secret)


def test_a_clerk_opens_a_case_for_who_was_called(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    desk = new_page(*DESK)
    at_desk(desk, demo_market, 2)
    free_desk(desk)
    desk.keyboard.press("F2")
    expect(desk.locator(".called-label")).to_be_visible()
    desk.get_by_role("link", name="登记诉求").click()
    desk.get_by_label("困难求助").check()
    desk.fill("[name=note]", "家里有病人，这个月没活干，想问问有没有补助。")
    desk.get_by_role("button", name="立案").click()
    expect(desk.locator(".case-owner")).to_contain_text("就是您")
    expect(desk.locator("body")).to_contain_text("家里有病人")
    wanted = CaseFilter(CaseKind.HARDSHIP, CaseState.ASSIGNED)
    [row] = case_list(demo_market.market, wanted).rows
    expect(desk.locator("h1")).to_contain_text(row.case.no)
