"""Owns the refusals about the hall: the day's close, tools, activities, the hardship roster."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind

__all__ = [
    "ActivityCancelled",
    "ActivityDayInvalid",
    "ActivityFull",
    "ActivityHeld",
    "ActivityNotYet",
    "ActivityPlacesInvalid",
    "ActivityUnknown",
    "AlreadySignedUp",
    "DayInvalid",
    "EmployerAmbiguous",
    "HardshipCategoryMissing",
    "HardshipDaysInvalid",
    "HardshipEntered",
    "HardshipOver",
    "HardshipUnknown",
    "LoanDueInvalid",
    "LoanOver",
    "LoanUnknown",
    "MarketClosed",
    "MarketNotClosed",
    "MoreTicketsWaiting",
    "NumberInvalid",
    "PaperUnchecked",
    "SignupAttended",
    "SignupUnknown",
    "TicketsAtDesks",
    "TicketsWaiting",
    "ToolCountBelowLent",
    "ToolCountInvalid",
    "ToolExists",
    "ToolUnknown",
    "ToolsTooFew",
    "WishUnknown",
    "WorkerAmbiguous",
]


class MarketClosed(DomainError, code="market_closed", kind=RefusalKind.CONFLICT):
    """The market was closed for the day already; fact who, a display name."""


class MarketNotClosed(DomainError, code="market_not_closed", kind=RefusalKind.CONFLICT):
    """The market is not closed today, so it cannot be opened again."""


class TicketsAtDesks(DomainError, code="tickets_at_desks", kind=RefusalKind.CONFLICT):
    """Numbers are still at desks; fact count."""


class TicketsWaiting(DomainError, code="tickets_waiting", kind=RefusalKind.CONFLICT):
    """Numbers still wait and nobody said that they may end; fact count."""


class MoreTicketsWaiting(DomainError, code="more_tickets_waiting", kind=RefusalKind.CONFLICT):
    """More numbers wait than the page showed; fact count."""


class PaperUnchecked(DomainError, code="paper_unchecked"):
    """Nobody said how much paper is left."""


class WorkerAmbiguous(DomainError, code="worker_ambiguous", kind=RefusalKind.CONFLICT):
    """Several workers share the phone number; only the citizen number tells them apart."""


class ToolUnknown(DomainError, code="tool_unknown", kind=RefusalKind.NOT_FOUND):
    """The market has no such tool."""


class ToolExists(DomainError, code="tool_exists", kind=RefusalKind.CONFLICT):
    """The market has a tool of this name."""


class ToolCountInvalid(DomainError, code="tool_count_invalid"):
    """No such number of tools can be; fact maximum."""


class ToolCountBelowLent(DomainError, code="tool_count_below_lent", kind=RefusalKind.CONFLICT):
    """More pieces are lent than there would be; fact out."""


class ToolsTooFew(DomainError, code="tools_too_few", kind=RefusalKind.CONFLICT):
    """Fewer pieces are here than are asked for; fact left."""


class LoanDueInvalid(DomainError, code="loan_due_invalid"):
    """A loan cannot last until that day; fact days, the longest."""


class LoanUnknown(DomainError, code="loan_unknown", kind=RefusalKind.NOT_FOUND):
    """No loan has this id."""


class LoanOver(DomainError, code="loan_over", kind=RefusalKind.CONFLICT):
    """The piece is back already."""


class NumberInvalid(DomainError, code="number_invalid"):
    """What was typed is no whole number; fact field."""


class DayInvalid(DomainError, code="day_invalid"):
    """What was typed is no day; fact field."""


class ActivityUnknown(DomainError, code="activity_unknown", kind=RefusalKind.NOT_FOUND):
    """No job fair or training has this id."""


class ActivityCancelled(DomainError, code="activity_cancelled", kind=RefusalKind.CONFLICT):
    """The activity was called off."""


class ActivityHeld(DomainError, code="activity_held", kind=RefusalKind.CONFLICT):
    """The activity is over, or somebody has attended it."""


class ActivityNotYet(DomainError, code="activity_not_yet", kind=RefusalKind.CONFLICT):
    """The activity's day has not come, so nobody attended it."""


class ActivityFull(DomainError, code="activity_full", kind=RefusalKind.CONFLICT):
    """No place is left; fact places."""


class ActivityDayInvalid(DomainError, code="activity_day_invalid"):
    """The day is too far away or too long ago."""


class ActivityPlacesInvalid(DomainError, code="activity_places_invalid"):
    """No such number of places can be; fact maximum."""


class AlreadySignedUp(DomainError, code="already_signed_up", kind=RefusalKind.CONFLICT):
    """The worker or employer has signed up already."""


class SignupUnknown(DomainError, code="signup_unknown", kind=RefusalKind.NOT_FOUND):
    """No sign-up that holds has this id."""


class SignupAttended(DomainError, code="signup_attended", kind=RefusalKind.CONFLICT):
    """Who came cannot sign off any more."""


class WishUnknown(DomainError, code="wish_unknown", kind=RefusalKind.NOT_FOUND):
    """No open training wish has this id."""


class EmployerAmbiguous(DomainError, code="employer_ambiguous", kind=RefusalKind.CONFLICT):
    """Several employers fit what was typed."""


class HardshipUnknown(DomainError, code="hardship_unknown", kind=RefusalKind.NOT_FOUND):
    """No entry of the roster has this id."""


class HardshipOver(DomainError, code="hardship_over", kind=RefusalKind.CONFLICT):
    """The entry was ended, so nothing more is done with it."""


class HardshipEntered(DomainError, code="hardship_entered", kind=RefusalKind.CONFLICT):
    """The worker is on the roster already."""


class HardshipCategoryMissing(DomainError, code="hardship_category_missing"):
    """Nobody said which hardship it is."""


class HardshipDaysInvalid(DomainError, code="hardship_days_invalid"):
    """The entry would end before it begins, or before today."""
