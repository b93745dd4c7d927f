"""Owns the desk's page that hands an employer the form: a code to scan, a second screen."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, InvitationOver
from server.services.employers import employer_of
from server.services.invitations import end_invitation, invite_employer, open_invitation
from server.staff.answers import new_key, on_refusal, redraw, refusal_at, refused, submission
from server.staff.employer_choice import employer_line
from server.web.auth import needs_staff
from server.web.context import market
from server.web.qr import qr_svg

blueprint = Blueprint("invitations", __name__, url_prefix="/employers/<employer_id>/invitation")


@blueprint.get("")
@needs_staff()
def page(employer_id: str) -> str:
    """Show the invitation that an employer has, or the button that makes one."""
    return render_template("staff/invitation.html", **_shown(employer_id))


def _shown(employer_id: str) -> dict[str, object]:
    line = employer_line(employer_of(market(), employer_id))
    found = open_invitation(market(), employer_id)
    address = "" if found is None else _address(found.code)
    return {"line": line, "invitation": found, "address": address, "key": new_key()}


def _address(code: str) -> str:
    return f"{market().public_url}{url_for('employer_mode.page', code=code)}"


def _refuse(error: DomainError) -> AnyResponse:
    shown = _shown((request.view_args or {}).get("employer_id", ""))
    return refused("staff/invitation.html", error, refusal=refusal_at(error), **shown)


on_refusal(blueprint, _refuse)


@blueprint.get("/qr.svg")
@needs_staff()
def qr(employer_id: str) -> Response:
    """Return the QR code of the form's address. Raises InvitationOver without an invitation."""
    found = open_invitation(market(), employer_id)
    if found is None:
        raise InvitationOver
    # Upper case keeps the code in its alphanumeric mode; the form takes either.
    drawn = qr_svg(_address(found.code).upper())
    return Response(drawn, mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})


@blueprint.post("")
@needs_staff()
def invite(employer_id: str) -> AnyResponse:
    """Make an invitation; the one before it ends."""
    sent = submission()
    invite_employer(market(), sent.actor, employer_id, sent.key)
    return redraw("staff.invitations.page", employer_id=employer_id)


@blueprint.post("/end")
@needs_staff()
def end(employer_id: str) -> AnyResponse:
    """End the invitation."""
    sent = submission()
    end_invitation(market(), sent.actor, employer_id, sent.key)
    return redraw("staff.invitations.page", employer_id=employer_id)
