"""Owns the page of the tool ledger (工具借用): lending, taking back, and what the market has."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.cases import NOTE_LIMIT
from server.domain.clock import market_day
from server.domain.errors import DomainError, TextMissing
from server.domain.tools import (
    CONDITION_NAMES,
    MOST_AT_ONCE,
    MOST_TOOLS,
    NAME_LIMIT,
    ToolCondition,
)
from server.services.calls import ticket_at_desk
from server.services.tickets import ticket_view
from server.services.tool_ledger import tool_ledger
from server.services.tools import NewLoan, Return, add_tool, count_tool, lend_tool, return_tool
from server.staff.answers import Submission, on_refusal, redraw, refusal_at, refused, submission
from server.staff.desk_choice import chosen_desk
from server.staff.forms import FormFaulty, choice_of, read_day, read_number
from server.staff.words import day_words
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("tools", __name__, url_prefix="/tools")

DAYS_OFFERED = (0, 1, 2, 3, 7, 14)


@blueprint.get("")
@needs_staff()
def page() -> str:
    """Show what is lent, what is overdue and what there is."""
    return render_template("staff/tools.html", **_shown())


def label_here() -> str:
    """Return the label of the number that this desk has, "" for none."""
    desk_no = chosen_desk()
    code = None if desk_no is None else ticket_at_desk(market(), desk_no)
    return "" if code is None else ticket_view(market(), code).label


def days_offered(today: date) -> tuple[tuple[str, str], ...]:
    """Return the days until which a loan usually lasts, each with its words."""
    days = [today + timedelta(days=ahead) for ahead in DAYS_OFFERED]
    return tuple((day.isoformat(), day_words(day, today)) for day in days)


def _shown() -> dict[str, object]:
    return {
        "ledger": tool_ledger(market()),
        "conditions": CONDITION_NAMES,
        "due_days": days_offered(market_day(market().database.now())),
        "label_here": label_here(),
        "limits": {
            "name": NAME_LIMIT,
            "note": NOTE_LIMIT,
            "count": MOST_TOOLS,
            "lend": MOST_AT_ONCE,
        },
        "typed": {},
    }


def _refuse(error: DomainError) -> AnyResponse:
    shown = {**_shown(), "typed": request.form, "refusal": refusal_at(error)}
    return refused("staff/tools.html", error, **shown)


on_refusal(blueprint, _refuse)


@blueprint.post("")
@needs_staff()
def add() -> AnyResponse:
    """Add a tool to what the market has."""
    sent = submission()
    pieces = read_number(sent.fields, "count")
    add_tool(market(), sent.actor, sent.fields.get("tool_name", ""), pieces, sent.key)
    return redraw("staff.tools.page")


@blueprint.post("/<tool_id>/count")
@needs_staff()
def count(tool_id: str) -> AnyResponse:
    """Say how many of a tool there are."""
    sent = submission()
    count_tool(market(), sent.actor, tool_id, read_number(sent.fields, "count"), sent.key)
    return redraw("staff.tools.page")


@blueprint.post("/loans")
@needs_staff()
def lend() -> AnyResponse:
    """Lend pieces of a tool to a worker."""
    sent = submission()
    lend_tool(market(), sent.actor, _loan(sent), sent.key)
    return redraw("staff.tools.page")


def _loan(sent: Submission) -> NewLoan:
    needed = ("tool_id", "worker", "quantity", "due_day")
    missing = [name for name in needed if not sent.fields.get(name)]
    if missing:
        raise FormFaulty({name: TextMissing(field=name) for name in missing})
    return NewLoan(
        sent.fields["tool_id"],
        sent.fields["worker"],
        read_number(sent.fields, "quantity"),
        read_day(sent.fields, "due_day"),
    )


@blueprint.post("/loans/<loan_id>/return")
@needs_staff()
def take_back(loan_id: str) -> AnyResponse:
    """Take a piece back."""
    sent = submission()
    how = choice_of(ToolCondition, sent.fields.get("condition", ""))
    back = Return(how, sent.fields.get("note", ""))
    return_tool(market(), sent.actor, loan_id, back, sent.key)
    return redraw("staff.tools.page")
