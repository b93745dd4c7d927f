"""Posts, applications, records and registering over HTTP: for oneself, and safe to send twice."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.privacy import NOTICE_VERSION
from tests.api.conftest import Caller
from tests.api.test_asks_api import ANSWERS, NUMBER, card_token, checked_in, placed, token_of
from tests.people import Factory, citizen_number, new_key


def apply(kiosk: Caller, post_id: str, number: str = NUMBER, key: str | None = None) -> Any:
    body = {"identity_token": token_of(kiosk, number), "post_id": post_id, **ANSWERS}
    return kiosk.post("/applications", body, key)


def test_who_is_new_looks_at_posts_of_the_trades_they_name(kiosk: Caller, make: Factory) -> None:
    post = make.published()
    asked = {"identity_token": token_of(kiosk)}
    assert kiosk.post("/posts/suitable", asked).json["code"] == "trades_missing"
    answer = kiosk.post("/posts/suitable", {**asked, "trades": ["bricklayer"]})
    [shown] = answer.json["posts"]
    assert (shown["no"], shown["when"], shown["left"]) == (post.no, "今天 7:00–18:00", 4)
    assert (shown["is_exact"], shown["application"]) == (True, None)
    assert (shown["icon"], shown["tools"]) == ("bricks", "雇主提供工具")


def test_an_application_is_a_place_and_a_repeat_is_the_same(kiosk: Caller, make: Factory) -> None:
    post = make.published()
    body = {"identity_token": token_of(kiosk), "post_id": post.id, **ANSWERS}
    key = new_key()
    first, repeat = (kiosk.post("/applications", body, key) for _ in range(2))
    assert first.status_code == 201
    assert first.json["application"] == {"post_id": post.id, "state": "made", "order": 1}
    assert first.json["ticket"]["label"] == "A001"
    assert first.json["print_job"]["state"] == "queued"
    assert repeat.json == first.json
    again = apply(kiosk, post.id)
    assert (again.status_code, again.json["is_new"], again.json["print_job"]) == (200, False, None)
    assert again.json["application"] == first.json["application"]
    assert apply(kiosk, post.id, citizen_number(8)).json["application"]["order"] == 2


def test_a_wish_is_taken_back_and_the_list_says_so(kiosk: Caller, make: Factory) -> None:
    post = make.published()
    apply(kiosk, post.id)
    me = {"identity_token": token_of(kiosk)}
    [shown] = kiosk.post("/posts/suitable", me).json["posts"]
    assert shown["application"]["order"] == 1
    answer = kiosk.post("/applications/withdrawal", {**me, "post_id": post.id})
    assert (answer.status_code, answer.json["state"]) == (200, "withdrawn")
    [shown] = kiosk.post("/posts/suitable", me).json["posts"]
    assert shown["application"] is None


@pytest.mark.parametrize("end", ["close", "withdraw"])
def test_what_cannot_be_applied_for_is_refused_with_what_to_do(
    kiosk: Caller, clerk: Caller, make: Factory, end: str
) -> None:
    post = make.published()
    assert clerk.post(f"/posts/{post.id}/{end}").status_code == 200
    gone, unknown = apply(kiosk, post.id), apply(kiosk, "nowhere")
    assert (gone.status_code, gone.json["code"]) == (409, "post_not_open")
    assert (unknown.status_code, unknown.json["code"]) == (404, "post_unknown")
    assert all("请" in refused.json["message"] for refused in (gone, unknown))


def test_who_has_work_that_day_is_told_to_choose_another(
    kiosk: Caller, clerk: Caller, make: Factory
) -> None:
    placed(kiosk, clerk, make)
    answer = apply(kiosk, make.published().id)
    assert (answer.status_code, answer.json["code"]) == (409, "applicant_has_work")


def test_the_desk_s_list_has_the_applicants_first(
    kiosk: Caller, clerk: Caller, make: Factory
) -> None:
    checked_in(kiosk, citizen_number(8))
    post = make.published()
    apply(kiosk, post.id)
    waiting = clerk.get(f"/posts/{post.id}/workers").json["workers"]
    assert [(one["label"], one["applied"]) for one in waiting] == [("A002", 1), ("A001", None)]


def test_a_list_of_posts_is_printed_at_the_kiosk_that_asks(
    kiosk: Caller, agent: Caller, make: Factory
) -> None:
    make.published()
    body = {"identity_token": token_of(kiosk), "trades": ["bricklayer"]}
    answer = kiosk.post("/post-lists", body)
    assert (answer.status_code, answer.json["posts"]) == (201, 1)
    [job] = agent.get("/print-jobs").json["jobs"]
    assert (job["id"], job["kind"]) == (answer.json["print_job"]["id"], "post_list")
    document = agent.post(f"/print-jobs/{job['id']}/claim").json["document"]
    assert [row["title"] for row in document["posts"]] == ["瓦工"]
    nothing = kiosk.post("/post-lists", {**body, "trades": ["cook"]})
    assert (nothing.status_code, nothing.json["code"]) == (409, "no_posts_to_print")


def test_records_are_for_the_card_only(
    kiosk: Caller, agent: Caller, clerk: Caller, make: Factory
) -> None:
    placed(kiosk, clerk, make)
    refused = kiosk.post("/records", {"identity_token": token_of(kiosk)})
    assert (refused.status_code, refused.json["code"]) == (403, "card_needed")
    records = kiosk.post("/records", {"identity_token": card_token(agent)}).json
    [job] = records["employments"]
    assert (job["trade_name"], job["state_name"]) == ("瓦工", "达成意向")
    assert (records["days_this_month"], records["cases"]) == (1, [])
    assert NUMBER not in str(records)


def test_the_kiosk_learns_how_somebody_said_who_they_are(kiosk: Caller, agent: Caller) -> None:
    for body, way in (({"id_no": NUMBER}, "id_no"), ({"card_token": card_token(agent)}, "card")):
        [somebody] = kiosk.post("/identities", body).json["candidates"]
        assert somebody["way"] == way


def test_registering_only_gives_no_number(kiosk: Caller) -> None:
    answers = []
    for _ in range(2):
        body = {"identity_token": token_of(kiosk), **ANSWERS}
        answers.append(kiosk.post("/registrations", body))
    assert [one.status_code for one in answers] == [201, 200]
    assert [one.json["is_new"] for one in answers] == [True, False]
    [somebody] = kiosk.post("/identities", {"id_no": NUMBER}).json["candidates"]
    assert (somebody["is_known"], somebody["tickets_today"], somebody["needs"]) == (True, [], [])


def test_registering_needs_consent(kiosk: Caller) -> None:
    refused = kiosk.post("/registrations", {"identity_token": token_of(kiosk)})
    assert refused.json["code"] == "privacy_notice_not_accepted"
    outdated = {**ANSWERS, "notice_version": f"{NOTICE_VERSION}x"}
    refused = kiosk.post("/registrations", {"identity_token": token_of(kiosk), **outdated})
    assert refused.json["code"] == "privacy_notice_outdated"


@pytest.mark.parametrize(
    "path",
    [
        "/posts/suitable",
        "/post-lists",
        "/applications",
        "/applications/withdrawal",
        "/records",
        "/registrations",
    ],
)
def test_only_a_kiosk_with_a_valid_token_may_ask(
    kiosk: Caller, agent: Caller, clerk: Caller, path: str
) -> None:
    for caller in (agent, clerk):
        assert caller.post(path, {}).status_code in {401, 403}
    body = {"identity_token": "k1:forged"}
    if path.startswith("/applications"):
        body["post_id"] = "p"
    answer = kiosk.post(path, body)
    assert (answer.status_code, answer.json["code"]) == (409, "identity_token_expired")


def test_the_page_behind_the_ticket_shows_the_posts_applied_for_first(
    kiosk: Caller, stranger: Caller, make: Factory
) -> None:
    dear, wanted = make.published(pay_fen=500_00), make.published(trade_id="cook")
    code = apply(kiosk, wanted.id).json["ticket"]["code"]
    shown = stranger.get(f"/tickets/{code}").json["posts"]
    assert [(one["id"], one["applied"]) for one in shown] == [(wanted.id, 1), (dear.id, 0)]
    page = stranger.client.get(f"/t/{code}").get_data(as_text=True)
    assert '已报名 第<b data-post="applied">1</b>个' in page
    me = {"identity_token": token_of(kiosk), "post_id": wanted.id}
    kiosk.post("/applications/withdrawal", me)
    shown = stranger.get(f"/tickets/{code}").json["posts"]
    assert [one["id"] for one in shown] == [dear.id]


def test_nobody_prints_a_roll_of_lists(kiosk: Caller, make: Factory) -> None:
    make.published()
    body = {"identity_token": token_of(kiosk), "trades": ["bricklayer"]}
    # A new minute may begin in between, never two.
    answers = [kiosk.post("/post-lists", body) for _ in range(13)]
    assert {one.status_code for one in answers} == {201, 429}
    refused = next(one.json for one in answers if one.status_code == 429)
    assert refused["code"] == "too_many_requests"
