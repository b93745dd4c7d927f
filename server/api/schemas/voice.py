"""Owns the shapes of what is said aloud."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

Label = Annotated[str, StringConstraints(max_length=8)]


class CallPath(BaseModel):
    """A called number and its window."""

    label: Label
    desk_no: int = Field(ge=0, le=10_000)


class LabelPath(BaseModel):
    """A ticket's number."""

    label: Label


class SentencePath(BaseModel):
    """A fixed sentence."""

    id: Annotated[str, StringConstraints(max_length=40)]


class WordsPath(BaseModel):
    """The words of a choice, by the name of their sound in the kiosk's snapshot."""

    sound: Annotated[str, StringConstraints(max_length=80)]


class VersionQuery(BaseModel):
    """The version of the voice that the screen knows; the answer then stays the same for ever."""

    v: Annotated[str, StringConstraints(max_length=12)] = ""
