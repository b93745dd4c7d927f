"""Owns the buttons of the workbench for numbers and agreements that change hands."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.desk_reasons import UNDO_REASONS, ParkReason, UndoReason
from server.domain.errors import DeskUnknown, DomainError
from server.domain.kinds import ServiceKind
from server.services.agreements import agreements
from server.services.calls import take_over
from server.services.passing_on import Parking, Transfer, park_ticket, transfer_ticket
from server.services.undo import Undo, undo_agreement
from server.staff.answers import (
    Submission,
    on_refusal,
    redraw,
    refusal_at,
    refused,
    submission,
)
from server.staff.desk import back_to_bench, refuse_at_bench
from server.staff.desk_choice import chosen_desk, keep_slip, last_slip, this_desk
from server.staff.forms import choice_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("calls", __name__)


def _refuse(error: DomainError) -> AnyResponse:
    if request.form.get("from") == "list":
        return refused("staff/agreements.html", error, refusal=refusal_at(error), **_listed())
    return refuse_at_bench(error)


on_refusal(blueprint, _refuse)


@blueprint.post("/tickets/<code>/desk")
@needs_staff()
def take(code: str) -> AnyResponse:
    """Take a ticket over from another desk."""
    sent = submission()
    take_over(market(), sent.actor, code, this_desk(), sent.key)
    return back_to_bench(sent)


@blueprint.post("/tickets/<code>/parking")
@needs_staff()
def park(code: str) -> AnyResponse:
    """Put the ticket at this desk aside."""
    sent = submission()
    reason = choice_of(ParkReason, sent.fields.get("reason", ""))
    park_ticket(market(), sent.actor, Parking(code, this_desk(), reason), sent.key)
    return back_to_bench(sent)


@blueprint.post("/tickets/<code>/transfer")
@needs_staff()
def transfer(code: str) -> AnyResponse:
    """Pass the ticket at this desk on, to a service or to a desk."""
    sent = submission()
    transfer_ticket(market(), sent.actor, _transfer(sent, code), sent.key)
    return back_to_bench(sent)


def _transfer(sent: Submission, code: str) -> Transfer:
    service, to_desk = sent.fields.get("to_service", ""), sent.fields.get("to_desk_no", "")
    return Transfer(
        code,
        this_desk(),
        choice_of(ServiceKind, service) if service else None,
        _desk_no(to_desk) if to_desk else None,
        sent.fields.get("note", ""),
    )


def _desk_no(text: str) -> int:
    if not text.isdecimal() or len(text) > 2:
        raise DeskUnknown
    return int(text)


@blueprint.get("/agreements")
@needs_staff()
def page() -> str:
    """Show the agreements that hold, for the desk or a manager to undo a mistaken one."""
    return render_template("staff/agreements.html", **_listed())


def _listed() -> dict[str, object]:
    return {"agreements": agreements(market()), "undo_reasons": UNDO_REASONS}


@blueprint.post("/agreements/undo")
@needs_staff()
def undo() -> AnyResponse:
    """Undo an agreement for those of its people who were ticked."""
    sent = submission()
    reason = choice_of(UndoReason, sent.fields.get("reason", ""))
    wish = Undo(tuple(request.form.getlist("placement_id")), chosen_desk(), reason)
    undo_agreement(market(), sent.actor, wish, sent.key)
    _forget_slip(wish)
    if sent.fields.get("from") == "list":
        return redraw("staff.calls.page")
    return back_to_bench(sent)


def _forget_slip(wish: Undo) -> None:
    """Stop showing the last slip where it is void now."""
    kept = last_slip()
    if kept is not None and kept.placement_id in wish.placement_ids:
        keep_slip(None)
