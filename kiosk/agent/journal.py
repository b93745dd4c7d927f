"""The agent's memory of what it sent to the printer, kept through crashes and power cuts."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.agent.server_client import JobResult, new_key

_FILE_NAME = "agent-journal.sqlite"
_KEPT_REPORTED = 1000


class JournalState(StrEnum):
    """How far a job has come."""

    CLAIMING = "claiming"  # Asked for; nothing went to the printer.
    SENDING = "sending"  # Bytes may have gone to the printer.
    DONE = "done"  # The result is known, the server does not know it yet.
    REPORTED = "reported"


@dataclass(frozen=True)
class DoneJob:
    """A result to report; `key` stays the same over all attempts, also after a restart."""

    job_id: str
    result: JobResult
    reason: str
    key: str


class Journal:
    """A small SQLite file. Every method is on disk when it returns. Owned by the print thread.

    Never holds a document: job ids, copy numbers and states only.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # Opened where the agent starts, used by the print thread alone.
        self._db = sqlite3.connect(
            folder / _FILE_NAME, isolation_level=None, check_same_thread=False
        )
        self._db.execute("PRAGMA synchronous = EXTRA")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS job (job_id TEXT PRIMARY KEY, state TEXT NOT NULL,"
            " sent_copy_no INTEGER NOT NULL DEFAULT 0, result TEXT NOT NULL DEFAULT '',"
            " reason TEXT NOT NULL DEFAULT '', key TEXT NOT NULL DEFAULT '')"
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def recover(self) -> bool:
        """Give every unfinished job of an earlier process its result; True if any was sent.

        A job that was being sent is uncertain: it may lie in the tray, or come out when paper is
        loaded. A job that was only asked for is given back.
        """
        sent = self._unfinished(JournalState.SENDING)
        for job_id in sent:
            self.finish(job_id, JobResult.UNCERTAIN, "agent_restarted")
        for job_id in self._unfinished(JournalState.CLAIMING):
            self.finish(job_id, JobResult.QUEUED, "agent_restarted")
        return bool(sent)

    def was_sent(self, job_id: str, copy_no: int) -> bool:
        """Tell whether this copy may have reached paper before, so must not be printed again."""
        row = self._db.execute(
            "SELECT sent_copy_no FROM job WHERE job_id = ?", (job_id,)
        ).fetchone()
        return row is not None and int(row[0]) >= copy_no

    def claiming(self, job_id: str) -> None:
        """Note that the server is asked for the job; copies sent before stay known."""
        self._db.execute(
            "INSERT INTO job (job_id, state) VALUES (?, ?) ON CONFLICT (job_id) DO"
            " UPDATE SET state = excluded.state",
            (job_id, JournalState.CLAIMING),
        )

    def not_ours(self, job_id: str) -> None:
        """Note that the server refused the job."""
        self._set_state(job_id, JournalState.REPORTED)

    def sending(self, job_id: str, copy_no: int) -> None:
        """Note that bytes may go to the printer from now on."""
        self._db.execute(
            "UPDATE job SET state = ?, sent_copy_no = ? WHERE job_id = ?",
            (JournalState.SENDING, copy_no, job_id),
        )

    def nothing_sent(self, job_id: str, copy_no: int) -> None:
        """Note that not one byte went out after all, so this copy may be tried again."""
        self._db.execute(
            "UPDATE job SET state = ?, sent_copy_no = ? WHERE job_id = ?",
            (JournalState.CLAIMING, copy_no - 1, job_id),
        )

    def finish(self, job_id: str, result: JobResult, reason: str) -> DoneJob:
        """Note a job's result and the key to report it with."""
        done = DoneJob(job_id, result, reason, new_key())
        self._db.execute(
            "UPDATE job SET state = ?, result = ?, reason = ?, key = ? WHERE job_id = ?",
            (JournalState.DONE, result, reason, done.key, job_id),
        )
        return done

    def unreported(self) -> list[DoneJob]:
        """Return the results that the server does not know, oldest first."""
        rows = self._db.execute(
            "SELECT job_id, result, reason, key FROM job WHERE state = ? ORDER BY rowid",
            (JournalState.DONE,),
        )
        return [DoneJob(job_id, JobResult(result), why, key) for job_id, result, why, key in rows]

    def reported(self, job_id: str) -> None:
        """Note that the server knows the result, and forget the oldest such jobs."""
        self._set_state(job_id, JournalState.REPORTED)
        self._db.execute(
            "DELETE FROM job WHERE state = ? AND rowid NOT IN"
            " (SELECT rowid FROM job ORDER BY rowid DESC LIMIT ?)",
            (JournalState.REPORTED, _KEPT_REPORTED),
        )

    def _set_state(self, job_id: str, state: JournalState) -> None:
        self._db.execute("UPDATE job SET state = ? WHERE job_id = ?", (state, job_id))

    def _unfinished(self, state: JournalState) -> list[str]:
        rows = self._db.execute("SELECT job_id FROM job WHERE state = ? ORDER BY rowid", (state,))
        return [str(row[0]) for row in rows]
