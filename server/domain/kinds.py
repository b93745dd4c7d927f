"""Owns the closed lists of words (enums) that rules, tables, JSON and screens share."""

from collections.abc import Mapping
from enum import StrEnum


class RefusalKind(StrEnum):
    """Say what sort of refusal a DomainError is, so that the web layer can pick a status."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    UNAUTHORISED = "unauthorised"
    TOO_MANY = "too_many"


class ServiceKind(StrEnum):
    """Name the five services a person can take a ticket for."""

    FIND_WORK = "find_work"
    CONSULT = "consult"
    TRAINING = "training"
    HARDSHIP = "hardship"
    COMPLAINT = "complaint"

    @property
    def series(self) -> str:
        """Give the letter that begins the ticket's label, "A" to "E"."""
        return "ABCDE"[list(ServiceKind).index(self)]


class CardKind(StrEnum):
    """Name the four chip cards a reader can hand over."""

    RESIDENT = "resident"
    HMT = "hmt"
    FOREIGNER_2017 = "foreigner_2017"
    FOREIGNER_2023 = "foreigner_2023"


class Sex(StrEnum):
    """Hold the GB/T 2261.1 codes that a citizen number can say."""

    MALE = "1"
    FEMALE = "2"


class SkillLevel(StrEnum):
    """Hold the skill levels of element AAC015, with "0" for no certificate."""

    NONE = "0"
    JUNIOR = "5"
    INTERMEDIATE = "4"
    SENIOR = "3"
    TECHNICIAN = "2"


class ResidenceBand(StrEnum):
    """Say how far the home division of a worker is from the market, as a proxy only."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    ELSEWHERE = "elsewhere"


class NeedKind(StrEnum):
    """Name what a kiosk must still ask a worker before the ticket."""

    PRIVACY = "privacy"
    NAME = "name"
    PHONE = "phone"
    TRADES = "trades"
    EDUCATION = "education"
    SKILL = "skill"


class TicketState(StrEnum):
    """Say where a ticket is on its way from the printer to the desk."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"

    def may_become(self, state: "TicketState") -> bool:
        """Tell whether a ticket may move from this state to the other."""
        return state in TICKET_MOVES[self]


class PostState(StrEnum):
    """Say where a post is between the employer's wish and the end of its day."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    OPEN = "open"
    FULL = "full"
    PAUSED = "paused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    def may_become(self, state: "PostState") -> bool:
        """Tell whether a post may move from this state to the other."""
        return state in ALLOWED_MOVES[self]


class PayUnit(StrEnum):
    """Say what one payment is for."""

    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"
    JOB = "job"


class Settlement(StrEnum):
    """Say when the worker is paid."""

    DAILY = "daily"
    WEEKLY = "weekly"
    ON_COMPLETION = "on_completion"
    MONTHLY = "monthly"


class Transport(StrEnum):
    """Say which ways the employer drives the workers."""

    NONE = "none"
    THERE = "there"
    BOTH = "both"


class Tools(StrEnum):
    """Say whose tools are used."""

    OWN = "own"
    SUPPLIED = "supplied"


class ReferralState(StrEnum):
    """Say how the talk between a worker and an employer ended."""

    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class DeclineReason(StrEnum):
    """Name why a referral came to nothing."""

    PAY = "pay"
    DISTANCE = "distance"
    HOURS = "hours"
    SKILL = "skill"
    EMPLOYER_CHOSE_OTHER = "employer_chose_other"
    CHANGED_MIND = "changed_mind"
    OTHER = "other"


class PlacementState(StrEnum):
    """Say how far an agreed job has got."""

    AGREED = "agreed"
    ON_SITE = "on_site"
    COMPLETED = "completed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    FELL_THROUGH = "fallen"

    def may_become(self, state: "PlacementState") -> bool:
        """Tell whether a placement may move from this state to the other."""
        return state in PLACEMENT_MOVES[self]


class EmployerKind(StrEnum):
    """Tell a unit with a credit code from a household with a person's number."""

    UNIT = "unit"
    HOUSEHOLD = "household"


class DeviceKind(StrEnum):
    """Name what a paired device is."""

    KIOSK = "kiosk"
    DISPLAY = "display"
    AGENT = "agent"


class StaffRole(StrEnum):
    """Name what a member of staff may do."""

    CLERK = "clerk"
    MANAGER = "manager"


class CancelReason(StrEnum):
    """Name why somebody gives a ticket back."""

    FOUND_WORK = "found_work"
    LEAVING = "leaving"
    JOINED_CREW = "joined_crew"
    MISSED = "missed"
    CLOSED = "closed"


class CaseKind(StrEnum):
    """Name what a case (诉求) is about."""

    WAGE_ARREARS = "wage_arrears"
    COMPLAINT = "complaint"
    CONSULTATION = "consultation"
    HARDSHIP = "hardship"


class CaseStep(StrEnum):
    """Name the steps of a case that have a clock, in their order."""

    ASSIGN = "assign"
    FEEDBACK = "feedback"
    CLOSE = "close"


class FreeTime(StrEnum):
    """Say when somebody has time to learn a trade."""

    DAYTIME = "daytime"
    EVENING = "evening"
    WINTER = "winter"


