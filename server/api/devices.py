"""Owns the devices' part of the API: signals, status, cards, print jobs and simulators."""

from __future__ import annotations

import logging
import zlib

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import DEVICE, STAFF_OR_DEVICE, answer, make_blueprint, wait_for
from server.api.schemas.common import Choice, IdPath, Nothing
from server.api.schemas.devices import (
    ClaimedJob,
    PaperAnswer,
    QueuedJob,
    QueuedJobs,
    ResultRequest,
    ScanRequest,
    SignalAnswer,
    SignalsAnswer,
    SimulatorCards,
    SimulatorRequest,
    StatusRequest,
    WaitQuery,
)
from server.api.schemas.kiosk import CardAnswer, CardRefusalRequest, CardRequest
from server.domain.errors import (
    CardNeedsClerk,
    ContentTypeWrong,
    DomainError,
    NameNeedsClerk,
    SimulatorCommandUnknown,
)
from server.domain.kinds import CardKind, DeviceKind
from server.domain.phrases import sentence
from server.services.devices import (
    Device,
    DeviceReport,
    SimulatedCard,
    keep_paper,
    report_status,
    simulated_cards,
)
from server.services.identities import accept_card, accept_scan
from server.services.papers import document_of
from server.services.print_jobs import (
    PrintResult,
    claim_print_job,
    queued_jobs,
    report_print_job,
)
from server.services.rooms import device_room
from server.services.signals import send_signal, signals_after
from server.services.simulators import (
    LAY_CARD,
    SCAN,
    SimulatorCommand,
    command_simulator,
    simulated_agent,
)
from server.services.workers import CardFields
from server.web.auth import needs_device, needs_staff_or_device, signed_in, this_device
from server.web.context import market
from server.web.limits import limit_lookups

api: APIBlueprint = make_blueprint("devices", "Paired devices, print jobs and card readers")

log = logging.getLogger(__name__)

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


@api.get("/signals", responses={"200": SignalsAnswer}, security=DEVICE)
@needs_device()
def get_signals(query: WaitQuery) -> Response:
    """Return the signals for this device after an id; waits for one if asked to."""
    rooms = [device_room(this_device().id)]
    found = wait_for(market(), lambda: signals_after(market(), query.after, rooms), query.wait)
    return answer(SignalsAnswer(signals=[SignalAnswer.model_validate(vars(s)) for s in found]))


@api.put("/devices/me/status", responses={"204": None}, security=DEVICE)
@needs_device()
def put_status(body: StatusRequest) -> Response:
    """Keep what this device says of itself."""
    cards = body.simulated_cards
    report = DeviceReport(
        None if body.printer is None else body.printer.state,
        None if body.reader is None else body.reader.state,
        body.shown_revision,
        body.build,
        None if cards is None else tuple(SimulatedCard(c.id, c.name) for c in cards),
        None if body.sound is None else body.sound.state,
        None if body.scanner is None else body.scanner.state,
    )
    report_status(market(), this_device(), report)
    return Response(status=204)


@api.post("/cards", responses={"202": CardAnswer}, security=DEVICE)
@needs_device(DeviceKind.AGENT)
def add_card(body: CardRequest) -> Response:
    """Turn a card that was read into a short-lived token and tell the kiosk."""
    agent = this_device()
    card = CardFields(
        CardKind(body.card_kind), body.name, body.sex, body.birth_day, body.id_no, body.valid_until
    )
    try:
        seen = accept_card(market(), agent.actor, card, agent.serves_device_id)
    except DomainError as refusal:
        _tell_kiosk(agent, "card_refused", refusal)
        raise
    return answer(CardAnswer(token=seen.token, masked_name=seen.masked_name), 202)


@api.post("/cards/refusals", responses={"202": Nothing}, security=DEVICE)
@needs_device(DeviceKind.AGENT)
def add_card_refusal(body: CardRefusalRequest) -> Response:
    """Tell the kiosk that the card on the reader needs a clerk."""
    agent = this_device()
    log.info("card refused by the agent: %s", body.code)
    refusal = NameNeedsClerk() if body.code == NameNeedsClerk.code else CardNeedsClerk()
    _tell_kiosk(agent, "card_refused", refusal)
    return answer(Nothing(), 202)


