"""Owns the refusals about who somebody is and what a check-in still needs."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class CitizenNumberInvalid(DomainError, code="citizen_number_invalid"):
    """The number is no citizen number; reason: length, characters, birth_day, check_digit."""


class NameInvalid(DomainError, code="name_invalid"):
    """The name is empty, too long or not made of Chinese characters."""


class NameNeedsClerk(DomainError, code="name_needs_clerk"):
    """The name has a character that no standard code holds; a clerk must help."""


class PhoneInvalid(DomainError, code="phone_invalid"):
    """The phone number is not a mainland number."""


class CreditCodeInvalid(DomainError, code="credit_code_invalid"):
    """The unified social credit code is not valid (GB 32100)."""


class SexInvalid(DomainError, code="sex_invalid"):
    """The sex is neither code 1 nor 2 of GB/T 2261.1."""


class BirthDayInvalid(DomainError, code="birth_day_invalid"):
    """The birth day is impossible or in the future."""


class CardKindUnknown(DomainError, code="card_kind_unknown"):
    """The card is none of the four kinds the market knows."""


class CardExpired(DomainError, code="card_expired"):
    """The card's last day of validity is past."""


class CardNeedsClerk(DomainError, code="card_needs_clerk", kind=RefusalKind.CONFLICT):
    """The card is of a kind, or in a state, that only a clerk can deal with."""


class Under16(DomainError, code="under_16", kind=RefusalKind.FORBIDDEN):
    """The person is under 16 and may not be introduced to work."""


class CardTokenExpired(DomainError, code="card_token_expired", kind=RefusalKind.CONFLICT):
    """The card was read too long ago."""


class IdentityTokenExpired(DomainError, code="identity_token_expired", kind=RefusalKind.CONFLICT):
    """The dialogue at the kiosk took too long."""


class IdentityMissing(DomainError, code="identity_missing"):
    """Not exactly one of card, number and phone was given."""


class PhoneUnknown(DomainError, code="phone_unknown", kind=RefusalKind.NOT_FOUND):
    """No worker has left this phone number."""


class PrivacyNoticeNotAccepted(DomainError, code="privacy_notice_not_accepted"):
    """The worker has not agreed to the privacy notice."""


class PrivacyNoticeOutdated(DomainError, code="privacy_notice_outdated", kind=RefusalKind.CONFLICT):
    """The accepted notice is not the one in force."""


class PhoneMissing(DomainError, code="phone_missing"):
    """The worker has left no phone number yet."""


class TradesMissing(DomainError, code="trades_missing"):
    """No trade was chosen."""


class TradesTooMany(DomainError, code="trades_too_many"):
    """More trades were chosen than allowed; fact maximum."""


class TradeUnknown(DomainError, code="trade_unknown"):
    """The trade is not in the list."""


class EducationUnknown(DomainError, code="education_unknown"):
    """The education code is not in GB/T 4658."""


class SkillUnknown(DomainError, code="skill_unknown"):
    """The skill level is not in the list."""


class ServiceUnknown(DomainError, code="service_unknown"):
    """The market does not offer this service."""


class WorkerUnknown(DomainError, code="worker_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such worker."""


class WorkerNotCheckedIn(DomainError, code="worker_not_checked_in", kind=RefusalKind.CONFLICT):
    """The worker has not checked in today."""
