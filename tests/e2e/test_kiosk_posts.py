"""Posts, a place in their order, the records, registering only: by touch, with the cabinet."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from server.db.tables import application, simulated_paper
from server.domain.kinds import ApplicationState, CaseKind, PostState, TicketState
from server.services.applications import (
    NewApplication,
    applications_of_ticket,
    applied_counts,
    apply_for_post,
)
from server.services.cases import NewCase, open_case
from server.services.identities import identify_number
from server.services.matching import best_posts
from server.services.posts import end_post
from server.services.staff import sign_in
from server.services.tickets import queue_today
from server.services.worker_posts import Looker, posts_for
from server.services.workers import WorkerAnswers
from tests.demo_people import person_of_demo_card
from tests.e2e.conftest import TEST_ACTOR, DemoMarket, NewPage
from tests.e2e.desk_steps import at_desk, free_desk
from tests.e2e.kiosk_worker import (
    PORTRAIT,
    Kiosk,
    body_of,
    forget_cards,
    make_known,
    register,
)
from tests.people import new_key


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting; its printer has paper."""
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def menu(demo: DemoMarket, kiosk: Kiosk, card: str) -> None:
    """Lay a card, say that it is the right one, and open everything else."""
    demo.lay_card(card)
    kiosk.wait_for("confirm")
    kiosk.press("是")
    expect(
        kiosk.page.locator('.kiosk:is([data-screen="service"], [data-screen="tickets"])')
    ).to_be_visible()
    if kiosk.page.locator('.kiosk[data-screen="tickets"]').count():
        kiosk.press("办别的事")
    kiosk.wait_for("service")
    kiosk.press("别的事")
    kiosk.wait_for("asks")


def look_at_posts(demo: DemoMarket, kiosk: Kiosk, card: str) -> None:
    menu(demo, kiosk, card)
    kiosk.press("看今天的活")


def last_paper(demo: DemoMarket) -> int:
    """The id of the last paper that came out; the older ones are forgotten."""
    with demo.market.database.read() as connection:
        return int(connection.scalar(select(func.max(simulated_paper.c.id))) or 0)


