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


def test_only_a_kiosk_may_ask(agent: Caller, stranger: Caller, display: Caller) -> None:
    for caller in (agent, stranger, display):
        answer = caller.post("/tickets/0000000000/cancellation", {})
        assert answer.status_code in {401, 403}
