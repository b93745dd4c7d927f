"""Owns the closed lists of words for the end of the market's day (收市)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class PaperLeft(StrEnum):
    """Say how much ticket paper somebody saw in the kiosk, which opens before anybody is there."""

    ENOUGH = "enough"
    LOW = "paper_low"
    OUT = "paper_out"


class EndReason(StrEnum):
    """Name why numbers that still wait end with the day."""

    NO_MORE_WORK = "no_work"
    GONE_HOME = "gone_home"
    WEATHER = "weather"
    BREAKDOWN = "breakdown"
    OTHER = "other"


PAPER_LEFT_NAMES: Mapping[PaperLeft, str] = {
    PaperLeft.ENOUGH: "够明天早上用",
    PaperLeft.LOW: "快用完了",
    PaperLeft.OUT: "没纸了",
}
END_REASON_NAMES: Mapping[EndReason, str] = {
    EndReason.NO_MORE_WORK: "今天没有活了",
    EndReason.GONE_HOME: "人都走了",
    EndReason.WEATHER: "天气不好",
    EndReason.BREAKDOWN: "停电、停网",
    EndReason.OTHER: "别的原因",
}
