"""Owns what is done to an employer on its page: sanctions set and lifted, merges."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError
from server.domain.kinds import StaffRole
from server.services.employer_merges import merge_employers, undo_merge
from server.services.sanctions import lift_sanction, set_sanction
from server.staff.answers import on_refusal, redraw, refusal_at, refused, submission
from server.staff.employer_page import read_sanction, sanction_fields
from server.staff.employers import page_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("employer_acts", __name__, url_prefix="/employers/<employer_id>")
manager_only = needs_staff(StaffRole.MANAGER)


def _refuse(error: DomainError) -> AnyResponse:
    employer_id = (request.view_args or {}).get("employer_id", "")
    shown = page_of(employer_id, sanction_fields(request.form.to_dict()))
    return refused("staff/employer.html", error, refusal=refusal_at(error), **shown)


on_refusal(blueprint, _refuse)


@blueprint.post("/sanctions")
@needs_staff()
def bar(employer_id: str) -> AnyResponse:
    """Bar the employer from publishing; its open posts leave the board."""
    sent = submission()
    new = read_sanction(employer_id, sanction_fields(dict(sent.fields)))
    set_sanction(market(), sent.actor, new, sent.key)
    return redraw("staff.employers.one", employer_id=employer_id)


@blueprint.post("/sanctions/<sanction_id>/lift")
@manager_only
def lift(employer_id: str, sanction_id: str) -> AnyResponse:
    """Lift a sanction with a reason."""
    sent = submission()
    reason = sent.fields.get("lift_reason", "")
    lift_sanction(market(), sent.actor, sanction_id, reason, sent.key)
    return redraw("staff.employers.one", employer_id=employer_id)


@blueprint.post("/merges")
@needs_staff()
def merge(employer_id: str) -> AnyResponse:
    """Make another employer part of this one."""
    sent = submission()
    gone_id = sent.fields.get("gone_id", "")
    merge_employers(market(), sent.actor, employer_id, gone_id, sent.key)
    return redraw("staff.employers.one", employer_id=employer_id)


@blueprint.post("/merges/<merge_id>/undo")
@needs_staff()
def part(employer_id: str, merge_id: str) -> AnyResponse:
    """Part two employers again."""
    sent = submission()
    undo_merge(market(), sent.actor, merge_id, sent.key)
    return redraw("staff.employers.one", employer_id=employer_id)
