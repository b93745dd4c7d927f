"""Owns the page of one case: its clocks, its evidence, its history and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.case_kinds import (
    CASE_OUTCOME_NAMES,
    CASE_STATE_NAMES,
    OUTCOMES_OF,
    CaseOutcome,
    CaseState,
)
from server.domain.cases import NOTE_LIMIT, TEXT_LIMIT
from server.domain.clock import market_day
from server.domain.errors import DomainError, TextMissing
from server.domain.kinds import StaffRole
from server.domain.phrases import CASE_KIND_NAMES
from server.services.case_handling import (
    CaseStanding,
    Closing,
    HandOver,
    close_case,
    extend_case,
    give_feedback,
    hand_over,
    reopen_case,
    take_on,
)
from server.services.case_views import CaseFile, HistoryLine, case_file, case_history
from server.services.staff import active_staff
from server.staff.answers import Submission, on_refusal, redraw, refusal_at, refused, submission
from server.staff.cases import NO_NAME, steps_shown
from server.staff.forms import FormFaulty, choice_of
from server.web.auth import needs_staff, this_staff
from server.web.context import market

blueprint = Blueprint("case", __name__, url_prefix="/cases")

KIOSK = "自助机"
STATE_TONES = {
    CaseState.OPENED: "warn",
    CaseState.ASSIGNED: "good",
    CaseState.ANSWERED: "good",
    CaseState.CLOSED: "done",
}
EVENT_WORDS = {
    "case.opened": "登记",
    "case.assigned": "接办",
    "case.answered": "给本人回话",
    "case.noted": "本人又来说",
    "case.handed_over": "移交",
    "case.extended": "按重大事项延期",
    "case.closed": "办结",
    "case.reopened": "重新打开",
}


@dataclass(frozen=True)
class PastStep:
    """A line of the history as the page shows it."""

    at: datetime
    what: str
    who: str
    text: str


def past_step(line: HistoryLine) -> PastStep:
    """Return a line of the history in words."""
    more = ""
    if line.to is not None:
        more = f"给{line.to}"
    if line.by_day is not None:
        more = f"，{line.by_day.month}月{line.by_day.day}日前办结"
    if line.outcome is not None:
        more = f"：{CASE_OUTCOME_NAMES[line.outcome]}"
    what = EVENT_WORDS.get(line.event, line.event)
    return PastStep(line.at, f"{what}{more}", line.who or KIOSK, line.text)


@blueprint.get("/<no>")
@needs_staff()
def one(no: str) -> str:
    """Show a case."""
    return render_template("staff/case.html", **_shown(no))


def _shown(no: str) -> dict[str, object]:
    me, found = this_staff(), case_file(market(), no)
    kind, is_open = found.row.case.kind, found.state is not CaseState.CLOSED
    has_it = is_open and found.responsible_id == me.id
    may_act = has_it or (is_open and me.role is StaffRole.MANAGER)
    return {
        "file": found,
        "case": found.row.case,
        "kind_name": CASE_KIND_NAMES[kind],
        "state_name": CASE_STATE_NAMES[found.state],
        "tone": STATE_TONES[found.state],
        "steps": steps_shown(found.row, market_day(market().database.now())),
        "history": [past_step(line) for line in case_history(market(), found.row.case.id)],
        "masked_name": found.row.masked_name or NO_NAME,
        "has_it": has_it,
        "may_act": may_act and found.responsible_id is not None,
        "may_extend": may_act and _may_extend(found),
        "outcomes": {outcome: CASE_OUTCOME_NAMES[outcome] for outcome in OUTCOMES_OF[kind]},
        "outcome_name": CASE_OUTCOME_NAMES[found.row.outcome] if found.row.outcome else "",
        "others": [m for m in active_staff(market()) if m.id != found.responsible_id],
        "limits": {"note": NOTE_LIMIT, "text": TEXT_LIMIT},
        "typed": {},
        # Where a refusal has a place of its own; elsewhere it stands above the page.
        "places": _places(found, may_act, me.role),
    }


def _places(found: CaseFile, may_act: bool, role: StaffRole) -> frozenset[str]:
    if found.state is CaseState.OPENED:
        return frozenset({"take"})
    if found.state is CaseState.CLOSED:
        return frozenset({"reopen"} if role is StaffRole.MANAGER else ())
    return frozenset({"feedback", "end", "plan", "hand"} if may_act else ())


def _may_extend(found: CaseFile) -> bool:
    today = market_day(market().database.now())
    return not found.row.is_major and found.row.case.deadlines.close_by_day >= today


def _refuse(error: DomainError) -> AnyResponse:
    shown = _shown((request.view_args or {}).get("no", ""))
    return refused(
        "staff/case.html", error, **{**shown, "typed": request.form, "refusal": refusal_at(error)}
    )


on_refusal(blueprint, _refuse)


def _done(no: str, act: Callable[[Submission], CaseStanding]) -> AnyResponse:
    act(submission())
    return redraw("staff.case.one", no=no)


@blueprint.post("/<no>/responsible")
@needs_staff()
def take(no: str) -> AnyResponse:
    """Take the case on."""
    return _done(no, lambda sent: take_on(market(), sent.actor, no, sent.key))


@blueprint.post("/<no>/hand-over")
@needs_staff()
def pass_on(no: str) -> AnyResponse:
    """Make another member of staff responsible."""

    def act(sent: Submission) -> CaseStanding:
        wanted = HandOver(sent.fields.get("staff_id", ""), sent.fields.get("reason", ""))
        return hand_over(market(), sent.actor, no, wanted, sent.key)

    return _done(no, act)


@blueprint.post("/<no>/feedback")
@needs_staff()
def feedback(no: str) -> AnyResponse:
    """Note what the worker was told."""
    return _done(
        no,
        lambda sent: give_feedback(
            market(), sent.actor, no, sent.fields.get("feedback", ""), sent.key
        ),
    )


@blueprint.post("/<no>/plan")
@needs_staff()
def extend(no: str) -> AnyResponse:
    """Give the case a month, with a plan."""
    return _done(
        no,
        lambda sent: extend_case(market(), sent.actor, no, sent.fields.get("plan", ""), sent.key),
    )


@blueprint.post("/<no>/end")
@needs_staff()
def end(no: str) -> AnyResponse:
    """Close the case with its outcome."""

    def act(sent: Submission) -> CaseStanding:
        named = sent.fields.get("outcome", "")
        if not named:
            raise FormFaulty({"outcome": TextMissing(field="outcome")})
        closing = Closing(choice_of(CaseOutcome, named), sent.fields.get("done", ""))
        return close_case(market(), sent.actor, no, closing, sent.key)

    return _done(no, act)


@blueprint.post("/<no>/reopening")
@needs_staff(StaffRole.MANAGER)
def reopen(no: str) -> AnyResponse:
    """Open the closed case again."""
    return _done(
        no,
        lambda sent: reopen_case(market(), sent.actor, no, sent.fields.get("reason", ""), sent.key),
    )
