"""Owns the refusals about what a worker asks for at the kiosk besides a number."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class TicketOfAnother(DomainError, code="ticket_of_another", kind=RefusalKind.FORBIDDEN):
    """The ticket belongs to another person than the one who asks."""


class SurveyOutdated(DomainError, code="survey_outdated", kind=RefusalKind.CONFLICT):
    """The questionnaire is not the one in force."""


class SurveyAnswerUnknown(DomainError, code="survey_answer_unknown"):
    """The questionnaire has no such question or answer."""


class HandwritingOff(DomainError, code="handwriting_off", kind=RefusalKind.NOT_FOUND):
    """The extra that reads handwriting is not installed, or does not answer."""
