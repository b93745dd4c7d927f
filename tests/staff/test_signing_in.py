"""Signing in at the desk: who may, where to, and what a stranger sees."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people import PASSWORD, Factory
from tests.staff.conftest import Clerk, seen, token_of

PAGES = (
    "/staff/employers/x/attachments/x",
    "/staff/employers/x/invitation/qr.svg",
    "/staff/activities/x",
    "/staff/hall",
    "/staff/placements/x/agreement",
    "/staff/wall-sheets",
    "/staff/agreements",
    "/staff/",
    "/staff/queue",
    "/staff/work",
    "/staff/pulse",
    "/staff/desks",
    "/staff/posts",
    "/staff/posts/new",
    "/staff/posts/x",
    "/staff/posts/x/edit",
    "/staff/review-rules",
    "/staff/review-rules/new",
    "/staff/review-rules/x",
    "/staff/employers",
    "/staff/employers/x",
    "/staff/cases",
    "/staff/cases/list",
    "/staff/opinions",
    "/staff/opinions/survey.csv",
    "/staff/devices",
    "/staff/devices/states",
    "/staff/papers",
    "/staff/papers/1.png",
    "/staff/voice",
    "/staff/voice/trial.wav",
    "/staff/voice/clips/x.wav",
    "/staff/cases/x",
    "/staff/cases/x/sheet",
    "/staff/cases/due",
    "/staff/cases/new",
    "/staff/notices",
    "/staff/hall",
    "/staff/wall-sheets",
    "/staff/closing",
    "/staff/tools",
    "/staff/placements/x/agreement",
    "/staff/activities",
    "/staff/activities/x",
    "/staff/hardship",
    "/staff/hardship/x",
    "/staff/jobs",
    "/staff/turns",
    "/staff/turns/x",
)
WRITES = (
    "/staff/closing",
    "/staff/closing/reopening",
    "/staff/employers/x/attachments",
    "/staff/employers/x/attachments/x/removal",
    "/staff/employers/x/invitation",
    "/staff/employers/x/invitation/end",
    "/staff/activities",
    "/staff/activities/x/attendance",
    "/staff/activities/x/cancellation",
    "/staff/activities/x/employers",
    "/staff/activities/x/sign-off",
    "/staff/activities/x/wishes",
    "/staff/activities/x/workers",
    "/staff/tools",
    "/staff/tools/loans",
    "/staff/tools/loans/x/return",
    "/staff/tools/x/count",
    "/staff/calls",
    "/staff/desks",
    "/staff/sign-out",
    "/staff/tickets/x/calls",
    "/staff/tickets/x/recalls",
    "/staff/tickets/x/state",
    "/staff/tickets/x/desk",
    "/staff/tickets/x/parking",
    "/staff/tickets/x/transfer",
    "/staff/agreements/undo",
    "/staff/tickets/x/referrals",
    "/staff/tickets/x/reprints",
    "/staff/slips/x/reprints",
    "/staff/placements/x/reprints",
    "/staff/print-jobs/x/decision",
    "/staff/simulator",
    "/staff/employers",
    "/staff/employers/search",
    "/staff/employers/hits",
    "/staff/employers/choices",
    "/staff/employers/x/sanctions",
    "/staff/employers/x/sanctions/x/lift",
    "/staff/employers/x/merges",
    "/staff/employers/x/merges/x/undo",
    "/staff/posts/new",
    "/staff/posts/look",
    "/staff/posts/x/edit",
    "/staff/posts/x/publish",
    "/staff/posts/x/send-back",
    "/staff/posts/x/end",
    "/staff/posts/x/repeat",
    "/staff/posts/x/recommend",
    "/staff/posts/template",
    "/staff/posts/x/submit",
    "/staff/posts/x/pause",
    "/staff/posts/x/repeat-at-once",
    "/staff/review-rules/try",
    "/staff/review-rules/wages",
    "/staff/review-rules/new",
    "/staff/review-rules/new/try",
    "/staff/review-rules/x",
    "/staff/review-rules/x/try",
    "/staff/voice/clips/x",
    "/staff/voice/clips/x/deletion",
    "/staff/cases/new",
    "/staff/cases/x/responsible",
    "/staff/cases/x/hand-over",
    "/staff/cases/x/feedback",
    "/staff/cases/x/plan",
    "/staff/cases/x/end",
    "/staff/cases/x/reopening",
    "/staff/notices/x",
    "/staff/notices/papers",
    "/staff/closing",
    "/staff/closing/reopening",
    "/staff/tools",
    "/staff/tools/x/count",
    "/staff/tools/loans",
    "/staff/tools/loans/x/return",
    "/staff/activities",
    "/staff/activities/x/workers",
    "/staff/activities/x/wishes",
    "/staff/activities/x/employers",
    "/staff/activities/x/attendance",
    "/staff/activities/x/sign-off",
    "/staff/activities/x/cancellation",
    "/staff/hardship",
    "/staff/hardship/viewers",
    "/staff/hardship/x/grade",
    "/staff/hardship/x/helps",
    "/staff/hardship/x/end",
    "/staff/jobs/scans",
    "/staff/jobs/moves",
    "/staff/jobs/failures",
    "/staff/jobs/unpaid",
    "/staff/posts/x/gatherings",
    "/staff/posts/x/gatherings/x/agreement",
    "/staff/posts/x/gatherings/x/state",
    "/staff/holds",
    "/staff/holds/x/yes",
    "/staff/holds/x/no",
    "/staff/tickets/x/wishes",
    "/staff/posts/x/skill",
    "/staff/posts/x/named",
    "/staff/posts/x/named/x/end",
)


def sign_in(client: FlaskClient, password: str, path: str = "/staff/sign-in") -> TestResponse:
    token = token_of(client.get(path).get_data(as_text=True))
    fields = {"csrf_token": token, "username": "lijing", "password": password}
    return client.post(path, data=fields)


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_the_sign_in_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/staff/sign-in?next=")


@pytest.mark.parametrize("path", WRITES)
def test_a_stranger_changes_nothing(client: FlaskClient, path: str) -> None:
    answer = client.post(path)
    assert answer.status_code == 401
    assert "请先登录" in seen(answer)


def test_every_page_of_the_desk_but_sign_in_is_in_these_lists(app: Flask) -> None:
    listed = {re.sub(r"/(x|1)(?=[/.]|$)", "/*", path) for path in (*PAGES, *WRITES)}
    drawn = {
        re.sub(r"<[^>]+>", "*", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and rule.endpoint != "staff.static"
    }
    assert drawn - listed == {"/staff/sign-in"}


def test_the_right_password_opens_the_page_that_was_asked_for(
    client: FlaskClient, make: Factory
) -> None:
    make.staff()
    answer = sign_in(client, PASSWORD, "/staff/sign-in?next=/staff/posts")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/posts")
    assert client.get("/staff/posts").status_code == 200


def test_a_sign_in_never_sends_anybody_to_another_site(client: FlaskClient, make: Factory) -> None:
    make.staff()
    answer = sign_in(client, PASSWORD, "/staff/sign-in?next=//evil.example/staff/")
    assert answer.headers["Location"] == "/staff/"


def test_a_wrong_password_keeps_the_name_and_not_the_password(
    client: FlaskClient, make: Factory
) -> None:
    make.staff()
    answer = sign_in(client, "not-the-password")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert 'value="lijing"' in page
    assert "账号或密码不对" in page
    assert "not-the-password" not in page


def test_too_many_wrong_passwords_have_to_wait_and_keep_the_name(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    make.staff()
    app.config["RATELIMIT_ENABLED"] = True
    app.extensions["limiter"].pop().enabled = True
    answers = [sign_in(client, "wrong") for _ in range(12)]
    assert answers[-1].status_code == 429
    assert 'value="lijing"' in answers[-1].get_data(as_text=True)


def test_a_sign_in_form_of_another_site_is_refused(client: FlaskClient, make: Factory) -> None:
    make.staff()
    answer = client.post("/staff/sign-in", data={"username": "lijing", "password": PASSWORD})
    assert answer.status_code == 403
    assert client.get("/staff/").status_code == 303


def test_after_signing_out_the_desk_is_closed(clerk: Clerk) -> None:
    assert clerk.send("/staff/sign-out").status_code == 303
    assert clerk.get("/staff/").status_code == 303


def test_the_chosen_window_is_kept(at_desk: Clerk) -> None:
    assert "2号窗口空着" in seen(at_desk.get("/staff/")).replace(" ", "")


@pytest.mark.parametrize("no", ["9", "0", "-1", "two", "", "٢", "99999999999999999999"])
def test_a_window_the_market_does_not_have_is_refused(clerk: Clerk, no: str) -> None:
    answer = clerk.send("/staff/desks", desk_no=no)
    assert answer.status_code in {404, 422, 400}
    assert "先选窗口" in seen(clerk.get("/staff/"))


def test_a_page_that_a_script_asks_for_is_left_for_the_sign_in(client: FlaskClient) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/staff/posts?tab=open"}
    answer = client.get("/staff/pulse", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/staff/sign-in?next=%2Fstaff%2Fposts%3Ftab%3Dopen"
