"""Owns the shapes of the service desk."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from server.api.schemas.common import (
    Answer,
    Day,
    Digits,
    Moment,
    PostRowAnswer,
    Request,
    ShortText,
    Text,
    TicketAnswer,
    TimeOfDay,
)
from server.domain.kinds import (
    DeclineReason,
    EmployerKind,
    PayUnit,
    ReferralState,
    ServiceKind,
    Settlement,
    TicketState,
    Tools,
    Transport,
)
from server.domain.order_rules import OutOfTurn


class SignInRequest(Request):
    """A sign-in."""

    username: ShortText
    password: Annotated[str, StringConstraints(max_length=200)]


class StaffAnswer(Answer):
    """Who is signed in."""

    username: str
    display_name: str
    role: str


class EmployerRequest(Request):
    """An employer: a unit with its 统一社会信用代码, or a household with a person's number."""

    kind: EmployerKind
    name: ShortText
    identity: Digits
    contact_name: ShortText = ""
    phone: Digits
    address: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


class EmployerAnswer(Answer):
    """An employer."""

    id: str
    kind: EmployerKind
    public_name: str
    credit_code: str | None
    address: str
    is_blacklisted: bool
    is_sanctioned: bool


class EmployersAnswer(Answer):
    """Employers, latest first."""

    employers: list[EmployerAnswer]


class PostRequest(Request):
    """A post. pay_fen: money in fen. valid_until: when it leaves the board by itself.

    last_day: of work on several days. asks_certificate: whoever goes shows the trade's certificate.
    """

    employer_id: Annotated[str, StringConstraints(max_length=36)]
    trade_id: ShortText
    headcount: int = Field(ge=-(10**6), le=10**6)
    pay_fen: int = Field(ge=-(10**12), le=10**12)
    pay_unit: PayUnit
    piece_unit: Annotated[str, StringConstraints(max_length=6, strip_whitespace=True)] = ""
    settlement: Settlement = Settlement.DAILY
    work_day: Day
    start_time: TimeOfDay
    end_time: TimeOfDay
    place: Text
    meeting_point: Text = ""
    meeting_time: TimeOfDay | None = None
    has_lunch: bool = False
    transport: Transport = Transport.NONE
    tools: Tools = Tools.SUPPLIED
    requirements: Text = ""
    has_insurance: bool = False
    is_urgent: bool = False
    valid_until: Moment
    last_day: Day | None = None
    asks_certificate: bool = True


class PublishRequest(Request):
    """A publishing. review_reason: why words that want a second look may stay."""

    review_reason: Text = ""


class PostAnswer(Answer):
    """A post as the desk sees it."""

    id: str
    no: int
    state: str
    filled: int
    left: int
    row: PostRowAnswer


class PostsAnswer(Answer):
    """Posts, latest first."""

    posts: list[PostAnswer]


class StatesQuery(BaseModel):
    """Which posts: states, comma separated; none for those in review or on the board."""

    states: Annotated[str, StringConstraints(max_length=80)] = ""


class WaitingAnswer(Answer):
    """Somebody who waits for work. applied: the place among who applied for the post, or null."""

    ticket_code: str
    label: str
    call_name: str
    age_band: str
    trades: list[str]
    skill: str | None
    arrived_at: datetime
    desk_no: int | None
    applied: int | None
    people: int
    reasons: list[str]


class WaitingList(Answer):
    """Who waits and suits a post, best first, each with the reasons in words."""

    workers: list[WaitingAnswer]


class CallRequest(Request):
    """Call the ticket whose turn it is to a desk, or the one named.

    why: needed where it is neither that ticket's turn nor, with post_id, first for the post.
    """

    desk_no: int = Field(ge=1, le=99)
    ticket_code: Annotated[str, StringConstraints(max_length=10)] | None = None
    services: Annotated[list[ServiceKind], Field(max_length=5)] = Field(default_factory=list)
    why: OutOfTurn | None = None
    words: Annotated[str, StringConstraints(max_length=40)] = ""
    post_id: Annotated[str, StringConstraints(max_length=36)] | None = None


class CallAnswer(Answer):
    """The ticket a desk has now."""

    ticket_code: str
    label: str
    state: TicketState
    desk_no: int | None
    recalls: int


class DeskRequest(Request):
    """The desk that asks."""

    desk_no: int = Field(ge=1, le=99)


class MoveRequest(Request):
    """Where a ticket goes. desk_no: the desk that asks; only it may move a ticket it has."""

    state: TicketState
    desk_no: Annotated[int, Field(ge=1, le=99)] | None = None


class QueueEntry(Answer):
    """A ticket of today as the desk sees it."""

    ticket: TicketAnswer
    masked_name: str | None
    age: int
    trades: list[str]
    is_card_expired: bool


class QueueAnswer(Answer):
    """Today's unfinished tickets in order of arrival."""

    tickets: list[QueueEntry]


class PersonAnswer(Answer):
    """Somebody on a ticket. is_placed: they agreed on a job while they were on it."""

    worker_id: str
    masked_name: str | None
    age: int
    is_placed: bool


class PeopleAnswer(Answer):
    """Everybody on a ticket, the holder first."""

    people: list[PersonAnswer]


class ReferralRequest(Request):
    """How the talk between a ticket's holder and a post's employer ended.

    worker_ids: which people of a crew agreed; null: everybody on the ticket without a job.
    """

    ticket_code: Annotated[str, StringConstraints(max_length=10)]
    post_id: Annotated[str, StringConstraints(max_length=36)]
    desk_no: int = Field(ge=1, le=99)
    state: ReferralState
    decline_reason: DeclineReason | None = None
    worker_ids: (
        Annotated[list[Annotated[str, StringConstraints(max_length=36)]], Field(max_length=60)]
        | None
    ) = None


class SlipRef(Answer):
    """The slip of one person who agreed."""

    worker_id: str
    placement_id: str
    slip_code: str
    print_job_id: str


class ReferralAnswer(Answer):
    """What a referral led to. slips: one a person; the single fields are the first one's."""

    id: str
    state: ReferralState
    placement_id: str | None
    slip_code: str | None
    print_job_id: str | None
    left: int
    slips: list[SlipRef]
