"""Owns the words that the desk's templates need beside the shared phrases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from server.domain.clock import local_time
from server.domain.employer_kinds import SanctionState
from server.domain.kinds import (
    PostState,
    PrinterState,
    PrintJobState,
    ReaderState,
    SoundState,
    TicketState,
)

# Classes of the badge that stands beside the word of a state: a word and a colour, never one alone.
POST_TONES = {
    PostState.DRAFT: "quiet",
    PostState.IN_REVIEW: "warn",
    PostState.OPEN: "good",
    PostState.FULL: "done",
    PostState.PAUSED: "bad",
    PostState.CLOSED: "quiet",
    PostState.WITHDRAWN: "quiet",
    PostState.EXPIRED: "quiet",
}
SANCTION_TONES = {
    SanctionState.COMING: "warn",
    SanctionState.IN_FORCE: "bad",
    SanctionState.OVER: "quiet",
    SanctionState.LIFTED: "quiet",
}
TICKET_TONES = {
    TicketState.WAITING: "quiet",
    TicketState.CALLED: "warn",
    TicketState.SERVING: "good",
    TicketState.DONE: "done",
    TicketState.NO_SHOW: "bad",
    TicketState.CANCELLED: "quiet",
}
PRINT_TONES = {
    PrintJobState.QUEUED: "warn",
    PrintJobState.CLAIMED: "warn",
    PrintJobState.PRINTED: "good",
    PrintJobState.FAILED: "bad",
    PrintJobState.UNCERTAIN: "bad",
}
PRINTER_TONES = {
    PrinterState.READY: "good",
    PrinterState.PAPER_LOW: "warn",
    PrinterState.PAPER_OUT: "bad",
    PrinterState.COVER_OPEN: "bad",
    PrinterState.OFFLINE: "bad",
    PrinterState.UNKNOWN: "quiet",
}
READER_TONES = {
    ReaderState.READY: "good",
    ReaderState.OFFLINE: "bad",
    ReaderState.UNKNOWN: "quiet",
}
SOUND_TONES = {
    SoundState.READY: "good",
    SoundState.BLOCKED: "bad",
    SoundState.OFF: "quiet",
}
REASON_WORDS = {
    "paper_out": "没纸了",
    "given_back": "已作废，不用打了",
    "cover_open": "盖子没合上",
    "offline": "打印机没连上",
    "no_answer": "打印机没有回答",
    "decided_by_staff": "工作人员确认没出纸",
}
WEEKDAYS = "一二三四五六日"


def day_words(day: date, today: date) -> str:
    """Return a day as the desk says it: "今天", "明天 11月25日", "11月28日 周六"."""
    plain = f"{day.month}月{day.day}日"
    if day == today:
        return f"今天 {plain}"
    if day == today + timedelta(days=1):
        return f"明天 {plain}"
    if day == today - timedelta(days=1):
        return f"昨天 {plain}"
    return f"{plain} 周{WEEKDAYS[day.weekday()]}"


def date_words(day: date) -> str:
    """Return a day with its year: "2026年11月25日"."""
    return f"{day.year}年{day.month}月{day.day}日"


def waited_words(minutes: int) -> str:
    """Return how long somebody has waited: "刚到", "12分钟", "1小时05分"."""
    if minutes < 1:
        return "刚到"
    if minutes < 60:
        return f"{minutes}分钟"
    return f"{minutes // 60}小时{minutes % 60:02d}分"


def since_words(moment: datetime | None, now: datetime) -> str:
    """Return how long ago something was heard of: "刚刚", "40秒前", "5分钟前", "11月23日 18:20"."""
    if moment is None:
        return "从未"
    seconds = int((now - moment).total_seconds())
    if seconds < 15:
        return "刚刚"
    if seconds < 120:
        return f"{seconds}秒前"
    if seconds < 3600:
        return f"{seconds // 60}分钟前"
    return moment_words(moment)


def clock_words(moment: datetime) -> str:
    """Return a moment as the wall clock shows it: "04:31:22"."""
    return f"{local_time(moment):%H:%M:%S}"


def moment_words(moment: datetime) -> str:
    """Return a moment with its day: "11月25日 07:00"."""
    local = local_time(moment)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def next_days(today: date) -> tuple[tuple[str, str], ...]:
    """Return the days a post is usually for, each with its word: "2026-11-25", "明天"."""
    days = (today + timedelta(days=ahead) for ahead in range(3))
    return tuple(zip((day.isoformat() for day in days), ("今天", "明天", "后天"), strict=True))
