"""Owns what a worker says on the phone of a place that is held: yes or no."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.domain.case_kinds import CASE_STATE_WORDS
from server.domain.errors import DomainError, ProposalUnknown, RequestMalformed
from server.domain.phrases import sentence
from server.domain.proposal_kinds import Party
from server.domain.tickets import clean_ticket_code
from server.phone.jobs import PHONE, sent_key
from server.phone.pages import TicketPage, ticket_page
from server.services.proposals import accept, decline
from server.web.context import market
from server.web.limits import limit_lookups
from server.web.refusals import status_of

blueprint = Blueprint("holds", __name__)


def ticket_shown(page: TicketPage, refusal: DomainError | None = None) -> Response:
    """Return the page of a number; refusal: why the last press did nothing."""
    said = None if refusal is None else sentence(refusal)
    words = CASE_STATE_WORDS
    shown = {"page": page, "market": page.market, "case_words": words, "refusal": said}
    status = 200 if refusal is None else status_of(refusal)
    return Response(render_template("phone/ticket.html", **shown), status)


@blueprint.post("/t/<code>/holds/<proposal_id>")
@limit_lookups
def answer(code: str, proposal_id: str) -> AnyResponse:
    """Take the place that is held for a number's holder, or let it go."""
    clean = clean_ticket_code(code)
    page = ticket_page(market(), clean)
    try:
        key, said = sent_key(), request.form.get("go", "")
        if proposal_id not in {one.id for one in page.holds}:
            raise ProposalUnknown
        if said not in {"yes", "no"}:
            raise RequestMalformed
        act = accept if said == "yes" else decline
        act(market(), PHONE, proposal_id, Party.WORKER, key)
    except DomainError as error:
        return ticket_shown(ticket_page(market(), clean), error)
    return redirect(url_for("phone.page", code=clean), 303)
