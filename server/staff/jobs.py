"""Owns the page of agreed jobs of these days: who came, who is done, who was paid."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, RequestMalformed
from server.domain.kinds import PlacementState
from server.domain.phrases import PLACEMENT_STATE_NAMES
from server.domain.placement_kinds import FELL_CHOICES, NO_SHOW_DAYS, FellReason, Side
from server.domain.proposal_kinds import PROPOSAL_STATE_NAMES
from server.services.jobs_listed import jobs_of_days, jobs_with, scanned_job
from server.services.placements import JobMove, move_placements, report_unpaid
from server.services.proposals import holds_now
from server.staff.answers import (
    Submission,
    on_refusal,
    redraw,
    refusal_at,
    refused,
    submission,
)
from server.staff.forms import choice_of, clean_text
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")

JOB_TONES = {
    PlacementState.AGREED: "warn",
    PlacementState.ON_SITE: "good",
    PlacementState.COMPLETED: "good",
    PlacementState.SETTLED: "done",
    PlacementState.FELL_THROUGH: "bad",
}


@blueprint.get("")
@needs_staff()
def page() -> str:
    """List the agreed jobs by post; above them the one whose slip was scanned."""
    return render_template("staff/jobs.html", **_shown(request.args.get("job", "")))


def _shown(placement_id: str) -> dict[str, object]:
    wanted = clean_text(placement_id)[:60]
    return {
        "posts": jobs_of_days(market()),
        "holds": holds_now(market()),
        "hold_names": PROPOSAL_STATE_NAMES,
        "scanned": jobs_with(market(), wanted) if wanted else None,
        "job": wanted,
        "job_states": PLACEMENT_STATE_NAMES,
        "job_tones": JOB_TONES,
        "states": PlacementState,
        "fell_choices": FELL_CHOICES,
        "no_show_days": NO_SHOW_DAYS,
    }


def refuse_here(error: DomainError) -> AnyResponse:
    """Say a refusal on the page of jobs."""
    shown = _shown(request.form.get("job", ""))
    return refused("staff/jobs.html", error, refusal=refusal_at(error), **shown)


on_refusal(blueprint, refuse_here)


def _back(sent: Submission) -> AnyResponse:
    job = sent.fields.get("job", "")
    return redraw("staff.jobs.page", **({"job": job} if job else {}))


@blueprint.post("/scans")
@needs_staff()
def scan() -> AnyResponse:
    """Show the job of a slip that the desk's scanner typed."""
    sent = submission()
    return redraw("staff.jobs.page", job=scanned_job(market(), sent.fields.get("code", "")))


@blueprint.post("/moves")
@needs_staff()
def move() -> AnyResponse:
    """Move one person's job, or those of everybody on a post, one step on."""
    sent = submission()
    state = choice_of(PlacementState, sent.fields.get("state", ""))
    wanted = JobMove(tuple(request.form.getlist("placement_id")), state)
    move_placements(market(), sent.actor, wanted, sent.key)
    return _back(sent)


@blueprint.post("/failures")
@needs_staff()
def fall() -> AnyResponse:
    """Note that jobs fell through, why and on whose side."""
    sent = submission()
    reason, _, side = sent.fields.get("why", "").partition(":")
    wanted = JobMove(
        tuple(request.form.getlist("placement_id")),
        PlacementState.FELL_THROUGH,
        choice_of(FellReason, reason),
        choice_of(Side, side),
    )
    move_placements(market(), sent.actor, wanted, sent.key)
    return _back(sent)


@blueprint.post("/unpaid")
@needs_staff()
def unpaid() -> AnyResponse:
    """Note that a worker was not paid, and open the wage case."""
    sent = submission()
    placement_id = sent.fields.get("placement_id", "")
    if not placement_id:
        raise RequestMalformed
    report_unpaid(market(), sent.actor, placement_id, sent.key)
    return _back(sent)
