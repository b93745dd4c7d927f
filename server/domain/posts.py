"""Owns the rules of a post: what a draft must have before anybody sees it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from server.domain.clock import market_day
from server.domain.errors import (
    BannedWords,
    CertificateNotAsked,
    HeadcountOutOfRange,
    PayBelowMinimum,
    PayMissing,
    PayTooLarge,
    PieceUnitMissing,
    PostDayPast,
    PostDaysInvalid,
    PostDayTooFar,
    PostHoursInvalid,
    PostValidUntilPast,
    SettlementTooLate,
    TextMissing,
    TextTooLong,
)
from server.domain.kinds import PayUnit, Settlement, Tools, Transport
from server.domain.review_kinds import RuleKind
from server.domain.review_rules import RuleScreen, TextHit, built_in_screen
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
# 8 hours, at most 3 of overtime a day (Labour Law, article 41), and one for meals.
LONG_DAY_HOURS = 12
MAX_POST_DAYS = 31
# 劳动合同法, article 72: part-time work is paid within 15 days.
MAX_SETTLEMENT_DAYS = 15
LONG_DAY_RULE = "long_day"

_NIGHT_END_MINUTE = 6 * 60
_NIGHT_START_MINUTE = 22 * 60
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, kw_only=True)
class PostDraft:
    """Hold what an employer asks for.

    pay_fen: for one pay_unit. end_time before start_time means past midnight. meeting_time: on the
    way to start_time, None to meet at work. valid_until: UTC, when the post leaves the board.
    last_day: of work on several days, None for one day. asks_certificate: whoever goes shows the
    certificate that the trade needs.
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
    last_day: date | None = None
    asks_certificate: bool = True

    @property
    def end_day(self) -> date:
        """Return the last day of work."""
        return self.last_day or self.work_day

    @property
    def day_count(self) -> int:
        """Return how many days the work takes, the first and the last included."""
        return (self.end_day - self.work_day).days + 1


@dataclass(frozen=True)
class PostRules:
    """Hold what a market sets: lowest pay in fen (None: no rule) and how far ahead posts may be.

    wages: (from day, hourly minimum in fen), the earliest first; before the first of them
    min_hourly_pay_fen holds. screen: the rules that read the text.
    """

    min_hourly_pay_fen: int
    min_daily_pay_fen: int | None = None
    max_days_ahead: int = 60
    wages: tuple[tuple[date, int], ...] = ()
    screen: RuleScreen = field(default_factory=built_in_screen, repr=False)

    def hourly_minimum_on(self, day: date) -> int:
        """Return the least lawful pay for an hour of a day, in fen."""
        in_force = [fen for from_day, fen in self.wages if from_day <= day]
        return in_force[-1] if in_force else self.min_hourly_pay_fen


