"""Employers over HTTP: found while somebody types, barred, merged, parted."""

from __future__ import annotations

import pytest
from flask import Flask

from server.domain.kinds import StaffRole
from server.services.board import board
from server.services.open_market import OpenMarket
from tests.api.conftest import Caller
from tests.people import PASSWORD, Factory, credit_code


@pytest.fixture
def manager(app: Flask, make: Factory) -> Caller:
    make.staff("boss", StaffRole.MANAGER)
    caller = Caller(app)
    signed = caller.post("/session", {"username": "boss", "password": PASSWORD})
    assert signed.status_code == 201
    return caller


def bar(caller: Caller, make: Factory, employer_id: str, **more: str) -> dict[str, str]:
    body = {
        "reason": "wage_arrears",
        "from_day": make.today.isoformat(),
        "evidence_text": "三名工友的钱没给",
        **more,
    }
    answer = caller.post(f"/employers/{employer_id}/sanctions", body)
    assert answer.status_code == 201, answer.json
    made: dict[str, str] = answer.json
    return made


def test_a_barred_employer_is_off_the_board_until_a_manager_lifts_it(
    clerk: Caller, manager: Caller, make: Factory, market: OpenMarket
) -> None:
    bad = make.employer()
    post = make.published(employer_id=bad.id)
    made = bar(clerk, make, bad.id)
    assert made["state"] == "in_force"
    assert board(market).posts == ()
    refused = clerk.post(f"/posts/{post.id}/publish")
    assert (refused.status_code, refused.json["code"]) == (403, "employer_sanctioned")
    assert "请找负责人" in refused.json["message"]
    wish = {"lift_reason": "已经付清"}
    assert clerk.post(f"/sanctions/{made['id']}/lift", wish).status_code == 403
    lifted = manager.post(f"/sanctions/{made['id']}/lift", wish)
    assert (lifted.status_code, lifted.json["state"]) == (200, "lifted")
    assert clerk.post(f"/posts/{post.id}/publish").json["state"] == "open"


def test_the_look_up_marks_who_is_barred_and_tells_no_phone(clerk: Caller, make: Factory) -> None:
    bad = make.employer(name="山西恒泰商砼有限公司", phone="13900000077")
    bar(clerk, make, bad.id)
    answer = clerk.post("/employer-searches", {"search": "0077"})
    [found] = answer.json["employers"]
    assert (found["id"], found["is_sanctioned"]) == (bad.id, True)
    assert "13900000077" not in answer.get_data(as_text=True)
    assert clerk.post("/employer-searches", {"search": "恒"}).json["employers"] == []


def test_a_merged_employer_is_read_and_posted_for_as_the_kept_one(
    clerk: Caller, make: Factory
) -> None:
    kept, gone = make.employer(), make.employer(identity=credit_code(811))
    page = clerk.get(f"/employers/{kept.id}").json
    assert [one["employer"]["id"] for one in page["duplicates"]] == [gone.id]
    merged = clerk.post(f"/employers/{kept.id}/merges", {"gone_id": gone.id})
    assert merged.status_code == 201
    assert clerk.get(f"/employers/{gone.id}").json["employer"]["id"] == kept.id
    again = clerk.post(f"/employers/{kept.id}/merges", {"gone_id": gone.id})
    assert (again.status_code, again.json["code"]) == (409, "employer_merged")
    assert clerk.post(f"/merges/{merged.json['id']}/undo").status_code == 200
    assert clerk.get(f"/employers/{gone.id}").json["employer"]["id"] == gone.id


def test_kiosks_and_strangers_get_nothing(kiosk: Caller, stranger: Caller, make: Factory) -> None:
    employer = make.employer()
    for caller in (kiosk, stranger):
        assert caller.post("/employer-searches", {"search": "宏远"}).status_code == 401
        assert caller.get(f"/employers/{employer.id}").status_code == 401
        assert caller.post(f"/employers/{employer.id}/merges", {}).status_code == 401
