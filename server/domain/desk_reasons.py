"""Owns why a desk puts a number aside or undoes an agreement; fixed lists name nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

UNDO_MINUTES = 10
UNDO_TIME = timedelta(minutes=UNDO_MINUTES)


class ParkReason(StrEnum):
    """Name why a desk puts a number aside for a while (先放一放)."""

    PAPERS = "papers"
    EMPLOYER = "employer"
    AWAY = "away"
    OTHER = "other"


class UndoReason(StrEnum):
    """Name why an agreement is undone."""

    MISTAKE = "mistake"
    WRONG_POST = "wrong_post"
    WORKER = "worker"
    EMPLOYER = "employer"


PARK_REASONS: Mapping[ParkReason, str] = {
    ParkReason.PAPERS: "回去取证件",
    ParkReason.EMPLOYER: "等老板回话",
    ParkReason.AWAY: "走开一下",
    ParkReason.OTHER: "别的事",
}
UNDO_REASONS: Mapping[UndoReason, str] = {
    UndoReason.MISTAKE: "点错了",
    UndoReason.WRONG_POST: "选错了岗位",
    UndoReason.WORKER: "工友不去了",
    UndoReason.EMPLOYER: "老板不要了",
}
