"""The page of agreed jobs at the desk, and what the worker says on the page of the slip."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.domain.kinds import PlacementState
from server.services.jobs_listed import jobs_with
from server.services.open_market import OpenMarket
from server.services.posts import Post
from server.services.slips import slip_of
from server.services.workers import Person
from tests.people import Factory, new_key
from tests.staff.conftest import Clerk, seen, token_of


@dataclass
class Agreed:
    """A post, and the placements of the people who agreed to it."""

    post: Post
    ids: list[str]
    people: list[Person]


@pytest.fixture
def agreed(at_desk: Clerk, make: Factory) -> Agreed:
    post = make.published(headcount=3)
    ids, people = [], [make.person(), make.person()]
    for person in people:
        make.checked_in(person=person)
        page = at_desk.send("/staff/calls")
        assert page.status_code == 303
        code = code_at_desk(at_desk)
        fields = {"state": "agreed", "post_id": post.id}
        assert at_desk.send(f"/staff/tickets/{code}/referrals", **fields).status_code == 303
        with at_desk.client.session_transaction() as session:
            ids.append(str(session["last_slip"]["placement_id"]))
    return Agreed(post, ids, people)


def code_at_desk(clerk: Clerk) -> str:
    page = clerk.read("/staff/")
    return page.split("/staff/tickets/")[1].split("/")[0]


def state(market: OpenMarket, placement_id: str) -> PlacementState:
    return jobs_with(market, placement_id).people[0].state


def move(clerk: Clerk, wanted: str, *ids: str) -> TestResponse:
    return clerk.send("/staff/jobs/moves", state=wanted, placement_id=list(ids))


def test_the_page_lists_the_post_with_its_people_and_all_came_with_one_press(
    at_desk: Clerk, market: OpenMarket, agreed: Agreed
) -> None:
    page = seen(at_desk.get("/staff/jobs"))
    assert "砌筑" in page or "瓦工" in page
    assert "2人都到了" in page
    assert move(at_desk, "on_site", *agreed.ids).status_code == 303
    assert {state(market, one) for one in agreed.ids} == {PlacementState.ON_SITE}
    assert "2人都干完了" in seen(at_desk.get("/staff/jobs"))


def test_a_scanned_slip_stands_alone_above_the_list(
    at_desk: Clerk, market: OpenMarket, agreed: Agreed
) -> None:
    slip = slip_of(market, agreed.ids[0])
    answer = at_desk.send("/staff/jobs/scans", code=f"HTTP://10.0.0.5/T/{slip.slip_code}")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"job={agreed.ids[0]}")
    assert "下一张" in seen(at_desk.get(answer.headers["Location"]))


@pytest.mark.parametrize("code", ["", "6922266446726", "AAAAAAAAAA", "x" * 300])
def test_a_scan_of_anything_else_is_refused_with_a_sentence(at_desk: Clerk, code: str) -> None:
    answer = at_desk.send("/staff/jobs/scans", code=code)
    assert answer.status_code == 404
    assert "认不出来" in seen(answer)


def test_who_did_not_go_is_noted_with_the_side_and_shown_when_they_come_again(
    at_desk: Clerk, market: OpenMarket, make: Factory, agreed: Agreed
) -> None:
    sent = {"placement_id": agreed.ids[0], "why": "worker_no_show:worker"}
    assert at_desk.send("/staff/jobs/failures", **sent).status_code == 303
    assert "工友没去" in seen(at_desk.get("/staff/jobs"))
    assert state(market, agreed.ids[0]) is PlacementState.FELL_THROUGH
    make.later(days=1)
    make.checked_in(person=agreed.people[0])
    at_desk.send("/staff/calls")
    assert "90天里答应了没去 1次" in seen(at_desk.get("/staff/"))


@pytest.mark.parametrize(
    "sent",
    [
        {"why": "worker_no_show:employer"},
        {"why": "rain"},
        {},
        {"why": "weather:neither", "placement_id": "x"},
    ],
)
def test_a_failure_nobody_can_mean_is_refused(
    at_desk: Clerk, agreed: Agreed, sent: dict[str, str]
) -> None:
    answer = at_desk.send("/staff/jobs/failures", **{"placement_id": agreed.ids[0], **sent})
    assert 400 <= answer.status_code < 500


def test_a_step_back_is_refused_with_the_state_in_words(at_desk: Clerk, agreed: Agreed) -> None:
    answer = move(at_desk, "settled", agreed.ids[0])
    assert answer.status_code == 409
    assert "这条上岗记录现在是“达成意向”" in seen(answer)
    assert "placement_state_forbids" in seen(answer)


def test_the_desk_opens_the_wage_case(at_desk: Clerk, agreed: Agreed) -> None:
    move(at_desk, "on_site", agreed.ids[0])
    move(at_desk, "completed", agreed.ids[0])
    assert at_desk.send("/staff/jobs/unpaid", placement_id=agreed.ids[0]).status_code == 303
    page = seen(at_desk.get("/staff/jobs"))
    assert "没拿到钱 " in page
    assert at_desk.send("/staff/jobs/unpaid").status_code == 400


class Phone:
    """A phone that opened the page of a slip."""

    def __init__(self, client: FlaskClient, code: str) -> None:
        self.client, self.path = client, f"/t/{code}"

    def read(self) -> str:
        return seen(self.client.get(self.path))

    def press(self, where: str, **fields: str) -> TestResponse:
        token = token_of(self.client.get(self.path).get_data(as_text=True))
        stamp = {"csrf_token": token, "key": new_key()}
        return self.client.post(f"{self.path}/{where}", data={**stamp, **fields})


@pytest.fixture
def phone(app_client: FlaskClient, market: OpenMarket, agreed: Agreed) -> Phone:
    return Phone(app_client, slip_of(market, agreed.ids[0]).slip_code)


@pytest.fixture
def app_client(at_desk: Clerk) -> FlaskClient:
    """A browser of somebody who is not staff."""
    return at_desk.client.application.test_client()


def test_a_worker_says_arrived_done_and_paid_on_the_phone(
    phone: Phone, market: OpenMarket, agreed: Agreed
) -> None:
    for step, button in (("on_site", "我到了"), ("completed", "干完了"), ("settled", "钱拿到了")):
        assert button in phone.read()
        assert phone.press("steps", step=step).status_code == 303
    assert state(market, agreed.ids[0]) is PlacementState.SETTLED
    assert "工钱已结清" in phone.read()


def test_a_phone_that_says_not_paid_opens_a_case_that_the_desk_sees(
    phone: Phone, at_desk: Clerk
) -> None:
    for step in ("on_site", "completed", "unpaid"):
        assert phone.press("steps", step=step).status_code == 303
    assert "没拿到钱" in seen(at_desk.get("/staff/jobs"))
    assert "讨要工钱" in seen(at_desk.get("/staff/cases"))
    page = phone.read()
    assert "已经立了诉求 S2026-0001" in page
    assert "没拿到钱" not in page


def test_a_worker_rates_once_and_the_desk_sees_counts(
    phone: Phone, at_desk: Clerk, agreed: Agreed
) -> None:
    for step in ("on_site", "completed"):
        phone.press("steps", step=step)
    answers = {"paid": "yes", "described": "no"}
    token_page = phone.client.get(phone.path).get_data(as_text=True)
    assert "这个活怎么样" in token_page
    assert phone.press("rating", paid="yes").status_code == 400
    assert phone.press("rating", **answers).status_code == 303
    assert "这个活怎么样" not in phone.read()
    page = seen(at_desk.get(f"/staff/employers/{agreed.post.draft.employer_id}"))
    assert "工钱可靠 1/1人" in page
    assert "和说的一样 0/1人" in page


def test_a_phone_is_told_what_it_cannot_do(phone: Phone, app_client: FlaskClient) -> None:
    answer = phone.press("steps", step="settled")
    assert answer.status_code == 409
    assert "这条上岗记录现在是“达成意向”" in seen(answer)
    assert phone.press("steps", step="withdrawn").status_code == 400
    forged = app_client.post(f"{phone.path}/steps", data={"step": "on_site", "key": new_key()})
    assert forged.status_code == 403
    assert app_client.post("/t/AAAAAAAAAA/steps").status_code == 404


def test_a_void_slip_moves_nothing(phone: Phone, at_desk: Clerk, agreed: Agreed) -> None:
    undo = {"reason": "mistake", "placement_id": agreed.ids[0]}
    assert at_desk.send("/staff/agreements/undo", **undo).status_code == 303
    page = phone.client.get(phone.path).get_data(as_text=True)
    assert "我到了" not in page
    key = {"key": new_key(), "step": "on_site"}
    assert phone.client.post(f"{phone.path}/steps", data=key).status_code in {403, 409}


def test_the_page_of_the_number_leads_to_the_slip(
    app_client: FlaskClient, market: OpenMarket, agreed: Agreed
) -> None:
    slip = slip_of(market, agreed.ids[0])
    page = app_client.get(f"/t/{slip.ticket_code}").get_data(as_text=True)
    assert f'href="/t/{slip.slip_code}"' in page
