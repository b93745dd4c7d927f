"""Take print jobs from the server, print each at most once, and tell what became of it."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.agent.errors import DrawingError, ServerRefusedError, ServerUnreachableError
from kiosk.agent.journal import DoneJob, Journal
from kiosk.agent.printer import OutcomeKind, PrintOutcome, SlipPrinter
from kiosk.agent.raster import PROCESS_ID_LENGTH, PrintContent
from kiosk.agent.server_client import ClaimedJob, JobResult, ServerClient, new_key

log = logging.getLogger(__name__)

_CLAIM_PATIENCE_S = 15.0
_REPORT_PATIENCE_S = 15.0
_PAUSE_AFTER_REFUSAL_S = 0.5
_PAUSE_WITHOUT_TOKEN_S = 5.0
_REMEMBERED_PROCESS_IDS = 100
_TOKEN_STATUSES = (401, 403)
_RESULT_OF_OUTCOME = {
    OutcomeKind.CONFIRMED: JobResult.PRINTED,
    OutcomeKind.SENT_UNCONFIRMED: JobResult.UNCERTAIN,
    OutcomeKind.UNCERTAIN: JobResult.UNCERTAIN,
    OutcomeKind.NOT_SENT: JobResult.QUEUED,
}

Drawer = Callable[[str, Mapping[str, object]], PrintContent]


class JobMailbox:
    """Hands one job id from the thread that asks the server to the thread that prints."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._job_id: str | None = None
        self._is_wanted = False
        self._is_closed = False

    def want(self, timeout_s: float) -> str | None:
        """Ask for a job and wait for it; the wish stays open when none comes in time."""
        with self._changed:
            self._is_wanted = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_closed or self._job_id is not None, timeout_s)
            job_id, self._job_id = self._job_id, None
            self._is_wanted = job_id is None and not self._is_closed
            return job_id

    def unwant(self) -> None:
        """Take the wish back: the printer cannot print now."""
        with self._changed:
            self._is_wanted = False
            self._job_id = None

    def wait_until_wanted(self, timeout_s: float) -> bool:
        """Wait until the printing thread wants a job; False when it does not."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._waits_for_job(), timeout_s)
            return not self._is_closed and self._waits_for_job()

    def _waits_for_job(self) -> bool:
        return self._is_wanted and self._job_id is None

    def put(self, job_id: str) -> None:
        """Hand a job over, if it is still wanted."""
        with self._changed:
            if self._is_wanted:
                self._job_id = job_id
                self._changed.notify_all()

    def close(self) -> None:
        """Wake everybody for the last time."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()


