"""Owns who may do a post's work by law; how well it suits them is ranked in `ranking.py`."""

from server.domain.posts import WorkTimes, suits_minor
from server.domain.trades import Trade

MIN_WORKING_AGE = 16
ADULT_AGE = 18


def may_work(age_years: int, times: WorkTimes, trade_of_post: Trade) -> bool:
    """Tell whether the law lets somebody of this age do the work; there is no upper limit."""
    if age_years < MIN_WORKING_AGE:
        return False
    return age_years >= ADULT_AGE or suits_minor(times, trade_of_post)
