"""Owns the page of devices: states, papers that need people, simulated devices."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from server.domain.errors import DomainError, NotFound, RequestMalformed
from server.services.devices import paper_png
from server.services.print_jobs import reprint_slip, reprint_ticket, settle_print_job
from server.services.simulators import SimulatorCommand, command_simulator
from server.staff.answers import (
    on_refusal,
    redraw,
    refusal_at,
    refused,
    region,
    submission,
    version_of,
)
from server.staff.device_list import devices_shown, gallery, simulators
from server.web.auth import needs_staff
from server.web.context import market

blueprint = Blueprint("devices", __name__)

DECISIONS = {"printed": True, "not_printed": False}
A_DAY_S = 24 * 3600


@blueprint.get("/devices")
@needs_staff()
def page() -> str:
    """Show the terminals, the papers that need people and what simulated printers put out."""
    return render_template("staff/devices.html", **_shown())


def _shown() -> dict[str, object]:
    shown, pictures = devices_shown(market()), gallery(market())
    return {
        "shown": shown,
        "shown_version": version_of(shown),
        "gallery": pictures,
        "gallery_version": version_of(pictures),
        "simulators": simulators(market()),
    }


def _refuse(error: DomainError) -> AnyResponse:
    return refused("staff/devices.html", error, refusal=refusal_at(error), **_shown())


on_refusal(blueprint, _refuse)


@blueprint.get("/devices/states")
@needs_staff()
def states_region() -> Response:
    """Return the terminals alone, or 204 when nothing has changed."""
    shown = devices_shown(market())
    return region("staff/parts/devices.html", version_of(shown), shown=shown)


@blueprint.get("/papers")
@needs_staff()
def gallery_region() -> Response:
    """Return the gallery alone, or 204 when no paper came out."""
    pictures = gallery(market())
    return region("staff/parts/gallery.html", version_of(pictures), gallery=pictures)


@blueprint.get("/papers/<int(max=2147483647):paper_id>.png")
@needs_staff()
def picture(paper_id: int) -> Response:
    """Return the picture of one paper. Raises NotFound."""
    png = paper_png(market(), paper_id)
    if png is None:
        raise NotFound
    answer = Response(png, mimetype="image/png")
    answer.cache_control.private = True
    answer.cache_control.max_age = A_DAY_S
    return answer


@blueprint.post("/print-jobs/<job_id>/decision")
@needs_staff()
def decide(job_id: str) -> AnyResponse:
    """Say of an uncertain paper whether it came out."""
    sent = submission()
    decision = sent.fields.get("decision", "")
    if decision not in DECISIONS:
        raise RequestMalformed
    settle_print_job(market(), sent.actor, job_id, DECISIONS[decision])
    return redraw("staff.devices.page")


@blueprint.post("/tickets/<code>/reprints")
@needs_staff()
def print_ticket_again(code: str) -> AnyResponse:
    """Print one more copy of a ticket."""
    sent = submission()
    reprint_ticket(market(), sent.actor, code, sent.key)
    return redraw("staff.devices.page")


@blueprint.post("/placements/<placement_id>/reprints")
@needs_staff()
def print_slip_again(placement_id: str) -> AnyResponse:
    """Print one more copy of a slip."""
    sent = submission()
    reprint_slip(market(), sent.actor, placement_id, sent.key)
    return redraw("staff.devices.page")


@blueprint.post("/simulator")
@needs_staff()
def simulate() -> AnyResponse:
    """Lay a card on a simulated reader, or put a simulated printer into a state."""
    sent = submission()
    order = SimulatorCommand(
        sent.fields.get("command", ""),
        sent.fields.get("wanted", ""),
        sent.fields.get("kiosk_id") or None,
    )
    command_simulator(market(), sent.actor, order)
    return redraw("staff.devices.page")
