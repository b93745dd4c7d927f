"""Owns the pages of the hardship roster (困难人员台账), for managers and the clerks they named."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.clock import market_day
from server.domain.errors import DomainError, RequestMalformed, TextMissing
from server.domain.hardship import (
    CATEGORY_NAMES,
    GRADE_NAMES,
    HELP_NAMES,
    NOTE_LIMIT,
    HardshipCategory,
    HardshipGrade,
    HelpKind,
)
from server.domain.kinds import StaffRole
from server.services.hardship import (
    Help,
    NewEntry,
    end_entry,
    enter,
    give_help,
    name_viewers,
    regrade,
)
from server.services.hardship_views import roster, view_entry
from server.services.staff import active_staff
from server.staff.answers import Submission, on_refusal, redraw, refusal_at, refused, submission
from server.staff.forms import FormFaulty, choice_of, read_day, read_number
from server.staff.tools import label_here
from server.web.auth import needs_staff, this_staff
from server.web.context import market

blueprint = Blueprint("hardship", __name__, url_prefix="/hardship")


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show who is on the roster and who asked for help, not why."""
    return render_template("staff/hardship.html", **_listed())


def _listed() -> dict[str, object]:
    clerks = [member for member in active_staff(market()) if member.role is StaffRole.CLERK]
    return {
        "roster": roster(market(), this_staff().actor),
        "clerks": clerks,
        "categories": CATEGORY_NAMES,
        "grades": GRADE_NAMES,
        "label_here": label_here(),
        "note_limit": NOTE_LIMIT,
        "typed": {"from_day": market_day(market().database.now()).isoformat()},
        "typed_categories": [],
    }


@blueprint.get("/<entry_id>")
@needs_staff()
def one(entry_id: str) -> str:
    """Show an entry with everything; the log keeps who looked."""
    return render_template("staff/hardship_entry.html", **_shown(entry_id))


def _shown(entry_id: str) -> dict[str, object]:
    return {
        "entry": view_entry(market(), this_staff().actor, entry_id),
        "categories": CATEGORY_NAMES,
        "grades": GRADE_NAMES,
        "helps": HELP_NAMES,
        "note_limit": NOTE_LIMIT,
        "typed": {},
    }


def _refuse(error: DomainError) -> AnyResponse:
    more = {"typed": request.form, "refusal": refusal_at(error)}
    entry_id = (request.view_args or {}).get("entry_id")
    if entry_id is not None:
        shown = {**_shown(entry_id), **more}
        return refused("staff/hardship_entry.html", error, **shown)
    chosen = request.form.getlist("categories")
    shown = {**_listed(), **more, "typed_categories": chosen}
    return refused("staff/hardship.html", error, **shown)


on_refusal(blueprint, _refuse)


@blueprint.post("")
@needs_staff()
def add() -> AnyResponse:
    """Put a worker on the roster."""
    sent = submission()
    made = enter(market(), sent.actor, _entry(sent), sent.key)
    return redraw("staff.hardship.one", entry_id=made)


def _entry(sent: Submission) -> NewEntry:
    if not sent.fields.get("grade"):
        raise FormFaulty({"grade": TextMissing(field="grade")})
    chosen = request.form.getlist("categories")
    return NewEntry(
        sent.fields.get("worker", ""),
        sent.fields.get("case_no", ""),
        tuple(choice_of(HardshipCategory, name) for name in chosen),
        _grade(sent),
        read_day(sent.fields, "from_day"),
        read_day(sent.fields, "to_day") if sent.fields.get("to_day") else None,
        sent.fields.get("note", ""),
    )


def _grade(sent: Submission) -> HardshipGrade:
    number = read_number(sent.fields, "grade")
    if number not in set(HardshipGrade):
        raise RequestMalformed
    return HardshipGrade(number)


@blueprint.post("/<entry_id>/grade")
@needs_staff()
def change_grade(entry_id: str) -> AnyResponse:
    """Give the entry another grade."""
    sent = submission()
    regrade(market(), sent.actor, entry_id, _grade(sent), sent.key)
    return redraw("staff.hardship.one", entry_id=entry_id)


@blueprint.post("/<entry_id>/helps")
@needs_staff()
def add_help(entry_id: str) -> AnyResponse:
    """Note what help was given."""
    sent = submission()
    kind = choice_of(HelpKind, sent.fields.get("kind", ""))
    give_help(market(), sent.actor, Help(entry_id, kind, sent.fields.get("note", "")), sent.key)
    return redraw("staff.hardship.one", entry_id=entry_id)


@blueprint.post("/<entry_id>/end")
@needs_staff()
def end(entry_id: str) -> AnyResponse:
    """Take somebody off the roster."""
    sent = submission()
    end_entry(market(), sent.actor, entry_id, sent.key)
    return redraw("staff.hardship.page")


@blueprint.post("/viewers")
@needs_staff(StaffRole.MANAGER)
def viewers() -> AnyResponse:
    """Say which clerks may see the roster."""
    sent = submission()
    chosen = frozenset(request.form.getlist("staff_id"))
    name_viewers(market(), sent.actor, chosen, sent.key)
    return redraw("staff.hardship.page")
