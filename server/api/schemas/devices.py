"""Owns the shapes of devices: signals, status, print jobs, simulators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from server.api.schemas.common import (
    Answer,
    Choice,
    Request,
    Scanned,
    ShortText,
)
from server.domain.kinds import (
    PrinterState,
    PrintJobState,
    SoundState,
)


class SignalAnswer(Answer):
    """Short-lived word for one device."""

    id: int
    kind: str
    body: dict[str, Any]
    created_at: datetime


class SignalsAnswer(Answer):
    """Signals, oldest first."""

    signals: list[SignalAnswer]


class WaitQuery(BaseModel):
    """A long poll: answers at once when there is something, else after `wait` seconds."""

    after: int = Field(default=0, ge=0, lt=2**63)
    wait: float = Field(default=0, ge=0, le=25)


class StateReport(Request):
    """A state that a device reports of a part of it."""

    state: Annotated[str, StringConstraints(max_length=12)]


class PrinterReport(Request):
    """The printer's state."""

    state: PrinterState


class SoundReport(Request):
    """What a screen says of its sound."""

    state: SoundState


class SimulatedCardReport(Request):
    """An invented person whose card a simulated reader can read."""

    id: ShortText
    name: ShortText


class StatusRequest(Request):
    """What a device says of itself."""

    printer: PrinterReport | None = None
    reader: StateReport | None = None
    scanner: StateReport | None = None
    sound: SoundReport | None = None
    shown_revision: int | None = Field(default=None, ge=0, lt=2**63)
    simulated_cards: Annotated[list[SimulatedCardReport], Field(max_length=60)] | None = None
    build: Annotated[str, StringConstraints(max_length=40)] | None = None


class QueuedJob(Answer):
    """A job that may be claimed."""

    id: str
    kind: str
    created_at: datetime


class QueuedJobs(Answer):
    """Jobs, oldest first."""

    jobs: list[QueuedJob]


class ClaimedJob(Answer):
    """A claimed job. process_id: four printable characters for the printer's own receipt."""

    id: str
    kind: str
    copy_no: int
    process_id: str
    document: dict[str, Any]


class ResultRequest(Request):
    """What became of a claimed job; "queued" gives it back, nothing was sent."""

    state: PrintJobState
    reason: Annotated[str, StringConstraints(max_length=40)] = ""


class PaperAnswer(Answer):
    """A kept picture of simulated paper."""

    id: int


class ScanRequest(Request):
    """What the scanner read, as it read it."""

    code: Scanned


class SimulatorRequest(Request):
    """A command for the simulated devices."""

    command: Annotated[str, StringConstraints(max_length=20)]
    card: ShortText | None = None
    state: Annotated[str, StringConstraints(max_length=20)] | None = None
    code: Scanned | None = None


class SimulatorCards(Answer):
    """The invented people whose cards can be laid."""

    cards: list[Choice]
