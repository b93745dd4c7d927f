"""Owns the form of a post: what was typed, what it means, and how its row would look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from server.domain.clock import SHANGHAI, local_time, market_day
from server.domain.errors import (
    DomainError,
    HeadcountOutOfRange,
    PostDayPast,
    PostDayTooFar,
    PostHoursInvalid,
    RequestMalformed,
    TextMissing,
)
from server.domain.kinds import PayUnit, Settlement, Tools, Transport
from server.domain.money import parse_yuan, pay_text, yuan
from server.domain.phrases import SETTLEMENT_NAMES, TRANSPORT_NAMES
from server.domain.post_templates import template_of
from server.domain.posts import MAX_HEADCOUNT, MIN_HEADCOUNT, PostDraft, PostRules
from server.domain.trades import trade
from server.staff.forms import FormFaulty, choice_of, clean_text, plain_digits

USUAL_START = time(7)
USUAL_END = time(18)
# Days outside these years cannot be turned into moments everywhere.
FIRST_YEAR, LAST_YEAR = 2000, 2100
NOT_YET = "—"

_CLOCK = re.compile(r"(\d{1,2})(?:[:.点时]?(\d{2}|半)?)分?\Z", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_COUNT = re.compile(r"\d{1,6}\Z", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class PostFields:
    """What stands in the fields of the form, as typed; the checks are "" or "on"."""

    employer_id: str = ""
    trade_id: str = ""
    headcount: str = ""
    pay: str = ""
    pay_unit: str = PayUnit.DAY.value
    piece_unit: str = ""
    settlement: str = Settlement.DAILY.value
    work_day: str = ""
    start_time: str = f"{USUAL_START:%H:%M}"
    end_time: str = f"{USUAL_END:%H:%M}"
    place: str = ""
    meeting_point: str = ""
    meeting_time: str = ""
    has_lunch: str = ""
    transport: str = Transport.NONE.value
    tools: str = Tools.SUPPLIED.value
    requirements: str = ""
    has_insurance: str = ""
    valid_until: str = ""
    last_day: str = ""
    asks_certificate: str = "on"


def typed_fields(form: Mapping[str, str]) -> PostFields:
    """Return what was typed; a field that did not come is empty."""
    return PostFields(**{f.name: clean_text(form.get(f.name, "")) for f in fields(PostFields)})


def fresh_fields(now: datetime, employer_id: str = "") -> PostFields:
    """Return an empty form with the usual answers: today before work begins, else tomorrow."""
    day = market_day(now)
    if local_time(now).time() >= USUAL_START:
        day += timedelta(days=1)
    return PostFields(employer_id=employer_id, work_day=day.isoformat())


def with_template(typed: PostFields) -> PostFields:
    """Return the form with the usual answers of its trade; requirements that were typed stay."""
    answers = dict(template_of(typed.trade_id))
    if typed.requirements:
        answers.pop("requirements", None)
    return replace(typed, **answers)


def fields_of_draft(draft: PostDraft) -> PostFields:
    """Return the form of a post that is to be changed."""
    valid_until = local_time(draft.valid_until)
    return PostFields(
        employer_id=draft.employer_id,
        trade_id=draft.trade_id,
        headcount=str(draft.headcount),
        pay=yuan(draft.pay_fen),
        pay_unit=draft.pay_unit.value,
        piece_unit=draft.piece_unit,
        settlement=draft.settlement.value,
        work_day=draft.work_day.isoformat(),
        start_time=f"{draft.start_time:%H:%M}",
        end_time=f"{draft.end_time:%H:%M}",
        place=draft.place,
        meeting_point=draft.meeting_point,
        meeting_time="" if draft.meeting_time is None else f"{draft.meeting_time:%H:%M}",
        has_lunch="on" if draft.has_lunch else "",
        transport=draft.transport.value,
        tools=draft.tools.value,
        requirements=draft.requirements,
        has_insurance="on" if draft.has_insurance else "",
        valid_until=f"{valid_until:%Y-%m-%dT%H:%M}",
        last_day="" if draft.last_day is None else draft.last_day.isoformat(),
        asks_certificate="on" if draft.asks_certificate else "",
    )


@dataclass
class _Reading:
    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, DomainError] = field(default_factory=dict)

    def read(self, name: str, text: str, reader: Callable[[str], Any]) -> None:
        try:
            self.values[name] = reader(text)
        except DomainError as fault:
            self.faults[name] = fault


def read_post(typed: PostFields) -> PostDraft:
    """Return the post a form asks for. Raises FormFaulty with every field that cannot be read."""
    reading = _read(typed)
    if reading.faults:
        raise FormFaulty(reading.faults)
    values = reading.values
    return PostDraft(pay_fen=values.pop("pay"), **values)


def _read(typed: PostFields) -> _Reading:
    reading = _Reading()
    reading.read("employer_id", typed.employer_id, _required("employer_id"))
    reading.read("trade_id", typed.trade_id, _trade_id)
    reading.read("headcount", typed.headcount, _headcount)
    reading.read("pay", typed.pay, parse_yuan)
    reading.read("pay_unit", typed.pay_unit, lambda text: choice_of(PayUnit, text))
    reading.read("settlement", typed.settlement, lambda text: choice_of(Settlement, text))
    reading.read("work_day", typed.work_day, _day)
    reading.read("last_day", typed.last_day, lambda text: _last_day(text, reading.values))
    reading.read("start_time", typed.start_time, _clock)
    reading.read("end_time", typed.end_time, _clock)
    reading.read("place", typed.place, _required("place"))
    reading.read("meeting_time", typed.meeting_time, lambda text: _clock(text) if text else None)
    reading.read("transport", typed.transport, lambda text: choice_of(Transport, text))
    reading.read("tools", typed.tools, lambda text: choice_of(Tools, text))
    for name in ("piece_unit", "meeting_point", "requirements"):
        reading.values[name] = getattr(typed, name)
    for name in ("has_lunch", "has_insurance", "asks_certificate"):
        reading.values[name] = bool(getattr(typed, name))
    if reading.values.get("pay_unit") is not PayUnit.PIECE:
        reading.values["piece_unit"] = ""
    reading.read("valid_until", typed.valid_until, lambda text: _valid_until(text, reading.values))
    return reading


def _required(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not text:
            raise TextMissing(field=name)
        return text

    return read


def _trade_id(text: str) -> str:
    return trade(_required("trade_id")(text)).id


def _headcount(text: str) -> int:
    digits = plain_digits(text).removesuffix("人").removesuffix("个")
    if not _COUNT.match(digits) or not MIN_HEADCOUNT <= int(digits) <= MAX_HEADCOUNT:
        raise HeadcountOutOfRange(minimum=MIN_HEADCOUNT, maximum=MAX_HEADCOUNT)
    return int(digits)


def _day(text: str) -> date:
    found = _DAY.match(plain_digits(text))
    if found is None:
        raise TextMissing(field="work_day")
    year = int(found[1])
    if year < FIRST_YEAR:
        raise PostDayPast
    if year > LAST_YEAR:
        raise PostDayTooFar(maximum_days=PostRules(0).max_days_ahead)
    try:
        return date(year, int(found[2]), int(found[3]))
    except ValueError as error:
        raise TextMissing(field="work_day") from error


def _last_day(text: str, values: Mapping[str, Any]) -> date | None:
    """Read the last of several days; nothing, or the first day again, means one day."""
    day = _day(text) if text else None
    return None if day == values.get("work_day") else day


def _clock(text: str) -> time:
    """Read a time of day as clerks type it: 6:30, 0630, 630, 6, 6点半."""
    found = _CLOCK.match(plain_digits(text))
    if found is None:
        raise PostHoursInvalid
    hour, minute = int(found[1]), 30 if found[2] == "半" else int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise PostHoursInvalid
    return time(hour, minute)


def _valid_until(text: str, values: Mapping[str, Any]) -> datetime | None:
    """Read "2026-11-25T07:00"; nothing means when work begins, if that is known."""
    if not text:
        if "work_day" not in values or "start_time" not in values:
            return None
        return _moment(values["work_day"], values["start_time"])
    day, _, clock = text.replace(" ", "T", 1).partition("T")
    try:
        return _moment(_day(day), _clock(clock))
    except DomainError as error:
        raise RequestMalformed from error


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI).astimezone(UTC)


@dataclass(frozen=True)
class BoardLook:
    """The row of a post as the lobby screen would show it; what is not filled in yet is a dash."""

    trade_name: str
    employer: str
    pay: str
    settlement: str
    headcount: str
    day: date | None
    hours: str
    place: str
    meeting: str
    lunch: bool
    transport: str


def board_look(typed: PostFields, employer: str) -> BoardLook:
    """Return how the row of a half-filled form would look."""
    values = _read(typed).values
    has_pay = {"pay", "pay_unit"} <= values.keys()
    has_hours = {"start_time", "end_time"} <= values.keys()
    meeting = f"{_clock_text(values.get('meeting_time'))} {typed.meeting_point}".strip()
    return BoardLook(
        trade(values["trade_id"]).short_name if "trade_id" in values else NOT_YET,
        employer or NOT_YET,
        pay_text(values["pay"], values["pay_unit"], typed.piece_unit) if has_pay else NOT_YET,
        SETTLEMENT_NAMES[values["settlement"]] if "settlement" in values else NOT_YET,
        str(values.get("headcount", NOT_YET)),
        values.get("work_day"),
        f"{_clock_text(values['start_time'])}–{_clock_text(values['end_time'])}"
        if has_hours
        else NOT_YET,
        typed.place or NOT_YET,
        meeting,
        bool(typed.has_lunch),
        TRANSPORT_NAMES[values["transport"]] if "transport" in values else NOT_YET,
    )


def _clock_text(at: time | None) -> str:
    return "" if at is None else f"{at.hour}:{at.minute:02d}"
