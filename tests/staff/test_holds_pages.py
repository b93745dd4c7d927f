"""Held places at the desk and on the worker's phone."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.services.open_market import OpenMarket
from server.services.posts import Post, post_of
from server.services.proposals import holds_of_post
from tests.people import Factory, new_key
from tests.staff.conftest import Clerk, seen, ticket_codes, token_of


@pytest.fixture
def post(make: Factory) -> Post:
    return make.published(headcount=1)


@pytest.fixture
def code(at_desk: Clerk, market: OpenMarket, make: Factory) -> str:
    (only,) = ticket_codes(market, make, 1)
    return only


def hold(clerk: Clerk, code: str, post: Post, **given: str) -> TestResponse:
    return clerk.send("/staff/holds", code=code, post_id=post.id, **given)


def test_a_place_is_held_from_the_workbench_and_stands_on_two_pages(
    at_desk: Clerk, market: OpenMarket, post: Post, code: str
) -> None:
    at_desk.send("/staff/calls")
    assert "留名额" in seen(at_desk.get("/staff/"))
    assert hold(at_desk, code, post, accepted="worker").status_code == 303
    (held,) = holds_of_post(market, post.id)
    assert f"给他留着,到 {held.until}" in seen(at_desk.get("/staff/"))
    for path in (f"/staff/posts/{post.id}", "/staff/jobs"):
        page = seen(at_desk.get(path))
        assert "工友同意,等老板" in page
        assert f"留到 {held.until.rjust(5, '0')}" in page
    answer = at_desk.send(f"/staff/holds/{held.id}/yes", party="employer", **{"from": "jobs"})
    assert answer.headers["Location"].endswith("/staff/jobs")
    assert post_of(market, post.id).filled == 1


@pytest.mark.parametrize("origin", ["", "jobs", "post"])
def test_a_refused_press_is_said_where_it_was_made(
    at_desk: Clerk, make: Factory, post: Post, code: str, origin: str
) -> None:
    hold(at_desk, code, post)
    other = make.checked_in().ticket.code
    where = f"post:{post.id}" if origin == "post" else origin
    answer = hold(at_desk, other, post, at="hold" if origin else "ticket", **{"from": where})
    assert answer.status_code == 409
    assert "剩下的名额都给人留着" in seen(answer)


def test_what_nobody_can_mean_is_refused(at_desk: Clerk, post: Post, code: str) -> None:
    assert hold(at_desk, code, post, accepted="both").status_code == 400
    assert hold(at_desk, "", post).status_code == 404
    assert at_desk.send("/staff/holds/x/yes", party="worker").status_code == 404
    assert at_desk.send("/staff/holds/x/no", party="x").status_code == 400


def press(client: FlaskClient, code: str, proposal_id: str, go: str) -> TestResponse:
    token = token_of(client.get(f"/t/{code}").get_data(as_text=True))
    fields = {"csrf_token": token, "key": new_key(), "go": go}
    return client.post(f"/t/{code}/holds/{proposal_id}", data=fields)


def test_the_worker_takes_the_held_place_on_the_phone(
    at_desk: Clerk, market: OpenMarket, post: Post, code: str
) -> None:
    hold(at_desk, code, post, accepted="employer")
    (held,) = holds_of_post(market, post.id)
    phone = at_desk.client.application.test_client()
    assert "给您留着一个名额" in seen(phone.get(f"/t/{code}"))
    assert press(phone, code, held.id, "maybe").status_code == 400
    assert press(phone, code, "x", "yes").status_code == 404
    assert press(phone, code, held.id, "yes").status_code == 303
    assert post_of(market, post.id).filled == 1
    assert "您谈成的活" in seen(phone.get(f"/t/{code}"))


def test_nobody_answers_for_a_place_of_another_number(
    at_desk: Clerk, market: OpenMarket, make: Factory, post: Post, code: str
) -> None:
    hold(at_desk, code, post, accepted="employer")
    (held,) = holds_of_post(market, post.id)
    other = make.checked_in().ticket.code
    hold(at_desk, other, make.published())
    phone = at_desk.client.application.test_client()
    assert press(phone, other, held.id, "yes").status_code == 404
    assert post_of(market, post.id).filled == 0


def test_the_phone_says_that_the_time_is_over(
    at_desk: Clerk, market: OpenMarket, make: Factory, post: Post, code: str
) -> None:
    hold(at_desk, code, post)
    make.later(minutes=30)
    phone = at_desk.client.application.test_client()
    assert "给您留的名额过了时间" in seen(phone.get(f"/t/{code}"))
