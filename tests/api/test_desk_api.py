"""The desk over HTTP: employer, post, board, call, referral, slip."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Caller
from tests.people import Factory, citizen_number, credit_code, new_key

POST: dict[str, Any] = {
    "trade_id": "bricklayer",
    "headcount": 1,
    "pay_fen": 32000,
    "pay_unit": "day",
    "settlement": "daily",
    "work_day": "2026-11-24",
    "start_time": "07:00",
    "end_time": "18:00",
    "place": "北旺庄工地",
    "meeting_point": "市场北门",
    "meeting_time": "06:30",
    "has_lunch": True,
    "transport": "both",
    "tools": "supplied",
    "requirements": "自带手套",
    "valid_until": "2026-11-24T12:00:00+08:00",
}
UNIT: dict[str, Any] = {
    "kind": "unit",
    "name": "宏远建筑劳务有限公司",
    "identity": credit_code(1),
    "contact_name": "王海",
    "phone": "0349-2021234",
}


def employer_id(clerk: Caller) -> str:
    answer = clerk.post("/employers", UNIT)
    assert answer.status_code == 201
    return str(answer.json["id"])


def test_the_whole_morning_at_the_desk(
    clerk: Caller, display: Caller, agent: Caller, make: Factory
) -> None:
    post = clerk.post("/posts", {"employer_id": employer_id(clerk), **POST}).json
    assert (post["state"], display.get("/board").json["posts"]) == ("in_review", [])
    clerk.post(f"/posts/{post['id']}/publish")
    [row] = display.get("/board").json["posts"]
    assert (row["trade_name"], row["pay"], row["left"]) == ("瓦工", "日薪320元", 1)
    code = make.checked_in().ticket.code
    called = clerk.post("/calls", {"desk_no": 2})
    assert (called.status_code, called.json["label"]) == (201, "A001")
    assert display.get("/board").json["calls"][0]["desk_no"] == 2
    assert clerk.post(f"/tickets/{code}/recalls", {"desk_no": 2}).json["recalls"] == 1
    assert (
        clerk.put(f"/tickets/{code}/state", {"state": "serving", "desk_no": 2}).status_code == 200
    )
    waiting = clerk.get(f"/posts/{post['id']}/workers").json["workers"]
    assert [w["label"] for w in waiting] == ["A001"]
    agreed = clerk.post(
        "/referrals",
        {"ticket_code": code, "post_id": post["id"], "desk_no": 2, "state": "agreed"},
    )
    assert (agreed.status_code, agreed.json["left"]) == (201, 0)
    assert display.get("/board").json["posts"] == []
    kinds = [job["kind"] for job in agent.get("/print-jobs").json["jobs"]]
    assert kinds == ["ticket", "slip"]


def test_an_agent_claims_prints_and_reports(agent: Caller, make: Factory) -> None:
    make.checked_in()
    [job] = agent.get("/print-jobs").json["jobs"]
    claimed = agent.post(f"/print-jobs/{job['id']}/claim").json
    assert (claimed["document"]["label"], len(claimed["process_id"])) == ("A001", 4)
    assert all(0x21 <= ord(character) <= 0x7E for character in claimed["process_id"])
    assert agent.post(f"/print-jobs/{job['id']}/result", {"state": "printed"}).status_code == 200
    assert agent.get("/print-jobs").json["jobs"] == []
    again = agent.post(f"/print-jobs/{job['id']}/result", {"state": "failed"})
    assert (again.status_code, again.json["code"]) == (409, "print_job_state_forbids")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"headcount": 0}, 422, "headcount_out_of_range"),
        ({"headcount": -1}, 422, "headcount_out_of_range"),
        ({"headcount": 501}, 422, "headcount_out_of_range"),
        ({"headcount": "ten"}, 422, "request_malformed"),
        ({"headcount": 10**30}, 422, "request_malformed"),
        ({"pay_fen": 100}, 422, "pay_below_minimum"),
        ({"work_day": "2026-11-23"}, 422, "post_day_past"),
        ({"work_day": "yesterday"}, 422, "request_malformed"),
        ({"valid_until": "2026-11-24T05:00:00+08:00"}, 422, "post_valid_until_past"),
        ({"valid_until": "2026-11-24T12:00:00"}, 422, "request_malformed"),
        ({"place": ""}, 422, "text_missing"),
        ({"place": "路" * 61}, 422, "text_too_long"),
        ({"place": "路" * 10_000}, 422, "request_malformed"),
        ({"requirements": "限男性"}, 422, "banned_words"),
        ({"trade_id": "astronaut"}, 422, "trade_unknown"),
        ({"employer_id": "nobody"}, 404, "employer_unknown"),
        ({"pay_unit": "week"}, 422, "request_malformed"),
    ],
)
def test_a_bad_post_is_refused_and_none_is_made(
    clerk: Caller, change: dict[str, Any], status: int, code: str
) -> None:
    body = {"employer_id": employer_id(clerk), **POST, **change}
    answer = clerk.post("/posts", body)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert clerk.get("/posts").json["posts"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"identity": credit_code(1)[:-1] + "0"}, "credit_code_invalid"),
        ({"identity": citizen_number()}, "credit_code_invalid"),
        ({"kind": "household", "name": "王"}, "name_invalid"),
        ({"kind": "household", "name": "王秀英"}, "citizen_number_invalid"),
        ({"phone": "12"}, "phone_invalid"),
        ({"name": ""}, "text_missing"),
        ({"name": "司" * 61}, "request_malformed"),
    ],
)
def test_a_bad_employer_is_refused(clerk: Caller, change: dict[str, str], code: str) -> None:
    answer = clerk.post("/employers", {**UNIT, **change})
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert clerk.get("/employers").json["employers"] == []


def test_unknown_things_are_404_and_state_conflicts_409(clerk: Caller, make: Factory) -> None:
    post = make.published()
    assert clerk.get("/posts/nothing").status_code == 404
    assert clerk.post("/posts/nothing/publish").status_code == 404
    assert clerk.post(f"/posts/{post.id}/publish").json["code"] == "post_state_forbids"
    assert clerk.post("/calls", {"desk_no": 1}).json["code"] == "nobody_waiting"
    assert clerk.post("/calls", {"desk_no": 9}).json["code"] == "desk_unknown"
    assert clerk.get("/posts?states=nonsense").status_code == 409
    assert clerk.put("/tickets/NOSUCHCODE/state", {"state": "done"}).status_code == 404


def test_the_same_press_twice_gets_the_same_answer(clerk: Caller, make: Factory) -> None:
    post, key = make.published(), new_key()
    make.later(days=1)
    first = clerk.post(f"/posts/{post.id}/repeat", key=key)
    again = clerk.post(f"/posts/{post.id}/repeat", key=key)
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert len(clerk.get("/posts?states=in_review").json["posts"]) == 1


def test_a_simulator_command_reaches_the_kiosks_agent(
    kiosk: Caller, agent: Caller, clerk: Caller
) -> None:
    cards = [{"id": "zhang", "name": "张建国"}]
    status = {"printer": {"state": "ready"}, "simulated_cards": cards}
    assert agent.put("/devices/me/status", status).status_code == 204
    assert kiosk.get("/simulator/cards").json["cards"] == cards
    assert kiosk.post("/simulator", {"command": "lay_card", "card": "zhang"}).status_code == 202
    assert clerk.post("/simulator", {"command": "printer", "state": "paper_out"}).status_code == 202
    bodies = [signal["body"] for signal in agent.get("/signals").json["signals"]]
    assert bodies == [
        {"command": "lay_card", "card": "zhang"},
        {"command": "printer", "state": "paper_out"},
    ]
    bad = kiosk.post("/simulator", {"command": "printer", "state": "on fire"})
    assert bad.json["code"] == "simulator_command_unknown"


def test_only_pictures_are_kept_as_paper(agent: Caller) -> None:
    headers = {"Authorization": f"Bearer {agent.token}", "Idempotency-Key": new_key()}
    path = "/api/v1/devices/me/papers"
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    kept = agent.client.post(path, data=png, content_type="image/png", headers=headers)
    assert kept.status_code == 201
    headers["Idempotency-Key"] = new_key()
    bad = agent.client.post(path, data=b"<svg>", content_type="image/png", headers=headers)
    assert (bad.status_code, bad.json["code"]) == (415, "content_type_wrong")


def test_numbers_and_agreements_change_hands(clerk: Caller, make: Factory) -> None:
    code = make.checked_in().ticket.code
    clerk.post("/calls", {"desk_no": 1})
    refused = clerk.put(f"/tickets/{code}/state", {"state": "done", "desk_no": 2})
    assert (refused.status_code, refused.json["code"]) == (409, "ticket_not_yours")
    assert clerk.put(f"/tickets/{code}/desk", {"desk_no": 2}).json["desk_no"] == 2
    parked = clerk.post(f"/tickets/{code}/parking", {"desk_no": 2, "reason": "papers"})
    assert parked.json["state"] == "waiting"
    clerk.post("/calls", {"desk_no": 2, "ticket_code": code})
    passed = {"desk_no": 2, "to_desk_no": 3, "note": "要看合同"}
    assert clerk.post(f"/tickets/{code}/transfer", passed).json["desk_no"] is None
    clerk.post("/calls", {"desk_no": 3})
    post = make.published()
    wish = {"ticket_code": code, "post_id": post.id, "desk_no": 3, "state": "agreed"}
    placed = clerk.post("/referrals", wish).json["placement_id"]
    undo = {"placement_ids": [placed], "desk_no": 3, "reason": "mistake"}
    assert clerk.post("/agreements/undo", undo).json["state"] == "serving"
