"""Owns the page of the end of the day (收市): what is left, the paper check, and the close."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.closing import END_REASON_NAMES, PAPER_LEFT_NAMES, EndReason, PaperLeft
from server.domain.errors import (
    DomainError,
    ReasonMissing,
)
from server.domain.errors.hall import (
    PaperUnchecked,
)
from server.domain.kinds import StaffRole
from server.services.closing import (
    Closing,
    close_market,
    close_today,
    reopen_market,
    totals_today,
)
from server.services.closing_list import closing_list
from server.services.tool_ledger import tool_ledger
from server.staff.answers import Submission, on_refusal, redraw, refusal_at, refused, submission
from server.staff.forms import FormFaulty, choice_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("closing", __name__, url_prefix="/closing")


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show what must be looked at, and whether the market is closed today."""
    return render_template("staff/closing.html", **_shown())


def _shown() -> dict[str, object]:
    return {
        "left": closing_list(market()),
        "closed": close_today(market()),
        "ledger": tool_ledger(market()),
        "totals": totals_today(market()),
        "paper_names": PAPER_LEFT_NAMES,
        "reason_names": END_REASON_NAMES,
        "typed": {},
    }


def _refuse(error: DomainError) -> AnyResponse:
    shown = {**_shown(), "typed": request.form, "refusal": refusal_at(error)}
    return refused("staff/closing.html", error, **shown)


on_refusal(blueprint, _refuse)


@blueprint.post("")
@needs_staff()
def close() -> AnyResponse:
    """Close the market for today."""
    sent = submission()
    close_market(market(), sent.actor, _read(sent), sent.key)
    return redraw("staff.closing.page")


def _read(sent: Submission) -> Closing:
    faults: dict[str, DomainError] = {}
    paper, reason = sent.fields.get("paper", ""), sent.fields.get("end_reason", "")
    if not paper:
        faults["paper"] = PaperUnchecked()
    is_ending = sent.fields.get("end_waiting") == "on"
    if is_ending and not reason:
        faults["end_reason"] = ReasonMissing()
    if faults:
        raise FormFaulty(faults)
    seen = sent.fields.get("waiting_seen", "")
    return Closing(
        choice_of(PaperLeft, paper),
        sent.fields.get("roll_changed") == "on",
        int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0,
        choice_of(EndReason, reason) if is_ending else None,
    )


@blueprint.post("/reopening")
@needs_staff(StaffRole.MANAGER)
def reopen() -> AnyResponse:
    """Open the market again today."""
    sent = submission()
    reopen_market(market(), sent.actor, sent.key)
    return redraw("staff.closing.page")
