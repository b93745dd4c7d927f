"""An employer fills in a post alone, on a phone or the second screen; the desk reviews it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.domain.clock import FixedClock
from server.domain.kinds import PostState
from server.services.invitations import INVITATION_LASTS, MOST_POSTS, open_invitation
from server.services.log import events_after, verify_chain
from server.services.open_market import OpenMarket
from server.services.posts import post_of, posts_of_employer, publish_post, send_back_post
from server.services.sanctions import NewSanction, SanctionReason, set_sanction
from tests.people import CLI, Factory, new_key
from tests.staff.conftest import Clerk, seen, token_of


class Employer:
    """A phone that has scanned the code on the desk's screen."""

    def __init__(self, app: Flask, employer_id: str, code: str) -> None:
        self.client = app.test_client()
        self.id = employer_id
        self.code = code

    def get(self, path: str = "") -> TestResponse:
        return self.client.get(f"/e/{self.code}{path}")

    def send(self, path: str = "/new", key: str = "", **fields: str) -> TestResponse:
        page = self.get(path).get_data(as_text=True)
        stamp = {"csrf_token": token_of(page), "key": key or new_key()}
        return self.client.post(f"/e/{self.code}{path}", data={**stamp, **fields})


@pytest.fixture
def employer_id(make: Factory) -> str:
    return make.employer(name="朔州市盛源物流有限公司").id


@pytest.fixture
def employer(app: Flask, clerk: Clerk, employer_id: str, market: OpenMarket) -> Employer:
    assert clerk.send(f"/staff/employers/{employer_id}/invitation").status_code == 303
    found = open_invitation(market, employer_id)
    assert found is not None
    return Employer(app, employer_id, found.code)


@pytest.fixture
def wanted(typed: dict[str, str]) -> dict[str, str]:
    """What an employer types: everything but who they are."""
    return {name: text for name, text in typed.items() if name != "employer_id"}


def test_an_employers_own_post_waits_for_review_and_then_he_sees_it_on_the_board(
    employer: Employer, wanted: dict[str, str], employer_id: str, market: OpenMarket, clerk: Clerk
) -> None:
    assert employer.get().headers["Location"] == f"/e/{employer.code}/new"
    assert employer.send(**wanted).status_code == 303
    (post,) = posts_of_employer(market, employer_id)
    assert post.state is PostState.IN_REVIEW
    assert "等工作人员审核" in seen(employer.get())
    assert "用工主体自己填的" in seen(clerk.get(f"/staff/posts/{post.id}"))
    publish_post(market, CLI, post.id, new_key())
    assert "已上大屏" in seen(employer.get())
    assert verify_chain(market).broken_at is None


def test_what_the_desk_sent_back_is_mended_and_waits_again(
    employer: Employer, wanted: dict[str, str], employer_id: str, market: OpenMarket
) -> None:
    employer.send(**wanted)
    (post,) = posts_of_employer(market, employer_id)
    send_back_post(market, CLI, post.id, new_key())
    assert "要改一改" in seen(employer.get())
    path = f"/posts/{post.id}"
    assert 'value="180"' in employer.get(path).get_data(as_text=True)
    assert employer.send(path, **{**wanted, "pay": "200"}).status_code == 303
    mended = post_of(market, post.id)
    assert (mended.state, mended.draft.pay_fen) == (PostState.IN_REVIEW, 200_00)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pay": "1"}, "最低工资"),
        ({"headcount": "0"}, "1到500"),
        ({"requirements": "只要男的，带押金200"}, "不能"),
        ({"place": ""}, "地点"),
        ({"trade_id": ""}, "工种"),
    ],
)
def test_what_may_not_be_published_is_said_at_once_and_nothing_typed_is_lost(
    employer: Employer,
    wanted: dict[str, str],
    market: OpenMarket,
    change: dict[str, str],
    words: str,
) -> None:
    answer = employer.send(**{**wanted, **change})
    assert answer.status_code == 422
    assert words in seen(answer)
    page = unescape(answer.get_data(as_text=True))
    for name, text in {**wanted, **change}.items():
        if name in {"meeting_point", "place", "headcount", "pay", "requirements"} and text:
            assert text in page, name
    assert posts_of_employer(market, employer.id) == ()


