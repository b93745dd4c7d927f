"""Calls the JSON API of a market under measurement as a device or as a clerk's browser."""

from __future__ import annotations

import http.cookiejar
import json
import urllib.request
import uuid
from typing import Any

from server.settings import Settings
from tests.bench.processes import LOOPBACK

WAIT_S = 10.0


class Caller:
    """One device with its token, or one browser with its cookies."""

    def __init__(self, settings: Settings, token: str | None = None) -> None:
        self._root = f"http://{LOOPBACK}:{settings.port}/api/v1"
        self._authorization = {} if token is None else {"Authorization": f"Bearer {token}"}
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> dict[str, Any]:
        """Return the answer to a GET. Raises HTTPError for a refusal."""
        return self._open(urllib.request.Request(f"{self._root}{path}"))  # noqa: S310 - our own

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a POST with a fresh key. Raises HTTPError for a refusal."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        content = json.dumps(body).encode()
        return self._open(
            urllib.request.Request(f"{self._root}{path}", content, headers)  # noqa: S310 - our own
        )

    def _open(self, request: urllib.request.Request) -> dict[str, Any]:
        request.headers.update(self._authorization)
        with self._opener.open(request, timeout=WAIT_S) as answer:
            told: dict[str, Any] = json.load(answer)
            return told
