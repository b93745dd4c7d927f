"""Owns the API as a whole: its blueprints, its OpenAPI document and its validation answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError

from server.api import (
    applications,
    asks,
    board,
    crews,
    desk,
    desk_calls,
    devices,
    employers,
    kiosk,
    voice,
    wishes,
)
from server.domain.errors import RequestMalformed
from server.domain.phrases import sentence
from server.web.auth import open_to_all
from server.web.requests import KEY_HEADER, faulty_fields

INFO = Info(
    title="Day-labour market server",
    version="1",
    description=(
        "One county's day-labour market. Every write carries an `Idempotency-Key`; a repeat "
        "returns the first answer. A refusal is `{code, message, fields?}`."
    ),
)
SECURITY_SCHEMES: dict[str, Any] = {
    "device": {
        "type": "http",
        "scheme": "bearer",
        "description": "Token of a paired device (`market device add`).",
    },
    "staff": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "Session of a signed-in member of staff (`POST /api/v1/session`).",
    },
}
KEY_PARAMETER = {
    "name": KEY_HEADER,
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,80}$"},
    "description": "Made when the screen is drawn; the same for every repeat of the request.",
}


def validation_answer(error: ValidationError) -> Response:
    """Return 422 with a sentence for each faulty field; what was typed is not repeated."""
    refusal = RequestMalformed()
    body = {"code": refusal.code, "message": sentence(refusal), "fields": faulty_fields(error)}
    response = jsonify(body)
    response.status_code = 422
    return response


MODULES = (
    kiosk,
    asks,
    applications,
    crews,
    board,
    devices,
    desk,
    desk_calls,
    voice,
    wishes,
    employers,
)


def install_api(app: OpenAPI) -> None:
    """Add the API and its OpenAPI document to `app`."""
    for module in MODULES:
        app.register_api(module.api)
    document = Blueprint("api_document", __name__)

    @document.get("/api/v1/openapi.json")
    @open_to_all
    def openapi_document() -> Response:
        return jsonify(openapi_of(app))

    app.register_blueprint(document)


def openapi_of(app: OpenAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of `app`."""
    described: dict[str, Any] = app.api_doc
    for path in described["paths"].values():
        for method, operation in path.items():
            if method in {"post", "put", "patch", "delete"}:
                parameters = operation.setdefault("parameters", [])
                if KEY_PARAMETER not in parameters:
                    parameters.append(KEY_PARAMETER)
    return described