def test_a_bricklayer_reads_a_post_and_applies_and_the_desk_knows(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    person = make_known(demo_market, "gao-yongsheng")
    best, *_ = posts_for(demo_market.market, Looker(person, None))
    look_at_posts(demo_market, kiosk, "gao-yongsheng")
    kiosk.wait_for("posts")
    first = kiosk.page.locator(".post-row").first
    expect(first).to_contain_text(best.row.trade_name)
    pay = first.locator(".pay").inner_text()
    kiosk.tap(first)
    kiosk.wait_for("post")
    expect(kiosk.page.locator(".post-great-pay")).to_have_text(pay)
    kiosk.press("我去")
    kiosk.wait_for("applied")
    expect(kiosk.page.locator(".post-order")).to_have_text("您是第 1 个报名的")
    kiosk.expect_paper("printed")
    [sent] = kiosk.sent("/api/v1/applications")
    label = kiosk.page.locator(".case-number").inner_text()
    [entry] = [e for e in queue_today(demo_market.market) if e.ticket.label == label]
    [made] = applications_of_ticket(demo_market.market, entry.ticket.code)
    assert (made.post_id, made.order) == (body_of(sent)["post_id"], 1)


def test_who_changes_their_mind_is_out_of_the_order_and_keeps_the_number(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    make_known(demo_market, "li-xiuying")
    look_at_posts(demo_market, kiosk, "li-xiuying")
    kiosk.wait_for("posts")
    kiosk.tap(kiosk.page.locator(".post-row").nth(1))
    kiosk.press("我去")
    kiosk.wait_for("applied")
    label = kiosk.page.locator(".case-number").inner_text()
    [sent] = kiosk.sent("/api/v1/applications")
    post_id = str(body_of(sent)["post_id"])
    kiosk.press("看别的活")
    kiosk.wait_for("posts")
    marked = kiosk.page.locator(".post-row", has_text="已报名")
    expect(marked).to_have_count(1)
    kiosk.tap(marked)
    kiosk.wait_for("post")
    kiosk.press("不去了")
    kiosk.wait_for("told")
    expect(kiosk.page.locator(".hint")).to_contain_text("您的号还留着")
    [entry] = [e for e in queue_today(demo_market.market) if e.ticket.label == label]
    assert entry.ticket.state is TicketState.WAITING
    assert post_id not in applied_counts(demo_market.market)
    with demo_market.market.database.read() as connection:
        states = connection.scalars(
            select(application.c.state).where(application.c.post_id == post_id)
        ).all()
    assert states == [ApplicationState.WITHDRAWN.value]


def test_who_is_new_names_the_trades_sees_posts_prints_them_and_leaves_no_trace(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    look_at_posts(demo_market, kiosk, "shi-yan")
    kiosk.wait_for("ask_trades")
    kiosk.press("建筑建材")
    kiosk.press("瓦工")
    kiosk.press("选好了")
    kiosk.wait_for("posts")
    before = last_paper(demo_market)
    kiosk.press("打印")
    kiosk.wait_for("post_list")
    kiosk.expect_paper("printed")
    assert last_paper(demo_market) > before
    count = re.findall(r"\d+", kiosk.page.locator(".title").inner_text())[0]
    assert 1 <= int(count) <= 12
    kiosk.press("返回")
    kiosk.wait_for("posts")
    kiosk.press("返回")
    kiosk.wait_for("asks")
    sent = json.dumps([body_of(r) for r in kiosk.sent("/api/v1/post-lists")])
    assert "bricklayer" in sent
    assert kiosk.sent("/api/v1/check-ins") == []


def test_without_paper_the_screen_says_so(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    make_known(demo_market, "wang-jun")
    look_at_posts(demo_market, kiosk, "wang-jun")
    kiosk.wait_for("posts")
    demo_market.set_printer("paper_out")
    expect(kiosk.page.locator(".kiosk")).to_be_visible()
    kiosk.tap(kiosk.page.locator(".post-row").first)
    kiosk.wait_for("post")
    kiosk.press("打印")
    kiosk.wait_for("post_list")
    kiosk.expect_paper("missing")
    expect(kiosk.page.locator(".paper-title")).to_have_text("打不出来")


def test_somebody_registers_only_and_is_told_so_the_second_time(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    menu(demo_market, kiosk, "zhang-jianguo")
    kiosk.press("只登记")
    register(kiosk)
    kiosk.wait_for("told")
    expect(kiosk.page.locator(".title")).to_have_text("登记好了")
    person = person_of_demo_card("zhang-jianguo")
    kiosk.press("好了")
    kiosk.wait_for("attract")
    menu(demo_market, kiosk, "zhang-jianguo")
    kiosk.press("只登记")
    kiosk.wait_for("told")
    expect(kiosk.page.locator(".title")).to_have_text("您已经登记过了")
    found = identify_number(demo_market.market, person.id_no)
    assert (found.is_known, found.ticket_codes) == (True, ())


def test_the_card_opens_one_s_own_records_and_a_typed_number_does_not_offer_them(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    market, person = demo_market.market, make_known(demo_market, "wang-jun")
    menu(demo_market, kiosk, "wang-jun")
    kiosk.press("我的记录")
    kiosk.wait_for("records")
    expect(kiosk.page.locator(".record-days")).to_be_visible()
    case = NewCase(person, CaseKind.WAGE_ARREARS, None, WorkerAnswers())
    no = open_case(market, TEST_ACTOR, case, new_key()).case.no
    kiosk.press("返回")
    kiosk.wait_for("asks")
    kiosk.press("我的记录")
    kiosk.wait_for("records")
    expect(kiosk.page.locator(".record-rows")).to_contain_text(no)
    kiosk.press("返回")
    kiosk.press("返回")
    kiosk.press("返回")
    kiosk.press("返回")
    kiosk.wait_for("attract")
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    kiosk.type(person.id_no)
    kiosk.press("好了")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.press("别的事")
    kiosk.wait_for("asks")
    expect(kiosk.page.locator("button", has_text="看今天的活")).to_be_visible()
    expect(kiosk.page.locator("button", has_text="我的记录")).to_have_count(0)


def test_a_post_that_ended_meanwhile_is_refused_in_words_with_a_way_back(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    market = demo_market.market
    make_known(demo_market, "linghu-zhiqiang")
    look_at_posts(demo_market, kiosk, "linghu-zhiqiang")
    kiosk.wait_for("posts")
    row = kiosk.page.locator(".post-row").first
    no = int(re.findall(r"编号 (\d+)", row.inner_text())[0])
    kiosk.tap(row)
    kiosk.wait_for("post")
    offer = next(p for p in best_posts(market, ("bricklayer",), None, 200) if p.no == no)
    clerk = sign_in(market, *demo_market.staff).actor
    end_post(market, clerk, offer.id, PostState.CLOSED, new_key())
    kiosk.press("我去")
    kiosk.wait_for("told")
    expect(kiosk.page.locator(".hint")).to_contain_text("请选别的活")
    kiosk.press("返回")
    kiosk.wait_for("post")


def test_a_desk_that_looks_for_people_sees_an_applicant_without_a_touch(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    market = demo_market.market
    [offer, *_] = best_posts(market, (), None)
    desk = new_page(1440, 900)
    at_desk(desk, demo_market, 4)
    free_desk(desk)
    desk.goto(f"{demo_market.server_url}/staff/?post={offer.id}")
    expect(desk.locator(".pinned-next li").first).to_be_visible()
    expect(desk.locator(".pinned-next", has_text="本人想去")).to_have_count(0)
    person = make_known(demo_market, "zhao-zhe")
    new = NewApplication(person, offer.id, WorkerAnswers())
    label = apply_for_post(market, TEST_ACTOR, new, new_key()).ticket.label
    first = desk.locator(".pinned-next li").first
    expect(first).to_contain_text("本人想去 第1个报名")
    expect(first).to_contain_text(label)
