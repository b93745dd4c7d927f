"""Owns how well a post suits a worker; pure arithmetic, no preference for any person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from server.domain.kinds import PayUnit
from server.domain.posts import WorkTimes, suits_minor, work_minutes
from server.domain.trades import Trade, trade

MIN_WORKING_AGE = 16
ADULT_AGE = 18

_TRADE_POINTS = 1000
_RANK_POINTS = 50
_MAX_PAY_POINTS = 100
_FEN_PER_PAY_POINT = 5_00
_LUNCH_POINTS = 20
_FRESH_POINTS = 30
_FRESH_FOR = timedelta(minutes=30)
_PLACE_POINTS = 2
_MAX_PLACE_POINTS = 20
# A lump sum or piece pay says nothing of a day's earnings; it scores like a usual day.
_USUAL_DAY_PAY_FEN = 150_00


@dataclass(frozen=True)
class PostFacts:
    """Hold what the score looks at. pay_fen: for one pay_unit. published_at: UTC."""

    trade_id: str
    pay_fen: int
    pay_unit: PayUnit
    start_time: time
    end_time: time
    has_lunch: bool
    left: int
    published_at: datetime


def score_post(post: PostFacts, wanted_trades: Sequence[str], now: datetime) -> int:
    """Score a post for a worker who named some trades, best wish first; higher is better.

    0: nothing in common, or no place left. Otherwise a named trade gives 1000 less 50 a rank, one
    of the same group half of that; pay gives up to 100 (a point per 5 yuan a day), lunch 20, a post
    younger than 30 minutes 30, places left up to 20. A named trade always beats a related one.
    """
    points = _trade_points(post.trade_id, wanted_trades)
    if points == 0 or post.left <= 0:
        return 0
    pay = min(_day_pay_fen(post) // _FEN_PER_PAY_POINT, _MAX_PAY_POINTS)
    lunch = _LUNCH_POINTS if post.has_lunch else 0
    fresh = _FRESH_POINTS if now - post.published_at < _FRESH_FOR else 0
    return points + pay + lunch + fresh + min(post.left * _PLACE_POINTS, _MAX_PLACE_POINTS)


def may_work(age_years: int, times: WorkTimes, trade_of_post: Trade) -> bool:
    """Tell whether the law lets somebody of this age do the work; there is no upper limit."""
    if age_years < MIN_WORKING_AGE:
        return False
    return age_years >= ADULT_AGE or suits_minor(times, trade_of_post)


def _trade_points(trade_id: str, wanted_trades: Sequence[str]) -> int:
    group = trade(trade_id).group
    best = 0
    for rank, wanted in enumerate(wanted_trades):
        points = max(_TRADE_POINTS - _RANK_POINTS * rank, 0)
        if wanted == trade_id:
            best = max(best, points)
        elif trade(wanted).group == group:
            best = max(best, points // 2)
    return best


def _day_pay_fen(post: PostFacts) -> int:
    if post.pay_unit is PayUnit.DAY:
        return post.pay_fen
    if post.pay_unit is PayUnit.HOUR:
        return post.pay_fen * work_minutes(post) // 60
    return _USUAL_DAY_PAY_FEN
