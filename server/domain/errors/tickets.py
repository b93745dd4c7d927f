"""Owns the refusals about tickets, desks and calls."""

# ruff: noqa: N818 - errors are named as the state they report (PostFull), not ...Error.

from server.domain.errors.base import DomainError
from server.domain.kinds import RefusalKind


class TicketUnknown(DomainError, code="ticket_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such ticket."""


class ScanUnknown(DomainError, code="scan_unknown", kind=RefusalKind.NOT_FOUND):
    """What was scanned is no ticket of this market."""


class TicketNotWaiting(DomainError, code="ticket_not_waiting", kind=RefusalKind.CONFLICT):
    """The ticket is not waiting any more; fact state."""


class TicketNotCalled(DomainError, code="ticket_not_called", kind=RefusalKind.CONFLICT):
    """The ticket has not been called; fact state."""


class TicketNotServing(DomainError, code="ticket_not_serving", kind=RefusalKind.CONFLICT):
    """The ticket is not being served; fact state."""


class TicketStateForbids(DomainError, code="ticket_state_forbids", kind=RefusalKind.CONFLICT):
    """The ticket's state forbids the wish; fact state."""


class TicketNotToday(DomainError, code="ticket_not_today", kind=RefusalKind.CONFLICT):
    """The ticket belongs to another market day."""


class TicketNotYours(DomainError, code="ticket_not_yours", kind=RefusalKind.CONFLICT):
    """Another desk has called the ticket; fact desk_no."""


class NobodyWaiting(DomainError, code="nobody_waiting", kind=RefusalKind.CONFLICT):
    """Nobody waits for this desk."""


class DeskUnknown(DomainError, code="desk_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no such desk."""


class DeskExists(DomainError, code="desk_exists", kind=RefusalKind.CONFLICT):
    """The desk number is in use."""


class DeskMissing(DomainError, code="desk_missing", kind=RefusalKind.CONFLICT):
    """The clerk has not taken a desk yet."""


class DeskBusy(DomainError, code="desk_busy", kind=RefusalKind.CONFLICT):
    """The desk still has a ticket, or another clerk sits there; fact label."""


class RecallsExhausted(DomainError, code="recalls_exhausted", kind=RefusalKind.CONFLICT):
    """The ticket was called as often as allowed; fact maximum."""


class ReprintsExhausted(DomainError, code="reprints_exhausted", kind=RefusalKind.TOO_MANY):
    """The ticket was printed as often as allowed; fact maximum."""


class TicketNotMissed(DomainError, code="ticket_not_missed", kind=RefusalKind.CONFLICT):
    """The ticket was not called in vain; fact state."""


class TicketMissedTooLong(DomainError, code="ticket_missed_too_long", kind=RefusalKind.CONFLICT):
    """The ticket was called in vain too long ago to come back; fact minutes."""


class TicketAtNoOtherDesk(DomainError, code="ticket_at_no_other_desk", kind=RefusalKind.CONFLICT):
    """No other desk has the ticket, so there is nothing to take over; fact state."""


class UndoTooLate(DomainError, code="undo_too_late", kind=RefusalKind.CONFLICT):
    """The agreement is too old for its desk to undo; fact minutes."""


class UndoOfAnotherDesk(DomainError, code="undo_of_another_desk", kind=RefusalKind.FORBIDDEN):
    """Another desk recorded the agreement; fact desk_no."""


class SlipVoid(DomainError, code="slip_void", kind=RefusalKind.CONFLICT):
    """The agreement of the slip was undone."""


class OutOfTurnReasonMissing(
    DomainError, code="out_of_turn_reason_missing", kind=RefusalKind.CONFLICT
):
    """Somebody else is next, and no reason was given to call this ticket."""


class DrawPending(DomainError, code="draw_pending", kind=RefusalKind.CONFLICT):
    """The lots of today are not drawn yet; fact at."""


class DrawUnknown(DomainError, code="draw_unknown", kind=RefusalKind.NOT_FOUND):
    """There is no lottery on that day."""
