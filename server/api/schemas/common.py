"""Owns the shapes that several parts of the JSON API share."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from server.domain.kinds import (
    PayUnit,
    PrintJobState,
    ServiceKind,
    TicketState,
)

EARLIEST_YEAR = 1900
LATEST_YEAR = 2200


def _reasonable(day: date) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError("a year out of reach")
    return day


def _local(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError("a time of day has no zone")
    return at


Day = Annotated[date, AfterValidator(_reasonable)]
Moment = Annotated[AwareDatetime, AfterValidator(_reasonable)]
TimeOfDay = Annotated[time, AfterValidator(_local)]
Text = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True)]
ShortText = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]
Token = Annotated[str, StringConstraints(max_length=2000)]
# An identity number or a phone as typed; the rules of the domain refuse what is not one.
Digits = Annotated[str, StringConstraints(max_length=40)]
# What a scanner read, whatever it is.
Scanned = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]


class Request(BaseModel):
    """A request body: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """A response body."""

    model_config = ConfigDict(from_attributes=True)


class Refusal(Answer):
    """A refusal: what happened for programs, what to do for people."""

    code: str = Field(examples=["citizen_number_invalid"])
    message: str = Field(examples=["身份证号码不对,请看着证件再输一遍。"])
    fields: dict[str, str] | None = None


class Nothing(Request):
    """An empty JSON object."""


class TicketAnswer(Answer):
    """A ticket as its holder sees it. people: how many it is for, more than 1 with a crew."""

    code: str
    label: str
    series: str
    number: int
    service: ServiceKind
    service_name: str
    state: TicketState
    ahead: int
    desk_no: int | None
    market_day: date
    issued_at: datetime
    people: int = 1
    cancel_reason: str | None = None


class PrintJobRef(Answer):
    """A print job that was queued."""

    id: str
    state: PrintJobState
    copy_no: int = 1


class MarketAnswer(Answer):
    """The market as every screen shows it."""

    name: str
    hotline: str
    complaint_line: str


class PostRowAnswer(Answer):
    """A published post as anybody may see it."""

    id: str
    no: int
    trade: str
    trade_name: str
    group: str
    employer: str
    headcount: int
    left: int
    pay: str
    pay_fen: int
    pay_unit: PayUnit
    settlement: str
    work_day: date
    hours: str
    place: str
    meeting: str
    lunch: bool
    transport: str
    requirements: str
    is_urgent: bool
    published_at: datetime
    version: int


class Choice(Answer):
    """One button: an id and its words."""

    id: str
    name: str


class CodePath(BaseModel):
    """The opaque code of a ticket."""

    code: Annotated[str, StringConstraints(max_length=20)]


class IdPath(BaseModel):
    """The id of a thing."""

    id: Annotated[str, StringConstraints(max_length=36)]
