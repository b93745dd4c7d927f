"""Owns how a refusal reaches people: a status, a machine code and a Chinese sentence."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from server.domain.errors import (
    ContentTypeWrong,
    DomainError,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    MethodNotAllowed,
    NotFound,
    RequestMalformed,
    RequestTooLarge,
    TooManyRequests,
)
from server.domain.kinds import RefusalKind
from server.domain.phrases import sentence

log = logging.getLogger(__name__)

STATUS_OF_KIND = {
    RefusalKind.INVALID: 422,
    RefusalKind.NOT_FOUND: 404,
    RefusalKind.CONFLICT: 409,
    RefusalKind.FORBIDDEN: 403,
    RefusalKind.UNAUTHORISED: 401,
    RefusalKind.TOO_MANY: 429,
}
# Faults of the envelope have HTTP statuses of their own.
STATUS_OF_CLASS: dict[type[DomainError], int] = {
    RequestMalformed: 400,
    IdempotencyKeyMissing: 400,
    IdempotencyKeyInvalid: 400,
    ContentTypeWrong: 415,
    RequestTooLarge: 413,
    MethodNotAllowed: 405,
}
REFUSAL_OF_STATUS: dict[int, type[DomainError]] = {
    400: RequestMalformed,
    404: NotFound,
    405: MethodNotAllowed,
    413: RequestTooLarge,
    415: ContentTypeWrong,
    429: TooManyRequests,
}


def status_of(refusal: DomainError) -> int:
    """Return the HTTP status of a refusal."""
    return STATUS_OF_CLASS.get(type(refusal), STATUS_OF_KIND[refusal.kind])


def wants_json() -> bool:
    """Tell whether the caller is a program rather than a person's browser."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def refuse(refusal: DomainError, fields: dict[str, str] | None = None) -> Response:
    """Return the answer to a request that was refused; `fields` names the faulty ones."""
    status = status_of(refusal)
    body: dict[str, Any] = {"code": refusal.code, "message": sentence(refusal)}
    if fields:
        body["fields"] = fields
    if wants_json():
        response = jsonify(body)
    else:
        response = Response(render_template("web/refusal.html", refusal=body, status=status))
    response.status_code = status
    return response


def _on_http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]  # werkzeug types it as its base class
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]  # werkzeug types it as its base class
    refusal = REFUSAL_OF_STATUS.get(status, RequestMalformed)()
    response = refuse(refusal)
    response.status_code = status
    return response


def _on_unknown_error(error: Exception) -> Response:
    fault = secrets.token_hex(4)
    # Flask calls this outside the except block: the traceback is handed over.
    log.error("fault %s at %s", fault, request.endpoint, exc_info=error)
    message = f"系统出了问题(编号 {fault}),请再试一次;还不行请到服务台。"
    body = {"code": "fault", "message": message, "fault": fault}
    if wants_json():
        response = jsonify(body)
    else:
        response = Response(render_template("web/refusal.html", refusal=body, status=500))
    response.status_code = 500
    return response


def install_refusals(app: Flask) -> None:
    """Turn every refusal and every unknown error of `app` into one kind of answer."""
    app.register_error_handler(DomainError, refuse)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_unknown_error)
