"""Owns how the desk's views take a form and answer: pages, regions of pages, refusals."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import CrossSiteRequest, DomainError, SignInRequired
from server.domain.idempotency import check_key
from server.services.open_market import Actor
from server.staff.forms import NOWHERE, Refusal, clean_text, refusal_of
from server.web.auth import this_staff
from server.web.refusals import status_of
from server.web.security import check_form

# Keys of these refusals cannot be used again; every other refusal wrote nothing under its key.
SPENT = frozenset({"idempotency_key_reused", "idempotency_key_invalid", "idempotency_key_missing"})


def new_key() -> str:
    """Return a fresh key for a form that is being drawn."""
    return uuid4().hex


@dataclass(frozen=True)
class Submission:
    """A form that this site drew: its fields, the key of this drawing and who sent it."""

    fields: Mapping[str, str]
    key: str
    actor: Actor


def submission() -> Submission:
    """Return the submitted form.

    Raises CrossSiteRequest, IdempotencyKeyMissing, IdempotencyKeyInvalid, SignInRequired.
    """
    check_drawn_here()
    fields = {name: clean_text(text) for name, text in request.form.items()}
    return Submission(fields, check_key(fields.get("key")), this_staff().actor)


def check_drawn_here() -> None:
    """Refuse a form that this site did not draw. Raises CrossSiteRequest."""
    try:
        check_form()
    except CSRFError as error:
        raise CrossSiteRequest from error


def key_to_redraw(refusal: Refusal) -> str:
    """Return the key for a form that is drawn again: its own, unless that one is used up."""
    key = request.form.get("key", "")
    return new_key() if refusal.code in SPENT or not key else key


def is_htmx() -> bool:
    """Tell whether a script of the page asks, rather than the browser itself."""
    return request.headers.get("HX-Request") == "true"


def redraw(endpoint: str, **values: Any) -> AnyResponse:
    """Answer a done write with the page it was done on."""
    return redirect(url_for(endpoint, **values), 303)


def go(endpoint: str, **values: Any) -> AnyResponse:
    """Answer a done write with another page."""
    url = url_for(endpoint, **values)
    if is_htmx():
        return Response(status=204, headers={"HX-Redirect": url})
    return redirect(url, 303)


def ask_to_sign_in(error: DomainError) -> AnyResponse:
    """Answer a request of nobody: the sign-in page, or its sentence where a form would be lost."""
    if request.method == "POST":
        return refusal_page(error)
    wanted = request.headers.get("HX-Current-URL", "") if is_htmx() else request.full_path
    path = wanted[wanted.find("/staff/") :].rstrip("?") if "/staff/" in wanted else ""
    url = f"{url_for('staff.sign_in.page')}?{urlencode({'next': path})}"
    if is_htmx():
        return Response(status=401, headers={"HX-Redirect": url})
    return redirect(url, 303)


def on_refusal(blueprint: Blueprint, draw: Callable[[DomainError], AnyResponse]) -> None:
    """Let `draw` answer the refused writes of a blueprint with the page they were sent from.

    A refused reading, or a page that cannot be drawn itself, gets a page with the sentence alone.
    """

    def answer(error: DomainError) -> AnyResponse:
        if isinstance(error, SignInRequired):
            return ask_to_sign_in(error)
        if request.method == "GET":
            return refusal_page(error)
        try:
            return draw(error)
        except DomainError as again:
            return refusal_page(again)

    blueprint.register_error_handler(DomainError, answer)


def refusal_page(error: DomainError) -> AnyResponse:
    """Answer with a page that holds nothing but the refusal."""
    return refused("staff/refusal.html", error, refusal=refusal_of(error))


def refused(template: str, error: DomainError, **values: Any) -> AnyResponse:
    """Answer with a page that says why, under the status of the refusal."""
    return Response(render_template(template, **values), status_of(error))


def refusal_at(error: DomainError) -> Refusal:
    """Return a refusal for the action that the submitted form named in its field `at`."""
    return refusal_of(error, clean_text(request.form.get("at", NOWHERE)))


def version_of(shown: object) -> str:
    """Return a short text that changes when what is shown changes. shown: a frozen dataclass."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def region(template: str, version: str, **values: Any) -> Response:
    """Answer with a part of a page, or with 204 when the browser has this version of it."""
    if request.args.get("have") == version:
        return Response(status=204)
    return Response(render_template(template, version=version, **values))
