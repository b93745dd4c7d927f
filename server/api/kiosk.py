"""Owns the kiosk's part of the API: who stands there, and the check-in."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import DEVICE, STAFF_OR_DEVICE, answer, make_blueprint
from server.api.describe import candidate_answer, market_answer, ticket_answer
from server.api.schemas.common import Choice, CodePath, Nothing, PrintJobRef
from server.api.schemas.kiosk import (
    CheckInAnswer,
    CheckInRequest,
    DeskHoursAnswer,
    DeviceState,
    IdentitiesAnswer,
    IdentityRequest,
    KioskAnswer,
    NoticeAnswer,
    ServiceChoice,
    TradeChoice,
    TradeDemandAnswer,
    TradeGroup,
    VoiceAnswer,
)
from server.domain.clock import market_day
from server.domain.education import education_choices
from server.domain.errors import IdentityMissing
from server.domain.kinds import DeviceKind, PrintJobState, ServiceKind, SkillLevel
from server.domain.opening import desk_hours
from server.domain.phrases import SERVICE_NAMES, SKILL_NAMES
from server.domain.privacy import NOTICE_SENTENCES, NOTICE_VERSION
from server.domain.spoken_words import spoken_words
from server.domain.trades import trade_pages
from server.services.board import board, top_trades
from server.services.check_in import CheckIn, check_in
from server.services.devices import Device, agent_of_kiosk, printer_state_now
from server.services.identities import (
    Candidate,
    identify_number,
    identify_phone,
    identify_ticket,
    identify_token,
    open_person,
)
from server.services.print_jobs import reprint_ticket
from server.services.rooms import DESKS
from server.services.signals import send_signal
from server.services.workers import Person, WorkerAnswers, person_of_number
from server.web.auth import needs_device, needs_staff_or_device, signed_in, this_device
from server.web.context import context, idempotency_key, market
from server.web.limits import limit_lookups

api: APIBlueprint = make_blueprint("kiosk", "The touch screen: identities and check-ins")


@api.get("/kiosk", responses={"200": KioskAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def kiosk() -> Response:
    """Return everything a kiosk needs before a worker comes."""
    return answer(kiosk_answer(this_device()))


def kiosk_answer(device: Device) -> KioskAnswer:
    """Return the snapshot of one kiosk."""
    shown, agent, now = (
        board(market()),
        agent_of_kiosk(market(), device.id),
        market().database.now(),
    )
    seen_at = None if agent is None else agent.seen_at
    reader = "unknown" if agent is None else agent.reader_state or "unknown"
    printer = printer_state_now(agent, now).value
    return KioskAnswer(
        revision=shown.revision,
        server_time=now,
        market=market_answer(shown.market),
        desk=DeskHoursAnswer.model_validate(desk_hours(shown.market.hours, now)),
        open_headcount=shown.counts.open_headcount,
        open_posts=shown.counts.open_posts,
        top_trades=[TradeDemandAnswer.model_validate(t) for t in top_trades(shown.posts)],
        printer=DeviceState(state=printer, checked_at=seen_at),
        reader=DeviceState(state=reader, checked_at=seen_at),
        agent_is_simulated=agent is not None and agent.is_simulated,
        panel_inches=device.panel_inches,
        voice=_voice(),
        **_choices(),
    )


def _voice() -> VoiceAnswer:
    state = context().speaker.state()
    return VoiceAnswer(is_on=state.is_on, version=state.version, words=dict(spoken_words()))


def _choices() -> dict[str, Any]:
    return {
        "notice": NoticeAnswer(version=NOTICE_VERSION, sentences=list(NOTICE_SENTENCES)),
        "services": [
            ServiceChoice(id=s.value, name=SERVICE_NAMES[s], series=s.series) for s in ServiceKind
        ],
        "trade_groups": [
            TradeGroup(
                name=page.group if page.pages_in_group == 1 else f"{page.group} {page.number}",
                trades=[TradeChoice(id=t.id, name=t.short_name, icon=t.icon) for t in page.trades],
            )
            for page in trade_pages()
        ],
        "educations": [Choice(id=e.code, name=e.name) for e in education_choices()],
        "skills": [Choice(id=s.value, name=SKILL_NAMES[s]) for s in SkillLevel],
    }


@api.post("/identities", responses={"200": IdentitiesAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_lookups
def identify(body: IdentityRequest) -> Response:
    """Return who may be standing at the kiosk, by card, number, phone or ticket."""
    found = [candidate_answer(market(), candidate) for candidate in _candidates(body)]
    return answer(IdentitiesAnswer(candidates=found))


def _candidates(body: IdentityRequest) -> tuple[Candidate, ...]:
    ways = (body.card_token, body.id_no, body.phone, body.ticket_code)
    given = [part for part in ways if part]
    if len(given) != 1:
        raise IdentityMissing
    if body.card_token:
        return (identify_token(market(), body.card_token),)
    if body.id_no:
        return (identify_number(market(), body.id_no),)
    if body.ticket_code:
        return (identify_ticket(market(), body.ticket_code),)
    return identify_phone(market(), body.phone or "")


@api.post("/check-ins", responses={"201": CheckInAnswer, "200": CheckInAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_check_in(body: CheckInRequest) -> Response:
    """Check a worker in: 201 with a new ticket, 200 with the one they already have today."""
    asked = CheckIn(_person(body), body.service, _answers(body))
    done = check_in(market(), this_device().actor, asked, idempotency_key())
    job = None
    if done.print_job_id is not None:
        job = PrintJobRef(id=done.print_job_id, state=PrintJobState.QUEUED)
    shown = ticket_answer(done.ticket)
    status = 201 if done.is_new else 200
    return answer(CheckInAnswer(ticket=shown, is_new=done.is_new, print_job=job), status)


def _person(body: CheckInRequest) -> Person:
    now = market().database.now()
    if body.identity_token and not body.id_no:
        return open_person(market().seal, body.identity_token, now)
    if body.id_no and not body.identity_token:
        return person_of_number(body.id_no, market_day(now))
    raise IdentityMissing


def _answers(body: CheckInRequest) -> WorkerAnswers:
    return WorkerAnswers(
        body.phone,
        None if body.trades is None else tuple(body.trades),
        body.education,
        body.skill,
        body.notice_version,
    )


@api.post(
    "/tickets/<string:code>/reprints", responses={"201": PrintJobRef}, security=STAFF_OR_DEVICE
)
@needs_staff_or_device(DeviceKind.KIOSK)
def add_reprint(path: CodePath, body: Nothing) -> Response:
    """Print one more copy of a ticket, marked as a copy."""
    member = signed_in()
    actor = this_device().actor if member is None else member.actor
    job = reprint_ticket(market(), actor, path.code, idempotency_key())
    return answer(PrintJobRef(id=job.id, state=job.state, copy_no=job.copy_no), 201)


@api.post("/help", responses={"202": Nothing}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def call_for_help(body: Nothing) -> Response:
    """Ring at the desks: somebody at this kiosk wants a person."""
    device = this_device()
    told = {"device_id": device.id, "device_name": device.name}
    send_signal(market(), device.actor, DESKS, "help", told)
    return answer(Nothing(), 202)
