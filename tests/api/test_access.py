"""Who may call what, and what the envelope of a request must be."""

from __future__ import annotations

import pytest
from flask import Flask

from server.services.devices import revoke_device
from server.services.log import head_revision
from server.services.open_market import OpenMarket
from server.web.auth import NEEDS
from tests.api.conftest import Caller
from tests.people import CLI, PASSWORD, Factory, new_key

LONE_SURROGATE = '{"phone": "\\ud800"}'


def test_every_view_says_who_may_call_it(app: Flask) -> None:
    unmarked = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not hasattr(app.view_functions[rule.endpoint], NEEDS)
    ]
    assert unmarked == []


@pytest.mark.parametrize("path", ["/kiosk", "/board", "/queue", "/print-jobs", "/signals"])
def test_without_a_token_nobody_gets_in(stranger: Caller, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 401
    assert answer.json["code"] in {"device_token_invalid", "sign_in_required"}


def test_a_foreign_token_and_a_token_of_another_kind_are_refused(
    app: Flask, display: Caller, kiosk: Caller, agent: Caller
) -> None:
    assert Caller(app, "not-a-token").get("/kiosk").json["code"] == "device_token_invalid"
    assert display.get("/kiosk").json["code"] == "device_kind_forbids"
    assert kiosk.get("/print-jobs").status_code == 403
    assert agent.post("/check-ins", {}).status_code == 403
    assert kiosk.get("/queue").status_code == 401


def test_a_revoked_device_is_shut_out(
    app: Flask, market: OpenMarket, make: Factory, kiosk: Caller
) -> None:
    revoke_device(market, CLI, kiosk.device.id)  # type: ignore[attr-defined]  # set by the fixture
    answer = kiosk.get("/kiosk")
    assert (answer.status_code, answer.json["code"]) == (401, "device_revoked")


def test_a_wrong_password_and_a_wrong_name_say_the_same(make: Factory, stranger: Caller) -> None:
    make.staff()
    answers = [
        stranger.post("/session", {"username": name, "password": password})
        for name, password in (("lijing", "wrong-password"), ("nobody", PASSWORD))
    ]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].json == answers[1].json


def test_signing_out_ends_the_session(clerk: Caller) -> None:
    assert clerk.get("/queue").status_code == 200
    headers = {"Idempotency-Key": new_key()}
    assert clerk.client.delete("/api/v1/session", json={}, headers=headers).status_code == 200
    assert clerk.get("/queue").status_code == 401


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"data": "{bad", "content_type": "application/json"}, 400, "request_malformed"),
        ({"data": "[1]", "content_type": "application/json"}, 400, "request_malformed"),
        ({"data": "null", "content_type": "application/json"}, 400, "request_malformed"),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 400, "request_malformed"),
        ({"json": {"phone": "138\0"}}, 400, "request_malformed"),
        (
            {"data": '{"phone": "\\ud800"}', "content_type": "application/json"},
            400,
            "request_malformed",
        ),
        ({"data": b"\xff\xfe", "content_type": "application/json"}, 400, "request_malformed"),
        ({"data": "a=1", "content_type": "text/plain"}, 415, "content_type_wrong"),
        ({"data": {"a": "1"}}, 415, "content_type_wrong"),
        ({"data": b"x" * 600_000, "content_type": "application/json"}, 413, "request_too_large"),
    ],
)
def test_a_malformed_request_is_refused_with_a_sentence(
    market: OpenMarket, kiosk: Caller, sent: dict[str, object], status: int, code: str
) -> None:
    before = head_revision(market)
    headers = {"Authorization": f"Bearer {kiosk.token}", "Idempotency-Key": new_key()}
    answer = kiosk.client.post("/api/v1/check-ins", headers=headers, **sent)  # type: ignore[arg-type]  # werkzeug's own options
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["message"]
    assert head_revision(market) == before


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_missing"),
        ("short", "idempotency_key_invalid"),
        ("x" * 81, "idempotency_key_invalid"),
        ("with space in it", "idempotency_key_invalid"),
    ],
)
def test_a_write_without_a_proper_key_is_refused(kiosk: Caller, key: str | None, code: str) -> None:
    headers = {"Authorization": f"Bearer {kiosk.token}"}
    if key is not None:
        headers["Idempotency-Key"] = key
    answer = kiosk.client.post("/api/v1/help", json={}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_unknown_paths_and_methods_are_answered_in_chinese(kiosk: Caller) -> None:
    assert kiosk.get("/nothing-here").json["code"] == "not_found"
    answer = kiosk.put("/kiosk", {})
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")


def test_after_ten_sign_ins_in_a_minute_the_next_must_wait(make: Factory, stranger: Caller) -> None:
    make.staff()
    guess = {"username": "lijing", "password": "wrong-password"}
    statuses = [stranger.post("/session", guess).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    assert stranger.post("/session", guess).json["code"] == "too_many_requests"


def test_pages_carry_a_strict_content_policy(app: Flask) -> None:
    answer = app.test_client().get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "ws://localhost:8001" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
