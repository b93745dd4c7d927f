"""Owns the refusals about what is done in the hall: closing the day."""

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
