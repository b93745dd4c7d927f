"""The conversation with a printer over one transport: questions, answers and doubt about them."""

import time
from dataclasses import dataclass, replace

from kiosk.agent.errors import TransportError
from kiosk.agent.printer_state import (
    HEALTHY_ANSWER,
    PrinterState,
    StatusRound,
    round_of_auto_status,
)
from kiosk.agent.replies import AutoStatus, FenceReply, RealTimeStatus, Reply, ReplyParser
from kiosk.agent.transport import Transport

# The field of StatusRound that each DLE EOT fills.
_FIELD_OF_QUESTION = {1: "printer", 2: "offline_cause", 3: "error", 4: "paper"}
_HEALTHY = StatusRound(HEALTHY_ANSWER, HEALTHY_ANSWER, HEALTHY_ANSWER, HEALTHY_ANSWER)


@dataclass(frozen=True)
class PrinterTimings:
    """How long to wait for a printer, in seconds.

    reply_timeout_s: an answer to DLE EOT. probe_timeout_s: an answer that comes in order.
    poll_interval_s: between status questions while a ticket comes out. write_stall_s: no byte taken
    although nothing is known to be wrong. paper_wait_s: for a person to change the roll. quiet_s:
    silence that proves no late answer is under way. stop_grace_s: for a ticket that is coming out
    when the agent is stopped. The last two are lower bounds of speed, for the confirmation's
    deadline.
    """

    reply_timeout_s: float = 1.0
    probe_timeout_s: float = 5.0
    poll_interval_s: float = 0.25
    write_stall_s: float = 20.0
    paper_wait_s: float = 180.0
    quiet_s: float = 0.3
    stop_grace_s: float = 1.2
    least_bytes_per_s: float = 10_000.0
    least_rows_per_s: float = 400.0
    confirm_margin_s: float = 5.0

    def confirm_timeout_s(self, job_bytes: int, rows: int) -> float:
        """Return how long a job may take from its last byte handed over to the confirmation."""
        return (
            job_bytes / self.least_bytes_per_s
            + rows / self.least_rows_per_s
            + self.confirm_margin_s
        )


class PrinterLine:
    """Ask a printer and sort what it says. One question at a time, so that answers have owners.

    An unanswered question leaves doubt: its answer may still come and would be taken for the next
    one's. Then the line says so, and the next round of questions counts only if no surplus answer
    follows it.
    """

    def __init__(self, transport: Transport, timings: PrinterTimings) -> None:
        self._transport = transport
        self._timings = timings
        self._parser = ReplyParser()
        self._is_open = False
        self._asked_at_s: float | None = None
        self._question = 0
        self._answers = _HEALTHY
        self._has_late_answers = False
        self.is_in_doubt = False
        self.told_state: PrinterState | None = None
        self.tells_changes = False
        self.owed_fences = 0

    @property
    def is_open(self) -> bool:
        """Tell whether the transport is connected as far as known."""
        return self._is_open

    def open(self) -> None:
        """Connect afresh and drop what may still come for an earlier question.

        Raises TransportError.
        """
        self._has_late_answers = self._has_late_answers or self.is_in_doubt
        self._transport.open()
        self._is_open = True
        self._parser = ReplyParser()
        self._asked_at_s = None
        self.is_in_doubt = False
        self.told_state = None
        if self._has_late_answers:
            while self.collect(self._timings.quiet_s):
                pass

    def close(self) -> None:
        """Disconnect."""
        self._transport.close()
        self._is_open = False

    def write_some(self, octets: bytes, wait_s: float) -> int:
        """Hand over what the printer takes within `wait_s`; see Transport.write."""
        return self._transport.write(octets, wait_s)

    def write(self, octets: bytes, stall_s: float) -> None:
        """Hand over all bytes; raises TransportError when the printer takes none for `stall_s`."""
        sent = 0
        deadline = time.monotonic() + stall_s
        while sent < len(octets):
            count = self._transport.write(octets[sent:], 0.1)
            sent += count
            if count:
                deadline = time.monotonic() + stall_s
            elif time.monotonic() > deadline:
                raise TransportError("the printer takes no bytes")

    def collect(self, wait_s: float) -> list[Reply]:
        """Return the replies that have come, waiting at most `wait_s` for the first bytes.

        States told by automatic status or by the awaited answer are noted in `told_state`;
        answers to GS r are counted off `owed_fences`.
        """
        replies = self._parser.feed(self._transport.read(wait_s))
        for reply in replies:
            if isinstance(reply, AutoStatus):
                self.tells_changes = True
                self._answers = round_of_auto_status(reply.block)
                self.told_state = self._answers.state
            elif isinstance(reply, RealTimeStatus):
                self._take_answer(reply.value)
            elif isinstance(reply, FenceReply):
                self.owed_fences = max(0, self.owed_fences - 1)
        return replies

    def ask_all(self) -> StatusRound | None:
        """Ask DLE EOT 1 to 4; None when an answer is missing or could be someone else's."""
        self.collect(0)
        # A question asked while a ticket came out may still be open.
        self.is_in_doubt = self.is_in_doubt or not self._await_answer()
        for question in _FIELD_OF_QUESTION:
            if self.is_in_doubt:
                return None
            self.ask(question)
            if not self._await_answer():
                self.is_in_doubt = True
                return None
        if self._has_late_answers and not self._is_quiet():
            return None
        self._has_late_answers = False
        return None if self.is_in_doubt else self._answers

    def says_anything(self) -> bool:
        """Ask once whether the printer speaks at all; leaves doubt about later answers."""
        self.ask(1)
        has_spoken = self._await_answer()
        self.is_in_doubt = True
        return has_spoken

    def ask(self, question: int) -> None:
        """Send DLE EOT `question`; raises TransportError."""
        self._question = question
        self._asked_at_s = time.monotonic()
        self.write(b"\x10\x04" + bytes((question,)), self._timings.reply_timeout_s)

    def ask_next(self) -> None:
        """Ask the next of the questions in turn, unless one is open or there is doubt."""
        if self._asked_at_s is not None:
            if time.monotonic() - self._asked_at_s > self._timings.reply_timeout_s:
                self.is_in_doubt = True
            return
        if not self.is_in_doubt:
            # Paper first: it is what ends in the middle of a ticket.
            self.ask(self._question - 1 if self._question > 1 else 4)

    def _await_answer(self) -> bool:
        deadline = time.monotonic() + self._timings.reply_timeout_s
        while self._asked_at_s is not None:
            wait_s = deadline - time.monotonic()
            if wait_s <= 0:
                return False
            self.collect(wait_s)
        return True

    def _take_answer(self, value: int) -> None:
        if self._asked_at_s is None:
            self.is_in_doubt = True  # Nobody asked: an earlier question's answer came late.
            return
        self._asked_at_s = None
        self._answers = replace(self._answers, **{_FIELD_OF_QUESTION[self._question]: value})
        self.told_state = self._answers.state

    def _is_quiet(self) -> bool:
        self.collect(self._timings.quiet_s)
        return not self.is_in_doubt
