"""Owns the refusals about the handling of cases at the desk."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class CaseUnknown(DomainError, code="case_unknown", kind=RefusalKind.NOT_FOUND):
    """No case has this number."""


class CaseTaken(DomainError, code="case_taken", kind=RefusalKind.CONFLICT):
    """Somebody is responsible for the case already; fact who, a display name."""


class CaseNotTaken(DomainError, code="case_not_taken", kind=RefusalKind.CONFLICT):
    """Nobody has taken the case on yet."""


class CaseNotYours(DomainError, code="case_not_yours", kind=RefusalKind.FORBIDDEN):
    """Another member of staff is responsible for the case; fact who, a display name."""


class CaseClosed(DomainError, code="case_closed", kind=RefusalKind.CONFLICT):
    """The case is closed."""


class CaseNotClosed(DomainError, code="case_not_closed", kind=RefusalKind.CONFLICT):
    """The case is open, so it cannot be opened again."""


class CaseFeedbackMissing(DomainError, code="case_feedback_missing", kind=RefusalKind.CONFLICT):
    """The worker has got no word yet, so the case cannot be closed."""


class CaseExtended(DomainError, code="case_extended", kind=RefusalKind.CONFLICT):
    """The case has its month already."""


class CaseExtensionTooLate(DomainError, code="case_extension_too_late", kind=RefusalKind.CONFLICT):
    """The seven days are over; a month can no longer be had."""


class CaseOutcomeUnfit(DomainError, code="case_outcome_unfit"):
    """A case of its kind cannot end like that."""


class CaseOpenAgain(DomainError, code="case_open_again", kind=RefusalKind.CONFLICT):
    """The same worker has another open case about the same; fact no."""
