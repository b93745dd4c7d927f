"""Owns the A4 page of a labour agreement with its receipt, to be printed and signed at the desk."""

from __future__ import annotations

from flask import Blueprint, render_template

from server.services.labour_agreements import show_agreement
from server.services.market import market_view
from server.web.auth import needs_staff, this_staff
from server.web.context import market

blueprint = Blueprint("labour_agreement", __name__, url_prefix="/placements")


@blueprint.get("/<placement_id>/agreement")
@needs_staff()
def page(placement_id: str) -> str:
    """Show the agreement as it comes out of the printer."""
    return render_template(
        "staff/labour_agreement.html",
        paper=show_agreement(market(), this_staff().actor, placement_id),
        market_facts=market_view(market()),
    )
