"""Fixtures of the API tests: a kiosk, its agent, a display, and a client that sends keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.domain.kinds import DeviceKind
from tests.people import PASSWORD, Factory, new_key


@dataclass
class Caller:
    """Calls the API as one device or one member of staff."""

    app: Flask
    token: str | None = None

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def _headers(self, given: dict[str, str]) -> dict[str, str]:
        headers = {"Idempotency-Key": new_key()}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        return {**headers, **given}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers=self._headers(headers))

    def post(self, path: str, body: Any = None, key: str | None = None) -> TestResponse:
        headers = self._headers({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/api/v1{path}", json=body or {}, headers=headers)

    def put(self, path: str, body: Any) -> TestResponse:
        return self.client.put(f"/api/v1{path}", json=body, headers=self._headers({}))


@pytest.fixture
def kiosk(app: Flask, make: Factory) -> Caller:
    device, token = make.device(DeviceKind.KIOSK)
    caller = Caller(app, token)
    caller.device = device  # type: ignore[attr-defined]  # the agent fixture wants it
    return caller


@pytest.fixture
def agent(app: Flask, make: Factory, kiosk: Caller) -> Caller:
    serves = kiosk.device.id  # type: ignore[attr-defined]  # set above
    device, token = make.device(DeviceKind.AGENT, serves_device_id=serves, is_simulated=True)
    caller = Caller(app, token)
    caller.device = device  # type: ignore[attr-defined]  # tests name it
    return caller


@pytest.fixture
def display(app: Flask, make: Factory) -> Caller:
    return Caller(app, make.device(DeviceKind.DISPLAY)[1])


@pytest.fixture
def clerk(app: Flask, make: Factory) -> Caller:
    """A caller who has signed in through the API."""
    make.staff()
    caller = Caller(app)
    answer = caller.post("/session", {"username": "lijing", "password": PASSWORD})
    assert answer.status_code == 201
    return caller


@pytest.fixture
def stranger(app: Flask) -> Caller:
    return Caller(app)