def test_an_employer_cannot_post_for_another_one(
    employer: Employer, wanted: dict[str, str], make: Factory, market: OpenMarket, employer_id: str
) -> None:
    other = make.employer()
    assert employer.send(**wanted, employer_id=other.id).status_code == 303
    assert posts_of_employer(market, other.id) == ()
    assert len(posts_of_employer(market, employer_id)) == 1


def test_an_employer_neither_sees_nor_changes_what_came_another_way(
    employer: Employer, make: Factory, employer_id: str, wanted: dict[str, str]
) -> None:
    post = make.published(employer_id=employer_id)
    assert employer.get(f"/posts/{post.id}").status_code == 404
    page = employer.get("/new").get_data(as_text=True)
    stamp = {"csrf_token": token_of(page), "key": new_key()}
    path = f"/e/{employer.code}/posts/{post.id}"
    assert employer.client.post(path, data={**stamp, **wanted}).status_code == 404


def test_the_hour_ends_and_the_page_says_where_to_get_another_code(
    employer: Employer, wanted: dict[str, str], clock: FixedClock
) -> None:
    page = employer.get("/new").get_data(as_text=True)
    clock.advance(INVITATION_LASTS)
    stamp = {"csrf_token": token_of(page), "key": new_key()}
    answer = employer.client.post(f"/e/{employer.code}/new", data={**stamp, **wanted})
    assert answer.status_code == 403
    assert "到服务台重新要一个" in seen(answer)


def test_pressing_twice_hands_in_one_post(
    employer: Employer, wanted: dict[str, str], employer_id: str, market: OpenMarket
) -> None:
    key = new_key()
    for _ in range(2):
        assert employer.send(key=key, **wanted).status_code == 303
    assert len(posts_of_employer(market, employer_id)) == 1


def test_one_code_is_not_for_a_flood_of_posts(
    employer: Employer, wanted: dict[str, str], employer_id: str, market: OpenMarket
) -> None:
    for _ in range(MOST_POSTS):
        employer.send(**wanted)
    answer = employer.send(**wanted)
    assert answer.status_code == 409
    assert len(posts_of_employer(market, employer_id)) == MOST_POSTS


def test_a_barred_employer_gets_no_code_and_an_old_one_publishes_nothing(
    employer: Employer,
    wanted: dict[str, str],
    market: OpenMarket,
    make: Factory,
    clerk: Clerk,
) -> None:
    new = NewSanction(employer.id, SanctionReason.FEES, make.today, None, "收据在卷")
    set_sanction(market, CLI, new, new_key())
    assert employer.send(**wanted).status_code == 403
    assert clerk.send(f"/staff/employers/{employer.id}/invitation").status_code == 403
    assert posts_of_employer(market, employer.id) == ()


def test_the_clerk_takes_the_code_back_and_a_second_one_ends_the_first(
    employer: Employer, employer_id: str, clerk: Clerk, market: OpenMarket
) -> None:
    path = f"/staff/employers/{employer_id}/invitation"
    assert clerk.send(path).status_code == 303
    assert employer.get("/new").status_code == 403
    assert clerk.send(f"{path}/end").status_code == 303
    assert open_invitation(market, employer_id) is None
    assert clerk.send(f"{path}/end").status_code == 403


def test_the_desk_shows_a_code_to_scan_and_the_log_does_not_hold_it(
    employer: Employer, employer_id: str, clerk: Clerk, market: OpenMarket
) -> None:
    drawn = clerk.get(f"/staff/employers/{employer_id}/invitation/qr.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert re.search(rb"<path", drawn.data)
    events = events_after(market, 0, 200)
    assert "employer.invited" in {event.type for event in events}
    assert all(employer.code not in str(event.body) for event in events)


@pytest.mark.parametrize("code", ["0000000000", "x", "QQQQQQQQQQ", "%00", "a" * 400])
def test_a_wrong_address_is_a_kind_page(app: Flask, market: OpenMarket, code: str) -> None:
    answer = app.test_client().get(f"/e/{code}/new")
    assert answer.status_code in {400, 404}
    assert "Traceback" not in answer.get_data(as_text=True)


def test_a_qr_scanner_that_writes_capitals_gets_in(employer: Employer) -> None:
    answer = employer.client.get(f"/E/{employer.code}", follow_redirects=True)
    assert answer.request.path == f"/e/{employer.code}/new"
    assert "要人干活" in seen(answer)
