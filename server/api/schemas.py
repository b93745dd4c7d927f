"""Owns the shapes of the JSON API; `contract` in the OpenAPI document is made from them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)

from server.domain.kinds import (
    CardKind,
    DeclineReason,
    EmployerKind,
    PayUnit,
    PrinterState,
    PrintJobState,
    ReferralState,
    ServiceKind,
    Settlement,
    TicketState,
    Tools,
    Transport,
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


# ---- identities and check-ins


class CardRequest(Request):
    """The text of a card; valid_until is null for 长期."""

    card_kind: CardKind
    name: ShortText
    sex: Annotated[str, StringConstraints(max_length=1)]
    birth_day: Day
    id_no: Digits
    valid_from: Day | None = None
    valid_until: Day | None = None
    address: Text = ""


class CardAnswer(Answer):
    """The token that stands for the card for a few minutes."""

    token: str
    masked_name: str | None


class IdentityRequest(Request):
    """Exactly one of the three."""

    card_token: Token | None = None
    id_no: Digits | None = None
    phone: Digits | None = None


class Warning_(Answer):  # noqa: N801 - `Warning` is a builtin
    """Something the worker should hear; it refuses nothing."""

    code: str
    message: str


class TicketAnswer(Answer):
    """A ticket as its holder sees it."""

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


class CandidateAnswer(Answer):
    """Somebody who may be standing at the kiosk."""

    identity_token: str
    masked_name: str | None
    masked_id: str
    is_known: bool
    needs: list[str]
    trades: list[str]
    warnings: list[Warning_]
    tickets_today: list[TicketAnswer]


class IdentitiesAnswer(Answer):
    """The candidates, most likely first."""

    candidates: list[CandidateAnswer]


class CheckInRequest(Request):
    """A check-in: an identity token, or a citizen number where the caller has it typed."""

    identity_token: Token | None = None
    id_no: Digits | None = None
    service: ServiceKind = ServiceKind.FIND_WORK
    phone: Digits | None = None
    trades: Annotated[list[ShortText], Field(max_length=20)] | None = None
    education: Annotated[str, StringConstraints(max_length=2)] | None = None
    skill: Annotated[str, StringConstraints(max_length=1)] | None = None
    notice_version: Annotated[str, StringConstraints(max_length=20)] | None = None


class PrintJobRef(Answer):
    """A print job that was queued."""

    id: str
    state: PrintJobState
    copy_no: int = 1


class CheckInAnswer(Answer):
    """The ticket. print_job is null when the ticket existed before: nothing is printed."""

    ticket: TicketAnswer
    is_new: bool
    print_job: PrintJobRef | None


# ---- the board and the kiosk


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


class CalledAnswer(Answer):
    """A number that was asked to a desk."""

    label: str
    desk_no: int
    called_at: datetime
    is_recall: bool


class CountsAnswer(Answer):
    """Today's figures."""

    market_day: date
    open_headcount: int
    open_posts: int
    visits: int
    placements: int
    waiting: int


class BoardAnswer(Answer):
    """One state of the board."""

    revision: int
    server_time: datetime
    market: MarketAnswer
    posts: list[PostRowAnswer]
    calls: list[CalledAnswer]
    missed: list[str]
    counts: CountsAnswer


class TicketPageAnswer(TicketAnswer):
    """A ticket, its queue and the posts that suit its holder."""

    posts: list[PostRowAnswer]
    market: MarketAnswer
    revision: int
    server_time: datetime


class Choice(Answer):
    """One button: an id and its words."""

    id: str
    name: str


class TradeChoice(Choice):
    """A trade with its picture."""

    icon: str


class TradeGroup(Answer):
    """One screen of trades, at most six."""

    name: str
    trades: list[TradeChoice]


class DeviceState(Answer):
    """What a device last told, and when."""

    state: str
    checked_at: datetime | None


class TradeDemandAnswer(Answer):
    """Free places in a trade."""

    trade_id: str
    name: str
    headcount: int


class NoticeAnswer(Answer):
    """The privacy notice in force."""

    version: str
    sentences: list[str]


class ServiceChoice(Choice):
    """A service with the letter of its tickets."""

    series: str


class KioskAnswer(Answer):
    """Everything a kiosk needs before a worker comes."""

    revision: int
    server_time: datetime
    market: MarketAnswer
    open_headcount: int
    open_posts: int
    top_trades: list[TradeDemandAnswer]
    printer: DeviceState
    reader: DeviceState
    agent_is_simulated: bool
    notice: NoticeAnswer
    services: list[ServiceChoice]
    trade_groups: list[TradeGroup]
    educations: list[Choice]
    skills: list[Choice]
    panel_inches: int


