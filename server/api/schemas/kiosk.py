"""Owns the shapes of the kiosk: identities, check-ins and its snapshot."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from server.api.schemas.common import (
    Answer,
    Choice,
    Day,
    Digits,
    MarketAnswer,
    PrintJobRef,
    Request,
    Scanned,
    ShortText,
    Text,
    TicketAnswer,
    Token,
)
from server.domain.kinds import (
    CardKind,
    IdentityWay,
    ServiceKind,
)


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


class CardRefusalRequest(Request):
    """Why the agent cannot use a card, as a code of its own."""

    code: Annotated[str, StringConstraints(max_length=40, pattern="^[a-z0-9_]+$")]


class CardAnswer(Answer):
    """The token that stands for the card for a few minutes."""

    token: str
    masked_name: str | None


class IdentityRequest(Request):
    """Exactly one of the four; ticket_code is what a scanner read."""

    card_token: Token | None = None
    id_no: Digits | None = None
    phone: Digits | None = None
    ticket_code: Scanned | None = None


class Warning_(Answer):  # noqa: N801 - `Warning` is a builtin
    """Something the worker should hear; it refuses nothing."""

    code: str
    message: str


class CandidateAnswer(Answer):
    """Somebody who may be standing at the kiosk. way: how they said who they are."""

    identity_token: str
    way: IdentityWay
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


class CheckInAnswer(Answer):
    """The ticket. print_job is null when the ticket existed before: nothing is printed."""

    ticket: TicketAnswer
    is_new: bool
    print_job: PrintJobRef | None


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


class VoiceAnswer(Answer):
    """Whether sentences can be said.

    version: belongs into their addresses as `?v=`. words: what stands on choices, and the name of
    its sound.
    """

    is_on: bool
    version: str
    words: dict[str, str]


class DeskHoursAnswer(Answer):
    """The hours of the desks, such as "8:00", and whether somebody is there now."""

    opens: str
    closes: str
    is_open: bool


class KioskAnswer(Answer):
    """Everything a kiosk needs before a worker comes."""

    revision: int
    server_time: datetime
    market: MarketAnswer
    desk: DeskHoursAnswer
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
    panel_inches: float
    voice: VoiceAnswer
