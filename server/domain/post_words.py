"""Owns how the times and conditions of a post are written."""

from datetime import date, time

from server.domain.posts import PostDraft
from server.domain.trades import trade


def meeting_text(draft: PostDraft) -> str:
    """Return when and where people meet: "6:30 市场北门"."""
    if draft.meeting_time is None:
        return draft.meeting_point
    return f"{clock_text(draft.meeting_time)} {draft.meeting_point}".rstrip()


def hours_text(draft: PostDraft) -> str:
    """Return the hours of work: "7:00–18:00", and of several days "7:00–18:00 连3天"."""
    hours = f"{clock_text(draft.start_time)}–{clock_text(draft.end_time)}"
    return hours if draft.day_count == 1 else f"{hours} 连{draft.day_count}天"


def clock_text(at: time) -> str:
    """Return a time of day as "6:30"."""
    return f"{at.hour}:{at.minute:02d}"


def days_text(draft: PostDraft) -> str:
    """Return the days of work: "11月24日", "11月24日至26日(3天)"."""
    first, last = draft.work_day, draft.end_day
    if first == last:
        return _day_text(first)
    end = f"{last.day}日" if last.month == first.month else _day_text(last)
    return f"{_day_text(first)}至{end}({draft.day_count}天)"


def _day_text(day: date) -> str:
    return f"{day.month}月{day.day}日"


def conditions_text(draft: PostDraft) -> str:
    """Return what a post asks of people, the certificate of its trade first."""
    certificate = trade(draft.trade_id).certificate if draft.asks_certificate else ""
    asked = f"须持{certificate}" if certificate else ""
    return "；".join(part for part in (asked, draft.requirements) if part)
