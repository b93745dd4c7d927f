"""Owns the shapes of what a worker asks for at the kiosk besides a number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.api.schemas.common import Answer, Digits, PrintJobRef, Request, ShortText, Token
from server.domain.kinds import CancelReason, CaseKind, CaseStep

Id = Annotated[str, StringConstraints(max_length=36)]


class HolderRequest(Request):
    """Somebody whom the kiosk has identified."""

    identity_token: Token


class AskerRequest(HolderRequest):
    """Somebody who may be new, with what the kiosk asked them."""

    phone: Digits | None = None
    trades: Annotated[list[ShortText], Field(max_length=20)] | None = None
    education: Annotated[str, StringConstraints(max_length=2)] | None = None
    skill: Annotated[str, StringConstraints(max_length=1)] | None = None
    notice_version: Annotated[str, StringConstraints(max_length=20)] | None = None
    name: ShortText | None = None


class CancellationRequest(HolderRequest):
    """Why a ticket is given back."""

    reason: Literal[CancelReason.FOUND_WORK, CancelReason.LEAVING]


class EmploymentAnswer(Answer):
    """A job of the worker's that a case may be about."""

    placement_id: str
    work_day: date
    trade_name: str
    employer: str


class CaseChoicesAnswer(Answer):
    """The worker's last jobs, latest first; none unless their card was on the reader."""

    employments: list[EmploymentAnswer]


class CaseRequest(AskerRequest):
    """What a case is about."""

    kind: CaseKind
    placement_id: Id | None = None


class DeadlineAnswer(Answer):
    """A step of a case and the day by whose end it has to be done; done_at: null until then."""

    step: CaseStep
    name: str
    by_day: date
    done_at: datetime | None = None


class CaseAnswer(Answer):
    """A case as its holder sees it."""

    no: str
    kind: CaseKind
    kind_name: str
    employer: str
    opened_at: datetime
    deadlines: list[DeadlineAnswer]


class CaseOpenedAnswer(Answer):
    """The case. print_job: its receipt, null when it was printed as often as allowed."""

    case: CaseAnswer
    is_new: bool
    print_job: PrintJobRef | None


class CaseRowAnswer(CaseAnswer):
    """A case as the desk lists it."""

    masked_name: str | None
    is_closed: bool


class CasesAnswer(Answer):
    """Cases, the longest open first."""

    cases: list[CaseRowAnswer]
