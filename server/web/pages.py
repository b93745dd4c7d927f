"""Owns the pages that belong to no screen: who are you, pairing, health, shared files."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DeviceTokenInvalid
from server.services.devices import device_of_token
from server.services.log import head_revision
from server.services.market import market_view
from server.web.auth import keep_device_token
from server.web.context import context, live_url, market
from server.web.security import check_form

HOME = {"kiosk": "/kiosk/", "display": "/display/"}

blueprint = Blueprint(
    "web", __name__, static_folder="static", static_url_path="/web", template_folder="templates"
)


@blueprint.get("/")
def home() -> str:
    """Ask who is there: kiosk, display or staff."""
    return render_template("web/home.html", market=market_view(market()))


@blueprint.get("/pair")
def pair_form() -> str:
    """Ask for the token that `market device add` printed."""
    return render_template("web/pair.html", kind="")


@blueprint.post("/pair")
def pair() -> AnyResponse:
    """Make this browser the device of a token. Raises DeviceTokenInvalid, DeviceRevoked."""
    check_form()
    token = request.form.get("token", "").strip()
    device = device_of_token(market(), token)
    if device.kind.value not in HOME:
        raise DeviceTokenInvalid
    page = Response(status=303, headers={"Location": HOME[device.kind.value]})
    return keep_device_token(page, device.kind, token)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Tell that the server answers and reads its database."""
    return jsonify({"status": "ok", "revision": head_revision(market()), "build": context().build})


@blueprint.get("/favicon.ico")
def favicon() -> AnyResponse:
    """Point browsers to the mark of the market."""
    return redirect("/web/img/mark.svg", 302)


def install_pages(app: Flask) -> None:
    """Add the pages, and what every template may use."""
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"live_url": live_url(), "build": context().build})