# ---- devices


class SignalAnswer(Answer):
    """Short-lived word for one device."""

    id: int
    kind: str
    body: dict[str, Any]
    created_at: datetime


class SignalsAnswer(Answer):
    """Signals, oldest first."""

    signals: list[SignalAnswer]


class WaitQuery(BaseModel):
    """A long poll: answers at once when there is something, else after `wait` seconds."""

    after: int = Field(default=0, ge=0, lt=2**63)
    wait: float = Field(default=0, ge=0, le=25)


class StateReport(Request):
    """A state that a device reports of a part of it."""

    state: Annotated[str, StringConstraints(max_length=12)]


class PrinterReport(Request):
    """The printer's state."""

    state: PrinterState


class SimulatedCardReport(Request):
    """An invented person whose card a simulated reader can read."""

    id: ShortText
    name: ShortText


class StatusRequest(Request):
    """What a device says of itself."""

    printer: PrinterReport | None = None
    reader: StateReport | None = None
    shown_revision: int | None = Field(default=None, ge=0, lt=2**63)
    simulated_cards: Annotated[list[SimulatedCardReport], Field(max_length=60)] | None = None
    build: Annotated[str, StringConstraints(max_length=40)] | None = None


class QueuedJob(Answer):
    """A job that may be claimed."""

    id: str
    kind: str
    created_at: datetime


class QueuedJobs(Answer):
    """Jobs, oldest first."""

    jobs: list[QueuedJob]


class ClaimedJob(Answer):
    """A claimed job. process_id: four printable characters for the printer's own receipt."""

    id: str
    kind: str
    copy_no: int
    process_id: str
    document: dict[str, Any]


class ResultRequest(Request):
    """What became of a claimed job; "queued" gives it back, nothing was sent."""

    state: PrintJobState
    reason: Annotated[str, StringConstraints(max_length=40)] = ""


class PaperAnswer(Answer):
    """A kept picture of simulated paper."""

    id: int


class SimulatorRequest(Request):
    """A command for the simulated devices."""

    command: Annotated[str, StringConstraints(max_length=20)]
    card: ShortText | None = None
    state: Annotated[str, StringConstraints(max_length=20)] | None = None


class SimulatorCards(Answer):
    """The invented people whose cards can be laid."""

    cards: list[Choice]


# ---- the desk


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


class EmployersAnswer(Answer):
    """Employers, latest first."""

    employers: list[EmployerAnswer]


class PostRequest(Request):
    """A post. pay_fen: money in fen. valid_until: when it leaves the board by itself."""

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
    """Somebody who waits for work."""

    ticket_code: str
    label: str
    call_name: str
    age_band: str
    trades: list[str]
    skill: str | None
    arrived_at: datetime


class WaitingList(Answer):
    """Who waits, in order of arrival."""

    workers: list[WaitingAnswer]


class CallRequest(Request):
    """Call the next ticket to a desk, or the one named."""

    desk_no: int = Field(ge=1, le=99)
    ticket_code: Annotated[str, StringConstraints(max_length=10)] | None = None
    services: Annotated[list[ServiceKind], Field(max_length=5)] = Field(default_factory=list)


class CallAnswer(Answer):
    """The ticket a desk has now."""

    ticket_code: str
    label: str
    state: TicketState
    desk_no: int | None
    recalls: int


class MoveRequest(Request):
    """Where a ticket goes."""

    state: TicketState


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


class ReferralRequest(Request):
    """How the talk between a ticket's holder and a post's employer ended."""

    ticket_code: Annotated[str, StringConstraints(max_length=10)]
    post_id: Annotated[str, StringConstraints(max_length=36)]
    desk_no: int = Field(ge=1, le=99)
    state: ReferralState
    decline_reason: DeclineReason | None = None


class ReferralAnswer(Answer):
    """What a referral led to."""

    id: str
    state: ReferralState
    placement_id: str | None
    slip_code: str | None
    print_job_id: str | None
    left: int


# ---- paths


class CodePath(BaseModel):
    """The opaque code of a ticket."""

    code: Annotated[str, StringConstraints(max_length=20)]


class IdPath(BaseModel):
    """The id of a thing."""

    id: Annotated[str, StringConstraints(max_length=36)]
