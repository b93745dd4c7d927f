"""Owns what a worker may ask for at the kiosk besides a number."""

from __future__ import annotations

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from server.api.blueprint import DEVICE, STAFF, answer, make_blueprint
from server.api.describe import ticket_answer
from server.api.describe_asks import case_opened_answer, case_row_answer
from server.api.schemas.asks import (
    AskerRequest,
    CancellationRequest,
    CaseChoicesAnswer,
    CaseOpenedAnswer,
    CaseRequest,
    CasesAnswer,
    EmploymentAnswer,
    HolderRequest,
)
from server.api.schemas.common import CodePath, TicketAnswer
from server.domain.kinds import DeviceKind, IdentityWay
from server.services.cancellations import Cancellation, cancel_ticket
from server.services.cases import NewCase, cases, open_case
from server.services.identities import Identity, open_identity
from server.services.missed import Return, come_back
from server.services.records import employments_of
from server.services.workers import WorkerAnswers
from server.web.auth import needs_device, needs_staff, this_device
from server.web.context import idempotency_key, market
from server.web.limits import limit_lookups

api: APIBlueprint = make_blueprint("asks", "The touch screen: what a worker asks for")

EMPLOYMENTS_TO_CHOOSE = 3


def identity_of(token: str) -> Identity:
    """Return who an identity token stands for. Raises IdentityTokenExpired."""
    return open_identity(market().seal, token, market().database.now())


def answers_of(body: AskerRequest) -> WorkerAnswers:
    """Return what the kiosk asked somebody."""
    return WorkerAnswers(
        body.phone,
        None if body.trades is None else tuple(body.trades),
        body.education,
        body.skill,
        body.notice_version,
        body.name,
    )


@api.post("/tickets/<string:code>/cancellation", responses={"200": TicketAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_cancellation(path: CodePath, body: CancellationRequest) -> Response:
    """Give the asker's own ticket back; once more changes nothing."""
    asked = Cancellation(identity_of(body.identity_token).person, path.code, body.reason)
    given_back = cancel_ticket(market(), this_device().actor, asked, idempotency_key())
    return answer(ticket_answer(given_back))


@api.post("/tickets/<string:code>/return", responses={"200": TicketAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_return(path: CodePath, body: HolderRequest) -> Response:
    """Put the asker's own missed ticket back in line, right behind the next; once more is kept."""
    asked = Return(identity_of(body.identity_token).person, path.code)
    back = come_back(market(), this_device().actor, asked, idempotency_key())
    return answer(ticket_answer(back))


@api.post("/cases/choices", responses={"200": CaseChoicesAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
@limit_lookups
def find_case_choices(body: HolderRequest) -> Response:
    """Return the asker's last jobs that a case may be about; none without their card."""
    identity = identity_of(body.identity_token)
    # A number or a phone that somebody else knows must not tell where its owner worked.
    limit = EMPLOYMENTS_TO_CHOOSE if identity.way is IdentityWay.CARD else 0
    found = employments_of(market(), identity.person, limit)
    shown = [EmploymentAnswer.model_validate(job) for job in found]
    return answer(CaseChoicesAnswer(employments=shown))


@api.post("/cases", responses={"201": CaseOpenedAnswer, "200": CaseOpenedAnswer}, security=DEVICE)
@needs_device(DeviceKind.KIOSK)
def add_case(body: CaseRequest) -> Response:
    """Open a case: 201 with a new one, 200 with the same that is open already."""
    person = identity_of(body.identity_token).person
    new = NewCase(person, body.kind, body.placement_id, answers_of(body))
    opened = open_case(market(), this_device().actor, new, idempotency_key())
    return answer(case_opened_answer(opened), 201 if opened.is_new else 200)


@api.get("/cases", responses={"200": CasesAnswer}, security=STAFF)
@needs_staff()
def get_cases() -> Response:
    """Return the cases, the longest open first, then the closed ones."""
    return answer(CasesAnswer(cases=[case_row_answer(row) for row in cases(market())]))
