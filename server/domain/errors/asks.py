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


class CrewMembersMissing(DomainError, code="crew_members_missing"):
    """A crew has nobody but its leader."""


class CrewTooLarge(DomainError, code="crew_too_large"):
    """A crew has more people than a kiosk takes; fact maximum."""


class CrewMemberTwice(DomainError, code="crew_member_twice", kind=RefusalKind.CONFLICT):
    """Somebody is in the crew already: a member whose card came twice, or the leader."""


class InAnotherCrew(DomainError, code="in_another_crew", kind=RefusalKind.CONFLICT):
    """Somebody came with another crew today, or leads one."""


class CrewMemberBusy(DomainError, code="crew_member_busy", kind=RefusalKind.CONFLICT):
    """A member's own number of today is called, served, done or missed."""


class CrewLeaderBusy(DomainError, code="crew_leader_busy", kind=RefusalKind.CONFLICT):
    """The leader's number of today is called, served, done or missed."""


class TicketOfCrew(DomainError, code="ticket_of_crew", kind=RefusalKind.FORBIDDEN):
    """The ticket is a crew's, which its leader alone gives back."""