class IdentityWay(StrEnum):
    """Say how somebody told the kiosk who they are; only a card lies in the person's own hand."""

    CARD = "card"
    ID_NO = "id_no"
    PHONE = "phone"
    SCAN = "scan"


class ApplicationState(StrEnum):
    """Say where a worker's wish for a post (报名) is; only MADE has a place in the order."""

    MADE = "made"
    WITHDRAWN = "withdrawn"
    AGREED = "agreed"
    ENDED = "ended"


class ApplicationEnd(StrEnum):
    """Name why an application ended without its worker's doing."""

    POST_FULL = "post_full"
    POST_CLOSED = "post_closed"
    POST_WITHDRAWN = "post_withdrawn"
    DECLINED = "declined"
    OTHER_WORK = "other_work"


class PrintJobKind(StrEnum):
    """Name which paper a print job makes."""

    TICKET = "ticket"
    SLIP = "slip"
    RECEIPT = "receipt"
    POST_LIST = "post_list"
    NOTICE = "notice"


class PrintJobState(StrEnum):
    """Say where a print job is; only paper that surely came out is PRINTED."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    PRINTED = "printed"
    FAILED = "failed"
    UNCERTAIN = "uncertain"

    def may_become(self, state: "PrintJobState") -> bool:
        """Tell whether a print job may move from this state to the other."""
        return state in PRINT_JOB_MOVES[self]


class PrinterState(StrEnum):
    """Say what a ticket printer last told; no answer is OFFLINE, never asked is UNKNOWN."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class ReaderState(StrEnum):
    """Say what a card reader last told."""

    READY = "ready"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class SoundState(StrEnum):
    """Say what a screen last told of its sound; BLOCKED is a browser that lets nothing be heard."""

    READY = "ready"
    BLOCKED = "blocked"
    OFF = "off"


class BannedCategory(StrEnum):
    """Name why a text may not be on the board."""

    SEX = "sex"
    ORIGIN = "origin"
    AGE = "age"
    PERSON = "person"
    FEES = "fees"
    MINORS = "minors"
    SCAM = "scam"
    LURE = "lure"
    PERSONAL_DATA = "personal_data"


ALLOWED_MOVES: Mapping[PostState, frozenset[PostState]] = {
    PostState.DRAFT: frozenset({PostState.IN_REVIEW, PostState.OPEN, PostState.WITHDRAWN}),
    PostState.IN_REVIEW: frozenset({PostState.DRAFT, PostState.OPEN, PostState.WITHDRAWN}),
    PostState.OPEN: frozenset(
        {
            PostState.FULL,
            PostState.PAUSED,
            PostState.CLOSED,
            PostState.WITHDRAWN,
            PostState.EXPIRED,
        }
    ),
    PostState.FULL: frozenset({PostState.OPEN, PostState.CLOSED, PostState.WITHDRAWN}),
    PostState.PAUSED: frozenset(
        {PostState.OPEN, PostState.CLOSED, PostState.WITHDRAWN, PostState.EXPIRED}
    ),
    PostState.CLOSED: frozenset({PostState.OPEN}),
    PostState.WITHDRAWN: frozenset(),
    PostState.EXPIRED: frozenset(),
}

TICKET_MOVES: Mapping[TicketState, frozenset[TicketState]] = {
    TicketState.WAITING: frozenset({TicketState.CALLED, TicketState.CANCELLED}),
    TicketState.CALLED: frozenset(
        {
            TicketState.CALLED,
            TicketState.SERVING,
            TicketState.DONE,
            TicketState.NO_SHOW,
            TicketState.WAITING,
            TicketState.CANCELLED,
        }
    ),
    TicketState.SERVING: frozenset({TicketState.DONE, TicketState.WAITING}),
    TicketState.DONE: frozenset(),
    TicketState.NO_SHOW: frozenset(
        {TicketState.CALLED, TicketState.WAITING, TicketState.CANCELLED}
    ),
    TicketState.CANCELLED: frozenset(),
}

PLACEMENT_MOVES: Mapping[PlacementState, frozenset[PlacementState]] = {
    PlacementState.AGREED: frozenset(
        {PlacementState.ON_SITE, PlacementState.WITHDRAWN, PlacementState.FELL_THROUGH}
    ),
    PlacementState.ON_SITE: frozenset({PlacementState.COMPLETED, PlacementState.FELL_THROUGH}),
    PlacementState.COMPLETED: frozenset({PlacementState.SETTLED}),
    PlacementState.SETTLED: frozenset(),
    PlacementState.WITHDRAWN: frozenset(),
    PlacementState.FELL_THROUGH: frozenset(),
}

PRINT_JOB_MOVES: Mapping[PrintJobState, frozenset[PrintJobState]] = {
    PrintJobState.QUEUED: frozenset({PrintJobState.CLAIMED}),
    PrintJobState.CLAIMED: frozenset(
        {
            PrintJobState.PRINTED,
            PrintJobState.FAILED,
            PrintJobState.UNCERTAIN,
            PrintJobState.QUEUED,
        }
    ),
    PrintJobState.PRINTED: frozenset(),
    PrintJobState.FAILED: frozenset({PrintJobState.QUEUED}),
    PrintJobState.UNCERTAIN: frozenset({PrintJobState.PRINTED, PrintJobState.FAILED}),
}
