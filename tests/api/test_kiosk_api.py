"""The kiosk over HTTP: from a card or a number to a ticket, and every way it can go wrong."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.privacy import NOTICE_VERSION
from server.services.open_market import OpenMarket
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


def card(**given: Any) -> dict[str, Any]:
    return {
        "card_kind": "resident",
        "name": "张建国",
        "sex": "1",
        "birth_day": "1970-01-01",
        "id_no": NUMBER,
        "valid_until": "2040-01-01",
        **given,
    }


def test_a_card_becomes_a_token_and_a_masked_name_at_its_kiosk(
    kiosk: Caller, agent: Caller
) -> None:
    answer = agent.post("/cards", card())
    assert answer.status_code == 202
    [signal] = kiosk.get("/signals").json["signals"]
    assert (signal["kind"], signal["body"]["masked_name"]) == ("card_read", "张*国")
    assert NUMBER not in str(signal)


def test_from_card_to_ticket_for_a_new_worker(kiosk: Caller, agent: Caller) -> None:
    token = agent.post("/cards", card()).json["token"]
    [somebody] = kiosk.post("/identities", {"card_token": token}).json["candidates"]
    assert (somebody["masked_name"], somebody["is_known"]) == ("张*国", False)
    assert somebody["needs"] == ["privacy", "phone", "trades", "education", "skill"]
    asked = {"identity_token": somebody["identity_token"], **ANSWERS}
    answer = kiosk.post("/check-ins", asked)
    assert answer.status_code == 201
    assert (answer.json["ticket"]["label"], answer.json["print_job"]["state"]) == ("A001", "queued")


def test_the_kiosk_works_before_the_desks_open_and_says_when_they_do(
    kiosk: Caller, make: Factory
) -> None:
    assert kiosk.get("/kiosk").json["desk"] == {
        "opens": "6:00",
        "closes": "18:00",
        "is_open": False,
    }
    assert kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS}).status_code == 201
    make.later(hours=1)
    assert kiosk.get("/kiosk").json["desk"]["is_open"] is True


def test_next_time_nothing_is_asked(kiosk: Caller, make: Factory) -> None:
    kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS})
    make.later(days=1)
    [somebody] = kiosk.post("/identities", {"id_no": NUMBER}).json["candidates"]
    assert (somebody["is_known"], somebody["needs"]) == (True, [])
    answer = kiosk.post("/check-ins", {"identity_token": somebody["identity_token"]})
    assert answer.json["ticket"]["label"] == "A001"


def test_a_known_worker_is_found_by_phone(kiosk: Caller, make: Factory) -> None:
    make.checked_in(person=make.person("欧阳建国"))
    [somebody] = kiosk.post("/identities", {"phone": "138 1234 5678"}).json["candidates"]
    assert somebody["masked_name"] == "欧阳**"
    assert somebody["tickets_today"][0]["label"] == "A001"


def test_the_same_key_gets_the_same_answer_to_the_letter(kiosk: Caller) -> None:
    key, asked = new_key(), {"id_no": NUMBER, **ANSWERS}
    first = kiosk.post("/check-ins", asked, key)
    again = kiosk.post("/check-ins", asked, key)
    assert (first.status_code, first.json) == (again.status_code, again.json)


def test_the_same_person_again_gets_the_same_number_as_known(kiosk: Caller) -> None:
    first = kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS})
    again = kiosk.post("/check-ins", {"id_no": NUMBER})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json["ticket"]["label"] == first.json["ticket"]["label"]
    assert (again.json["is_new"], again.json["print_job"]) == (False, None)


def test_an_expired_card_is_welcome_with_a_warning(kiosk: Caller, agent: Caller) -> None:
    token = agent.post("/cards", card(valid_until="2020-01-01")).json["token"]
    [somebody] = kiosk.post("/identities", {"card_token": token}).json["candidates"]
    assert [w["code"] for w in somebody["warnings"]] == ["card_expired"]
    asked = {"identity_token": somebody["identity_token"], **ANSWERS}
    assert kiosk.post("/check-ins", asked).status_code == 201


@pytest.mark.parametrize("name", ["王海", "买买提·艾力", "阿" * 13 + "·力", "令狐冲", "张䶮"])
def test_names_of_two_to_fifteen_characters_are_accepted(agent: Caller, name: str) -> None:
    assert agent.post("/cards", card(name=name)).status_code == 202


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "王"}, "name_invalid"),
        ({"name": "王" * 16}, "name_invalid"),
        ({"name": "王\ue863"}, "name_needs_clerk"),
        ({"id_no": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "citizen_number_invalid"),
        ({"id_no": citizen_number(born=date(2012, 1, 1))}, "under_16"),
    ],
)
def test_a_card_that_cannot_be_used_tells_the_kiosk_what_to_do(
    kiosk: Caller, agent: Caller, given: dict[str, str], code: str
) -> None:
    answer = agent.post("/cards", card(**given))
    assert (answer.status_code // 100, answer.json["code"]) == (4, code)
    [signal] = kiosk.get("/signals").json["signals"]
    assert (signal["kind"], signal["body"]["code"]) == ("card_refused", code)
    assert signal["body"]["message"] == answer.json["message"]


def test_a_card_that_only_a_clerk_can_deal_with_is_sent_to_the_desk(
    kiosk: Caller, agent: Caller
) -> None:
    assert agent.post("/cards/refusals", {"code": "foreigner_2023_card"}).status_code == 202
    [signal] = kiosk.get("/signals").json["signals"]
    assert (signal["kind"], signal["body"]["code"]) == ("card_refused", "card_needs_clerk")
    assert "服务台" in signal["body"]["message"]


def test_under_16_typed_is_stopped_too(kiosk: Caller) -> None:
    young = citizen_number(born=date.today() - timedelta(days=10 * 365))  # noqa: DTZ011 - ten years ago by any clock
    for path in ("/identities", "/check-ins"):
        answer = kiosk.post(path, {"id_no": young})
        assert (answer.status_code, answer.json["code"]) == (403, "under_16")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"notice_version": None}, 422, "privacy_notice_not_accepted"),
        ({"notice_version": "2000-01"}, 409, "privacy_notice_outdated"),
        ({"phone": None}, 422, "phone_missing"),
        ({"phone": "110"}, 422, "phone_invalid"),
        ({"trades": []}, 422, "trades_missing"),
        ({"trades": ["astronaut"]}, 422, "trade_unknown"),
        ({"education": "99"}, 422, "education_unknown"),
        ({"skill": "7"}, 422, "skill_unknown"),
        ({"service": "massage"}, 422, "request_malformed"),
        ({"surprise": 1}, 422, "request_malformed"),
        ({"trades": "bricklayer"}, 422, "request_malformed"),
        ({"id_no": "1" * 5000}, 422, "request_malformed"),
        ({"id_no": None}, 422, "identity_missing"),
        ({"identity_token": "x"}, 422, "identity_missing"),
        ({"id_no": None, "identity_token": "sm4g:k1:AAAA"}, 409, "identity_token_expired"),
        ({"id_no": None, "identity_token": "garbage"}, 409, "identity_token_expired"),
    ],
)
def test_every_bad_check_in_is_refused_with_a_code_and_a_sentence(
    market: OpenMarket, kiosk: Caller, change: dict[str, Any], status: int, code: str
) -> None:
    answer = kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS, **change})
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert any("一" <= character <= "鿿" for character in answer.json["message"])
    assert kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS}).json["ticket"]["label"] == "A001"


def test_a_token_is_worth_nothing_after_five_minutes(kiosk: Caller, make: Factory) -> None:
    [somebody] = kiosk.post("/identities", {"id_no": NUMBER}).json["candidates"]
    make.later(minutes=6)
    answer = kiosk.post("/check-ins", {"identity_token": somebody["identity_token"], **ANSWERS})
    assert (answer.status_code, answer.json["code"]) == (409, "identity_token_expired")


def test_a_reprint_is_queued_and_help_rings_at_the_desks(market: OpenMarket, kiosk: Caller) -> None:
    code = kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS}).json["ticket"]["code"]
    assert kiosk.post(f"/tickets/{code}/reprints").json["copy_no"] == 1
    assert kiosk.post("/tickets/NOSUCHCODE/reprints").status_code == 404
    assert kiosk.post("/help").status_code == 202


def test_the_ticket_page_needs_no_sign_in_and_says_nothing_of_the_person(
    kiosk: Caller, stranger: Caller, make: Factory
) -> None:
    make.published(trade_id="bricklayer")
    code = kiosk.post("/check-ins", {"id_no": NUMBER, **ANSWERS}).json["ticket"]["code"]
    page = stranger.get(f"/tickets/{code}")
    assert (page.json["label"], page.json["ahead"], len(page.json["posts"])) == ("A001", 0, 1)
    assert NUMBER not in page.text
    assert "138" not in page.text
    assert stranger.get("/tickets/NOSUCHCODE").status_code == 404


def test_the_board_is_not_sent_again_when_nothing_changed(display: Caller, make: Factory) -> None:
    make.published()
    first = display.get("/board")
    same = display.get("/board", **{"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, same.status_code) == (200, 304)
    make.published()
    other = display.get("/board", **{"If-None-Match": first.headers["ETag"]})
    assert (other.status_code, len(other.json["posts"])) == (200, 2)
