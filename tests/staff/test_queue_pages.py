"""The queue at the desk: whose turn it is, one more press for others, pages, and looking up."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import insert

from server.db.tables import ticket, visit, worker
from server.domain.order_rules import OrderRule
from server.domain.tickets import new_ticket_code
from server.services.calls import ticket_at_desk
from server.services.job_wishes import JobWishes, skill_asked_of, wishes_of
from server.services.market import MarketChange, change_market
from server.services.matching import ranked_for_post
from server.services.open_market import OpenMarket
from tests.people import CLI, Factory
from tests.staff.conftest import Clerk, seen, ticket_codes

MOST_BYTES = 200_000
LONG_LINE = 5_000


def test_only_the_next_is_called_with_one_press(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    first, second = ticket_codes(market, make, 2)
    page = at_desk.read("/staff/")
    assert f'action="/staff/tickets/{first}/calls"' in page
    assert f'action="/staff/tickets/{second}/calls"' not in page
    asked = at_desk.read(f"/staff/?ask=queue:{second}")
    assert f'action="/staff/tickets/{second}/calls"' in asked
    assert "还没轮到 A002，为什么先叫?" in asked
    assert "老板点名要" in asked
    assert at_desk.send(f"/staff/tickets/{second}/calls", why="frail").status_code == 303
    assert ticket_at_desk(market, 2) == second
    assert "没按顺序叫 年老体弱，照顾一下" in seen(at_desk.get("/staff/"))
    turns = seen(at_desk.get("/staff/turns"))
    assert "A002" in turns
    assert "年老体弱，照顾一下" in turns


def test_a_call_without_a_reason_asks_for_it_on_the_spot(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    _, second = ticket_codes(market, make, 2)
    answer = at_desk.send(f"/staff/tickets/{second}/calls", at=f"queue:{second}")
    assert answer.status_code == 409
    assert "out_of_turn_reason_missing" in seen(answer)
    assert "还没轮到 A002，为什么先叫?" in seen(answer)


def test_own_words_are_kept_when_they_are_too_long(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    _, second = ticket_codes(market, make, 2)
    where = f"/staff/tickets/{second}/calls"
    form = {"why": "other", "at": f"queue:{second}", "ask": f"queue:{second}"}
    refused = at_desk.send(where, words="急" * 41, **form)
    assert refused.status_code == 422
    assert "急" * 41 in refused.get_data(as_text=True)
    assert at_desk.send(where, words="孩子发烧", **form).status_code == 303
    assert "别的原因：孩子发烧" in seen(at_desk.get("/staff/turns"))


def test_a_desk_for_a_post_calls_the_best_with_one_press(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    make.checked_in(trades=["cleaner"])
    best, other = ticket_codes(market, make, 2)
    post = make.published()
    page = at_desk.read(f"/staff/?post={post.id}")
    assert "会干瓦工 · 已等" in seen(at_desk.get(f"/staff/?post={post.id}"))
    assert page.count("叫来洽谈") == 1
    assert f"ask=post:{other}" in page
    assert "还没轮到 A003" in at_desk.read(f"/staff/?post={post.id}&ask=post:{other}")
    answer = at_desk.send(f"/staff/tickets/{best}/calls", post=post.id, for_post=post.id)
    assert answer.status_code == 303
    assert "都是按顺序叫的" in seen(at_desk.get("/staff/turns"))


def test_the_posts_of_the_ticket_say_why(at_desk: Clerk, market: OpenMarket, make: Factory) -> None:
    (code,) = ticket_codes(market, make, 1)
    make.published(pay_fen=180_00)
    at_desk.send("/staff/calls")
    form = {"pay": "200", "needs_ride": "on", "at": "wishes"}
    assert at_desk.send(f"/staff/tickets/{code}/wishes", **form).status_code == 303
    assert wishes_of(market, code) == JobWishes(200_00, needs_ride=True)
    page = seen(at_desk.get("/staff/"))
    assert "会干瓦工 · 想要200元一天，这活180元 · 要接送，这活不接送" in page


@pytest.mark.parametrize("pay", ["很多", "-5", "99999"])
def test_a_wish_that_is_no_pay_is_refused_and_kept(
    at_desk: Clerk, market: OpenMarket, make: Factory, pay: str
) -> None:
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    answer = at_desk.send(f"/staff/tickets/{code}/wishes", pay=pay, at="wishes")
    assert answer.status_code == 422
    assert f'value="{pay}"' in answer.get_data(as_text=True)


def test_an_employer_asks_for_skill_and_for_somebody_by_number(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    ticket_codes(market, make, 2)
    post = make.published()
    where = f"/staff/posts/{post.id}"
    assert clerk.send(f"{where}/skill", skill="2", at="asks").status_code == 303
    assert skill_asked_of(market, post.id) == 2
    assert clerk.send(f"{where}/named", label="A002", at="asks").status_code == 303
    assert ranked_for_post(market, post.id)[0].label == "A002"
    page = clerk.read(where)
    assert "老板点名要" in page
    [worker_id] = set(re.findall(rf"{where}/named/([^/]+)/end", page))
    assert clerk.send(f"{where}/named/{worker_id}/end", at="asks").status_code == 303
    assert ranked_for_post(market, post.id)[0].label == "A001"


@pytest.mark.parametrize(("field", "value"), [("named", "Z1"), ("named", ""), ("skill", "9")])
def test_what_an_employer_cannot_ask_for_is_refused_on_the_page(
    clerk: Clerk, make: Factory, field: str, value: str
) -> None:
    post = make.published()
    form = {"label" if field == "named" else "skill": value, "at": "asks"}
    answer = clerk.send(f"/staff/posts/{post.id}/{field}", **form)
    assert 400 <= answer.status_code < 500
    assert "老板的要求" in seen(answer)


def long_line(market: OpenMarket, make: Factory, count: int) -> None:
    """That many people wait who came one after another."""
    make.checked_in()
    with market.database.write(CLI) as tx:
        one = dict(tx.connection.execute(ticket.select()).one()._mapping)
        there = dict(tx.connection.execute(visit.select()).one()._mapping)
        who = dict(tx.connection.execute(worker.select()).one()._mapping)
        people, tickets, visits = [], [], []
        for n in range(2, count + 1):
            ids = [tx.new_id() for _ in range(3)]
            code = new_ticket_code(n.to_bytes(7))
            people.append({**who, "id": ids[0], "id_no_hash": f"{n}", "phone_hash": f"{n}"})
            tickets.append({**one, "id": ids[1], "number": n, "code": code})
            visits.append({**there, "id": ids[2], "worker_id": ids[0], "ticket_id": ids[1]})
        tx.connection.execute(insert(worker), people)
        tx.connection.execute(insert(ticket), tickets)
        tx.connection.execute(insert(visit), visits)


@pytest.mark.parametrize("rule", OrderRule)
def test_with_5000_waiting_a_page_is_small_and_every_number_is_reached(
    at_desk: Clerk, market: OpenMarket, make: Factory, rule: OrderRule
) -> None:
    long_line(market, make, LONG_LINE)
    change_market(market, CLI, MarketChange(order_rule=rule))
    post = make.published(headcount=50)
    for path in ("/staff/", "/staff/queue", "/staff/?page=99", f"/staff/?post={post.id}"):
        page = at_desk.get(path)
        assert len(page.get_data()) < MOST_BYTES, path
        assert page.get_data(as_text=True).count('class="line-label"') < 60
    assert "第1页，共167页" in seen(at_desk.get("/staff/"))
    last = seen(at_desk.get("/staff/?page=167"))
    assert "A5000" in last
    found = seen(at_desk.get("/staff/?find=4321"))
    assert "排第4321" in found
    assert len(at_desk.get(f"/staff/posts/{post.id}").get_data()) < MOST_BYTES


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "99999999999", "２"])
def test_a_page_that_is_none_shows_one_that_is(
    at_desk: Clerk, market: OpenMarket, make: Factory, page: str
) -> None:
    ticket_codes(market, make, 1)
    assert "A001" in at_desk.read(f"/staff/?page={page}&find=&ask=queue:nobody")


def test_nobody_waits_under_a_number_that_is_not_there(at_desk: Clerk) -> None:
    assert "今天没有这个号" in at_desk.read("/staff/?find=A777")


def test_the_page_of_the_draw_shows_what_anybody_needs_to_recompute_it(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    change_market(market, CLI, MarketChange(order_rule=OrderRule.LOTTERY))
    (code,) = ticket_codes(market, make, 1)
    before = seen(at_desk.get("/staff/turns"))
    assert "承诺" in before
    assert "种子（" not in before
    assert "今天的签还没抽" in seen(at_desk.get("/staff/"))
    make.later(hours=1)
    at_desk.send("/staff/calls")
    page = at_desk.read(f"/staff/turns/{make.today}")
    assert "重算过了，和公布的一样" in page
    assert "A001" in page
    assert code not in page
    assert at_desk.get("/staff/turns/yesterday").status_code == 404
