"""Owns the way from posts for a worker, applications and records to the shapes of the API."""

from __future__ import annotations

from datetime import datetime

from server.api.describe import ticket_answer
from server.api.describe_asks import queued
from server.api.schemas.applications import (
    ApplicationAnswer,
    AppliedAnswer,
    RecordCaseAnswer,
    RecordJobAnswer,
    RecordsAnswer,
    SuitablePostAnswer,
)
from server.domain.clock import market_day
from server.domain.phrases import CASE_KIND_NAMES, CASE_STEP_WORDS, PLACEMENT_STATE_NAMES
from server.domain.trades import trade
from server.services.applications import ApplicationAnswer as Applied
from server.services.paper_words import post_words
from server.services.records import Employment, OpenCase, Records
from server.services.worker_posts import WorkerPost


def suitable_answer(one: WorkerPost, now: datetime) -> SuitablePostAnswer:
    """Return a post as its worker sees it."""
    own = one.application
    return SuitablePostAnswer.model_validate(
        {
            **vars(one.row),
            "icon": trade(one.row.trade).icon,
            "when": post_words(one.row, market_day(now))["when"],
            "tools": one.tools,
            "is_exact": one.is_exact,
            "application": None if own is None else ApplicationAnswer.model_validate(own),
        }
    )


def applied_answer(applied: Applied) -> AppliedAnswer:
    """Return the place in the order that a wish led to."""
    return AppliedAnswer(
        application=ApplicationAnswer.model_validate(applied.application),
        ticket=ticket_answer(applied.ticket),
        is_new=applied.is_new,
        print_job=queued(applied.print_job_id),
    )


def records_answer(records: Records) -> RecordsAnswer:
    """Return a worker's own past."""
    return RecordsAnswer(
        employments=[_job(job) for job in records.employments],
        days_this_month=records.days_this_month,
        cases=[_case(case) for case in records.cases],
    )


def _job(job: Employment) -> RecordJobAnswer:
    state_name = PLACEMENT_STATE_NAMES[job.state]
    return RecordJobAnswer.model_validate({**vars(job), "state_name": state_name})


def _case(case: OpenCase) -> RecordCaseAnswer:
    names = {"kind_name": CASE_KIND_NAMES[case.kind], "step_name": CASE_STEP_WORDS[case.step]}
    return RecordCaseAnswer.model_validate({**vars(case), **names})
