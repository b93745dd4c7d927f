"""Owns the pages of employers: the list, the registration and one employer's posts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.domain.clock import market_day
from server.domain.errors import DomainError, EmployerExists
from server.services.employer_lookup import MIN_SIGNS
from server.services.employers import employer_of, register_employer
from server.staff.answers import (
    check_drawn_here,
    go,
    key_to_redraw,
    new_key,
    on_refusal,
    refused,
    submission,
)
from server.staff.employer_choice import (
    EmployerLine,
    employer_choice,
    employer_line,
    employer_lines,
    hits,
)
from server.staff.employer_form import EmployerFields, read_employer, typed_fields
from server.staff.employer_page import SANCTION_WORDS, SanctionFields, employer_shown
from server.staff.forms import clean_text, refusal_of
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("employers", __name__, url_prefix="/employers")

MAX_SEARCH = 60


def _search() -> str:
    """Return what was typed. Pages send it in a body: it may be a phone or a name."""
    return clean_text(request.values.get("search", ""))[:MAX_SEARCH]


@blueprint.get("")
@needs_staff()
def page() -> str:
    """List employers, with the form that registers one."""
    return _list(employer_lines(market(), _search()))


def _list(lines: tuple[EmployerLine, ...]) -> str:
    typed, key = EmployerFields(), new_key()
    return render_template(
        "staff/employers.html", lines=lines, search=_search(), typed=typed, key=key
    )


@blueprint.post("/search")
@needs_staff()
def search() -> str:
    """List the employers that what was typed may mean."""
    check_drawn_here()
    return _list(hits(market(), _search()))


@blueprint.post("/choices")
@needs_staff()
def choices() -> str:
    """Return the employers that a post can be for, as the form lists them."""
    check_drawn_here()
    chosen = clean_text(request.form.get("employer_id", ""))
    found = employer_choice(market(), chosen, _search())
    return render_template("staff/parts/choices.html", choice=found, chosen_id=chosen)


@blueprint.post("/hits")
@needs_staff()
def hits_region() -> str:
    """Return the employers that what was typed so far may mean."""
    check_drawn_here()
    typed = _search()
    is_asked = len(typed) >= MIN_SIGNS
    return render_template("staff/parts/hits.html", hits=hits(market(), typed), is_asked=is_asked)


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
        there=_there(error),
    )


def _there(error: DomainError) -> EmployerLine | None:
    if not isinstance(error, EmployerExists):
        return None
    return employer_line(employer_of(market(), str(error.facts["employer_id"])))


on_refusal(blueprint, _refuse)


@blueprint.get("/<employer_id>")
@needs_staff()
def one(employer_id: str) -> AnyResponse | str:
    """Show one employer; the address of a merged one leads to the one it is part of."""
    shown = page_of(employer_id)
    kept_id = shown["line"].id
    if kept_id != employer_id:
        return redirect(url_for("staff.employers.one", employer_id=kept_id))
    return render_template("staff/employer.html", **shown)


def page_of(employer_id: str, typed: SanctionFields | None = None) -> dict[str, Any]:
    """Return what the template of one employer is drawn with. Raises EmployerUnknown."""
    blank = SanctionFields(from_day=market_day(market().database.now()).isoformat())
    shown = employer_shown(market(), employer_id)
    return {"shown": shown, "line": shown.line, "typed": typed or blank, **SANCTION_WORDS}
