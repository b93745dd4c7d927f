"""A crew at the kiosk and at the desk, in real Chromium with real processes and real paper."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from server.domain.clock import SHANGHAI, market_day
from server.domain.kinds import PayUnit, Settlement
from server.domain.posts import PostDraft
from server.services.devices import papers
from server.services.employers import employers
from server.services.identities import identify_number
from server.services.papers import document_of
from server.services.posts import Post, add_post, publish_post
from server.services.print_jobs import print_job_of
from server.services.referral_rows import referrals_of_ticket
from server.services.staff import sign_in
from server.services.tickets import people_on, queue_today, ticket_view
from tests.demo_people import person_of_demo_card
from tests.e2e.conftest import DemoMarket, NewPage, eventually
from tests.e2e.desk_steps import at_desk, call_out_of_turn, free_desk, look_up
from tests.e2e.kiosk_worker import (
    PORTRAIT,
    Kiosk,
    body_of,
    forget_cards,
    make_known,
)
from tests.people import new_key

WAIT_MS = 20_000
IDLE_MS = 46_000
COUNTDOWN_MS = 21_000

_PLAY = """
async ({ from, events }) => {
  const { step } = await import("/kiosk/static/js/dialogue.js");
  const { begin } = await import("/kiosk/static/js/trail.js");
  return events.reduce((state, event, at) => step(state, event, `k${at}`), { ...begin("k"), ...from });
}
"""  # noqa: E501 - a script, not Python


@pytest.fixture
def kiosk(demo_market: DemoMarket, new_page: NewPage) -> Kiosk:
    """The kiosk, waiting; its printer has paper."""
    demo_market.set_printer("ready")
    forget_cards(demo_market)
    opened = Kiosk(new_page(*PORTRAIT, has_touch=True))
    opened.open(demo_market.server_url)
    return opened


def begin_crew(demo: DemoMarket, kiosk: Kiosk, leader: str) -> None:
    """The leader lays the card down and asks for a crew's check-in."""
    demo.lay_card(leader)
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("别的事")
    kiosk.wait_for("asks")
    kiosk.press("班组签到")
    kiosk.wait_for("crew")


def names(kiosk: Kiosk) -> Locator:
    return kiosk.page.locator(".crew-list b")


def join(demo: DemoMarket, kiosk: Kiosk, card: str, people: int) -> None:
    demo.lay_card(card)
    expect(kiosk.page.locator(".crew-count")).to_have_text(f"现在 {people} 人", timeout=WAIT_MS)


def publish(demo: DemoMarket, place: str, headcount: int) -> Post:
    """A clerk publishes a post for bricklayers for tomorrow."""
    clerk = sign_in(demo.market, *demo.staff).actor
    day = market_day(datetime.now(UTC)) + timedelta(days=1)
    draft = PostDraft(
        employer_id=employers(demo.market)[0].id,
        trade_id="bricklayer",
        headcount=headcount,
        pay_fen=390_00,
        pay_unit=PayUnit.DAY,
        settlement=Settlement.DAILY,
        work_day=day,
        start_time=time(7),
        end_time=time(18),
        place=place,
        valid_until=datetime.combine(day, time(12), SHANGHAI).astimezone(UTC),
    )
    added = add_post(demo.market, clerk, draft, new_key())
    return publish_post(demo.market, clerk, added.id, new_key())


def papers_of(demo: DemoMarket, kind: str) -> list[dict[str, Any]]:
    """The words of the simulated papers of a kind, latest first."""
    jobs = [
        print_job_of(demo.market, p.print_job_id) for p in papers(demo.market) if p.print_job_id
    ]
    return [document_of(demo.market, job) for job in jobs if job.kind == kind]


