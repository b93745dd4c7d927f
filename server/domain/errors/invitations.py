"""Owns the refusals of an employer's own form."""

# ruff: noqa: N818 - errors are named as the state they report, not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class InvitationUnknown(DomainError, code="invitation_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such invitation."""


class InvitationOver(DomainError, code="invitation_over", kind=RefusalKind.FORBIDDEN):
    """The invitation has ended, or its hour is over."""


class InvitationFull(DomainError, code="invitation_full", kind=RefusalKind.CONFLICT):
    """As many posts came by this invitation as may; fact maximum."""
