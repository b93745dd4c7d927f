"""Owns the workbench: numbers called, served and finished, and people brought to posts."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.desk_reasons import PARK_REASONS, UNDO_REASONS
from server.domain.errors import DomainError, RequestMalformed
from server.domain.kinds import DeclineReason, ReferralState, TicketState
from server.domain.order_rules import ORDER_RULE_NAMES, OUT_OF_TURN_NAMES, OutOfTurn
from server.domain.phrases import DECLINE_REASONS, SERVICE_NAMES
from server.services.board import post_row
from server.services.calls import Move, NamedCall, call_named, call_next, move_ticket, recall
from server.services.market import market_view
from server.services.posts import post_of
from server.services.print_jobs import reprint_slip
from server.services.referrals import NewReferral, ReferralAnswer, record_referral
from server.services.tickets import ticket_view
from server.staff.answers import (
    Submission,
    on_refusal,
    redraw,
    refusal_at,
    refused,
    region,
    submission,
    version_of,
)
from server.staff.bench import BenchView, bench_view, work_shown
from server.staff.desk_choice import LastSlip, chosen_desk, keep_slip, last_slip, this_desk
from server.staff.forms import choice_of
from server.staff.line import queue_shown
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("desk", __name__)

STATES_OF_BUTTONS = frozenset(
    {TicketState.SERVING, TicketState.DONE, TicketState.NO_SHOW, TicketState.WAITING}
)


@blueprint.get("/")
@needs_staff()
def page() -> str:
    """Show the workbench."""
    return render_template("staff/desk.html", **_shown(bench_view(request.args)))


def _shown(view: BenchView) -> dict[str, object]:
    queue = queue_shown(market(), view)
    work = work_shown(market(), view, chosen_desk(), last_slip())
    return {
        "view": view,
        "queue": queue,
        "queue_version": version_of(queue),
        "work": work,
        "work_version": version_of(work),
        **_choices(),
    }


def _choices() -> dict[str, object]:
    """Return what the forms of the workbench offer."""
    return {
        "desks": market_view(market()).desks,
        "reasons": DECLINE_REASONS,
        "park_reasons": PARK_REASONS,
        "undo_reasons": UNDO_REASONS,
        "out_of_turn_reasons": OUT_OF_TURN_NAMES,
        "queue_rule": ORDER_RULE_NAMES[market_view(market()).order_rule],
        "services": SERVICE_NAMES,
        "hold_minutes": market_view(market()).hold_minutes,
    }


@blueprint.get("/queue")
@needs_staff()
def queue_region() -> Response:
    """Return the queue alone, or 204 when it has not changed."""
    view = bench_view(request.args)
    queue = queue_shown(market(), view)
    return region("staff/parts/queue.html", version_of(queue), queue=queue, view=view, **_choices())


@blueprint.get("/work")
@needs_staff()
def work_region() -> Response:
    """Return the ticket at this desk and its posts, or 204 when nothing has changed."""
    view = bench_view(request.args)
    work = work_shown(market(), view, chosen_desk(), last_slip())
    return region("staff/parts/work.html", version_of(work), work=work, view=view, **_choices())


def refuse_at_bench(error: DomainError) -> AnyResponse:
    """Say a refusal on the workbench, at the button that was pressed."""
    shown = _shown(bench_view(request.form))
    return refused("staff/desk.html", error, refusal=refusal_at(error), **shown)


on_refusal(blueprint, refuse_at_bench)


def back_to_bench(sent: Submission) -> AnyResponse:
    """Answer a done write with the workbench as it was looked at."""
    kept = {name: sent.fields[name] for name in ("service", "post") if sent.fields.get(name)}
    return redraw("staff.desk.page", **kept)


@blueprint.post("/calls")
@needs_staff()
def call() -> AnyResponse:
    """Call the ticket of the shown service whose turn it is to this desk."""
    sent = submission()
    service = bench_view(sent.fields).service
    services = () if service is None else (service,)
    call_next(market(), sent.actor, this_desk(), services, sent.key)
    return back_to_bench(sent)


@blueprint.post("/tickets/<code>/calls")
@needs_staff()
def call_one(code: str) -> AnyResponse:
    """Call one waiting or missed ticket to this desk; out of turn with a reason."""
    sent = submission()
    why = sent.fields.get("why", "")
    wanted = NamedCall(
        code,
        this_desk(),
        choice_of(OutOfTurn, why) if why else None,
        sent.fields.get("words", "") if why == OutOfTurn.OTHER else "",
        sent.fields.get("for_post") or None,
    )
    call_named(market(), sent.actor, wanted, sent.key)
    return back_to_bench(sent)


@blueprint.post("/tickets/<code>/recalls")
@needs_staff()
def call_again(code: str) -> AnyResponse:
    """Call the called ticket once more."""
    sent = submission()
    recall(market(), sent.actor, code, this_desk(), sent.key)
    return back_to_bench(sent)


@blueprint.post("/tickets/<code>/state")
@needs_staff()
def move(code: str) -> AnyResponse:
    """Move the ticket on: being served, done, missed, or back to the queue."""
    sent = submission()
    state = choice_of(TicketState, sent.fields.get("state", ""))
    if state not in STATES_OF_BUTTONS:
        raise RequestMalformed
    move_ticket(market(), sent.actor, Move(code, state, this_desk()), sent.key)
    return back_to_bench(sent)


@blueprint.post("/tickets/<code>/referrals")
@needs_staff()
def refer(code: str) -> AnyResponse:
    """Record how the talk about a post ended; an agreement prints the slip."""
    sent = submission()
    done = record_referral(market(), sent.actor, _referral(sent, code), sent.key)
    if done.state is ReferralState.AGREED:
        keep_slip(_slip_of(code, sent.fields["post_id"], done))
    return back_to_bench(sent)


def _referral(sent: Submission, code: str) -> NewReferral:
    state = choice_of(ReferralState, sent.fields.get("state", ""))
    reason = sent.fields.get("decline_reason")
    return NewReferral(
        code,
        sent.fields.get("post_id", ""),
        this_desk(),
        state,
        choice_of(DeclineReason, reason) if reason and state is ReferralState.DECLINED else None,
        # The form of a crew says whom the clerk ticked, maybe nobody.
        tuple(request.form.getlist("worker_id")) if "is_crew" in sent.fields else None,
    )


def _slip_of(code: str, post_id: str, done: ReferralAnswer) -> LastSlip:
    label = ticket_view(market(), code).label
    agreed = post_row(post_of(market(), post_id))
    title = f"{agreed.trade_name} · {agreed.employer}"
    last = done.slips[-1]
    return LastSlip(last.placement_id, last.print_job_id, label, title, len(done.slips))


@blueprint.post("/slips/<placement_id>/reprints")
@needs_staff()
def reprint(placement_id: str) -> AnyResponse:
    """Print one more copy of a slip."""
    sent = submission()
    copy = reprint_slip(market(), sent.actor, placement_id, sent.key)
    kept = last_slip()
    if kept is not None and kept.placement_id == placement_id:
        keep_slip(replace(kept, job_id=copy.id))
    return back_to_bench(sent)
