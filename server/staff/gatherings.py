"""Owns the pages of job fairs and trainings (专场、培训): plans, sign-ups, who came, the months."""

from __future__ import annotations

from datetime import time

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import (
    DomainError,
    EmployerUnknown,
    TextMissing,
)
from server.domain.errors.hall import (
    EmployerAmbiguous,
)
from server.domain.gatherings import (
    GATHERING_NAMES,
    PLACE_LIMIT,
    TITLE_LIMIT,
    GatheringKind,
    GatheringPlan,
)
from server.domain.phrases import FREE_TIME_NAMES
from server.domain.trades import trade, trade_groups
from server.services.employer_lookup import look_up
from server.services.gathering_views import (
    gathering_of,
    gatherings,
    months,
    signups_of,
    wishes_for,
)
from server.services.gatherings import (
    SignUp,
    cancel_gathering,
    plan_gathering,
    sign_off,
    sign_up,
    tick_attendance,
)
from server.staff.answers import Submission, on_refusal, redraw, refusal_at, refused, submission
from server.staff.forms import FormFaulty, choice_of, plain_digits, read_day, read_number
from server.staff.tools import label_here
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("gatherings", __name__, url_prefix="/gatherings")

NEEDED = ("gathering_title", "gathering_day", "start_time", "gathering_place", "capacity")


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show what is planned and what was held, with the months' counts."""
    return render_template("staff/gatherings.html", **_listed())


def _listed() -> dict[str, object]:
    coming, over = gatherings(market())
    return {
        "coming": coming,
        "over": over,
        "months": months(market()),
        "kinds": GATHERING_NAMES,
        "trade_groups": trade_groups(),
        "limits": {"title": TITLE_LIMIT, "place": PLACE_LIMIT},
        "typed": {},
        "typed_trades": [],
    }


@blueprint.get("/<gathering_id>")
@needs_staff()
def one(gathering_id: str) -> str:
    """Show a job fair or a training with who signed up."""
    return render_template("staff/gathering.html", **_shown(gathering_id))


def _shown(gathering_id: str) -> dict[str, object]:
    found = gathering_of(market(), gathering_id)
    return {
        "gathering": found,
        "kind_name": GATHERING_NAMES[found.kind],
        "trade_names": [trade(trade_id).short_name for trade_id in found.trades],
        "signups": signups_of(market(), gathering_id),
        "wishes": wishes_for(market(), found),
        "time_names": FREE_TIME_NAMES,
        "label_here": label_here(),
        "typed": {},
    }


def _refuse(error: DomainError) -> AnyResponse:
    more = {"typed": request.form, "refusal": refusal_at(error)}
    gathering_id = (request.view_args or {}).get("gathering_id")
    if gathering_id is None:
        trades = request.form.getlist("trades")
        shown = {**_listed(), **more, "typed_trades": trades}
        return refused("staff/gatherings.html", error, **shown)
    return refused("staff/gathering.html", error, **{**_shown(gathering_id), **more})


on_refusal(blueprint, _refuse)


@blueprint.post("")
@needs_staff()
def plan() -> AnyResponse:
    """Plan a job fair or a training."""
    sent = submission()
    made = plan_gathering(market(), sent.actor, _plan(sent), sent.key)
    return redraw("staff.gatherings.one", gathering_id=made)


def _plan(sent: Submission) -> GatheringPlan:
    missing = [name for name in NEEDED if not sent.fields.get(name)]
    if missing:
        raise FormFaulty({name: TextMissing(field=name) for name in missing})
    return GatheringPlan(
        choice_of(GatheringKind, sent.fields.get("kind", "")),
        sent.fields["gathering_title"],
        read_day(sent.fields, "gathering_day"),
        _time(sent.fields["start_time"]),
        sent.fields["gathering_place"],
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


@blueprint.post("/<gathering_id>/workers")
@needs_staff()
def sign_worker(gathering_id: str) -> AnyResponse:
    """Sign a worker up by today's number or by who they are."""
    sent = submission()
    who = SignUp(gathering_id, worker_text=sent.fields.get("worker", ""))
    sign_up(market(), sent.actor, who, sent.key)
    return redraw("staff.gatherings.one", gathering_id=gathering_id)


@blueprint.post("/<gathering_id>/wishes")
@needs_staff()
def sign_wish(gathering_id: str) -> AnyResponse:
    """Sign the worker of a training wish up."""
    sent = submission()
    who = SignUp(gathering_id, wish_id=sent.fields.get("wish_id", ""))
    sign_up(market(), sent.actor, who, sent.key)
    return redraw("staff.gatherings.one", gathering_id=gathering_id)


@blueprint.post("/<gathering_id>/employers")
@needs_staff()
def sign_employer(gathering_id: str) -> AnyResponse:
    """Sign an employer up that is found by what was typed."""
    sent = submission()
    who = SignUp(gathering_id, employer_id=_employer(sent.fields.get("employer", "")))
    sign_up(market(), sent.actor, who, sent.key)
    return redraw("staff.gatherings.one", gathering_id=gathering_id)


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


@blueprint.post("/<gathering_id>/attendance")
@needs_staff()
def attend(gathering_id: str) -> AnyResponse:
    """Say who came."""
    sent = submission()
    came = frozenset(request.form.getlist("came"))
    tick_attendance(market(), sent.actor, gathering_id, came, sent.key)
    return redraw("staff.gatherings.one", gathering_id=gathering_id)


@blueprint.post("/<gathering_id>/sign-off")
@needs_staff()
def take_off(gathering_id: str) -> AnyResponse:
    """Take a sign-up back."""
    sent = submission()
    sign_off(market(), sent.actor, sent.fields.get("signup_id", ""), sent.key)
    return redraw("staff.gatherings.one", gathering_id=gathering_id)


@blueprint.post("/<gathering_id>/cancellation")
@needs_staff()
def cancel(gathering_id: str) -> AnyResponse:
    """Call the gathering off."""
    sent = submission()
    cancel_gathering(market(), sent.actor, gathering_id, sent.key)
    return redraw("staff.gatherings.one", gathering_id=gathering_id)
