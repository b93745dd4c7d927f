"""Owns the pages where staff sign in, sign out and say which window they sit at."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_limiter.errors import RateLimitExceeded
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, RequestMalformed, TooManyRequests
from server.services.market import market_view
from server.services.staff import sign_in
from server.staff.answers import check_drawn_here, go, refused, submission
from server.staff.desk_choice import choose_desk
from server.staff.forms import clean_text, refusal_of, safe_path
from server.web.auth import end_session, needs_staff, open_to_all, start_session
from server.web.context import market
from server.web.limits import limit_sign_ins

blueprint = Blueprint("sign_in", __name__)

HOME = "/staff/"
MAX_USERNAME = 60


@blueprint.get("/sign-in")
@open_to_all
def page() -> str:
    """Ask who is there."""
    return render_template("staff/sign_in.html", shown=market_view(market()), username="")


@blueprint.post("/sign-in")
@open_to_all
@limit_sign_ins
def enter() -> AnyResponse:
    """Sign a member of staff in and go on to the page that was asked for."""
    try:
        check_drawn_here()
        username = clean_text(request.form.get("username", ""))
        start_session(sign_in(market(), username, request.form.get("password", "")))
    except DomainError as error:
        return _again(error)
    return redirect(safe_path(request.args.get("next", ""), HOME), 303)


@blueprint.errorhandler(RateLimitExceeded)
def wait(_error: RateLimitExceeded) -> AnyResponse:
    """Ask to wait after too many tries."""
    return _again(TooManyRequests())


def _again(error: DomainError) -> AnyResponse:
    username = clean_text(request.form.get("username", ""))[:MAX_USERNAME]
    return refused(
        "staff/sign_in.html",
        error,
        shown=market_view(market()),
        username=username,
        refusal=refusal_of(error),
    )


@blueprint.post("/sign-out")
@needs_staff()
def leave() -> AnyResponse:
    """Sign the member of staff out."""
    check_drawn_here()
    end_session()
    return go("staff.sign_in.page")


@blueprint.get("/desks")
@needs_staff()
def desks() -> str:
    """Ask which window this browser sits at."""
    return render_template("staff/desks.html", desks=market_view(market()).desks)


@blueprint.post("/desks")
@needs_staff()
def take_desk() -> AnyResponse:
    """Remember the window of this browser. Raises DeskUnknown, RequestMalformed."""
    text = submission().fields.get("desk_no", "")
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise RequestMalformed
    market_view(market()).check_desk(int(text))
    choose_desk(int(text))
    return go("staff.desk.page")
