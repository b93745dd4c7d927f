"""Owns the refusals about sign-in, requests and the market's set-up."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class SignInFailed(DomainError, code="sign_in_failed", kind=RefusalKind.UNAUTHORISED):
    """Account or password is wrong."""


class SignInRequired(DomainError, code="sign_in_required", kind=RefusalKind.UNAUTHORISED):
    """Nobody is signed in."""


class SignInLocked(DomainError, code="sign_in_locked", kind=RefusalKind.TOO_MANY):
    """Too many wrong passwords; fact wait_minutes."""


class PermissionMissing(DomainError, code="permission_missing", kind=RefusalKind.FORBIDDEN):
    """The role does not include this."""


class PasswordTooWeak(DomainError, code="password_too_weak"):
    """The password is too short or too common; fact minimum."""


class StaffUnknown(DomainError, code="staff_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such member of staff."""


class StaffExists(DomainError, code="staff_exists", kind=RefusalKind.CONFLICT):
    """The account name is in use."""


class IdempotencyKeyMissing(DomainError, code="idempotency_key_missing"):
    """A write came without an Idempotency-Key."""


class IdempotencyKeyInvalid(DomainError, code="idempotency_key_invalid"):
    """The Idempotency-Key is not 8 to 80 letters, digits, - or _."""


class IdempotencyKeyReused(DomainError, code="idempotency_key_reused", kind=RefusalKind.CONFLICT):
    """The Idempotency-Key belongs to a different request."""


class RequestMalformed(DomainError, code="request_malformed"):
    """The request does not have the agreed form."""


class CrossSiteRequest(DomainError, code="cross_site_request", kind=RefusalKind.FORBIDDEN):
    """The form came from another site or is too old."""


class ContentTypeWrong(DomainError, code="content_type_wrong"):
    """The body is not of the agreed type."""


class RequestTooLarge(DomainError, code="request_too_large"):
    """The body is too large."""


class MethodNotAllowed(DomainError, code="method_not_allowed"):
    """The address does not take this method."""


class NotFound(DomainError, code="not_found", kind=RefusalKind.NOT_FOUND):
    """There is nothing at this address."""


class TooManyRequests(DomainError, code="too_many_requests", kind=RefusalKind.TOO_MANY):
    """The caller asks too often."""


class MarketBusy(DomainError, code="market_busy", kind=RefusalKind.TOO_MANY):
    """The write gate did not open in time."""


class MarketMissing(DomainError, code="market_missing", kind=RefusalKind.CONFLICT):
    """The market has not been set up."""


class MarketExists(DomainError, code="market_exists", kind=RefusalKind.CONFLICT):
    """The market has been set up already."""


class MarketNotEmpty(DomainError, code="market_not_empty", kind=RefusalKind.CONFLICT):
    """Seeded people and posts go into a new market only."""


class DivisionUnknown(DomainError, code="division_unknown", kind=RefusalKind.NOT_FOUND):
    """The division code is no county of Shanxi in force."""


class SettingInvalid(DomainError, code="setting_invalid"):
    """A setting has an impossible value; fact field."""
