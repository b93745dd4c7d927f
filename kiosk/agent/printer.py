"""The driver of an ESC/POS ticket printer: says "printed" only when the printer said so."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from kiosk.agent.errors import TransportError
from kiosk.agent.printer_line import PrinterLine, PrinterTimings
from kiosk.agent.printer_state import PrinterState, StatusRound
from kiosk.agent.raster import (
    AUTO_STATUS_ON,
    FENCE,
    RESET,
    JobEncoder,
    JobEnd,
    PrintContent,
    process_id_request,
)
from kiosk.agent.replies import FenceReply, ProcessIdReply, Reply
from kiosk.agent.transport import Transport

log = logging.getLogger(__name__)

_WRITE_BYTES = 4096
_WRITE_WAIT_S = 0.1
_PROBES_BEFORE_MUTE = 2


class OutcomeKind(Enum):
    """What became of a job."""

    CONFIRMED = "confirmed"  # The printer said that everything up to the cut is done.
    SENT_UNCONFIRMED = "sent_unconfirmed"  # A printer that never answers took all bytes.
    UNCERTAIN = "uncertain"  # Bytes went out and nobody knows what became of them.
    NOT_SENT = "not_sent"  # Not one byte went out.


@dataclass(frozen=True)
class PrintOutcome:
    """What became of a job and why, in the machine words of the server's print jobs."""

    kind: OutcomeKind
    reason: str = ""


class SlipPrinter(Protocol):
    """Prints one paper at a time. Owned by one thread."""

    @property
    def accepts_jobs(self) -> bool:
        """Tell whether a job sent now would be printed, as of the last status."""

    def status(self) -> PrinterState:
        """Ask the printer; no answer is UNKNOWN or OFFLINE, never READY. Never raises."""

    def print(self, content: PrintContent, process_id: str) -> PrintOutcome:
        """Print one paper and wait for the printer's word. Never raises for a device."""

    def close(self) -> None:
        """Let go of the printer."""


class Confirmation(Enum):
    """How a printer tells that a job is done; found out by asking."""

    NOT_PROBED = "not_probed"
    PROCESS_ID = "process_id"  # GS ( H: names the job.
    FENCE = "fence"  # GS r: answered in order, does not name the job.
    NONE = "none"


