"""Names, phones and citizen numbers stay out of logs, metrics, the board and error answers."""

from __future__ import annotations

import logging
import re

import pytest

from server.domain.privacy import NOTICE_VERSION
from tests.api.conftest import Caller
from tests.people import Factory, citizen_number, credit_code

NUMBER = citizen_number(7)
NAME, PHONE = "令狐建国", "13987654321"
SECRETS = re.compile(f"{NUMBER}|{NUMBER[6:14]}{NUMBER[14:]}|{NAME}|{PHONE}|13900001234|王秀英")


def live_through_a_morning(kiosk: Caller, agent: Caller, clerk: Caller) -> list[str]:
    """Card, check-in, household, post, referral, and mistakes on the way; returns the answers."""
    card = {
        "card_kind": "resident",
        "name": NAME,
        "sex": "1",
        "birth_day": "1970-01-01",
        "id_no": NUMBER,
    }
    token = agent.post("/cards", card).json["token"]
    person = kiosk.post("/identities", {"card_token": token}).json["candidates"][0]
    answers = {
        "phone": PHONE,
        "trades": ["bricklayer"],
        "education": "71",
        "skill": "0",
        "notice_version": NOTICE_VERSION,
    }
    asked = {"identity_token": person["identity_token"], **answers}
    ticket = kiosk.post("/check-ins", asked).json["ticket"]
    household = {
        "kind": "household",
        "name": "王秀英",
        "identity": citizen_number(9),
        "phone": "13900001234",
    }
    refused = [
        kiosk.post("/check-ins", {**asked, "service": "consult", "education": "xx"}),
        kiosk.post("/check-ins", {"id_no": NUMBER[:-1] + "?", **answers}),
        kiosk.post("/identities", {"phone": PHONE + "1"}),
        clerk.post("/employers", {**household, "identity": credit_code()}),
        clerk.post("/employers", {**household, "surprise": NUMBER}),
        clerk.post("/referrals", {"ticket_code": ticket["code"], "post_id": NUMBER}),
    ]
    clerk.post("/employers", household)
    clerk.post("/calls", {"desk_no": 1})
    assert all(400 <= answer.status_code < 500 for answer in refused)
    return [answer.text for answer in refused]


def test_nothing_personal_is_logged_even_when_everything_is(
    kiosk: Caller, agent: Caller, clerk: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
        live_through_a_morning(kiosk, agent, clerk)
        logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    assert not SECRETS.search(caplog.text)


def test_a_refusal_does_not_repeat_what_was_sent(
    kiosk: Caller, agent: Caller, clerk: Caller
) -> None:
    for text in live_through_a_morning(kiosk, agent, clerk):
        assert not SECRETS.search(text)


def test_metrics_and_the_board_know_nobody(
    kiosk: Caller, agent: Caller, clerk: Caller, display: Caller, make: Factory
) -> None:
    make.published()
    live_through_a_morning(kiosk, agent, clerk)
    for text in (kiosk.client.get("/metrics").text, display.get("/board").text):
        assert text
        assert not SECRETS.search(text)


def test_no_address_of_the_api_can_carry_a_person(kiosk: Caller) -> None:
    document = kiosk.get("/openapi.json").json
    names = {
        parameter["name"]
        for path in document["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] in {"path", "query"}
    }
    assert names <= {"code", "id", "after", "wait", "states", "label", "desk_no", "sound", "v"}