def test_a_leader_and_two_members_get_one_number_and_a_slip_each(
    demo_market: DemoMarket, kiosk: Kiosk, new_page: NewPage
) -> None:
    begin_crew(demo_market, kiosk, "zhang-jianguo")
    expect(kiosk.page.locator("button", has_text="好了，拿号")).to_be_disabled()
    join(demo_market, kiosk, "li-xiuying", 2)
    join(demo_market, kiosk, "chen-jiahao", 3)
    expect(names(kiosk)).to_have_text(["张*国", "李*英", "陈*豪"])
    kiosk.press("好了，拿号")
    kiosk.wait_for("crew_notice")
    expect(kiosk.page.locator(".hint")).to_have_text("第一次来的：陈*豪")
    kiosk.press("都同意")
    kiosk.wait_for("ask_phone")
    register_leader(kiosk)
    kiosk.wait_for("ticket")
    label = kiosk.ticket_number()
    expect(kiosk.page.locator(".ticket-service")).to_have_text("找活 · 班组 3 人")
    kiosk.expect_paper("printed")
    latest = papers_of(demo_market, "ticket")[0]
    assert (latest["label"], latest["people"]) == (label, 3)
    assert len(kiosk.sent("/api/v1/crews")) == 1

    publish(demo_market, "柳沟村砌挡墙", 3)
    desk = new_page(1440, 900)
    at_desk(desk, demo_market, 2)
    free_desk(desk)
    slips = agree(desk, demo_market, label, "柳沟村砌挡墙")
    assert sorted(slips) == sorted(["张建国", "李秀英", "陈嘉豪"])
    [code] = {p["qr"][-10:] for p in papers_of(demo_market, "ticket") if p["label"] == label}
    assert len(referrals_of_ticket(demo_market.market, code)) == 3
    phone = new_page(390, 844)
    phone.goto(f"{demo_market.server_url}/t/{code}")
    expect(phone.locator("#crew")).to_have_text("班组 3 人")


def register_leader(kiosk: Kiosk) -> None:
    """The leader's own questions; the notice was for everybody."""
    kiosk.type("13800138000")
    kiosk.press("好了")
    kiosk.wait_for("ask_trades")
    kiosk.press("建筑建材")
    kiosk.press("瓦工")
    kiosk.press("选好了")
    kiosk.wait_for("ask_education")
    kiosk.press("初中")
    kiosk.wait_for("ask_skill")
    kiosk.press("没证")


def agree(desk: Page, demo: DemoMarket, label: str, place: str) -> list[str]:
    """The clerk calls the crew and all of it agrees; returns the names on its slips."""
    expect(look_up(desk, demo, label)).to_contain_text("班组 3人")
    call_out_of_turn(desk, demo, label)
    expect(desk.locator(".crew-people li")).to_have_count(3)
    match = desk.locator("[id^=match-]", has_text=place)
    expect(match).to_contain_text("够全班组")
    match.locator("summary", has_text=re.compile("^达成$")).click()
    expect(match.locator("[name=worker_id]:checked")).to_have_count(3)
    match.locator("button:has-text('确认达成')").click()
    expect(desk.locator(".slip")).to_contain_text("共3张")
    return eventually(lambda: slips_of(demo, place, 3))


def slips_of(demo: DemoMarket, place: str, count: int) -> list[str] | None:
    found = [p["worker_name"] for p in papers_of(demo, "slip") if p["place"] == place]
    return found if len(found) == count else None


