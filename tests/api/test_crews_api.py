"""A crew's check-in over HTTP: card by card, one ticket, and what the desk and a phone see."""

from __future__ import annotations

from typing import Any

import pytest

from server.domain.privacy import NOTICE_VERSION
from tests.api.conftest import Caller
from tests.api.test_asks_api import ANSWERS, NUMBER, checked_in, token_of
from tests.people import Factory, citizen_number, new_key


def card_of(agent: Caller, n: int, name: str = "李小河") -> str:
    """Lay a card on the reader and return its token."""
    card = {
        "card_kind": "resident",
        "name": name,
        "sex": "1",
        "birth_day": "1970-01-01",
        "id_no": citizen_number(n),
        "valid_until": "2040-01-01",
    }
    answer = agent.post("/cards", card)
    assert answer.status_code == 202, answer.json
    return str(answer.json["token"])


def crew_of(kiosk: Caller, *tokens: str) -> dict[str, Any]:
    return {
        "identity_token": token_of(kiosk),
        **ANSWERS,
        "member_tokens": list(tokens),
        "members_notice": NOTICE_VERSION,
    }


def roll_of(kiosk: Caller, *tokens: str) -> dict[str, Any]:
    return {"identity_token": token_of(kiosk), "member_tokens": list(tokens)}


def test_a_crew_gets_one_ticket_and_the_repeat_is_the_same(kiosk: Caller, agent: Caller) -> None:
    asked, key = crew_of(kiosk, card_of(agent, 1), card_of(agent, 2)), new_key()
    first, again = kiosk.post("/crews", asked, key), kiosk.post("/crews", asked, key)
    assert (first.status_code, first.json["ticket"]["people"]) == (201, 3)
    assert (again.status_code, again.json) == (201, first.json)
    assert kiosk.post("/crews", asked).status_code == 200
    code = first.json["ticket"]["code"]
    assert kiosk.get(f"/tickets/{code}").json["people"] == 3


def test_the_roll_masks_names_refreshes_tokens_and_says_who_needs_the_notice(
    kiosk: Caller, agent: Caller, make: Factory
) -> None:
    cards = [card_of(agent, 1), card_of(agent, 2, "赵长江")]
    make.later(minutes=4)
    roll = kiosk.post("/crews/roll", roll_of(kiosk, *cards)).json
    assert [m["masked_name"] for m in roll["members"]] == ["李*河", "赵*江"]
    assert [m["needs_notice"] for m in roll["members"]] == [True, True]
    make.later(minutes=4)
    fresh = [m["identity_token"] for m in roll["members"]]
    asked = {**crew_of(kiosk, *fresh), "identity_token": roll["leader_token"]}
    assert kiosk.post("/crews", asked).status_code == 201
    stale = kiosk.post("/crews/roll", roll_of(kiosk, *cards))
    assert stale.json["code"] == "identity_token_expired"


def test_a_member_s_number_of_their_own_is_told_before_it_goes_back(
    kiosk: Caller, agent: Caller
) -> None:
    own = checked_in(kiosk, citizen_number(1))
    token = card_of(agent, 1)
    [member] = kiosk.post("/crews/roll", roll_of(kiosk, token)).json["members"]
    assert member["own_label"] == "A001"
    kiosk.post("/crews", crew_of(kiosk, token))
    assert kiosk.get(f"/tickets/{own}").json["state"] == "cancelled"


def test_somebody_who_laid_no_card_down_is_not_in_a_crew(kiosk: Caller) -> None:
    typed = token_of(kiosk, citizen_number(1))
    for path, asked in (("/crews", crew_of), ("/crews/roll", roll_of)):
        answer = kiosk.post(path, asked(kiosk, typed))
        assert (answer.status_code, answer.json["code"]) == (422, "identity_missing")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"member_tokens": []}, 422, "crew_members_missing"),
        ({"member_tokens": ["k1:forged"]}, 409, "identity_token_expired"),
        ({"member_tokens": ["x"] * 61}, 422, "request_malformed"),
        ({"members_notice": None}, 422, "privacy_notice_not_accepted"),
        ({"phone": None}, 422, "phone_missing"),
        ({"identity_token": None}, 422, "request_malformed"),
    ],
)
def test_a_faulty_crew_is_refused_and_nobody_has_a_number(
    kiosk: Caller, agent: Caller, change: dict[str, Any], status: int, code: str
) -> None:
    answer = kiosk.post("/crews", {**crew_of(kiosk, card_of(agent, 1)), **change})
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS}).json["ticket"]["label"] == "A001"


def test_the_refusal_of_somebody_in_another_crew_names_nobody(kiosk: Caller, agent: Caller) -> None:
    kiosk.post("/crews", crew_of(kiosk, card_of(agent, 1)))
    other = {**roll_of(kiosk, card_of(agent, 1)), "identity_token": card_of(agent, 3)}
    answer = kiosk.post("/crews/roll", other)
    assert (answer.status_code, answer.json["code"]) == (409, "in_another_crew")
    assert "李" not in answer.json["message"]


def test_a_holder_may_not_say_that_they_joined_a_crew(kiosk: Caller) -> None:
    code = checked_in(kiosk)
    asked = {"identity_token": token_of(kiosk), "reason": "joined_crew"}
    answer = kiosk.post(f"/tickets/{code}/cancellation", asked)
    assert answer.json["code"] == "request_malformed"


def test_the_desk_agrees_for_a_part_of_the_crew_and_gets_a_slip_each(
    kiosk: Caller, agent: Caller, clerk: Caller, make: Factory
) -> None:
    asked = crew_of(kiosk, card_of(agent, 1), card_of(agent, 2, "赵长江"))
    code = kiosk.post("/crews", asked).json["ticket"]["code"]
    [entry] = clerk.get("/queue").json["tickets"]
    assert entry["ticket"]["people"] == 3
    people = clerk.get(f"/tickets/{code}/people").json["people"]
    assert [one["masked_name"] for one in people] == [None, "李*河", "赵*江"]
    body = {"ticket_code": code, "desk_no": 1, "state": "agreed"}
    few = {**body, "post_id": make.published(headcount=2).id}
    refused = clerk.post("/referrals", few)
    assert (refused.status_code, refused.json["code"]) == (409, "post_places_too_few")
    assert "2个名额" in refused.json["message"]
    two = clerk.post("/referrals", {**few, "worker_ids": [p["worker_id"] for p in people[1:]]})
    assert (two.status_code, len(two.json["slips"]), two.json["left"]) == (201, 2, 0)
    rest = clerk.post("/referrals", {**body, "post_id": make.published().id})
    assert [slip["worker_id"] for slip in rest.json["slips"]] == [people[0]["worker_id"]]
    assert kiosk.get(f"/tickets/{code}").json["state"] == "done"


def test_who_is_on_a_ticket_is_for_the_desk_alone(kiosk: Caller, stranger: Caller) -> None:
    code = checked_in(kiosk)
    for caller in (kiosk, stranger):
        assert caller.get(f"/tickets/{code}/people").status_code in {401, 403}
