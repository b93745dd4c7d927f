"""Owns the refusals about employers, posts, referrals and placements."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class EmployerUnknown(DomainError, code="employer_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such employer."""


class EmployerExists(DomainError, code="employer_exists", kind=RefusalKind.CONFLICT):
    """The employer is registered already."""


class EmployerBlacklisted(DomainError, code="employer_blacklisted", kind=RefusalKind.FORBIDDEN):
    """The employer is barred from posting."""


class PostUnknown(DomainError, code="post_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such post."""


class PostNotOpen(DomainError, code="post_not_open", kind=RefusalKind.CONFLICT):
    """The post takes nobody now; fact state."""


class PostPlacesTooFew(DomainError, code="post_places_too_few", kind=RefusalKind.CONFLICT):
    """The post has fewer places left than people were chosen; fact left."""


class PeopleMissing(DomainError, code="people_missing"):
    """Nobody of a crew was chosen for the post."""


class PostFull(DomainError, code="post_full", kind=RefusalKind.CONFLICT):
    """All places of the post are taken."""


class PostChanged(DomainError, code="post_changed", kind=RefusalKind.CONFLICT):
    """Somebody else has changed the post meanwhile."""


class PostStateForbids(DomainError, code="post_state_forbids", kind=RefusalKind.CONFLICT):
    """The post's state forbids the wish; fact state."""


class PostDayPast(DomainError, code="post_day_past"):
    """The work day is past."""


class PostDayTooFar(DomainError, code="post_day_too_far"):
    """The work day is too far ahead; fact maximum_days."""


class PostValidUntilPast(DomainError, code="post_valid_until_past"):
    """The post would be over before it is shown."""


class PostHoursInvalid(DomainError, code="post_hours_invalid"):
    """The working hours are empty, or the meeting is after work begins."""


class HeadcountOutOfRange(DomainError, code="headcount_out_of_range"):
    """The headcount is out of range; facts minimum, maximum."""


class HeadcountBelowPlaced(DomainError, code="headcount_below_placed", kind=RefusalKind.CONFLICT):
    """More workers have agreed than the new headcount; fact placed."""


class PayBelowMinimum(DomainError, code="pay_below_minimum"):
    """The pay is under the legal minimum; facts minimum_fen, pay_unit."""


class PayMissing(DomainError, code="pay_missing"):
    """No pay was given."""


class PayInvalid(DomainError, code="pay_invalid"):
    """The pay is not an amount of money."""


class PayTooLarge(DomainError, code="pay_too_large"):
    """The pay is larger than any day's work earns; fact maximum_fen."""


class PieceUnitMissing(DomainError, code="piece_unit_missing"):
    """Piece pay needs the word for one piece."""


class TextTooLong(DomainError, code="text_too_long"):
    """A text is too long; facts field, limit."""


class TextMissing(DomainError, code="text_missing"):
    """A text is missing; fact field."""


class BannedWords(DomainError, code="banned_words"):
    """A text has words the law forbids; facts words, category."""


class WorkerTooYoungForPost(
    DomainError, code="worker_too_young_for_post", kind=RefusalKind.FORBIDDEN
):
    """The worker is 16 or 17 and the post is not suitable."""


class WorkerAlreadyReferred(DomainError, code="worker_already_referred", kind=RefusalKind.CONFLICT):
    """The worker has been sent to this post already."""


class WorkerAlreadyPlaced(DomainError, code="worker_already_placed", kind=RefusalKind.CONFLICT):
    """The worker has agreed to other work at that time."""


class ReasonMissing(DomainError, code="reason_missing"):
    """The step needs a reason."""


class ReasonUnknown(DomainError, code="reason_unknown"):
    """The reason is not in the list."""


class ReferralUnknown(DomainError, code="referral_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such referral."""


class PlacementUnknown(DomainError, code="placement_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such placement."""


class PlacementStateForbids(DomainError, code="placement_state_forbids", kind=RefusalKind.CONFLICT):
    """The placement's state forbids the wish; fact state."""


class EmployerSanctioned(DomainError, code="employer_sanctioned", kind=RefusalKind.FORBIDDEN):
    """The employer may not publish while a sanction is in force."""


class SanctionDaysInvalid(DomainError, code="sanction_days_invalid"):
    """The days of a sanction are in the wrong order, already over, or out of reach."""


class SanctionUnknown(DomainError, code="sanction_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such sanction."""


class SanctionOver(DomainError, code="sanction_over", kind=RefusalKind.CONFLICT):
    """The sanction has been lifted, or its days are past."""


class EmployerMerged(DomainError, code="employer_merged", kind=RefusalKind.CONFLICT):
    """The employer is part of another one now."""


class EmployersSame(DomainError, code="employers_same"):
    """An employer cannot be merged into itself."""


class MergeUnknown(DomainError, code="merge_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such merge."""


class MergeOver(DomainError, code="merge_over", kind=RefusalKind.CONFLICT):
    """The merge has been undone already."""


class MergeTooOld(DomainError, code="merge_too_old", kind=RefusalKind.CONFLICT):
    """The merge is older than the time in which it can be undone."""


class MergeNotLast(DomainError, code="merge_not_last", kind=RefusalKind.CONFLICT):
    """A later merge builds on this one and has to be undone first."""


class ReviewReasonMissing(DomainError, code="review_reason_missing", kind=RefusalKind.CONFLICT):
    """Words that need a second look are published only with a reason; fact words."""


class SettlementTooLate(DomainError, code="settlement_too_late"):
    """The pay would come later than the law allows; fact maximum_days."""


class CertificateNotAsked(DomainError, code="certificate_not_asked"):
    """The trade needs a certificate and the post does not ask for it; fact certificate."""


class PostDaysInvalid(DomainError, code="post_days_invalid"):
    """The last day of work is before the first, or too far from it; fact maximum_days."""


class RuleUnknown(DomainError, code="rule_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such rule of review."""


class RuleChanged(DomainError, code="rule_changed", kind=RefusalKind.CONFLICT):
    """Somebody else has changed the rule meanwhile."""


class RuleWordsInvalid(DomainError, code="rule_words_invalid"):
    """Words of a rule would hit everything, or cannot be matched; facts reason, word."""


class WageDayInvalid(DomainError, code="wage_day_invalid"):
    """A minimum wage begins on a day that is past or out of reach."""


class OrderPostsInvalid(DomainError, code="order_posts_invalid"):
    """An order has no post, too many, or posts of several employers; fact maximum."""
