"""The workbench: calling, serving, agreeing, and refusals at the button that was pressed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from server.domain.kinds import DeviceKind, PostState, PrinterState, ServiceKind, TicketState
from server.services.calls import ticket_at_desk
from server.services.devices import DeviceReport, report_status
from server.services.open_market import OpenMarket
from server.services.posts import post_of
from server.services.print_jobs import queued_jobs
from server.services.tickets import ticket_view
from tests.people import ANSWERS, Factory, citizen_number, new_key
from tests.staff.conftest import Clerk, seen, ticket_codes


def state(market: OpenMarket, code: str) -> TicketState:
    return ticket_view(market, code).state


def test_calling_next_brings_the_first_who_came(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    first, second = ticket_codes(market, make, 2)
    assert at_desk.send("/staff/calls").status_code == 303
    assert (state(market, first), state(market, second)) == (
        TicketState.CALLED,
        TicketState.WAITING,
    )
    assert 'class="called-label">A001<' in at_desk.read("/staff/")


def test_pressing_call_twice_with_one_drawing_calls_one(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    ticket_codes(market, make, 2)
    key = new_key()
    assert at_desk.send("/staff/calls", key).status_code == 303
    assert at_desk.send("/staff/calls", key).status_code == 303
    assert "A001" in at_desk.read("/staff/")


def test_a_desk_with_a_ticket_is_told_to_finish_it_first(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    _, second = ticket_codes(market, make, 2)
    at_desk.send("/staff/calls")
    answer = at_desk.send(f"/staff/tickets/{second}/calls", at=f"queue:{second}")
    assert answer.status_code == 409
    assert "A001号还没办完" in seen(answer)
    assert "desk_busy" in seen(answer)


def test_two_desks_never_get_the_same_ticket(
    at_desk: Clerk, app: Flask, market: OpenMarket, make: Factory
) -> None:
    (only,) = ticket_codes(market, make, 1)
    member = make.staff("zhangli")
    other = Clerk(app.test_client())
    with other.client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = member.id, True
    other.send("/staff/desks", desk_no="1")
    at_desk.send(f"/staff/tickets/{only}/calls")
    answer = other.send(f"/staff/tickets/{only}/calls", at=f"queue:{only}")
    assert answer.status_code == 409
    assert "已经不在等候了" in seen(answer)
    assert (ticket_at_desk(market, 1), ticket_at_desk(market, 2)) == (None, only)


def test_calling_without_a_window_asks_for_one(
    clerk: Clerk, market: OpenMarket, make: Factory
) -> None:
    ticket_codes(market, make, 1)
    answer = clerk.send("/staff/calls", at="ticket")
    assert answer.status_code == 409
    assert "先选好窗口" in seen(answer)


def test_an_empty_hall_is_said_at_the_button(at_desk: Clerk) -> None:
    answer = at_desk.send("/staff/calls", at="ticket")
    assert answer.status_code == 409
    assert "现在没有人在等" in seen(answer)


def test_a_clerk_for_one_service_calls_only_that(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    make.checked_in()
    asks = make.checked_in(service=ServiceKind.CONSULT).ticket.code
    at_desk.send("/staff/calls", service="consult")
    assert ticket_at_desk(market, 2) == asks


def test_a_ticket_is_recalled_at_most_five_times(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    answers = [at_desk.send(f"/staff/tickets/{code}/recalls", at="ticket") for _ in range(6)]
    assert [a.status_code for a in answers] == [303] * 5 + [409]
    assert "已经叫了5遍" in seen(answers[-1])
    assert "再叫一遍" not in at_desk.read("/staff/")


@pytest.mark.parametrize("wanted", ["serving", "done", "no_show", "waiting"])
def test_a_called_ticket_moves_where_its_button_says(
    at_desk: Clerk, market: OpenMarket, make: Factory, wanted: str
) -> None:
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    assert at_desk.send(f"/staff/tickets/{code}/state", state=wanted).status_code == 303
    assert state(market, code) == wanted


@pytest.mark.parametrize("wanted", ["called", "cancelled", "", "flying"])
def test_a_ticket_moves_nowhere_without_a_button(
    at_desk: Clerk, market: OpenMarket, make: Factory, wanted: str
) -> None:
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    assert at_desk.send(f"/staff/tickets/{code}/state", state=wanted).status_code == 400
    assert state(market, code) is TicketState.CALLED


def test_a_missed_ticket_can_be_called_again(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    at_desk.send(f"/staff/tickets/{code}/state", state="no_show")
    assert "过号" in seen(at_desk.get("/staff/"))
    assert at_desk.send(f"/staff/tickets/{code}/calls").status_code == 303


def agree(clerk: Clerk, code: str, post_id: str, key: str | None = None) -> int:
    fields = {"state": "agreed", "post_id": post_id, "at": f"post:{post_id}"}
    return clerk.send(f"/staff/tickets/{code}/referrals", key, **fields).status_code


def test_an_agreement_ends_the_ticket_and_queues_the_slip(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    assert agree(at_desk, code, post.id) == 303
    assert state(market, code) is TicketState.DONE
    assert post_of(market, post.id).filled == 1
    page = seen(at_desk.get("/staff/"))
    assert "推荐介绍信 等着打印 A001 瓦工" in page
    assert "2 号窗口空着" in page


def test_confirming_an_agreement_twice_places_one_worker(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    key = new_key()
    assert [agree(at_desk, code, post.id, key) for _ in range(2)] == [303, 303]
    assert post_of(market, post.id).filled == 1
    assert len(queued_jobs(market, "any agent")) == 2


def test_a_post_that_filled_up_meanwhile_is_said_at_the_button(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published(headcount=1)
    first, second = ticket_codes(market, make, 2)
    at_desk.send("/staff/calls")
    agree(at_desk, first, post.id)
    at_desk.send("/staff/calls")
    fields = {"state": "agreed", "post_id": post.id, "at": f"post:{post.id}"}
    answer = at_desk.send(f"/staff/tickets/{second}/referrals", **fields)
    assert (answer.status_code, post_of(market, post.id).state) == (409, PostState.FULL)
    assert "已经招满了" in seen(answer)
    assert "A002" in seen(answer)


def test_a_refusal_to_agree_is_kept_with_its_reason(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    fields = {"state": "declined", "post_id": post.id, "decline_reason": "distance"}
    assert at_desk.send(f"/staff/tickets/{code}/referrals", **fields).status_code == 303
    assert "刚才没谈成:太远" in seen(at_desk.get("/staff/"))
    assert state(market, code) is TicketState.CALLED


@pytest.mark.parametrize(
    "refused",
    [
        ({"state": "declined"}, 422, "请写明原因"),
        ({"state": "declined", "decline_reason": "weather"}, 400, "格式不对"),
        ({"state": "maybe"}, 400, "格式不对"),
        ({"state": "agreed", "post_id": "no-such-post"}, 404, "没有找到这条用工信息"),
    ],
)
def test_a_referral_nobody_can_mean_is_refused_in_a_sentence(
    at_desk: Clerk,
    market: OpenMarket,
    make: Factory,
    refused: tuple[dict[str, str], int, str],
) -> None:
    fields, status, says = refused
    post = make.published()
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    sent = {"post_id": post.id, "at": f"post:{post.id}", **fields}
    answer = at_desk.send(f"/staff/tickets/{code}/referrals", **sent)
    assert (answer.status_code, says in seen(answer)) == (status, True)


@pytest.mark.parametrize("step", ["calls", "recalls", "state", "referrals"])
def test_a_ticket_that_does_not_exist_is_refused_in_a_sentence(at_desk: Clerk, step: str) -> None:
    fields = {"state": "done" if step == "state" else "agreed", "post_id": "x"}
    answer = at_desk.send(f"/staff/tickets/NOSUCHCODE/{step}", at="ticket", **fields)
    assert answer.status_code == 404
    assert "没有找到这张号票" in seen(answer)


def test_a_button_of_another_site_is_refused_and_nothing_is_called(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    (code,) = ticket_codes(market, make, 1)
    answer = at_desk.client.post("/staff/calls", data={"key": new_key()})
    assert answer.status_code == 403
    assert "cross_site_request" in seen(answer)
    assert state(market, code) is TicketState.WAITING


@pytest.mark.parametrize("key", ["", "short", "no spaces allowed", "x" * 81])
def test_a_button_without_a_proper_key_is_refused(at_desk: Clerk, key: str) -> None:
    assert at_desk.send("/staff/calls", key).status_code == 400


def test_nobody_s_number_or_phone_is_on_the_workbench(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    number = citizen_number(7)
    person = make.person("张建国", id_no=number)
    code = make.checked_in(person=person, answers=replace(ANSWERS, phone="13812345678")).ticket.code
    post = make.published()
    at_desk.send(f"/staff/tickets/{code}/calls")
    for path in ("/staff/", "/staff/queue", "/staff/work", f"/staff/posts/{post.id}"):
        page = at_desk.read(path)
        assert number not in page
        assert "13812345678" not in page
        assert "张建国" not in page
    assert "张*国" in at_desk.read("/staff/")


def test_an_expired_card_is_said_beside_the_name(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    from_card = make.person(valid_until=make.today.replace(year=2020))
    make.checked_in(person=from_card)
    assert "证件过期" in seen(at_desk.get("/staff/"))


@pytest.mark.parametrize("name", ["queue", "work", "pulse"])
def test_a_region_that_has_not_changed_is_not_sent_again(
    at_desk: Clerk, market: OpenMarket, make: Factory, name: str
) -> None:
    ticket_codes(market, make, 1)
    page = at_desk.read(f"/staff/{name}")
    have = re.search(rf'hx-get="/staff/{name}\?have=(\w+)', page)
    assert have is not None
    assert at_desk.get(f"/staff/{name}?have={have[1]}").status_code == 204
    make.checked_in()
    make.published()
    at_desk.send("/staff/calls")
    assert at_desk.get(f"/staff/{name}?have={have[1]}").status_code == 200


def test_a_post_that_is_being_filled_comes_first_and_names_who_waits(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    wanted = make.published()
    make.published(pay_fen=50000)
    (code,) = ticket_codes(market, make, 1)
    before = seen(at_desk.get(f"/staff/?post={wanted.id}"))
    assert "A001 张师傅 50–59岁" in before
    assert (
        at_desk.send(f"/staff/tickets/{code}/calls", post=wanted.id)
        .headers["Location"]
        .endswith(f"post={wanted.id}")
    )
    page = at_desk.read(f"/staff/?post={wanted.id}")
    assert re.findall(r'id="match-([^"]+)"', page)[0] == wanted.id


def test_a_slip_is_printed_again_on_demand(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    post = make.published()
    (code,) = ticket_codes(market, make, 1)
    at_desk.send("/staff/calls")
    agree(at_desk, code, post.id)
    with at_desk.client.session_transaction() as session:
        placement_id = session["last_slip"]["placement_id"]
    assert at_desk.send(f"/staff/slips/{placement_id}/reprints").status_code == 303
    assert at_desk.send("/staff/slips/no-such/reprints", at="slip").status_code == 404


def test_a_slip_that_waits_says_what_is_wrong_with_the_printer(
    at_desk: Clerk, market: OpenMarket, make: Factory
) -> None:
    agent, _ = make.device(DeviceKind.AGENT)
    post = make.published()
    (code,) = ticket_codes(market, make, 1)
    report_status(market, agent, DeviceReport(PrinterState.PAPER_OUT))
    at_desk.send("/staff/calls")
    agree(at_desk, code, post.id)
    assert "打印机 没纸了" in seen(at_desk.get("/staff/"))
    report_status(market, agent, DeviceReport(PrinterState.READY))
    assert "打印机" not in seen(at_desk.get("/staff/work"))


def test_a_free_desk_sees_the_posts_that_want_people(at_desk: Clerk, make: Factory) -> None:
    post = make.published(headcount=9)
    page = at_desk.read("/staff/")
    assert f"/staff/?post={post.id}" in page
    assert "还招 9 人" in seen(at_desk.get("/staff/"))
