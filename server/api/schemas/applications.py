"""Owns the shapes of a worker's posts, applications, records and registration at the kiosk."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from server.api.schemas.asks import AskerRequest, HolderRequest, Id
from server.api.schemas.common import Answer, PostRowAnswer, PrintJobRef, ShortText, TicketAnswer
from server.domain.kinds import ApplicationState, CaseKind, CaseStep, PlacementState


class LookerRequest(HolderRequest):
    """Somebody who looks for posts. trades: needed of who named none before."""

    trades: Annotated[list[ShortText], Field(max_length=20)] | None = None


class ApplicationAnswer(Answer):
    """A worker's wish for a post. order: 1 for who came first, 0 when it is over."""

    post_id: str
    state: ApplicationState
    order: int


class SuitablePostAnswer(PostRowAnswer):
    """A post for a worker. when: its day and hours in words. application: null without one."""

    icon: str
    when: str
    tools: str
    is_exact: bool
    application: ApplicationAnswer | None


class SuitablePostsAnswer(Answer):
    """The posts of a worker's trades, the own ones first, then those of the same group."""

    posts: list[SuitablePostAnswer]


class PostListRequest(LookerRequest):
    """Which posts are printed. post_id: only this one."""

    post_id: Id | None = None


class PostListAnswer(Answer):
    """The paper. posts: how many are on it."""

    posts: int
    print_job: PrintJobRef


class ApplyRequest(AskerRequest):
    """The post a worker wants to go to."""

    post_id: Id


class AppliedAnswer(Answer):
    """The place in the order. print_job: the ticket's paper, null for who had one today."""

    application: ApplicationAnswer
    ticket: TicketAnswer
    is_new: bool
    print_job: PrintJobRef | None


class WithdrawalRequest(HolderRequest):
    """The post a worker does not want to go to any more."""

    post_id: Id


class RecordJobAnswer(Answer):
    """A job that was agreed."""

    work_day: date
    trade_name: str
    employer: str
    pay: str
    state: PlacementState
    state_name: str


class RecordCaseAnswer(Answer):
    """A case that is not closed, with the next step and the day by whose end it is due."""

    no: str
    kind: CaseKind
    kind_name: str
    step: CaseStep
    step_name: str
    by_day: date


class RecordsAnswer(Answer):
    """A worker's own past, latest jobs first. days_this_month: days in the hall."""

    employments: list[RecordJobAnswer]
    days_this_month: int
    cases: list[RecordCaseAnswer]


class RegistrationAnswer(Answer):
    """Whether the worker is new, or was registered before."""

    is_new: bool
