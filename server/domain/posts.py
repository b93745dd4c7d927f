"""Owns the rules of a post: what a draft must have before anybody sees it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from server.domain.banned_words import Finding as Finding
from server.domain.banned_words import screen_post_text as screen_post_text
from server.domain.clock import market_day
from server.domain.errors import (
    BannedWords,
    HeadcountOutOfRange,
    PayBelowMinimum,
    PayMissing,
    PayTooLarge,
    PieceUnitMissing,
    PostDayPast,
    PostDayTooFar,
    PostHoursInvalid,
    PostValidUntilPast,
    TextMissing,
    TextTooLong,
)
from server.domain.kinds import PayUnit, Settlement, Tools, Transport
from server.domain.trades import Trade, trade

MIN_HEADCOUNT = 1
MAX_HEADCOUNT = 500
MAX_PLACE_LENGTH = 60
MAX_REQUIREMENTS_LENGTH = 200
MAX_PIECE_UNIT_LENGTH = 6
MAX_WORK_HOURS = 16
MAX_MEETING_AHEAD_HOURS = 8
# Hours above these are paid as overtime, which a day's pay need not state (Labour Law, article 36).
NORMAL_DAY_HOURS = 8
MAX_MINOR_HOURS = 8

_NIGHT_END_MINUTE = 6 * 60
_NIGHT_START_MINUTE = 22 * 60
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, kw_only=True)
class PostDraft:
    """Hold what an employer asks for.

    pay_fen: for one pay_unit. end_time before start_time means past midnight. meeting_time: on the
    way to start_time, None to meet at work. valid_until: UTC, when the post leaves the board.
    """

    employer_id: str
    trade_id: str
    headcount: int
    pay_fen: int
    pay_unit: PayUnit
    piece_unit: str = ""
    settlement: Settlement
    work_day: date
    start_time: time
    end_time: time
    place: str
    meeting_point: str = ""
    meeting_time: time | None = None
    has_lunch: bool = False
    transport: Transport = Transport.NONE
    tools: Tools = Tools.SUPPLIED
    requirements: str = ""
    has_insurance: bool = False
    is_urgent: bool = False
    valid_until: datetime


@dataclass(frozen=True)
class PostRules:
    """Hold what a market sets: lowest pay in fen (None: no rule) and how far ahead posts may be."""

    min_hourly_pay_fen: int
    min_daily_pay_fen: int | None = None
    max_days_ahead: int = 60


class WorkTimes(Protocol):
    """Has the hours of work; a PostDraft does, a stored post does."""

    @property
    def start_time(self) -> time:
        """Give the time work begins."""

    @property
    def end_time(self) -> time:
        """Give the time work ends, maybe past midnight."""


def check_post(draft: PostDraft, rules: PostRules, now: datetime) -> None:
    """Make sure that a draft may be published. now: aware.

    Raises the first fault of: TradeUnknown, HeadcountOutOfRange, TextMissing, TextTooLong,
    PieceUnitMissing, BannedWords, PostDayPast, PostDayTooFar, PostValidUntilPast,
    PostHoursInvalid, PayMissing, PayTooLarge, PayBelowMinimum.
    """
    trade(draft.trade_id)
    if not MIN_HEADCOUNT <= draft.headcount <= MAX_HEADCOUNT:
        raise HeadcountOutOfRange(minimum=MIN_HEADCOUNT, maximum=MAX_HEADCOUNT)
    _check_texts(draft)
    _check_days(draft, rules, now)
    _check_hours(draft)
    _check_pay(draft, rules)


def work_minutes(times: WorkTimes) -> int:
    """Count the minutes from start to end, past midnight where the end is earlier."""
    return (_minute(times.end_time) - _minute(times.start_time)) % _DAY_MINUTES


def is_night_work(times: WorkTimes) -> bool:
    """Tell whether any of the work is between 22:00 and 6:00 (Labour Law, juvenile workers)."""
    start = _minute(times.start_time)
    end = start + work_minutes(times)
    return start < _NIGHT_END_MINUTE or end > _NIGHT_START_MINUTE


def suits_minor(times: WorkTimes, trade_of_post: Trade) -> bool:
    """Tell whether somebody of 16 or 17 may do the work: light, by day, at most 8 hours.

    Source: 未成年人保护法 article 61, 未成年工特殊保护规定 article 3.
    """
    if trade_of_post.is_heavy_or_high or is_night_work(times):
        return False
    return work_minutes(times) <= MAX_MINOR_HOURS * 60


def minimum_pay_fen(draft: PostDraft, rules: PostRules) -> int | None:
    """Give the least lawful pay of a draft in fen; None where the unit cannot be compared.

    A day counts its hours, at most 8, at the hourly minimum, rounded up to a whole fen.
    """
    if draft.pay_unit is PayUnit.HOUR:
        return rules.min_hourly_pay_fen
    if draft.pay_unit is not PayUnit.DAY:
        return None
    minutes = min(work_minutes(draft), NORMAL_DAY_HOURS * 60)
    by_hours = -(-rules.min_hourly_pay_fen * minutes // 60)
    return max(by_hours, rules.min_daily_pay_fen or 0)


def _check_texts(draft: PostDraft) -> None:
    limits = {
        "place": (draft.place, MAX_PLACE_LENGTH),
        "meeting_point": (draft.meeting_point, MAX_PLACE_LENGTH),
        "requirements": (draft.requirements, MAX_REQUIREMENTS_LENGTH),
        "piece_unit": (draft.piece_unit, MAX_PIECE_UNIT_LENGTH),
    }
    if not draft.place.strip():
        raise TextMissing(field="place")
    for field, (text, limit) in limits.items():
        if len(text) > limit:
            raise TextTooLong(field=field, limit=limit)
    if draft.pay_unit is PayUnit.PIECE and not draft.piece_unit.strip():
        raise PieceUnitMissing()
    for field, (text, _) in limits.items():
        _refuse_banned_words(field, text)


def _refuse_banned_words(field: str, text: str) -> None:
    findings = screen_post_text(text)
    if not findings:
        return
    first = findings[0].category
    words = "、".join(finding.word for finding in findings if finding.category is first)
    raise BannedWords(words=words, category=first.value, field=field)


def _check_days(draft: PostDraft, rules: PostRules, now: datetime) -> None:
    today = market_day(now)
    if draft.work_day < today:
        raise PostDayPast()
    if draft.work_day > today + timedelta(days=rules.max_days_ahead):
        raise PostDayTooFar(maximum_days=rules.max_days_ahead)
    if draft.valid_until <= now:
        raise PostValidUntilPast()


def _check_hours(draft: PostDraft) -> None:
    if not 0 < work_minutes(draft) <= MAX_WORK_HOURS * 60:
        raise PostHoursInvalid()
    if draft.meeting_time is None:
        return
    ahead = (_minute(draft.start_time) - _minute(draft.meeting_time)) % _DAY_MINUTES
    if ahead > MAX_MEETING_AHEAD_HOURS * 60:
        raise PostHoursInvalid()


def _check_pay(draft: PostDraft, rules: PostRules) -> None:
    if draft.pay_fen <= 0:
        raise PayMissing()
    maximum_fen = _maximum_pay_fen(draft.pay_unit)
    if draft.pay_fen > maximum_fen:
        raise PayTooLarge(maximum_fen=maximum_fen)
    minimum_fen = minimum_pay_fen(draft, rules)
    if minimum_fen is not None and draft.pay_fen < minimum_fen:
        raise PayBelowMinimum(minimum_fen=minimum_fen, pay_unit=draft.pay_unit.value)


def _maximum_pay_fen(pay_unit: PayUnit) -> int:
    """Give the pay above which a zero too many is likelier than a generous employer."""
    limits = {
        PayUnit.HOUR: 1_000_00,
        PayUnit.DAY: 5_000_00,
        PayUnit.PIECE: 10_000_00,
        PayUnit.JOB: 100_000_00,
    }
    return limits[pay_unit]


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
