"""Owns how days, moments and posts are said on paper."""

from __future__ import annotations

from datetime import date, datetime

from server.domain.clock import local_time
from server.services.board import PostRow

WEEKDAYS = "一二三四五六日"


def day_text(day: date) -> str:
    """Return a day as people say it: "11月24日(星期二)"."""
    return f"{day.month}月{day.day}日(星期{WEEKDAYS[day.weekday()]})"


def moment_text(at: datetime) -> str:
    """Return a moment: "2026年11月24日 04:31"."""
    local = local_time(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def post_words(row: PostRow, today: date) -> dict[str, str]:
    """Return a post in the few words that a narrow paper has room for."""
    days = (row.work_day - today).days
    day = {0: "今天", 1: "明天"}.get(days, f"{row.work_day.month}月{row.work_day.day}日")
    return {
        "title": row.trade_name,
        "pay": row.pay,
        "left": str(row.left),
        "place": row.place,
        "when": f"{day} {row.hours}",
    }
