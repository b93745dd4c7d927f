"""Owns the shapes of what is done to employers: looked up, barred, merged."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from server.api.schemas.common import Answer, Day, Request, ShortText, Text
from server.api.schemas.desk import EmployerAnswer
from server.domain.employer_kinds import DuplicateSign, SanctionReason, SanctionState


class LookUpRequest(Request):
    """What was typed so far: name, pinyin initials, end of a phone, beginning of a credit code."""

    search: ShortText = ""


class SanctionRequest(Request):
    """A sanction. Both days belong to it; without to_day it lasts until it is lifted."""

    reason: SanctionReason
    from_day: Day
    to_day: Day | None = None
    evidence_text: Text
    other_text: ShortText = ""


class LiftRequest(Request):
    """Why a sanction is lifted."""

    lift_reason: Text


class SanctionAnswer(Answer):
    """A sanction. set_by, lifted_by: display names of staff, "" for the server's own."""

    id: str
    reason: SanctionReason
    other_text: str
    evidence_text: str
    from_day: Day
    to_day: Day | None
    state: SanctionState
    set_by: str
    set_at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lift_reason: str


class MergeRequest(Request):
    """Which employer becomes part of the one in the path."""

    gone_id: Annotated[str, StringConstraints(max_length=36)]


class MergeAnswer(Answer):
    """A merge: gone is part of kept until it is undone."""

    id: str
    kept_id: str
    gone_id: str
    merged_at: datetime
    undone_at: datetime | None


class DuplicateAnswer(Answer):
    """An employer that may be the same, and what the two have in common."""

    employer: EmployerAnswer
    signs: list[DuplicateSign]
    posts: int = Field(ge=0)


class EmployerPageAnswer(Answer):
    """One employer with what it has been barred for and who may be the same."""

    employer: EmployerAnswer
    sanctions: list[SanctionAnswer]
    duplicates: list[DuplicateAnswer]
