"""Owns the page of the kiosk."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from server.domain.kinds import DeviceKind
from server.web.auth import render_screen

blueprint = Blueprint(
    "kiosk", __name__, url_prefix="/kiosk", static_folder="static", template_folder="templates"
)


@blueprint.get("/")
def page() -> Response:
    """Return the page for the device that asks."""
    return render_screen(
        DeviceKind.KIOSK, lambda device: render_template("kiosk/page.html", device=device)
    )