class PrintedIds:
    """Remembers which job had which process id, for naming simulated papers. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._job_ids: OrderedDict[str, str] = OrderedDict()

    def note(self, process_id: str, job_id: str) -> None:
        """Note a job that is about to be sent."""
        with self._lock:
            self._job_ids[process_id] = job_id
            self._job_ids.move_to_end(process_id)
            if len(self._job_ids) > _REMEMBERED_PROCESS_IDS:
                self._job_ids.popitem(last=False)

    def job_id(self, process_id: str) -> str:
        """Return the job that had this process id last, "" if none is known."""
        with self._lock:
            return self._job_ids.get(process_id, "")


@dataclass(frozen=True)
class PrintLoopParts:
    """What the print loop works with."""

    printer: SlipPrinter
    server: ServerClient
    journal: Journal
    draw: Drawer
    mailbox: JobMailbox
    printed_ids: PrintedIds
    poll_s: float


class PrintLoop:
    """Own the printer: poll it when idle, print what comes, report. Runs on one thread."""

    def __init__(self, parts: PrintLoopParts, stop: threading.Event) -> None:
        self._parts = parts
        self._stop = stop

    def step(self) -> None:
        """Report what is unreported, look at the printer, and print at most one job."""
        self.report_results()
        self._parts.printer.status()
        if not self._parts.printer.accepts_jobs:
            self._parts.mailbox.unwant()
            self._stop.wait(self._parts.poll_s)
            return
        job_id = self._parts.mailbox.want(self._parts.poll_s)
        if job_id is not None:
            self._take(job_id)

    def report_results(self) -> None:
        """Tell the server every result that it does not know; keeps those it cannot be told."""
        for done in self._parts.journal.unreported():
            if not self._report(done):
                return

    def _take(self, job_id: str) -> None:
        self._parts.journal.claiming(job_id)
        try:
            job = self._parts.server.claim(job_id, new_key(), _CLAIM_PATIENCE_S)
        except ServerRefusedError as e:
            log.info("print job not claimed id=%s status=%s", job_id, e.status)
            self._parts.journal.not_ours(job_id)
            is_unknown_agent = e.status in _TOKEN_STATUSES
            self._stop.wait(_PAUSE_WITHOUT_TOKEN_S if is_unknown_agent else _PAUSE_AFTER_REFUSAL_S)
            return
        except ServerUnreachableError:
            # The claim may have arrived although the answer did not: give the job back.
            self._finish(job_id, JobResult.QUEUED, "claim_unanswered")
            return
        if self._parts.journal.was_sent(job_id, job.copy_no):
            log.warning("print job offered again id=%s, not printed twice", job_id)
            self._finish(job_id, JobResult.UNCERTAIN, "sent_before")
            return
        self._print(job)

    def _print(self, job: ClaimedJob) -> None:
        content = self._drawn(job)
        if content is None:
            return
        self._parts.printed_ids.note(job.process_id, job.job_id)
        self._parts.journal.sending(job.job_id, job.copy_no)
        outcome = self._parts.printer.print(content, job.process_id)
        log.info(
            "print job id=%s outcome=%s reason=%s",
            job.job_id,
            outcome.kind.value,
            outcome.reason or "-",
        )
        self._conclude(job, outcome)

    def _drawn(self, job: ClaimedJob) -> PrintContent | None:
        """Return the paper, or None after reporting why nobody can print this job."""
        try:
            check_process_id(job.process_id)
            return self._parts.draw(job.kind, job.document)
        except DrawingError as e:
            log.warning("print job id=%s cannot be drawn: %s", job.job_id, e.reason)
            self._finish(job.job_id, JobResult.FAILED, e.reason)
        except Exception:
            # A document nobody foresaw must not stop the tickets behind it.
            log.exception("print job id=%s cannot be drawn", job.job_id)
            self._finish(job.job_id, JobResult.FAILED, "drawing_failed")
        return None

    def _conclude(self, job: ClaimedJob, outcome: PrintOutcome) -> None:
        if outcome.kind is OutcomeKind.NOT_SENT:
            self._parts.journal.nothing_sent(job.job_id, job.copy_no)
        self._finish(job.job_id, _RESULT_OF_OUTCOME[outcome.kind], outcome.reason)

    def _finish(self, job_id: str, result: JobResult, reason: str) -> None:
        self._report(self._parts.journal.finish(job_id, result, reason))

    def _report(self, done: DoneJob) -> bool:
        """Tell one result; False when the server could not be told now."""
        try:
            self._parts.server.report_result(
                done.job_id, done.result, done.reason, done.key, _REPORT_PATIENCE_S
            )
        except ServerUnreachableError:
            log.warning("result of print job id=%s not reported yet", done.job_id)
            return False
        except ServerRefusedError as e:
            if e.status in _TOKEN_STATUSES:
                log.warning("the server does not accept this agent: status=%s", e.status)
                return False
            log.warning("result of print job id=%s refused: %s", done.job_id, e.status)
        self._parts.journal.reported(done.job_id)
        return True


def check_process_id(process_id: str) -> None:
    """Raise DrawingError("document_invalid") unless it is 4 characters 0x21-0x7E."""
    is_valid = len(process_id) == PROCESS_ID_LENGTH and all("!" <= c <= "~" for c in process_id)
    if not is_valid:
        raise DrawingError("document_invalid", "the process id is not 4 printable characters")
