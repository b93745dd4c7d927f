"""Scanned tickets over HTTP: whose they are, and what is no ticket."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Caller
from tests.people import Factory


def signals_of(kiosk: Caller) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = kiosk.get("/signals").json["signals"]
    return found


def test_a_scanned_ticket_shows_its_holder_masked_at_the_kiosk(
    kiosk: Caller, agent: Caller, make: Factory
) -> None:
    code = make.checked_in(person=make.person("张建国")).ticket.code
    answer = agent.post("/scans", {"code": f"HTTP://10.0.0.5:8000/T/{code}"})
    assert (answer.status_code, answer.json) == (202, {})
    [signal] = signals_of(kiosk)
    assert (signal["kind"], signal["body"]["masked_name"]) == ("scanned", "张*国")
    token = signal["body"]["identity_token"]
    [holder] = kiosk.post("/identities", {"card_token": token}).json["candidates"]
    assert (holder["masked_name"], holder["is_known"]) == ("张*国", True)
    assert holder["tickets_today"][0]["code"] == code


def test_yesterday_s_ticket_gets_a_number_for_today(
    kiosk: Caller, agent: Caller, make: Factory
) -> None:
    code = make.checked_in().ticket.code
    make.later(days=1)
    agent.post("/scans", {"code": code.lower()})
    token = signals_of(kiosk)[-1]["body"]["identity_token"]
    [holder] = kiosk.post("/identities", {"card_token": token}).json["candidates"]
    assert (holder["needs"], holder["tickets_today"]) == ([], [])
    answer = kiosk.post("/check-ins", {"identity_token": holder["identity_token"]})
    assert (answer.status_code, answer.json["is_new"]) == (201, True)


@pytest.mark.parametrize(
    "scanned",
    [
        "0123456789",
        "https://qr.alipay.com/fkx0123456789",
        "http://10.0.0.5:8000/s/0123456789",
        "6901234567892",
        "张建国",
        "",
    ],
)
def test_what_is_no_ticket_here_is_refused_in_words(
    kiosk: Caller, agent: Caller, scanned: str
) -> None:
    answer = agent.post("/scans", {"code": scanned})
    assert (answer.status_code, answer.json["code"]) == (404, "scan_unknown")
    [signal] = signals_of(kiosk)
    assert signal["kind"] == "scan_refused"
    assert signal["body"] == {
        "code": "scan_unknown",
        "message": "这个码机器认不出来，请放身份证取号，或者到服务台。",
    }


def test_the_page_itself_may_ask_whose_a_ticket_is(kiosk: Caller, make: Factory) -> None:
    code = make.checked_in(person=make.person("欧阳建国")).ticket.code
    [holder] = kiosk.post("/identities", {"ticket_code": code}).json["candidates"]
    assert holder["masked_name"] == "欧阳**"
    assert "*" in holder["masked_id"]
    assert kiosk.post("/identities", {"ticket_code": "x"}).json["code"] == "scan_unknown"
    both = kiosk.post("/identities", {"ticket_code": code, "phone": "13812345678"})
    assert both.json["code"] == "identity_missing"


def test_only_the_agent_of_a_kiosk_scans_for_it(
    kiosk: Caller, stranger: Caller, clerk: Caller
) -> None:
    assert kiosk.post("/scans", {"code": "x"}).status_code == 403
    assert stranger.post("/scans", {"code": "x"}).status_code == 401
    assert clerk.post("/scans", {"code": "x"}).status_code in {401, 403}


def test_the_simulator_s_scanner_is_told_what_to_read(kiosk: Caller, agent: Caller) -> None:
    answer = kiosk.post("/simulator", {"command": "scan", "code": "7K3M9QXA01"})
    assert answer.status_code == 202
    [signal] = agent.get("/signals").json["signals"]
    assert signal["body"] == {"command": "scan", "code": "7K3M9QXA01"}
    assert kiosk.post("/simulator", {"command": "scan"}).json["code"] == "simulator_command_unknown"
