"""Posts: what may be published, night work and what a minor may do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from server.domain.errors import (
    BannedWords,
    DomainError,
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
    TradeUnknown,
)
from server.domain.kinds import PayUnit, Settlement, Transport
from server.domain.phrases import sentence
from server.domain.posts import (
    PostDraft,
    PostRules,
    check_post,
    is_night_work,
    minimum_pay_fen,
    suits_minor,
    work_minutes,
)
from server.domain.trades import trade

NOW = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
RULES = PostRules(min_hourly_pay_fen=2130)
LAWFUL = PostDraft(
    employer_id="e1",
    trade_id="general_labourer",
    headcount=10,
    pay_fen=18000,
    pay_unit=PayUnit.DAY,
    settlement=Settlement.DAILY,
    work_day=date(2026, 11, 24),
    start_time=time(7),
    end_time=time(18),
    place="开发区3号工地",
    meeting_point="北门",
    meeting_time=time(6, 30),
    has_lunch=True,
    transport=Transport.BOTH,
    requirements="要求有力气,自带手套",
    valid_until=datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
)


def refusal_of(rules: PostRules = RULES, **changes: Any) -> DomainError:  # any field of a draft
    with pytest.raises(DomainError) as refusal:
        check_post(replace(LAWFUL, **changes), rules, NOW)
    return refusal.value


def test_lawful_post_passes() -> None:
    check_post(LAWFUL, RULES, NOW)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"trade_id": "astronaut"}, TradeUnknown),
        ({"headcount": 0}, HeadcountOutOfRange),
        ({"headcount": 501}, HeadcountOutOfRange),
        ({"place": "  "}, TextMissing),
        ({"place": "长" * 61}, TextTooLong),
        ({"meeting_point": "长" * 61}, TextTooLong),
        ({"requirements": "长" * 201}, TextTooLong),
        ({"requirements": "限男"}, BannedWords),
        ({"place": "工地,电话13812345678"}, BannedWords),
        ({"work_day": date(2026, 11, 23)}, PostDayPast),
        ({"work_day": date(2027, 3, 1)}, PostDayTooFar),
        ({"valid_until": NOW}, PostValidUntilPast),
        ({"end_time": time(7)}, PostHoursInvalid),
        ({"end_time": time(6)}, PostHoursInvalid),
        ({"meeting_time": time(7, 30)}, PostHoursInvalid),
        ({"pay_fen": 0}, PayMissing),
        ({"pay_fen": -1}, PayMissing),
        ({"pay_fen": 5_000_01}, PayTooLarge),
        ({"pay_fen": 17039}, PayBelowMinimum),
        ({"pay_unit": PayUnit.HOUR, "pay_fen": 2129}, PayBelowMinimum),
        ({"pay_unit": PayUnit.PIECE, "pay_fen": 300}, PieceUnitMissing),
    ],
)
def test_unlawful_post_is_refused(changes: dict[str, Any], error: type[DomainError]) -> None:
    assert isinstance(refusal_of(**changes), error)


@pytest.mark.parametrize(
    "changes",
    [
        {"headcount": 500},
        {"place": "长" * 60},
        {"requirements": "长" * 200},
        {"pay_fen": 17040},
        {"pay_unit": PayUnit.HOUR, "pay_fen": 2130},
        {"pay_unit": PayUnit.PIECE, "pay_fen": 300, "piece_unit": "块"},
        {"pay_unit": PayUnit.JOB, "pay_fen": 100},
        {"start_time": time(20), "end_time": time(4), "meeting_time": time(19)},
        {"start_time": time(0, 30), "end_time": time(8), "meeting_time": time(23, 30)},
        {"meeting_time": None},
        {"meeting_time": time(7)},
        {"work_day": date(2027, 1, 23)},
    ],
)
def test_post_at_the_limit_passes(changes: dict[str, Any]) -> None:
    check_post(replace(LAWFUL, **changes), RULES, NOW)


def test_day_is_today_in_shanghai_when_it_is_yesterday_in_utc() -> None:
    assert NOW.date() == date(2026, 11, 23)
    check_post(replace(LAWFUL, work_day=date(2026, 11, 24)), RULES, NOW)


def test_sentence_tells_the_least_pay_of_the_day() -> None:
    assert "日薪不能低于170.40元" in sentence(refusal_of(pay_fen=15000))


def test_short_day_may_be_paid_less() -> None:
    short = replace(LAWFUL, end_time=time(11))
    assert minimum_pay_fen(short, RULES) == 4 * 2130


def test_least_pay_is_rounded_up_to_a_fen() -> None:
    odd = replace(LAWFUL, end_time=time(7, 1))
    assert minimum_pay_fen(odd, RULES) == 36


def test_market_may_set_a_higher_day_rate() -> None:
    rules = PostRules(min_hourly_pay_fen=2130, min_daily_pay_fen=20000)
    assert refusal_of(rules, pay_fen=19999).facts["minimum_fen"] == 20000


def test_pieces_and_lump_sums_have_no_least_pay() -> None:
    assert minimum_pay_fen(replace(LAWFUL, pay_unit=PayUnit.JOB), RULES) is None
    assert minimum_pay_fen(replace(LAWFUL, pay_unit=PayUnit.PIECE), RULES) is None


def test_refused_words_are_told_with_their_category() -> None:
    said = sentence(refusal_of(requirements="只要女工"))
    assert "只要女工" in said
    assert "限制男女" in said


def test_too_long_text_is_told_by_its_chinese_name() -> None:
    assert "干活地点" in sentence(refusal_of(place="长" * 61))


@pytest.mark.parametrize(
    ("start", "end", "minutes", "is_night"),
    [
        (time(7), time(18), 660, False),
        (time(6), time(22), 960, False),
        (time(5, 59), time(12), 361, True),
        (time(14), time(22, 1), 481, True),
        (time(20), time(4), 480, True),
        (time(23), time(1), 120, True),
        (time(22), time(23), 60, True),
    ],
)
def test_hours_past_midnight_are_night_work(
    start: time, end: time, minutes: int, is_night: bool
) -> None:
    draft = replace(LAWFUL, start_time=start, end_time=end)
    assert work_minutes(draft) == minutes
    assert is_night_work(draft) is is_night


def test_minor_may_do_light_work_by_day_only() -> None:
    day = replace(LAWFUL, start_time=time(8), end_time=time(16))
    night = replace(LAWFUL, start_time=time(18), end_time=time(22, 30))
    long_day = replace(day, end_time=time(16, 1))
    assert suits_minor(day, trade("packer"))
    assert not suits_minor(night, trade("packer"))
    assert not suits_minor(long_day, trade("packer"))
    assert not suits_minor(day, trade("scaffolder"))


def test_post_is_over_at_the_very_moment_of_its_valid_until() -> None:
    later = replace(LAWFUL, valid_until=NOW + timedelta(seconds=1))
    check_post(later, RULES, NOW)
    with pytest.raises(PostValidUntilPast):
        check_post(later, RULES, NOW + timedelta(seconds=1))
