"""The OpenAPI document: complete, and true under random requests."""

from __future__ import annotations

import secrets
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from server.api.document import openapi_of
from tests.api.conftest import Caller
from tests.people import new_key

SEED = secrets.randbits(32)
EXAMPLES = 6
CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)


def test_every_route_of_the_api_is_in_the_document(app: Flask, stranger: Caller) -> None:
    assert stranger.get("/openapi.json").json["openapi"].startswith("3.1")
    described = {
        (method.upper(), path)
        for path, operations in openapi_of(app)["paths"].items()  # type: ignore[arg-type]  # the factory's own class
        for method in operations
    }
    served = {
        (method, rule.rule.replace("<string:", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == described


def test_random_requests_never_fault_and_get_only_what_the_document_says(
    app: Flask, kiosk: Caller, agent: Caller, display: Caller, clerk: Caller
) -> None:
    print(f"seed {SEED}")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    session = clerk.client.get_cookie("session")
    assert session is not None
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) > 25
    for operation in operations:
        for token in (kiosk.token, agent.token, display.token):
            headers = {"Authorization": f"Bearer {token}"}
            probe(operation, headers, {"session": session.value})


def probe(operation: Any, headers: dict[str, str], cookies: dict[str, str]) -> None:
    """Send random requests of one operation and hold the answers against the document."""

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        case.query.pop("wait", None)
        response = case.call(headers={**headers, "Idempotency-Key": new_key()}, cookies=cookies)
        case.validate_response(response, checks=CHECKS)

    send()
