"""Owns the pages of job fairs and trainings (专场、培训): plans, sign-ups, who came, the months."""

from __future__ import annotations

from datetime import time

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.activities import (
    ACTIVITY_NAMES,
    PLACE_LIMIT,
    TITLE_LIMIT,
    ActivityKind,
    ActivityPlan,
)
from server.domain.errors import (
    DomainError,
    EmployerUnknown,
    TextMissing,
)
from server.domain.errors.hall import (
    EmployerAmbiguous,
)
from server.domain.phrases import FREE_TIME_NAMES
from server.domain.trades import trade, trade_groups
from server.services.activities import (
    SignUp,
    cancel_activity,
    plan_activity,
    sign_off,
    sign_up,
    tick_attendance,
)
from server.services.activity_views import (
    activities,
    activity_of,
    months,
    signups_of,
    wishes_for,
)
from server.services.employer_lookup import look_up
from server.staff.answers import Submission, on_refusal, redraw, refusal_at, refused, submission
from server.staff.forms import FormFaulty, choice_of, plain_digits, read_day, read_number
from server.staff.tools import label_here
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("activities", __name__, url_prefix="/activities")

NEEDED = ("activity_title", "activity_day", "start_time", "activity_place", "capacity")


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show what is planned and what was held, with the months' counts."""
    return render_template("staff/activities.html", **_listed())


def _listed() -> dict[str, object]:
    coming, over = activities(market())
    return {
        "coming": coming,
        "over": over,
        "months": months(market()),
        "kinds": ACTIVITY_NAMES,
        "trade_groups": trade_groups(),
        "limits": {"title": TITLE_LIMIT, "place": PLACE_LIMIT},
        "typed": {},
        "typed_trades": [],
    }


@blueprint.get("/<activity_id>")
@needs_staff()
def one(activity_id: str) -> str:
    """Show a job fair or a training with who signed up."""
    return render_template("staff/activity.html", **_shown(activity_id))


def _shown(activity_id: str) -> dict[str, object]:
    found = activity_of(market(), activity_id)
    return {
        "activity": found,
        "kind_name": ACTIVITY_NAMES[found.kind],
        "trade_names": [trade(trade_id).short_name for trade_id in found.trades],
        "signups": signups_of(market(), activity_id),
        "wishes": wishes_for(market(), found),
        "time_names": FREE_TIME_NAMES,
        "label_here": label_here(),
        "typed": {},
    }


def _refuse(error: DomainError) -> AnyResponse:
    more = {"typed": request.form, "refusal": refusal_at(error)}
    activity_id = (request.view_args or {}).get("activity_id")
    if activity_id is None:
        trades = request.form.getlist("trades")
        shown = {**_listed(), **more, "typed_trades": trades}
        return refused("staff/activities.html", error, **shown)
    return refused("staff/activity.html", error, **{**_shown(activity_id), **more})


on_refusal(blueprint, _refuse)


@blueprint.post("")
@needs_staff()
def plan() -> AnyResponse:
    """Plan a job fair or a training."""
    sent = submission()
    made = plan_activity(market(), sent.actor, _plan(sent), sent.key)
    return redraw("staff.activities.one", activity_id=made)


def _plan(sent: Submission) -> ActivityPlan:
    missing = [name for name in NEEDED if not sent.fields.get(name)]
    if missing:
        raise FormFaulty({name: TextMissing(field=name) for name in missing})
    return ActivityPlan(
        choice_of(ActivityKind, sent.fields.get("kind", "")),
        sent.fields["activity_title"],
        read_day(sent.fields, "activity_day"),
        _time(sent.fields["start_time"]),
        sent.fields["activity_place"],
        read_number(sent.fields, "capacity"),
        read_number(sent.fields, "booths") if sent.fields.get("booths") else 0,
        tuple(request.form.getlist("trades")),
    )


def _time(text: str) -> time:
    hour, _, minute = plain_digits(text).partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise FormFaulty({"start_time": TextMissing(field="start_time")}) from error


@blueprint.post("/<activity_id>/workers")
@needs_staff()
def sign_worker(activity_id: str) -> AnyResponse:
    """Sign a worker up by today's number or by who they are."""
    sent = submission()
    who = SignUp(activity_id, worker_text=sent.fields.get("worker", ""))
    sign_up(market(), sent.actor, who, sent.key)
    return redraw("staff.activities.one", activity_id=activity_id)


@blueprint.post("/<activity_id>/wishes")
@needs_staff()
def sign_wish(activity_id: str) -> AnyResponse:
    """Sign the worker of a training wish up."""
    sent = submission()
    who = SignUp(activity_id, wish_id=sent.fields.get("wish_id", ""))
    sign_up(market(), sent.actor, who, sent.key)
    return redraw("staff.activities.one", activity_id=activity_id)


@blueprint.post("/<activity_id>/employers")
@needs_staff()
def sign_employer(activity_id: str) -> AnyResponse:
    """Sign an employer up that is found by what was typed."""
    sent = submission()
    who = SignUp(activity_id, employer_id=_employer(sent.fields.get("employer", "")))
    sign_up(market(), sent.actor, who, sent.key)
    return redraw("staff.activities.one", activity_id=activity_id)


def _employer(text: str) -> str:
    if not text:
        raise FormFaulty({"employer": TextMissing(field="employer")})
    found = look_up(market(), text)
    exact = [one for one in found if text in {one.public_name, one.credit_code}]
    if len(exact or found) > 1:
        raise FormFaulty({"employer": EmployerAmbiguous()})
    if not found:
        raise FormFaulty({"employer": EmployerUnknown()})
    return (exact or list(found))[0].id


@blueprint.post("/<activity_id>/attendance")
@needs_staff()
def attend(activity_id: str) -> AnyResponse:
    """Say who came."""
    sent = submission()
    came = frozenset(request.form.getlist("came"))
    tick_attendance(market(), sent.actor, activity_id, came, sent.key)
    return redraw("staff.activities.one", activity_id=activity_id)


@blueprint.post("/<activity_id>/sign-off")
@needs_staff()
def take_off(activity_id: str) -> AnyResponse:
    """Take a sign-up back."""
    sent = submission()
    sign_off(market(), sent.actor, sent.fields.get("signup_id", ""), sent.key)
    return redraw("staff.activities.one", activity_id=activity_id)


@blueprint.post("/<activity_id>/cancellation")
@needs_staff()
def cancel(activity_id: str) -> AnyResponse:
    """Call the activity off."""
    sent = submission()
    cancel_activity(market(), sent.actor, activity_id, sent.key)
    return redraw("staff.activities.one", activity_id=activity_id)
