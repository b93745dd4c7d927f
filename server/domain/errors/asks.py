"""Owns the refusals about what a worker asks for at the kiosk besides a number."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class TicketOfAnother(DomainError, code="ticket_of_another", kind=RefusalKind.FORBIDDEN):
    """The ticket belongs to another person than the one who asks."""


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
