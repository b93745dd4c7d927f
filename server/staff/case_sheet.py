"""Owns the A4 sheet of a wage dispute: what was agreed, for whoever is asked to enforce it."""

from __future__ import annotations

from flask import Blueprint, render_template

from server.domain.clock import market_day
from server.domain.errors import CaseNotYours, CaseUnknown
from server.domain.kinds import CaseKind
from server.services.case_views import CaseFile, case_file
from server.services.employers import employer_of
from server.services.market import market_view
from server.staff.employer_choice import EmployerLine, employer_line
from server.web.auth import needs_staff, this_staff
from server.web.context import market

blueprint = Blueprint("case_sheet", __name__, url_prefix="/cases")


@blueprint.get("/<no>/sheet")
@needs_staff()
def page(no: str) -> str:
    """Show the sheet to the clerk who has the case, whom the name and the phone are for.

    Raises CaseUnknown also for a case that is not about wages, CaseNotYours.
    """
    found = case_file(market(), no)
    if found.row.case.kind is not CaseKind.WAGE_ARREARS:
        raise CaseUnknown
    if found.responsible_id != this_staff().id:
        raise CaseNotYours
    return render_template(
        "staff/case_sheet.html",
        file=found,
        case=found.row.case,
        opened_day=market_day(found.row.case.opened_at),
        employer=_employer(found),
        clerk=this_staff().display_name,
        market_facts=market_view(market()),
    )


def _employer(found: CaseFile) -> EmployerLine | None:
    if found.evidence is None:
        return None
    return employer_line(employer_of(market(), found.evidence.employer_id))
