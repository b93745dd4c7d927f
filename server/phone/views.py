"""Owns the pages behind the QR codes on paper: a ticket's place in the queue, a slip's proof."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from server.domain.errors import TicketUnknown
from server.domain.tickets import clean_ticket_code
from server.phone import holds, jobs
from server.phone.pages import SlipPage, TicketPage, slip_page, ticket_page
from server.services.market import market_view
from server.services.papers import code_address
from server.web.context import market
from server.web.qr import qr_svg

blueprint = Blueprint(
    "phone",
    __name__,
    static_folder="static",
    static_url_path="/t/static",
    template_folder="templates",
)
blueprint.register_blueprint(jobs.blueprint)
blueprint.register_blueprint(holds.blueprint)


@blueprint.get("/t/<code>")
@blueprint.get("/T/<code>")
def page(code: str) -> Response:
    """Return the page of a ticket's or a slip's code, or a kind 404."""
    try:
        shown = find_page(clean_ticket_code(code))
    except TicketUnknown:
        return Response(render_template("phone/unknown.html", market=market_view(market())), 404)
    if isinstance(shown, SlipPage):
        return jobs.slip_shown(shown)
    return holds.ticket_shown(shown)


@blueprint.get("/t/<code>/qr.svg")
def qr(code: str) -> Response:
    """Return the QR code that leads to the page of a ticket or slip, or 404."""
    clean = clean_ticket_code(code)
    find_page(clean)
    return Response(qr_svg(code_address(market(), clean)), mimetype="image/svg+xml")


def find_page(code: str) -> TicketPage | SlipPage:
    """Return what a code stands for. Raises TicketUnknown."""
    try:
        return ticket_page(market(), code)
    except TicketUnknown:
        return slip_page(market(), code)
