"""What is known of a printer, derived from its status bytes."""

from dataclasses import dataclass
from enum import StrEnum

HEALTHY_ANSWER = 0x12


class PrinterState(StrEnum):
    """What people need to know of the printer; the values go to the server."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    UNKNOWN = "unknown"

    @property
    def can_print(self) -> bool:
        """Tell whether a job sent now would come out."""
        return self in (PrinterState.READY, PrinterState.PAPER_LOW)


@dataclass(frozen=True)
class StatusRound:
    """The answers to DLE EOT 1, 2, 3 and 4 (Epson ESC/POS reference, DLE EOT)."""

    printer: int
    offline_cause: int
    error: int
    paper: int

    @property
    def state(self) -> PrinterState:
        """Return the state that a person must act on first."""
        if self.offline_cause & 0x04:
            return PrinterState.COVER_OPEN
        if self.paper & 0x60 or self.offline_cause & 0x20:
            return PrinterState.PAPER_OUT
        if self.printer & 0x08 or self.error & 0x68 or self.offline_cause & 0x40:
            return PrinterState.OFFLINE
        return PrinterState.PAPER_LOW if self.paper & 0x0C else PrinterState.READY


def round_of_auto_status(block: bytes) -> StatusRound:
    """Return the answers that the 4 bytes of an automatic status stand for.

    Source: Epson ESC/POS reference, GS a: byte 1 bit 3 offline, bit 5 cover; byte 2 bits 3, 5, 6
    errors; byte 3 bits 0-1 near end, bits 2-3 end of paper.
    """
    is_open = bool(block[0] & 0x20)
    has_ended = bool(block[2] & 0x0C)
    is_near_end = bool(block[2] & 0x03)
    return StatusRound(
        printer=HEALTHY_ANSWER | block[0] & 0x08,
        offline_cause=HEALTHY_ANSWER | 0x04 * is_open | 0x20 * has_ended,
        error=HEALTHY_ANSWER | block[1] & 0x68,
        paper=HEALTHY_ANSWER | 0x0C * is_near_end | 0x60 * has_ended,
    )
