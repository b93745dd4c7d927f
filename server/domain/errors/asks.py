"""Owns the refusals about what a worker asks for at the kiosk besides a number."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class TicketOfAnother(DomainError, code="ticket_of_another", kind=RefusalKind.FORBIDDEN):
    """The ticket belongs to another person than the one who asks."""