def test_a_card_that_may_not_join_is_told_and_the_crew_stays(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    make_known(demo_market, "zhao-fushun")
    begin_crew(demo_market, kiosk, "zhao-fushun")
    join(demo_market, kiosk, "wang-jun", 2)
    word = kiosk.page.locator(".crew-word")
    demo_market.lay_card("wang-jun")
    expect(word).to_contain_text("已经在班组里了", timeout=WAIT_MS)
    demo_market.lay_card("hao-xiaoyu")
    expect(word).to_contain_text("未满16周岁", timeout=WAIT_MS)
    demo_market.lay_card("zhao-fushun")
    expect(word).to_contain_text("已经在班组里了", timeout=WAIT_MS)
    expect(names(kiosk)).to_have_text(["赵*顺", "王*"])
    join(demo_market, kiosk, "ma-laiwang", 3)
    expect(word).to_have_count(0)


def test_a_member_is_taken_out_by_a_touch_and_is_not_on_the_ticket(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    for card in ("liu-guizhen", "sun-lianhe", "bai-xiaohong"):
        make_known(demo_market, card)
    begin_crew(demo_market, kiosk, "liu-guizhen")
    join(demo_market, kiosk, "sun-lianhe", 2)
    join(demo_market, kiosk, "bai-xiaohong", 3)
    kiosk.press("去掉一个")
    kiosk.wait_for("crew_remove")
    kiosk.press("孙*和")
    kiosk.wait_for("crew")
    expect(names(kiosk)).to_have_text(["刘*珍", "白*红"])
    kiosk.press("好了，拿号")
    kiosk.wait_for("ticket")
    label = kiosk.ticket_number()
    [entry] = [e for e in queue_today(demo_market.market) if e.ticket.label == label]
    on_it = people_on(demo_market.market, entry.ticket.id)
    assert [one.masked_name for one in on_it] == ["刘*珍", "白*红"]
    free = person_of_demo_card("sun-lianhe")
    assert identify_number(demo_market.market, free.id_no).ticket_codes == ()


def test_a_member_s_own_number_goes_back_and_the_leader_hears_of_it_before(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    for card in ("zhao-zhe", "shi-yan"):
        make_known(demo_market, card)
    demo_market.lay_card("shi-yan")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("service")
    kiosk.press("找活")
    kiosk.wait_for("ticket")
    own = kiosk.ticket_number()
    kiosk.press("好了")
    begin_crew(demo_market, kiosk, "zhao-zhe")
    join(demo_market, kiosk, "shi-yan", 2)
    expect(kiosk.page.locator(".crew-list")).to_contain_text(f"{own} 换成班组的号")
    kiosk.press("好了，拿号")
    kiosk.wait_for("ticket")
    assert own not in {e.ticket.label for e in queue_today(demo_market.market)}
    kiosk.press("好了")
    demo_market.lay_card("shi-yan")
    kiosk.wait_for("confirm")
    kiosk.press("是")
    kiosk.wait_for("tickets")
    expect(kiosk.page.locator(".ticket-service")).to_have_text("找活 · 班组 2 人")


def test_a_card_laid_while_the_kiosk_asks_who_is_there_joins_and_nobody_is_lost(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    page = new_page(*PORTRAIT)
    page.goto(f"{demo_market.server_url}/kiosk/")
    screen = {
        "kind": "crew",
        "person": {"identity_token": "l"},
        "members": [{"identity_token": "a"}],
    }
    before = {"screen": {**screen, "before": 0, "laid": [], "word": None}}
    ticks = [{"type": "tick"}] * 46
    asked = page.evaluate(_PLAY, {"from": before, "events": ticks})
    assert asked["overlay"]["kind"] == "still_there"
    laid = [{"type": "card_read", "token": "b"}, {"type": "card_read", "token": "c"}]
    joined = page.evaluate(_PLAY, {"from": before, "events": [*ticks, *laid]})
    assert (joined["overlay"], joined["idle_s"], joined["screen"]["kind"]) == (None, 0, "crew")
    assert joined["request"]["body"]["member_tokens"] == ["a", "b"]
    assert joined["screen"]["laid"] == ["b", "c"]
    gone = page.evaluate(_PLAY, {"from": before, "events": [{"type": "tick"}] * 66})
    assert (gone["screen"], gone["trail"]) == ({"kind": "leaving"}, [])


def test_nobody_s_name_stays_when_a_crew_walks_away(
    demo_market: DemoMarket, new_page: NewPage
) -> None:
    make_known(demo_market, "linghu-zhiqiang")
    forget_cards(demo_market)
    kiosk = Kiosk(new_page(*PORTRAIT, has_touch=True))
    kiosk.page.clock.install()
    kiosk.open(demo_market.server_url)
    begin_crew(demo_market, kiosk, "linghu-zhiqiang")
    expect(kiosk.page.locator(".crew-list")).to_contain_text("令狐**")
    # A page that opens anew takes a card that was only just laid for the next worker's.
    forget_cards(demo_market)
    kiosk.page.clock.run_for(IDLE_MS)
    expect(kiosk.page.locator(".overlay .title")).to_have_text("您还在吗？")
    kiosk.page.evaluate("window.isOldPage = true")
    kiosk.page.clock.run_for(COUNTDOWN_MS)
    kiosk.page.wait_for_function("() => window.isOldPage === undefined")
    kiosk.wait_for("attract")
    assert "令狐" not in kiosk.page.inner_text(".kiosk")


def test_a_leader_who_is_known_is_asked_nothing_and_sends_one_write(
    demo_market: DemoMarket, kiosk: Kiosk
) -> None:
    make_known(demo_market, "maimaiti-aili")
    begin_crew(demo_market, kiosk, "maimaiti-aili")
    join(demo_market, kiosk, "wu-tingting", 2)
    kiosk.press("好了，拿号")
    kiosk.wait_for("crew_notice")
    kiosk.press("都同意")
    kiosk.wait_for("ticket")
    [sent] = kiosk.sent("/api/v1/crews")
    assert set(body_of(sent)) == {"identity_token", "member_tokens", "members_notice"}
    young = person_of_demo_card("wu-tingting")
    [code] = identify_number(demo_market.market, young.id_no).ticket_codes
    assert ticket_view(demo_market.market, code).people == 2
