"""Owns the shapes of numbers and agreements that change hands."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from server.api.schemas.common import Request
from server.api.schemas.desk import DeskRequest
from server.domain.desk_reasons import ParkReason, UndoReason
from server.domain.kinds import ServiceKind

DeskNo = Annotated[int, Field(ge=1, le=99)]
PlacementId = Annotated[str, StringConstraints(max_length=36)]


class ParkRequest(DeskRequest):
    """Why a number is put aside."""

    reason: ParkReason


class TransferRequest(DeskRequest):
    """Where a number goes: to a service, to a desk, or both. note: for staff only."""

    to_service: ServiceKind | None = None
    to_desk_no: DeskNo | None = None
    note: Annotated[str, StringConstraints(max_length=100)] = ""


class UndoRequest(Request):
    """Whose agreement is undone, of one ticket. desk_no: the desk that asks, null for none."""

    placement_ids: Annotated[list[PlacementId], Field(max_length=60)]
    desk_no: DeskNo | None = None
    reason: UndoReason
