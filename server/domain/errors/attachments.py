"""Owns the refusals about an employer's papers."""

# ruff: noqa: N818 - errors are named as the state they report, not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class AttachmentInvalid(DomainError, code="attachment_invalid"):
    """An uploaded paper cannot be kept; fact reason says why."""


class AttachmentUnknown(DomainError, code="attachment_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such paper, or it was taken away."""


class AttachmentsTooMany(DomainError, code="attachments_too_many", kind=RefusalKind.CONFLICT):
    """The employer has as many papers as are kept; fact maximum."""
