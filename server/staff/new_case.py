"""Owns the page on which a clerk opens a case for whoever sits at the desk."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.cases import NOTE_LIMIT
from server.domain.errors import DomainError, TextMissing
from server.domain.kinds import CaseKind
from server.domain.phrases import CASE_KIND_NAMES
from server.services.calls import ticket_at_desk
from server.services.case_desk import DeskCase, open_case_at_desk
from server.services.records import jobs_of_worker
from server.services.tickets import queued_ticket
from server.staff.answers import go, on_refusal, refusal_at, refused, submission
from server.staff.bench import queue_line
from server.staff.desk_choice import this_desk
from server.staff.forms import FormFaulty, choice_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("new_case", __name__, url_prefix="/cases/new")

JOBS_SHOWN = 6


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show the form for the holder of the ticket at this desk."""
    return render_template("staff/new_case.html", **_shown())


def _shown() -> dict[str, object]:
    code = ticket_at_desk(market(), this_desk())
    held = None if code is None else queued_ticket(market(), code)
    return {
        "held": None if held is None else queue_line(held, market().database.now()),
        "jobs": () if held is None else jobs_of_worker(market(), held.worker_id, JOBS_SHOWN),
        "kinds": CASE_KIND_NAMES,
        "limit": NOTE_LIMIT,
        "typed": {},
    }


def _refuse(error: DomainError) -> AnyResponse:
    shown = {**_shown(), "typed": request.form, "refusal": refusal_at(error)}
    return refused("staff/new_case.html", error, **shown)


on_refusal(blueprint, _refuse)


@blueprint.post("")
@needs_staff()
def add() -> AnyResponse:
    """Open the case and go to its page."""
    sent = submission()
    kind, job = sent.fields.get("kind", ""), sent.fields.get("placement_id", "")
    if not kind:
        raise FormFaulty({"kind": TextMissing(field="kind")})
    code, note = sent.fields.get("code", ""), sent.fields.get("note", "")
    new = DeskCase(code, this_desk(), choice_of(CaseKind, kind), job or None, note)
    opened = open_case_at_desk(market(), sent.actor, new, sent.key)
    return go("staff.case.one", no=opened.case.no)
