"""Owns how an API view answers and what every operation of the OpenAPI document says."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from flask import Response, current_app
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel

from server.api.schemas.common import Refusal
from server.services.open_market import OpenMarket
from server.web.auth import check_needs
from server.web.requests import check_json_body, check_key_header

PREFIX = "/api/v1"
Security: TypeAlias = list[dict[str, list[str]]]
NOBODY: Security = []
DEVICE: Security = [{"device": []}]
STAFF: Security = [{"staff": []}]
STAFF_OR_DEVICE: Security = [{"staff": []}, {"device": []}]
# Commits of other processes are seen this often by a long poll.
POLL_S = 0.25

REFUSALS: dict[Any, Any] = {
    "400": Refusal,
    "401": Refusal,
    "403": Refusal,
    "404": Refusal,
    "405": Refusal,
    "409": Refusal,
    "413": Refusal,
    "415": Refusal,
    "422": Refusal,
    "429": Refusal,
}

Found = TypeVar("Found")


def make_blueprint(name: str, about: str) -> APIBlueprint:
    """Return a blueprint of the API: who asks is checked first, then the envelope."""
    blueprint = APIBlueprint(
        f"api_{name}",
        __name__,
        url_prefix=PREFIX,
        abp_tags=[Tag(name=name, description=about)],
        abp_responses=REFUSALS,
    )
    blueprint.before_request(_check_request)
    return blueprint


def _check_request() -> None:
    check_needs(current_app)
    check_json_body()
    check_key_header()


def answer(body: BaseModel, status: int = 200) -> Response:
    """Return `body` as JSON."""
    return Response(body.model_dump_json(), status, mimetype="application/json")


def wait_for(
    market: OpenMarket, look: Callable[[], Sequence[Found]], wait_s: float
) -> Sequence[Found]:
    """Look until something is there or `wait_s` seconds have passed. Blocks at most that long."""
    deadline = time.monotonic() + wait_s
    while True:
        seen = market.database.commits
        found = look()
        left = deadline - time.monotonic()
        if found or left <= 0 or market.database.is_ending:
            return found
        market.database.wait_for_commit(seen, min(left, POLL_S))
