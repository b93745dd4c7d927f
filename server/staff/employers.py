"""Owns the pages of employers: the list, the registration and one employer's posts."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError
from server.services.employers import employer_of, register_employer
from server.services.posts import posts_of_employer
from server.staff.answers import go, key_to_redraw, new_key, on_refusal, refused, submission
from server.staff.employer_choice import employer_choice, employer_line, employer_lines
from server.staff.employer_form import EmployerFields, read_employer, typed_fields
from server.staff.forms import clean_text, refusal_of
from server.staff.post_lists import post_lines
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("employers", __name__, url_prefix="/employers")

MAX_SEARCH = 60


def _search() -> str:
    return clean_text(request.args.get("search", ""))[:MAX_SEARCH]


@blueprint.get("")
@needs_staff()
def page() -> str:
    """List employers, with the form that registers one."""
    return render_template(
        "staff/employers.html",
        lines=employer_lines(market(), _search()),
        search=_search(),
        typed=EmployerFields(),
        key=new_key(),
    )


@blueprint.get("/choices")
@needs_staff()
def choices() -> str:
    """Return the employers that a post can be for, as the form lists them."""
    chosen = clean_text(request.args.get("employer_id", ""))
    found = employer_choice(market(), chosen, _search())
    return render_template("staff/parts/choices.html", choice=found, chosen_id=chosen)


@blueprint.post("")
@needs_staff()
def add() -> AnyResponse:
    """Register an employer."""
    sent = submission()
    new = read_employer(typed_fields(sent.fields))
    made = register_employer(market(), sent.actor, new, sent.key)
    return go("staff.employers.one", employer_id=made.id)


def _refuse(error: DomainError) -> AnyResponse:
    refusal = refusal_of(error)
    return refused(
        "staff/employers.html",
        error,
        refusal=refusal,
        lines=employer_lines(market(), ""),
        search="",
        typed=typed_fields(request.form),
        key=key_to_redraw(refusal),
    )


on_refusal(blueprint, _refuse)


@blueprint.get("/<employer_id>")
@needs_staff()
def one(employer_id: str) -> str:
    """Show one employer and its posts, latest first."""
    employer = employer_of(market(), employer_id)
    posts = post_lines(market(), posts_of_employer(market(), employer.id))
    return render_template("staff/employer.html", line=employer_line(employer), posts=posts)
