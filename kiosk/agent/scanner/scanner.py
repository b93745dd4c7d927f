"""What a scanner hands over: a text, once for each time somebody holds it there."""

from typing import Protocol

from kiosk.agent.errors import AgentError


class ScannerError(AgentError):
    """The scanner is not there; the next wait tries again."""


class Scanner(Protocol):
    """One scanner, owned by one thread."""

    def wait_for_code(self, timeout_s: float) -> str | None:
        """Wait for a code and return it, or None when nothing was scanned.

        timeout_s: seconds, >= 0. Raises ScannerError, after which the next call opens it again.
        """
        ...

    def close(self) -> None:
        """Let go of the scanner; call it from the thread that waits, or when that has ended."""
        ...
