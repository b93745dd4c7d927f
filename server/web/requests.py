"""Owns what every request to the JSON API must bring: JSON, and a key that makes it repeatable."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g, request
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest

from server.domain.errors import ContentTypeWrong, IdempotencyKeyMissing, RequestMalformed
from server.domain.idempotency import check_key
from server.domain.phrases import FIELD_NAMES

KEY_HEADER = "Idempotency-Key"
MAX_BODY_BYTES = 512 * 1024
LIMIT = "__market_limit__"
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(size: int) -> Callable[[View], View]:
    """Mark a view: a request to it may have `size` bytes instead of MAX_BODY_BYTES."""

    def mark(view: View) -> View:
        setattr(view, LIMIT, size)
        return view

    return mark


def allow_uploads(app: Flask) -> None:
    """Let larger requests through to the views that are marked for them, before any is read."""

    def allow() -> None:
        view = app.view_functions.get(request.endpoint or "")
        limit = getattr(view, LIMIT, None)
        if limit is not None:
            request.max_content_length = limit

    app.before_request(allow)


def check_key_header() -> None:
    """Keep the request's key for the view.

    Raises IdempotencyKeyMissing, IdempotencyKeyInvalid on a write without a proper one.
    """
    if request.method not in WRITES:
        return
    key = request.headers.get(KEY_HEADER, "")
    if not key:
        raise IdempotencyKeyMissing
    g.idempotency_key = check_key(key)


def check_json_body() -> None:
    """Raise ContentTypeWrong or RequestMalformed unless a write brings a JSON object."""
    if request.method not in WRITES or request.mimetype == "image/png":
        return
    if request.mimetype != "application/json":
        raise ContentTypeWrong
    try:
        body = request.get_json()
    except (BadRequest, RecursionError) as error:
        raise RequestMalformed from error
    if not isinstance(body, dict) or not _is_storable(body):
        raise RequestMalformed


def _is_storable(content: object) -> bool:
    """Tell whether every text in a JSON value can be written to a database."""
    # JSON can smuggle such characters in only by escapes.
    if b"\\u" not in request.get_data():
        return True
    text = json.dumps(content, ensure_ascii=False)
    return "\\u0000" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def refuse_nul() -> None:
    """Raise RequestMalformed for a NUL character in a path, a query or a form."""
    texts = [request.path, *request.args.values()]
    if request.mimetype.startswith(("multipart/", "application/x-www-form")):
        texts += request.form.values()
    if any("\0" in text for text in texts):
        raise RequestMalformed


def faulty_fields(error: ValidationError) -> dict[str, str]:
    """Return a Chinese sentence for each faulty field of a request; values are left out."""
    sentences = {}
    for fault in error.errors(include_input=False, include_url=False, include_context=False):
        path = ".".join(str(part) for part in fault["loc"])
        name = FIELD_NAMES.get(str(fault["loc"][-1]), path) if fault["loc"] else "内容"
        missing = fault["type"] == "missing"
        sentences[path] = f"请填写{name}。" if missing else f"{name}填得不对,请检查后再提交。"
    return sentences