@api.post("/scans", responses={"202": Nothing}, security=DEVICE)
@needs_device(DeviceKind.AGENT)
@limit_lookups
def add_scan(body: ScanRequest) -> Response:
    """Tell the kiosk whose ticket was scanned, or that the code is none."""
    agent = this_device()
    try:
        accept_scan(market(), agent.actor, body.code, agent.serves_device_id)
    except DomainError as refusal:
        _tell_kiosk(agent, "scan_refused", refusal)
        raise
    return answer(Nothing(), 202)


def _tell_kiosk(agent: Device, kind: str, refusal: DomainError) -> None:
    if agent.serves_device_id is not None:
        told = {"code": refusal.code, "message": sentence(refusal)}
        send_signal(market(), agent.actor, device_room(agent.serves_device_id), kind, told)


@api.get("/print-jobs", responses={"200": QueuedJobs}, security=DEVICE)
@needs_device(DeviceKind.AGENT)
def get_print_jobs(query: WaitQuery) -> Response:
    """Return the jobs this agent may claim, oldest first; waits for one if asked to."""
    agent_id = this_device().id
    found = wait_for(market(), lambda: queued_jobs(market(), agent_id), query.wait)
    jobs = [QueuedJob(id=j.id, kind=j.kind, created_at=j.created_at) for j in found]
    return answer(QueuedJobs(jobs=jobs))


@api.post("/print-jobs/<string:id>/claim", responses={"200": ClaimedJob}, security=DEVICE)
@needs_device(DeviceKind.AGENT)
def claim(path: IdPath, body: Nothing) -> Response:
    """Take a job for this agent and return what it prints; of several rivals one gets it."""
    job = claim_print_job(market(), this_device().actor, path.id)
    claimed = ClaimedJob(
        id=job.id,
        kind=job.kind,
        copy_no=job.copy_no,
        process_id=process_id(job.id),
        document=document_of(market(), job),
    )
    return answer(claimed)


def process_id(job_id: str) -> str:
    """Return four characters of 0x21-0x7E that tell one job's receipt from its neighbours'."""
    rest, text = zlib.crc32(job_id.encode()), ""
    for _ in range(4):
        rest, digit = divmod(rest, 94)
        text += chr(0x21 + digit)
    return text


@api.post("/print-jobs/<string:id>/result", responses={"200": Nothing}, security=DEVICE)
@needs_device(DeviceKind.AGENT)
def add_result(path: IdPath, body: ResultRequest) -> Response:
    """Write down what became of a claimed job."""
    result = PrintResult(body.state, body.reason)
    report_print_job(market(), this_device().actor, path.id, result)
    return answer(Nothing())


@api.post("/devices/me/papers", responses={"201": PaperAnswer}, security=DEVICE)
@needs_device(DeviceKind.AGENT)
def add_paper() -> Response:
    """Keep a picture (image/png) of what this agent's simulated printer put out."""
    png = request.get_data(cache=False)
    if request.mimetype != "image/png" or not png.startswith(PNG_MAGIC):
        raise ContentTypeWrong
    paper_id = keep_paper(market(), this_device(), png, request.headers.get("X-Print-Job"))
    return answer(PaperAnswer(id=paper_id), 201)


@api.get("/simulator/cards", responses={"200": SimulatorCards}, security=STAFF_OR_DEVICE)
@needs_staff_or_device(DeviceKind.KIOSK)
def get_cards() -> Response:
    """Return the invented people whose cards a simulated reader can read."""
    kiosk_id = None if signed_in() is not None else this_device().id
    agent = simulated_agent(market(), kiosk_id)
    cards = [Choice(id=c.id, name=c.name) for c in simulated_cards(market(), agent)]
    return answer(SimulatorCards(cards=cards))


@api.post("/simulator", responses={"202": Nothing}, security=STAFF_OR_DEVICE)
@needs_staff_or_device(DeviceKind.KIOSK)
def command(body: SimulatorRequest) -> Response:
    """Lay a card on the simulated reader, scan a code, or put the printer into a state."""
    member = signed_in()
    kiosk = None if member is not None else this_device()
    wanted = {LAY_CARD: body.card, SCAN: body.code}.get(body.command, body.state)
    if wanted is None:
        raise SimulatorCommandUnknown
    order = SimulatorCommand(body.command, wanted, None if kiosk is None else kiosk.id)
    actor = member.actor if member is not None else this_device().actor
    command_simulator(market(), actor, order)
    return answer(Nothing(), 202)
