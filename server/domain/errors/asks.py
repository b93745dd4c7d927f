"""Owns the refusals about what a worker asks for at the kiosk besides a number."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class TicketOfAnother(DomainError, code="ticket_of_another", kind=RefusalKind.FORBIDDEN):
    """The ticket belongs to another person than the one who asks."""


class CardNeeded(DomainError, code="card_needed", kind=RefusalKind.FORBIDDEN):
    """Only somebody with their card on the reader may see it."""


class AlreadyApplied(DomainError, code="already_applied", kind=RefusalKind.CONFLICT):
    """The worker has put their name down for the post before."""


class PostListsExhausted(DomainError, code="post_lists_exhausted", kind=RefusalKind.TOO_MANY):
    """The worker has printed the list of posts as often as allowed today; fact maximum."""


class CoursesMissing(DomainError, code="courses_missing"):
    """No course was chosen."""


class CoursesTooMany(DomainError, code="courses_too_many"):
    """More courses were chosen than allowed; fact maximum."""


class CourseUnknown(DomainError, code="course_unknown"):
    """The course is not in the list."""


class QuestionUnknown(DomainError, code="question_unknown"):
    """The questionnaire has no such question or answer."""


class QuestionnaireOutdated(DomainError, code="questionnaire_outdated", kind=RefusalKind.CONFLICT):
    """The answers belong to an older questionnaire."""


class QuestionnaireEmpty(DomainError, code="questionnaire_empty"):
    """Not one question was answered."""
