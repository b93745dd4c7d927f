"""Owns the pages of staff: one blueprint out of the subjects' own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.clock import market_day
from server.domain.errors import DomainError, SignInRequired
from server.domain.phrases import (
    POST_STATE_NAMES,
    PRINT_JOB_KIND_NAMES,
    PRINT_JOB_STATE_NAMES,
    PRINTER_STATE_NAMES,
    READER_STATE_NAMES,
    SOUND_STATE_NAMES,
    TICKET_STATE_NAMES,
)
from server.services.case_views import cases_due
from server.staff import (
    activities,
    attachments,
    calls,
    case_page,
    case_sheet,
    cases,
    closing,
    desk,
    devices,
    employer_acts,
    employers,
    gatherings,
    hall,
    hardship,
    holds,
    invitations,
    jobs,
    labour_agreement,
    new_case,
    notices,
    opinions,
    posts,
    review_rules,
    sign_in,
    tools,
    turns,
    voice,
    wall,
    words,
)
from server.staff.answers import ask_to_sign_in, new_key, refusal_page, region, version_of
from server.staff.desk_choice import chosen_desk
from server.staff.pulse import pulse
from server.web.auth import check_needs, needs_staff, signed_in
from server.web.context import market

TIME_HEADER = "X-Market-Time"

blueprint = Blueprint(
    "staff", __name__, url_prefix="/staff", static_folder="static", template_folder="templates"
)
for subject in (
    sign_in,
    desk,
    posts,
    employers,
    employer_acts,
    cases,
    devices,
    voice,
    opinions,
    new_case,
    case_page,
    case_sheet,
    notices,
    calls,
    review_rules,
    attachments,
    invitations,
    hall,
    wall,
    closing,
    tools,
    labour_agreement,
    activities,
    hardship,
    jobs,
    holds,
    gatherings,
    turns,
):
    blueprint.register_blueprint(subject.blueprint)


@blueprint.before_request
def check_request() -> None:
    """Let only those in whom the view is for; styles and scripts are for everybody."""
    if request.endpoint != f"{blueprint.name}.static":
        check_needs(current_app)


@blueprint.after_request
def tell_time(response: Response) -> Response:
    """Say how fresh the answer is, so that the page can show the age of its data."""
    response.headers.setdefault(TIME_HEADER, words.clock_words(market().database.now()))
    return response


@blueprint.errorhandler(SignInRequired)
def ask_who(error: SignInRequired) -> AnyResponse:
    """Send somebody who is not signed in to the sign-in page."""
    return ask_to_sign_in(error)


@blueprint.errorhandler(DomainError)
def refuse(error: DomainError) -> AnyResponse:
    """Say a refusal on a page of its own."""
    return refusal_page(error)


@blueprint.get("/pulse")
@needs_staff()
def pulse_region() -> Response:
    """Return the day's figures alone, or 204 when they have not changed."""
    now = pulse(market())
    return region("staff/parts/pulse.html", version_of(now), pulse=now)


@blueprint.context_processor
def helpers() -> dict[str, Any]:
    """Give every template of the desk its words and who is there."""
    member = signed_in()
    now = market().database.now()
    return {
        "me": member,
        "desk_no": chosen_desk(),
        "now": now,
        "today": market_day(now),
        "pulse_now": lambda: pulse(market()),
        "version_of": version_of,
        "cases_due_now": lambda: cases_due(market()),
        "new_key": new_key,
        "words": words,
        "post_states": POST_STATE_NAMES,
        "ticket_states": TICKET_STATE_NAMES,
        "print_states": PRINT_JOB_STATE_NAMES,
        "print_kinds": PRINT_JOB_KIND_NAMES,
        "printer_states": PRINTER_STATE_NAMES,
        "reader_states": READER_STATE_NAMES,
        "sound_states": SOUND_STATE_NAMES,
    }
