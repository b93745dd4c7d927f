"""What a worker asks for at the kiosk, over HTTP: only for themselves, and safe to send twice."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.privacy import NOTICE_VERSION
from tests.api.conftest import Caller
from tests.people import Factory, citizen_number, new_key

ANSWERS: dict[str, Any] = {
    "phone": "13812345678",
    "trades": ["bricklayer"],
    "education": "71",
    "skill": "0",
    "notice_version": NOTICE_VERSION,
}
NUMBER = citizen_number(7)


def token_of(kiosk: Caller, number: str = NUMBER) -> str:
    [somebody] = kiosk.post("/identities", {"id_no": number}).json["candidates"]
    return str(somebody["identity_token"])


def checked_in(kiosk: Caller, number: str = NUMBER) -> str:
    answer = kiosk.post("/check-ins", {"id_no": number, **ANSWERS})
    return str(answer.json["ticket"]["code"])


@pytest.fixture
def code(kiosk: Caller) -> str:
    return checked_in(kiosk)


def test_a_holder_gives_the_ticket_back_and_the_repeat_is_the_same(
    kiosk: Caller, code: str
) -> None:
    asked, key = {"identity_token": token_of(kiosk), "reason": "leaving"}, new_key()
    first = kiosk.post(f"/tickets/{code}/cancellation", asked, key)
    again = kiosk.post(f"/tickets/{code}/cancellation", asked, key)
    assert (first.status_code, first.json["state"]) == (200, "cancelled")
    assert (again.status_code, again.json) == (200, first.json)


def test_a_stranger_s_ticket_is_not_given_back(kiosk: Caller, code: str) -> None:
    other = citizen_number(8)
    checked_in(kiosk, other)
    asked = {"identity_token": token_of(kiosk, other), "reason": "leaving"}
    answer = kiosk.post(f"/tickets/{code}/cancellation", asked)
    assert (answer.status_code, answer.json["code"]) == (403, "ticket_of_another")
    assert kiosk.get(f"/tickets/{code}").json["state"] == "waiting"


def test_a_ticket_that_was_given_back_is_not_among_today_s(kiosk: Caller, code: str) -> None:
    asked = {"identity_token": token_of(kiosk), "reason": "leaving"}
    kiosk.post(f"/tickets/{code}/cancellation", asked)
    [somebody] = kiosk.post("/identities", {"id_no": NUMBER}).json["candidates"]
    assert somebody["tickets_today"] == []


@pytest.mark.parametrize(
    ("change", "status", "code_of"),
    [
        ({"identity_token": "k1:forged"}, 409, "identity_token_expired"),
        ({"reason": "bored"}, 422, "request_malformed"),
        ({"identity_token": None}, 422, "request_malformed"),
    ],
)
def test_a_faulty_wish_to_give_back_is_refused(
    kiosk: Caller, code: str, change: dict[str, Any], status: int, code_of: str
) -> None:
    asked = {"identity_token": token_of(kiosk), "reason": "leaving", **change}
    answer = kiosk.post(f"/tickets/{code}/cancellation", asked)
    assert (answer.status_code, answer.json["code"]) == (status, code_of)


def test_a_token_lives_five_minutes(kiosk: Caller, code: str, make: Factory) -> None:
    asked = {"identity_token": token_of(kiosk), "reason": "leaving"}
    make.later(minutes=6)
    answer = kiosk.post(f"/tickets/{code}/cancellation", asked)
    assert answer.json["code"] == "identity_token_expired"


def card_token(agent: Caller, number: str = NUMBER) -> str:
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    card = {"card_kind": "resident", "name": "张建国", "sex": "1", "birth_day": born}
    return str(agent.post("/cards", {**card, "id_no": number}).json["token"])


def placed(kiosk: Caller, clerk: Caller, make: Factory, number: str = NUMBER) -> str:
    """Somebody gets work, and the id of that placement."""
    asked = {"ticket_code": checked_in(kiosk, number), "post_id": make.published().id}
    answer = clerk.post("/referrals", {**asked, "desk_no": 1, "state": "agreed"})
    return str(answer.json["placement_id"])


def test_a_case_is_opened_with_a_receipt_and_the_repeat_is_the_same(
    kiosk: Caller, agent: Caller
) -> None:
    asked = {"kind": "wage_arrears", "phone": "13812345678", "notice_version": NOTICE_VERSION}
    body, key = {"identity_token": token_of(kiosk), **asked}, new_key()
    first, again = (kiosk.post("/cases", body, key) for _ in range(2))
    assert (first.status_code, first.json["case"]["no"]) == (201, "S2026-0001")
    assert [step["by_day"] for step in first.json["case"]["deadlines"]] == [
        "2026-11-25",
        "2026-11-27",
        "2026-12-01",
    ]
    assert again.json == first.json
    [job] = agent.get("/print-jobs").json["jobs"]
    assert job["kind"] == "receipt"
    document = agent.post(f"/print-jobs/{job['id']}/claim").json["document"]
    assert document["case_no"] == "S2026-0001"
    assert NUMBER not in str(document)


def test_the_same_case_again_is_200(kiosk: Caller) -> None:
    asked = {"kind": "complaint", "phone": "13812345678", "notice_version": NOTICE_VERSION}
    for status in (201, 200):
        answer = kiosk.post("/cases", {"identity_token": token_of(kiosk), **asked})
        assert answer.status_code == status


def test_a_case_of_somebody_new_needs_consent(kiosk: Caller) -> None:
    answer = kiosk.post("/cases", {"identity_token": token_of(kiosk), "kind": "hardship"})
    assert answer.json["code"] == "privacy_notice_not_accepted"


def test_jobs_to_complain_about_are_told_to_the_card_only(
    kiosk: Caller, agent: Caller, clerk: Caller, make: Factory
) -> None:
    placement_id = placed(kiosk, clerk, make)
    by_card = kiosk.post("/cases/choices", {"identity_token": card_token(agent)}).json
    assert [job["placement_id"] for job in by_card["employments"]] == [placement_id]
    by_number = kiosk.post("/cases/choices", {"identity_token": token_of(kiosk)}).json
    assert by_number == {"employments": []}


def test_the_card_counts_after_it_was_identified_too(
    kiosk: Caller, agent: Caller, clerk: Caller, make: Factory
) -> None:
    placed(kiosk, clerk, make)
    [somebody] = kiosk.post("/identities", {"card_token": card_token(agent)}).json["candidates"]
    body = {"identity_token": somebody["identity_token"]}
    assert len(kiosk.post("/cases/choices", body).json["employments"]) == 1


def test_the_desk_lists_cases_with_masked_names(
    kiosk: Caller, agent: Caller, clerk: Caller
) -> None:
    asked = {"kind": "wage_arrears", "phone": "13812345678", "notice_version": NOTICE_VERSION}
    kiosk.post("/cases", {"identity_token": card_token(agent), **asked})
    [case] = clerk.get("/cases").json["cases"]
    assert (case["no"], case["masked_name"], case["is_closed"]) == ("S2026-0001", "张*国", False)
    assert kiosk.get("/cases").status_code == 401


def test_only_a_kiosk_may_ask(agent: Caller, stranger: Caller, display: Caller) -> None:
    for caller in (agent, stranger, display):
        answer = caller.post("/tickets/0000000000/cancellation", {})
        assert answer.status_code in {401, 403}


def test_a_missed_number_comes_back_by_the_kiosk_and_no_other_does(
    kiosk: Caller, clerk: Caller, code: str
) -> None:
    back = {"identity_token": token_of(kiosk)}
    clerk.post("/calls", {"desk_no": 1})
    early = kiosk.post(f"/tickets/{code}/return", back)
    assert (early.status_code, early.json["code"]) == (409, "ticket_not_missed")
    clerk.put(f"/tickets/{code}/state", {"state": "no_show", "desk_no": 1})
    assert kiosk.post(f"/tickets/{code}/return", back).json["state"] == "waiting"
    assert clerk.post(f"/tickets/{code}/return", back).status_code == 401
