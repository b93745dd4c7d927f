"""Owns the shapes of a crew's check-in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from server.api.schemas.asks import AskerRequest, HolderRequest
from server.api.schemas.common import Answer, Token

# The service refuses more than a crew may be; this only bounds the request.
Members = Annotated[list[Token], Field(max_length=60)]


class CrewRollRequest(HolderRequest):
    """A leader and the identity tokens of the cards so far, the newest last."""

    member_tokens: Members = Field(default_factory=list)


class CrewMemberAnswer(Answer):
    """A member so far. own_label: the number of their own that goes back, "" without one."""

    identity_token: str
    masked_name: str | None
    needs_notice: bool
    own_label: str


class CrewRollAnswer(Answer):
    """The crew so far, with fresh tokens for everybody.

    people_before: how many the leader's ticket is for already; 0 without one.
    """

    leader_token: str
    members: list[CrewMemberAnswer]
    people_before: int


class CrewRequest(AskerRequest):
    """A leader, with what the kiosk asked them, and the members.

    members_notice: the version of the privacy notice that the members agreed to.
    """

    member_tokens: Members
    members_notice: Annotated[str, StringConstraints(max_length=20)] | None = None
