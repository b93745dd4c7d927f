"""Names, training wishes and the questionnaire over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from server.domain.clock import market_day
from server.domain.privacy import NOTICE_VERSION
from server.domain.survey import VERSION
from server.ink.recogniser import Recogniser
from server.services.surveys import survey_result
from server.web.context import EXTENSION
from tests.api.conftest import Caller
from tests.api.test_asks_api import ANSWERS, NUMBER, card_token, token_of
from tests.ink.strokes import written
from tests.people import new_key

CALLABLE = {"phone": "13812345678", "notice_version": NOTICE_VERSION}


def masked(kiosk: Caller) -> str | None:
    [somebody] = kiosk.post("/identities", {"id_no": NUMBER}).json["candidates"]
    found: str | None = somebody["masked_name"]
    return found


def check_in(kiosk: Caller, **more: Any) -> Any:
    return kiosk.post("/check-ins", {"identity_token": token_of(kiosk), **ANSWERS, **more})


def test_a_stated_name_is_kept_and_comes_back_masked(kiosk: Caller) -> None:
    assert check_in(kiosk, name="买买提.吐尔逊").status_code == 201
    assert masked(kiosk) == "买买提·*"


def test_no_name_is_as_good_as_one(kiosk: Caller) -> None:
    assert check_in(kiosk).status_code == 201
    assert masked(kiosk) is None


def test_the_card_s_name_takes_the_place_of_a_stated_one(kiosk: Caller, agent: Caller) -> None:
    check_in(kiosk, name="李四")
    body = {"identity_token": card_token(agent), "service": "consult"}
    assert kiosk.post("/check-ins", body).status_code == 201
    assert masked(kiosk) == "张*国"


def test_a_case_of_somebody_new_may_bring_the_name(kiosk: Caller) -> None:
    body = {"identity_token": token_of(kiosk), "kind": "hardship", "name": "李四", **CALLABLE}
    assert kiosk.post("/cases", body).status_code == 201
    assert masked(kiosk) == "李*"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("王", 422, "name_invalid"),
        ("Zhang San", 422, "name_invalid"),
        ("张三" * 8, 422, "name_invalid"),
        ("张·", 422, "name_invalid"),
        ("张\ue5e5", 422, "name_needs_clerk"),
        ("张\x00三", 400, "request_malformed"),
        ("张" * 61, 422, "request_malformed"),
        (["张三"], 422, "request_malformed"),
    ],
)
def test_what_is_no_name_is_refused_with_a_sentence(
    kiosk: Caller, name: object, status: int, code: str
) -> None:
    answer = check_in(kiosk, name=name)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["message"].endswith("。")
    assert masked(kiosk) is None


def test_half_a_character_is_no_name(kiosk: Caller) -> None:
    body = {"identity_token": token_of(kiosk), **ANSWERS, "name": "张\ud800"}
    headers = {"Authorization": f"Bearer {kiosk.token}", "Idempotency-Key": new_key()}
    sent = json.dumps(body)
    answer = kiosk.client.post(
        "/api/v1/check-ins", data=sent, headers=headers, content_type="application/json"
    )
    assert (answer.status_code, answer.json["code"]) == (400, "request_malformed")


def test_the_pinyin_pad_is_sent_once_and_then_not_again(kiosk: Caller) -> None:
    first = kiosk.get("/names/pinyin")
    assert first.json["surnames"]["zhang"][0] == "张"
    assert len(first.data) < 40_000
    again = kiosk.get("/names/pinyin", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_written_character_is_read(kiosk: Caller) -> None:
    answer = kiosk.post("/names/ink", {"strokes": written("王", 1)})
    assert answer.status_code == 200
    assert "王" in answer.json["candidates"]
    assert len(answer.json["candidates"]) <= 8
    assert kiosk.get("/kiosk").json["has_handwriting"] is True


def test_without_the_extra_there_is_no_handwriting(app: Flask, kiosk: Caller) -> None:
    app.extensions[EXTENSION].__dict__["recogniser"] = Recogniser("no_such_package")
    answer = kiosk.post("/names/ink", {"strokes": written("王", 1)})
    assert (answer.status_code, answer.json["code"]) == (404, "handwriting_off")
    assert kiosk.get("/kiosk").json["has_handwriting"] is False


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [[]],
        [[[1, 2, 3]]],
        [[[-1, 5]]],
        [[[1001, 5]]],
        [[["a", 5]]],
        [[[1, 2]]] * 61,
        [[[1, 2]] * 201],
        "王",
    ],
)
def test_strokes_have_bounds(kiosk: Caller, strokes: object) -> None:
    answer = kiosk.post("/names/ink", {"strokes": strokes})
    assert (answer.status_code, answer.json["code"]) == (422, "request_malformed")


def test_a_training_wish_is_kept_and_the_repeat_is_the_same(kiosk: Caller) -> None:
    wanted = {"wishes": ["welder", "cook"], "free_time": "winter"}
    body, key = {"identity_token": token_of(kiosk), **CALLABLE, **wanted}, new_key()
    first, again = (kiosk.post("/training-wishes", body, key) for _ in range(2))
    assert (first.status_code, first.json) == (201, {**wanted, "is_new": True})
    assert (again.status_code, again.json) == (201, first.json)
    other = {"identity_token": token_of(kiosk), "wishes": ["cook"], "free_time": "evening"}
    assert kiosk.post("/training-wishes", other).status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"wishes": []}, "trades_missing"),
        ({"wishes": ["astronaut"]}, "trade_unknown"),
        ({"wishes": ["welder", "cook", "bricklayer", "plasterer"]}, "trades_too_many"),
        ({"free_time": "never"}, "request_malformed"),
        ({"notice_version": None}, "privacy_notice_not_accepted"),
    ],
)
def test_a_faulty_training_wish_is_refused(
    kiosk: Caller, change: dict[str, Any], code: str
) -> None:
    wanted = {"wishes": ["welder"], "free_time": "winter"}
    body = {"identity_token": token_of(kiosk), **CALLABLE, **wanted, **change}
    assert kiosk.post("/training-wishes", body).json["code"] == code


def test_a_questionnaire_needs_nobody_s_identity(app: Flask, kiosk: Caller) -> None:
    [first, *_] = kiosk.get("/kiosk").json["survey"]["questions"]
    choice = first["choices"][0]["code"]
    body = {"version": VERSION, "answers": {first["code"]: choice, "pay": None}}
    answer = kiosk.post("/survey-answers", body)
    assert (answer.status_code, answer.json) == (201, {})
    market = app.extensions[EXTENSION].market
    result = survey_result(market, market_day(market.database.now()))
    assert result.questionnaires == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"version": "2025-01", "answers": {}}, 409, "survey_outdated"),
        ({"version": VERSION, "answers": {"pay": "x"}}, 422, "survey_answer_unknown"),
        ({"version": VERSION, "answers": {"pay": 5}}, 422, "request_malformed"),
        ({"version": VERSION}, 422, "request_malformed"),
        (
            {"version": VERSION, "answers": {}, "identity_token": "x"},
            422,
            "request_malformed",
        ),
    ],
)
def test_a_faulty_questionnaire_is_refused(
    kiosk: Caller, body: dict[str, Any], status: int, code: str
) -> None:
    answer = kiosk.post("/survey-answers", body)
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/training-wishes", {"identity_token": "x", "wishes": ["cook"], "free_time": "winter"}),
        ("/survey-answers", {"version": VERSION, "answers": {}}),
        ("/names/ink", {"strokes": [[[1, 2]]]}),
    ],
)
def test_only_a_kiosk_writes(
    display: Caller, stranger: Caller, path: str, body: dict[str, Any]
) -> None:
    assert display.post(path, body).json["code"] == "device_kind_forbids"
    assert stranger.post(path, body).status_code == 401
