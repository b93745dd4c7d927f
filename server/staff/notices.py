"""Owns the page of one-time notices, and their printing for the ticket at the desk."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError
from server.domain.kinds import ServiceKind, StaffRole
from server.domain.notices import LINE_LIMIT, MOST_LINES
from server.domain.phrases import SERVICE_NAMES
from server.services.service_notices import change_notice, notices, print_notice
from server.staff.answers import on_refusal, redraw, refusal_at, refused, submission
from server.staff.desk_choice import this_desk
from server.staff.forms import choice_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show what to bring for each service; a manager may change it."""
    return render_template("staff/notices.html", **_shown())


def _shown() -> dict[str, object]:
    return {
        "notices": notices(market()),
        "service_names": SERVICE_NAMES,
        "most_lines": MOST_LINES,
        "line_limit": LINE_LIMIT,
        "typed": {},
    }


def _refuse(error: DomainError) -> AnyResponse:
    shown = {**_shown(), "typed": request.form, "refusal": refusal_at(error)}
    return refused("staff/notices.html", error, **shown)


on_refusal(blueprint, _refuse)


@blueprint.post("/<service>")
@needs_staff(StaffRole.MANAGER)
def change(service: str) -> AnyResponse:
    """Put another text in force for a service."""
    sent = submission()
    kind = choice_of(ServiceKind, service)
    change_notice(market(), sent.actor, kind, sent.fields.get("notice", ""), sent.key)
    return redraw("staff.notices.page")


@blueprint.post("/papers")
@needs_staff()
def print_one() -> AnyResponse:
    """Print the notice of the service of the ticket at this desk."""
    sent = submission()
    print_notice(market(), sent.actor, sent.fields.get("code", ""), this_desk(), sent.key)
    kept = {name: sent.fields[name] for name in ("service", "post") if sent.fields.get(name)}
    return redraw("staff.desk.page", **kept)
