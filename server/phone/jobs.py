"""Owns what a worker says on the page of a slip: arrived, done, paid or not, and how it was."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import CrossSiteRequest, DomainError, RequestMalformed
from server.domain.idempotency import check_key
from server.domain.phrases import sentence
from server.domain.tickets import clean_ticket_code
from server.phone.pages import PHONE_STEPS, SlipPage, slip_page
from server.services.open_market import Actor
from server.services.placements import JobMove, move_placements, report_unpaid
from server.services.ratings import Rating, rate_job
from server.web.context import market
from server.web.limits import limit_lookups
from server.web.refusals import status_of
from server.web.security import check_form

blueprint = Blueprint("jobs", __name__)

PHONE = Actor("phone")
UNPAID = "unpaid"
ANSWERS = {"yes": True, "no": False}


def slip_shown(page: SlipPage, refusal: DomainError | None = None) -> Response:
    """Return the page of a slip; refusal: why the last press did nothing."""
    said = None if refusal is None else sentence(refusal)
    shown = render_template("phone/slip.html", page=page, market=page.market, refusal=said)
    return Response(shown, 200 if refusal is None else status_of(refusal))


def sent_key() -> str:
    """Return the key of a form that this site drew. Raises CrossSiteRequest and for bad keys."""
    try:
        check_form()
    except CSRFError as error:
        raise CrossSiteRequest from error
    return check_key(request.form.get("key"))


@blueprint.post("/t/<code>/steps")
@limit_lookups
def step(code: str) -> AnyResponse:
    """Note how far the job of a slip has got, as its worker says."""
    page = slip_page(market(), clean_ticket_code(code))
    try:
        _take_step(page, request.form.get("step", ""))
    except DomainError as error:
        return slip_shown(slip_page(market(), page.slip.slip_code), error)
    return redirect(url_for("phone.page", code=page.slip.slip_code), 303)


def _take_step(page: SlipPage, wanted: str) -> None:
    key, slip = sent_key(), page.slip
    page.check_holds()
    if wanted == UNPAID:
        report_unpaid(market(), PHONE, slip.placement_id, key)
        return
    states = {state.value: state for state in PHONE_STEPS}
    if wanted not in states:
        raise RequestMalformed
    move_placements(market(), PHONE, JobMove((slip.placement_id,), states[wanted]), key)


@blueprint.post("/t/<code>/rating")
@limit_lookups
def rate(code: str) -> AnyResponse:
    """Keep how the job of a slip was, once."""
    page = slip_page(market(), clean_ticket_code(code))
    try:
        key = sent_key()
        page.check_holds()
        reliable, described = (request.form.get(name, "") for name in ("paid", "described"))
        if not {reliable, described} <= set(ANSWERS):
            raise RequestMalformed
        rating = Rating(page.slip.placement_id, ANSWERS[reliable], ANSWERS[described])
        rate_job(market(), PHONE, rating, key)
    except DomainError as error:
        return slip_shown(slip_page(market(), page.slip.slip_code), error)
    return redirect(url_for("phone.page", code=page.slip.slip_code), 303)