class EscPosPrinter:
    """Drive one printer over one transport (devices of the ESC/POS family).

    A job that was broken off is flushed out before the next one, and answers that may still belong
    to it are waited for, so that they never confirm another job. `on_state` is called on each
    change, also in the middle of a job; `stop` ends waiting within `stop_grace_s`.
    """

    def __init__(
        self,
        transport: Transport,
        encoder: JobEncoder,
        timings: PrinterTimings,
        stop: threading.Event,
        on_state: Callable[[PrinterState], None],
    ) -> None:
        self._line = PrinterLine(transport, timings)
        self._encoder = encoder
        self._timings = timings
        self._stop = stop
        self._on_state = on_state
        self._state = PrinterState.UNKNOWN
        self._confirmation = Confirmation.NOT_PROBED
        self._has_ever_answered = False
        self._is_prepared = False
        self._is_flushed = False
        self._is_broken = False
        self._failed_probes = 0
        self._sync_no = 0

    @property
    def confirms(self) -> bool:
        """Tell whether the printer was seen to confirm jobs."""
        return self._confirmation in (Confirmation.PROCESS_ID, Confirmation.FENCE)

    @property
    def accepts_jobs(self) -> bool:
        """Tell whether a job sent now would be printed; a mute printer is given the chance."""
        return self._state.can_print or self._is_mute

    @property
    def _is_mute(self) -> bool:
        return (
            self._confirmation is Confirmation.NONE
            and not self._has_ever_answered
            and self._line.is_open
        )

    def mark_broken(self) -> None:
        """Take into account that a job of an earlier process was left unfinished."""
        self._is_broken = True
        self._line.owed_fences += 1

    def close(self) -> None:
        """Disconnect; the next status connects again."""
        self._line.close()

    def status(self) -> PrinterState:
        """Ask the printer, connecting and clearing up after a broken job where needed."""
        try:
            state = self._ask()
        except TransportError as e:
            log.info("printer not reachable: %s", e)
            self._line.close()
            state = PrinterState.OFFLINE
        self._note(state)
        return state

    def print(self, content: PrintContent, process_id: str) -> PrintOutcome:
        """Print a picture or a page; blocks until confirmed, given up, or stopped.

        Paper that ends in the middle is waited for up to `paper_wait_s`: the printer goes on by
        itself after the roll was changed, and sending again would make two tickets.
        """
        state = self.status()
        if not self.accepts_jobs:
            reason = "no_answer" if state is PrinterState.UNKNOWN else state.value
            return PrintOutcome(OutcomeKind.NOT_SENT, reason)
        job = self._encoder.encode(content, self._job_end(process_id))
        outcome = self._send(job)
        if outcome is None and self.confirms:
            self._line.owed_fences += 1
            timeout_s = self._timings.confirm_timeout_s(len(job), content.height)
            outcome = self._await_confirmation(process_id, timeout_s)
        outcome = outcome or PrintOutcome(OutcomeKind.SENT_UNCONFIRMED, "unconfirmed")
        if outcome.kind is OutcomeKind.UNCERTAIN:
            self._is_broken = True
            self._line.close()
        elif self._line.is_in_doubt and not self._is_mute:
            self._line.close()
        return outcome

    # Connecting: flush, ask, probe.

    def _ask(self) -> PrinterState:
        if self._is_mute:
            return self._listen_to_mute()
        if not self._line.is_open:
            self._line.open()
            self._is_prepared = False
            self._is_flushed = False
        answers = self._line.ask_all()
        if answers is None and not self._is_flushed:
            # A printer in the middle of a picture takes questions for dots; end the picture.
            self._flush()
            answers = self._ask_again()
        if answers is None:
            return self._unanswered()
        self._has_ever_answered = True
        if answers.state.can_print and not self._is_prepared:
            return self._prepare(answers.state)
        return answers.state

    def _ask_again(self) -> StatusRound | None:
        self._line.close()
        self._line.open()
        return self._line.ask_all()

    def _unanswered(self) -> PrinterState:
        """Give up on this connection, or find that the printer cannot speak at all."""
        if not self._has_ever_answered:
            self._failed_probes += 1
            if self._failed_probes >= _PROBES_BEFORE_MUTE:
                self._confirmation = Confirmation.NONE
                return PrinterState.UNKNOWN
        self._line.close()
        return PrinterState.UNKNOWN

    def _listen_to_mute(self) -> PrinterState:
        """Notice when a printer that never answered begins to; the next status treats it so."""
        if self._line.says_anything():
            self._confirmation = Confirmation.NOT_PROBED
            self._failed_probes = 0
            self._line.close()
        return PrinterState.UNKNOWN

    def _flush(self) -> None:
        self._line.write(self._encoder.flush(), self._timings.probe_timeout_s)
        self._is_flushed = True

    def _prepare(self, state: PrinterState) -> PrinterState:
        """Clear up after earlier jobs and learn how this printer confirms; once per connection."""
        self._flush()
        eject = self._encoder.eject() if self._is_broken else b""
        self._sync_no = self._sync_no % 999 + 1
        # The space makes it differ from every job's id. ESC @ clears what a printer that does
        # not know GS ( H holds as text.
        sync_id = f" {self._sync_no:03d}"
        question = b""
        if self._confirmation is not Confirmation.FENCE:
            question = process_id_request(sync_id)
        octets = eject + question + FENCE + RESET + AUTO_STATUS_ON
        self._line.owed_fences += 1
        self._line.write(octets, self._timings.probe_timeout_s)
        found = self._await_sync(sync_id)
        if found is None:
            return self._sync_missing()
        self._confirmation = found
        self._is_prepared = True
        self._is_broken = False
        self._failed_probes = 0
        log.info("printer ready, confirms by %s", found.value)
        return state

    def _await_sync(self, sync_id: str) -> Confirmation | None:
        """Wait until everything asked earlier is answered; a stale answer must not stay behind."""
        has_fence = False
        quiet_since_s = time.monotonic()
        while not self._stop.is_set():
            replies = self._line.collect(_WRITE_WAIT_S)
            if ProcessIdReply(sync_id) in replies:
                self._line.owed_fences = 0
                return Confirmation.PROCESS_ID
            has_fence = has_fence or any(isinstance(reply, FenceReply) for reply in replies)
            now_s = time.monotonic()
            quiet_since_s = now_s if replies else quiet_since_s
            is_complete = has_fence and self._line.owed_fences == 0
            quiet_s = self._timings.quiet_s if is_complete else self._timings.probe_timeout_s
            if now_s - quiet_since_s > quiet_s:
                break
        if has_fence and self._confirmation is not Confirmation.PROCESS_ID:
            self._line.owed_fences = 0
            return Confirmation.FENCE
        return None

    def _sync_missing(self) -> PrinterState:
        """Decide what a printer is that answers questions but not those in order."""
        answers = self._line.ask_all()
        if answers is not None and not answers.state.can_print:
            return answers.state
        if answers is None or self.confirms:
            self._line.close()
            return PrinterState.UNKNOWN
        self._failed_probes += 1
        if self._failed_probes < _PROBES_BEFORE_MUTE:
            self._line.close()
            return PrinterState.UNKNOWN
        self._confirmation = Confirmation.NONE
        self._is_prepared = True
        self._is_broken = False
        log.warning("printer does not confirm; jobs will be reported as unconfirmed")
        return answers.state

    def _job_end(self, process_id: str) -> JobEnd:
        return JobEnd(
            process_id=process_id if self._confirmation is Confirmation.PROCESS_ID else "",
            wants_fence=self.confirms,
            wants_auto_status=self._line.tells_changes,
        )

    # Sending and waiting for the word.

    def _send(self, job: bytes) -> PrintOutcome | None:
        """Hand the job over; None when all of it went out."""
        sent = 0
        moved_at_s = time.monotonic()
        patience = _Patience(self._timings, self._stop)
        try:
            while True:
                count = self._line.write_some(job[sent : sent + _WRITE_BYTES], _WRITE_WAIT_S)
                sent += count
                if sent == len(job):
                    return None  # What comes from now on may be the confirmation: do not read it.
                moved_at_s = time.monotonic() if count else moved_at_s
                self._line.collect(0)
                self._note(self._line.told_state or self._state)
                deadline_s = moved_at_s + self._timings.write_stall_s
                reason = patience.given_up(self._state, deadline_s)
                if reason:
                    return _broken(sent, reason)
        except TransportError as e:
            log.warning("printer lost while sending: %s", e)
            self._line.close()
            return _broken(sent, "offline" if sent == 0 else "connection_lost")

    def _await_confirmation(self, process_id: str, timeout_s: float) -> PrintOutcome:
        patience = _Patience(self._timings, self._stop)
        deadline_s = time.monotonic() + timeout_s
        try:
            while True:
                replies = self._line.collect(self._timings.poll_interval_s)
                if any(self._confirms(reply, process_id) for reply in replies):
                    return PrintOutcome(OutcomeKind.CONFIRMED)
                if self._state_was_stopped():
                    deadline_s = time.monotonic() + timeout_s
                reason = patience.given_up(self._state, deadline_s)
                if reason:
                    return PrintOutcome(OutcomeKind.UNCERTAIN, reason)
                if not replies:
                    self._line.ask_next()
        except TransportError as e:
            log.warning("printer lost before it confirmed: %s", e)
            return PrintOutcome(OutcomeKind.UNCERTAIN, "connection_lost")

    def _state_was_stopped(self) -> bool:
        """Note the told state; True while the printer says that it stands still."""
        self._note(self._line.told_state or self._state)
        return not self._state.can_print

    def _confirms(self, reply: Reply, process_id: str) -> bool:
        if self._confirmation is Confirmation.PROCESS_ID:
            return reply == ProcessIdReply(process_id)
        return isinstance(reply, FenceReply) and self._line.owed_fences == 0

    def _note(self, state: PrinterState) -> None:
        if state is not self._state:
            log.info("printer state %s -> %s", self._state.value, state.value)
            self._state = state
            self._on_state(state)


class _Patience:
    """Decide when waiting for a job ends: stopped agent, nobody changes the roll, no progress."""

    def __init__(self, timings: PrinterTimings, stop: threading.Event) -> None:
        self._timings = timings
        self._stop = stop
        self._stopped_at_s: float | None = None
        self._stood_still_at_s: float | None = None

    def given_up(self, state: PrinterState, deadline_s: float) -> str:
        """Return the reason to give up, "" to go on."""
        now_s = time.monotonic()
        if self._stop.is_set():
            self._stopped_at_s = self._stopped_at_s or now_s
            if now_s - self._stopped_at_s > self._timings.stop_grace_s:
                return "stopped"
        if state.can_print or state is PrinterState.UNKNOWN:
            self._stood_still_at_s = None
            return "no_answer" if now_s > deadline_s else ""
        self._stood_still_at_s = self._stood_still_at_s or now_s
        if now_s - self._stood_still_at_s > self._timings.paper_wait_s:
            return state.value
        return ""


def _broken(sent_bytes: int, reason: str) -> PrintOutcome:
    if sent_bytes == 0:
        return PrintOutcome(OutcomeKind.NOT_SENT, reason)
    return PrintOutcome(OutcomeKind.UNCERTAIN, reason)
