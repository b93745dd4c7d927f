"""Owns where numbers are called together: in words and in numbered pinyin (`spoken.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class MeetingPoint(StrEnum):
    """Name a place at the market where people gather for a post."""

    HALL_DOOR = "hall_door"
    NORTH_GATE = "north_gate"
    SOUTH_GATE = "south_gate"
    CAR_PARK = "car_park"
    TALK_ROOM = "talk_room"


MEETING_POINT_NAMES: Mapping[MeetingPoint, str] = {
    MeetingPoint.HALL_DOOR: "大厅门口",
    MeetingPoint.NORTH_GATE: "市场北门",
    MeetingPoint.SOUTH_GATE: "市场南门",
    MeetingPoint.CAR_PARK: "停车场",
    MeetingPoint.TALK_ROOM: "洽谈区",
}
MEETING_POINT_SOUNDS: Mapping[MeetingPoint, str] = {
    MeetingPoint.HALL_DOOR: "da4 ting1 men2 kou3",
    MeetingPoint.NORTH_GATE: "shi4 chang3 bei3 men2",
    MeetingPoint.SOUTH_GATE: "shi4 chang3 nan2 men2",
    MeetingPoint.CAR_PARK: "ting2 che1 chang3",
    MeetingPoint.TALK_ROOM: "qia4 tan2 qu1",
}
