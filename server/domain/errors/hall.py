"""Owns the refusals about what is done in the hall: closing the day, tools."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


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
