"""Owns the managers' pages of what posts are checked by: rules of words, minimum wages."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, WageDayInvalid
from server.domain.kinds import StaffRole
from server.domain.money import parse_yuan
from server.domain.review_rules import marked
from server.domain.wage_classes import wage_classes
from server.services.market import market_view
from server.services.review_rules import (
    KeptRule,
    RuleEdit,
    add_rule,
    change_rule,
    kept_rule,
    kept_rules,
    rule_of_draft,
    try_text,
)
from server.services.wages import set_wage, wages
from server.staff.answers import (
    check_drawn_here,
    key_to_redraw,
    new_key,
    on_refusal,
    redraw,
    refusal_at,
    refused,
    submission,
)
from server.staff.forms import Refusal, clean_text
from server.staff.rule_form import (
    CATEGORY_NAMES,
    KIND_NAMES,
    MOST_TRIED,
    RuleFields,
    fields_of_rule,
    origin_of,
    read_rule,
    rule_fields,
    version_of_form,
)
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("review_rules", __name__, url_prefix="/review-rules")
manager_only = needs_staff(StaffRole.MANAGER)


@blueprint.get("")
@manager_only
def page() -> str:
    """List the rules and the minimum wages."""
    return render_template("staff/review_rules.html", **_shown())


def _shown(tried: str = "") -> dict[str, object]:
    hits = try_text(market(), tried) if tried else ()
    return {
        "rules": kept_rules(market()),
        "category_names": CATEGORY_NAMES,
        "kind_names": KIND_NAMES,
        "wages": wages(market()),
        "base_fen": market_view(market()).min_hourly_pay_fen,
        "classes": wage_classes(),
        "typed": request.form,
        "tried": tried,
        "hits": hits,
        "pieces": marked(tried, hits),
    }


@blueprint.post("/try")
@manager_only
def try_sentence() -> str:
    """Read a sentence with the rules as they are; nothing is kept."""
    check_drawn_here()
    return render_template("staff/review_rules.html", **_shown(_tried()))


def _tried() -> str:
    return clean_text(request.form.get("tried", ""))[:MOST_TRIED]


@blueprint.post("/wages")
@manager_only
def add_wage() -> AnyResponse:
    """Set the minimum wage from a day on."""
    sent = submission()
    from_day = _day(sent.fields.get("from_day", ""))
    fen = parse_yuan(sent.fields.get("hourly_fen", ""))
    set_wage(market(), sent.actor, from_day, fen, sent.key)
    return redraw("staff.review_rules.page")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WageDayInvalid from error


@blueprint.get("/new")
@manager_only
def new() -> str:
    """Show an empty form of a rule of the market's own."""
    return render_template("staff/review_rule.html", **_form(RuleFields(), None))


@blueprint.get("/<rule_id>")
@manager_only
def one(rule_id: str) -> str:
    """Show a rule to be changed."""
    kept = kept_rule(market(), rule_id)
    return render_template("staff/review_rule.html", **_form(fields_of_rule(kept), kept))


def _form(
    typed: RuleFields, kept: KeptRule | None, refusal: Refusal | None = None
) -> dict[str, object]:
    return {
        "typed": typed,
        "kept": kept,
        "refusal": refusal,
        "key": new_key() if refusal is None else key_to_redraw(refusal),
        "category_names": CATEGORY_NAMES,
        "kind_names": KIND_NAMES,
        "hits": None,
        "pieces": (),
    }


@blueprint.post("/new")
@manager_only
def add() -> AnyResponse:
    """Add a rule of the market's own."""
    sent = submission()
    add_rule(market(), sent.actor, read_rule(rule_fields(sent.fields)), sent.key)
    return redraw("staff.review_rules.page")


@blueprint.post("/<rule_id>")
@manager_only
def change(rule_id: str) -> AnyResponse:
    """Change a rule, or switch it off or on."""
    sent = submission()
    draft = read_rule(rule_fields(sent.fields))
    edit = RuleEdit(rule_id, version_of_form(sent.fields), draft)
    change_rule(market(), sent.actor, edit, sent.key)
    return redraw("staff.review_rules.page")


@blueprint.post("/new/try")
@manager_only
def try_new() -> str:
    """Read a sentence with a rule that is not saved yet."""
    return _try_typed(None)


@blueprint.post("/<rule_id>/try")
@manager_only
def try_changed(rule_id: str) -> str:
    """Read a sentence with a changed rule before it is saved."""
    return _try_typed(kept_rule(market(), rule_id))


def _try_typed(kept: KeptRule | None) -> str:
    check_drawn_here()
    typed, tried = rule_fields(request.form), _tried()
    rule = rule_of_draft(read_rule(typed), origin_of(kept))
    if kept is not None:
        rule = kept.with_pattern(rule)
    hits = try_text(market(), tried, rule, "" if kept is None else kept.rule.id)
    found = {"hits": hits, "pieces": marked(tried, hits)}
    return render_template("staff/review_rule.html", **{**_form(typed, kept), **found})


def _refuse(error: DomainError) -> AnyResponse:
    if request.endpoint == f"staff.{blueprint.name}.add_wage":
        return refused("staff/review_rules.html", error, refusal=refusal_at(error), **_shown())
    rule_id = (request.view_args or {}).get("rule_id", "")
    kept = kept_rule(market(), rule_id) if rule_id else None
    shown = _form(rule_fields(request.form), kept, refusal_at(error))
    return refused("staff/review_rule.html", error, **shown)


on_refusal(blueprint, _refuse)
