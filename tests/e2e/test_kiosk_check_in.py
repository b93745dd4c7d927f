"""From a card to a ticket at the kiosk, in real Chromium with real processes."""

from __future__ import annotations

import re
import urllib.request
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Route, expect
from pyzbar.pyzbar import decode
from sqlalchemy import func, select

from server.db.tables import ticket, worker
from tests.demo_people import person_of_demo_card
from tests.e2e.conftest import DemoMarket, NewPage
from tests.e2e.kiosk_worker import (
    PORTRAIT,
    WAIT_MS,
    Kiosk,
    body_of,
    forget_cards,
    keys_of,
    make_known,
    register,
)
from tests.people import citizen_number


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting; its printer has paper."""
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def rows_of_workers(demo: DemoMarket) -> int:
    with demo.market.database.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(worker)) or 0)


def test_a_first_time_worker_goes_from_card_to_paper_ticket(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    demo_market.lay_card("zhang-jianguo")
    kiosk.wait_for("confirm")
    expect(kiosk.page.locator(".who-name")).to_have_text("张*国")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("找活")
    register(kiosk)
    kiosk.wait_for("ticket")
    assert re.fullmatch(r"A\d{3}", kiosk.ticket_number())
    kiosk.expect_paper("printed")
    asked = body_of(kiosk.sent("/api/v1/check-ins")[0])
    assert asked["trades"] == ["bricklayer"]
    assert asked["education"] == "71"
    assert asked["skill"] == "0"


def test_a_known_worker_touches_twice(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    make_known(demo_market, "li-xiuying")
    demo_market.lay_card("li-xiuying")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("ticket")
    kiosk.expect_paper("printed")
    assert kiosk.presses == 2


def test_who_comes_again_today_sees_the_number_and_may_print_it_again(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    make_known(demo_market, "gao-yongsheng")
    demo_market.lay_card("gao-yongsheng")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("ticket")
    number = kiosk.ticket_number()
    kiosk.expect_paper("printed")
    kiosk.press("好了")
    kiosk.wait_for("attract")
    demo_market.lay_card("gao-yongsheng")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("tickets")
    assert kiosk.ticket_number() == number
    kiosk.press("再打一张")
    kiosk.wait_for("ticket")
    kiosk.expect_paper("printed")
    assert len(kiosk.sent("/api/v1/check-ins")) == 1


def test_a_wrong_check_digit_keeps_what_was_typed(kiosk: Kiosk) -> None:
    right = citizen_number(7)
    wrong = right[:17] + ("0" if right[17] != "0" else "1")
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    kiosk.type(wrong)
    kiosk.press("好了")
    expect(kiosk.page.locator(".note.error")).to_contain_text("最后一位对不上", timeout=WAIT_MS)
    assert kiosk.shown_number() == wrong
    kiosk.press("退一格")
    assert kiosk.shown_number() == wrong[:17]


def test_a_typed_number_is_confirmed_by_its_ends(kiosk: Kiosk) -> None:
    number = citizen_number(8)
    kiosk.press("输身份证号")
    kiosk.wait_for("id_pad")
    kiosk.type(number)
    kiosk.press("好了")
    kiosk.wait_for("confirm")
    shown = kiosk.page.locator(".who-number").inner_text()
    assert shown == f"{number[:4]}{'*' * 10}{number[-4:]}"


def test_the_same_key_gives_the_same_ticket_after_the_server_was_killed(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    make_known(demo_market, "wang-jun")
    demo_market.lay_card("wang-jun")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    answers: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.json()["ticket"]["label"])
        if len(answers) > 1:
            route.fulfill(response=answer)
            return
        demo_market.kill("server")
        route.abort()

    kiosk.page.route("**/api/v1/check-ins", lose_the_first_answer)
    kiosk.press("找活")
    expect(kiosk.page.locator(".title")).to_contain_text("正在重新连接", timeout=WAIT_MS)
    kiosk.page.unroute("**/api/v1/check-ins")
    demo_market.start("server")
    kiosk.wait_for("ticket")
    assert kiosk.ticket_number() == answers[0]
    sent = kiosk.sent("/api/v1/check-ins")
    assert len(sent) > 1
    assert len(keys_of(sent)) == 1


def test_under_16_is_stopped_kindly_and_nothing_is_stored(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    before = rows_of_workers(demo_market)
    demo_market.lay_card("hao-xiaoyu")
    kiosk.wait_for("stopped")
    expect(kiosk.page.locator(".title")).to_contain_text("还没满 16 岁")
    expect(kiosk.page.locator(".hint")).to_contain_text("请到服务台")
    assert kiosk.sent("/api/v1/identities") == []
    assert rows_of_workers(demo_market) == before
    kiosk.press("知道了")
    kiosk.wait_for("attract")


def test_without_paper_the_kiosk_says_so_and_the_number_stands(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    person = make_known(demo_market, "zhao-zhe")
    demo_market.set_printer("paper_out")
    expect(kiosk.page.locator(".paper-note")).to_contain_text("没有票纸", timeout=WAIT_MS)
    demo_market.lay_card("zhao-zhe")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("咨询")
    kiosk.wait_for("ticket")
    kiosk.expect_paper("missing")
    expect(kiosk.page.locator(".paper")).to_contain_text("请记住或拍下这个号码")
    number = kiosk.ticket_number()
    with demo_market.market.database.read() as connection:
        last = connection.scalar(select(func.max(ticket.c.number)).where(ticket.c.series == "B"))
    assert number == f"B{last:03d}"
    expect(kiosk.page.locator("img.qr")).to_have_js_property("complete", True)
    [photographed] = decode(Image.open(BytesIO(kiosk.page.screenshot())).convert("L"))
    with urllib.request.urlopen(photographed.data.decode()) as answer:  # noqa: S310 - our own
        assert number in answer.read().decode()
    assert person.name == "赵喆"
    demo_market.set_printer("ready")
    kiosk.expect_paper("printed")


def test_an_expired_card_is_told_and_does_not_stop_anybody(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    assert person_of_demo_card("sun-lianhe").valid_until_day is not None
    demo_market.lay_card("sun-lianhe")
    kiosk.wait_for("confirm")
    expect(kiosk.page.locator(".note")).to_contain_text("身份证过期了")
    kiosk.press("是")
    kiosk.wait_for("service")


def test_who_does_not_agree_is_sent_to_the_desk(demo_market: DemoMarket, kiosk: Kiosk) -> None:
    demo_market.lay_card("bai-xiaohong")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("notice")
    kiosk.press("不同意")
    kiosk.wait_for("notice_declined")
    expect(kiosk.page.locator(".hint")).to_contain_text("请到服务台")
    assert kiosk.sent("/api/v1/check-ins") == []


def test_the_bell_rings_at_the_desks(kiosk: Kiosk) -> None:
    kiosk.press("叫人帮忙")
    expect(kiosk.page.locator(".overlay")).to_contain_text("已经叫人了", timeout=WAIT_MS)
    expect(kiosk.page.locator(".overlay")).to_contain_text("服务热线")


def test_the_demo_strip_lays_a_card(kiosk: Kiosk) -> None:
    strip = kiosk.page.locator(".demo")
    expect(strip.locator(".demo-mark")).to_have_text("演示")
    kiosk.tap(strip.locator(".demo-bar"))
    kiosk.tap(strip.locator('[data-card="linghu-zhiqiang"]'))
    kiosk.wait_for("confirm")
    expect(kiosk.page.locator(".who-name")).to_have_text("令狐**")
