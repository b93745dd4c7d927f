"""Owns the page of the display."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from server.domain.kinds import DeviceKind
from server.services.market import market_view
from server.web.auth import render_screen
from server.web.context import market

blueprint = Blueprint(
    "display", __name__, url_prefix="/display", static_folder="static", template_folder="templates"
)


@blueprint.get("/")
def page() -> Response:
    """Return the page for the device that asks."""
    return render_screen(
        DeviceKind.DISPLAY,
        lambda device: render_template(
            "display/page.html", device=device, market=market_view(market())
        ),
    )
