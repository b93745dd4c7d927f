"""Owns the page of the kiosk."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from server.domain.kinds import DeviceKind
from server.services.devices import Device
from server.services.market import market_view
from server.web.auth import render_screen
from server.web.context import market

blueprint = Blueprint(
    "kiosk", __name__, url_prefix="/kiosk", static_folder="static", template_folder="templates"
)


@blueprint.get("/")
def page() -> Response:
    """Return the page for the device that asks."""
    return render_screen(DeviceKind.KIOSK, _page)


def _page(device: Device) -> str:
    shown = market_view(market())
    return render_template("kiosk/page.html", device=device, market=shown)
