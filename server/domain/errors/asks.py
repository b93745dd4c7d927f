"""Owns the refusals about what a worker asks for at the kiosk besides a number."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class TicketOfAnother(DomainError, code="ticket_of_another", kind=RefusalKind.FORBIDDEN):
    """The ticket belongs to another person than the one who asks."""


class CardNeeded(DomainError, code="card_needed", kind=RefusalKind.FORBIDDEN):
    """Only the worker's own card on the reader opens this."""


class NoPostsToPrint(DomainError, code="no_posts_to_print", kind=RefusalKind.CONFLICT):
    """No open post suits the worker now."""


class ApplicationUnknown(DomainError, code="application_unknown", kind=RefusalKind.NOT_FOUND):
    """The worker has not applied for this post."""


class ApplicationStateForbids(
    DomainError, code="application_state_forbids", kind=RefusalKind.CONFLICT
):
    """The application is over; fact state."""


class ApplicantHasWork(DomainError, code="applicant_has_work", kind=RefusalKind.CONFLICT):
    """The worker has agreed to a job on the day of the post."""


class ApplicantTooYoung(DomainError, code="applicant_too_young", kind=RefusalKind.FORBIDDEN):
    """The worker is 16 or 17 and the post is not suitable."""


class SurveyOutdated(DomainError, code="survey_outdated", kind=RefusalKind.CONFLICT):
    """The questionnaire is not the one in force."""


class SurveyAnswerUnknown(DomainError, code="survey_answer_unknown"):
    """The questionnaire has no such question or answer."""


class HandwritingOff(DomainError, code="handwriting_off", kind=RefusalKind.NOT_FOUND):
    """The extra that reads handwriting is not installed, or does not answer."""