@dataclass(frozen=True)
class ReviewHit:
    """What a rule found in a post. field: of the draft. rule_id, rule_name, sentence: its rule's.

    words: as written, or for personal data only their kind.
    """

    field: str
    rule_id: str
    rule_name: str
    kind: RuleKind
    category: str
    words: str
    sentence: str


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
    PieceUnitMissing, BannedWords, PostDayPast, PostDayTooFar, PostDaysInvalid,
    PostValidUntilPast, PostHoursInvalid, PayMissing, PayTooLarge, PayBelowMinimum,
    SettlementTooLate, CertificateNotAsked. Words that only want a second look do not stop a
    draft here: `review_hits` names them.
    """
    wanted = trade(draft.trade_id)
    if not MIN_HEADCOUNT <= draft.headcount <= MAX_HEADCOUNT:
        raise HeadcountOutOfRange(minimum=MIN_HEADCOUNT, maximum=MAX_HEADCOUNT)
    _check_texts(draft, rules.screen)
    _check_days(draft, rules, now)
    _check_hours(draft)
    _check_pay(draft, rules)
    _check_settlement(draft)
    if wanted.certificate and not draft.asks_certificate:
        raise CertificateNotAsked(certificate=wanted.certificate)


def review_hits(draft: PostDraft, rules: PostRules) -> tuple[ReviewHit, ...]:
    """Return all that the rules find in a draft, field by field; the hours at the end."""
    found = [
        _review_hit(name, hit)
        for name, text in free_texts(draft).items()
        for hit in rules.screen.hits(text)
    ]
    if work_minutes(draft) > LONG_DAY_HOURS * 60:
        found.append(_long_day(draft))
    return tuple(found)


def second_looks(draft: PostDraft, rules: PostRules) -> tuple[ReviewHit, ...]:
    """Return what may be published only with a reason."""
    return tuple(hit for hit in review_hits(draft, rules) if hit.kind is RuleKind.REVIEW)


def free_texts(draft: PostDraft) -> dict[str, str]:
    """Return what an employer wrote freely, by the name of its field."""
    return {name: text for name, (text, _) in _texts(draft).items()}


def _review_hit(name: str, hit: TextHit) -> ReviewHit:
    rule = hit.rule
    return ReviewHit(
        name, rule.id, rule.name, rule.kind, rule.category.value, hit.word, rule.sentence
    )


def _long_day(draft: PostDraft) -> ReviewHit:
    hours = f"{work_minutes(draft) / 60:g}小时"
    said = f"连吃饭超过{LONG_DAY_HOURS}小时，请问清楚中间歇多久、加班费怎么算。"
    return ReviewHit(
        "end_time", LONG_DAY_RULE, "一天干得太久", RuleKind.REVIEW, "hours", hours, said
    )


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
    hourly_fen = rules.hourly_minimum_on(draft.work_day)
    if draft.pay_unit is PayUnit.HOUR:
        return hourly_fen
    if draft.pay_unit is not PayUnit.DAY:
        return None
    minutes = min(work_minutes(draft), NORMAL_DAY_HOURS * 60)
    by_hours = -(-hourly_fen * minutes // 60)
    return max(by_hours, rules.min_daily_pay_fen or 0)


def _texts(draft: PostDraft) -> dict[str, tuple[str, int]]:
    return {
        "place": (draft.place, MAX_PLACE_LENGTH),
        "meeting_point": (draft.meeting_point, MAX_PLACE_LENGTH),
        "requirements": (draft.requirements, MAX_REQUIREMENTS_LENGTH),
        "piece_unit": (draft.piece_unit, MAX_PIECE_UNIT_LENGTH),
    }


def _check_texts(draft: PostDraft, screen: RuleScreen) -> None:
    texts = _texts(draft)
    if not draft.place.strip():
        raise TextMissing(field="place")
    for name, (text, limit) in texts.items():
        if len(text) > limit:
            raise TextTooLong(field=name, limit=limit)
    if draft.pay_unit is PayUnit.PIECE and not draft.piece_unit.strip():
        raise PieceUnitMissing()
    for name, (text, _) in texts.items():
        refuse_blocked(name, text, screen)


def refuse_blocked(name: str, text: str, screen: RuleScreen) -> None:
    """Raise BannedWords if a text of a field has what may never be published."""
    hits = [hit for hit in screen.hits(text) if hit.rule.kind is RuleKind.BLOCK]
    if not hits:
        return
    first = hits[0].rule
    words = "、".join(hit.word for hit in hits if hit.rule.category is first.category)
    raise BannedWords(
        words=words, category=first.category.value, field=name, rule=first.name, said=first.sentence
    )


def _check_days(draft: PostDraft, rules: PostRules, now: datetime) -> None:
    today = market_day(now)
    if draft.work_day < today:
        raise PostDayPast()
    if draft.work_day > today + timedelta(days=rules.max_days_ahead):
        raise PostDayTooFar(maximum_days=rules.max_days_ahead)
    if not 1 <= draft.day_count <= MAX_POST_DAYS:
        raise PostDaysInvalid(maximum_days=MAX_POST_DAYS)
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


def _check_settlement(draft: PostDraft) -> None:
    at_end = draft.settlement is Settlement.ON_COMPLETION
    is_too_long = at_end and draft.day_count > MAX_SETTLEMENT_DAYS
    if draft.settlement is Settlement.MONTHLY or is_too_long:
        raise SettlementTooLate(maximum_days=MAX_SETTLEMENT_DAYS)


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
