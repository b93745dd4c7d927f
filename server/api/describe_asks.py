"""Owns the way from what asks led to, to the shapes of the API."""

from __future__ import annotations

from datetime import datetime

from server.api.schemas.asks import CaseAnswer, CaseOpenedAnswer, CaseRowAnswer, DeadlineAnswer
from server.api.schemas.common import PrintJobRef
from server.domain.kinds import CaseStep, PrintJobState
from server.domain.phrases import CASE_KIND_NAMES, CASE_STEP_WORDS
from server.services.cases import Case, CaseRow
from server.services.cases import CaseAnswer as Opened


def queued(job_id: str | None) -> PrintJobRef | None:
    """Return the reference to a paper that was just queued."""
    return None if job_id is None else PrintJobRef(id=job_id, state=PrintJobState.QUEUED)


def case_opened_answer(opened: Opened) -> CaseOpenedAnswer:
    """Return the case that a wish led to."""
    return CaseOpenedAnswer(
        case=CaseAnswer.model_validate(_case_fields(opened.case, (None, None, None))),
        is_new=opened.is_new,
        print_job=queued(opened.print_job_id),
    )


def case_row_answer(row: CaseRow) -> CaseRowAnswer:
    """Return a case as the desk lists it."""
    moments = (row.assigned_at, row.answered_at, row.closed_at)
    return CaseRowAnswer.model_validate(
        {
            **_case_fields(row.case, moments),
            "masked_name": row.masked_name,
            "is_closed": row.closed_at is not None,
        }
    )


def _case_fields(case: Case, done: tuple[datetime | None, ...]) -> dict[str, object]:
    due = case.deadlines
    days = (due.assign_by_day, due.feedback_by_day, due.close_by_day)
    return {
        "no": case.no,
        "kind": case.kind,
        "kind_name": CASE_KIND_NAMES[case.kind],
        "employer": case.employer,
        "opened_at": case.opened_at,
        "deadlines": [
            DeadlineAnswer(step=step, name=CASE_STEP_WORDS[step], by_day=day, done_at=at)
            for step, day, at in zip(CaseStep, days, done, strict=True)
        ],
    }
