"""The driver of a scanner in serial or USB-CDC mode: one line of ASCII for each code, ended by CR.

A keyboard of its own needs no focus, meets no Chinese input method and presses no button.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.agent.reader.card import ReaderError
from kiosk.agent.reader.channel import ByteChannel
from kiosk.agent.scanner.scanner import ScannerError

log = logging.getLogger(__name__)

_ENDS = (0x0D, 0x0A)  # CR, or the LF of a scanner set to CR LF.
_MOST_BYTES = 300


@dataclass(frozen=True)
class ScannerTimings:
    """How long the driver waits, in seconds."""

    reopen_s: float = 0.3  # Between two tries to open.
    line_s: float = 1.0  # For the rest of a line that has begun.
    same_s: float = 2.0  # The same code within this time is the same paper still held there.


class SerialScanner:
    """Reads codes from one line and opens it again after the plug was pulled."""

    def __init__(
        self, open_channel: Callable[[], ByteChannel], timings: ScannerTimings | None = None
    ) -> None:
        """Keep the way to open the line; it raises ReaderError while the line is not there."""
        self._open_channel = open_channel
        self._timings = timings or ScannerTimings()
        self._channel: ByteChannel | None = None
        self._line = bytearray()
        self._begun_at_s = 0.0
        self._last: tuple[str, float] | None = None

    def wait_for_code(self, timeout_s: float) -> str | None:
        """Wait for a code; see Scanner. A channel waits at most 50 ms at a time."""
        deadline = time.monotonic() + timeout_s
        try:
            channel = self._connect(deadline)
            while True:
                code = self._take(channel.read_some())
                if code is not None:
                    return code
                if time.monotonic() >= deadline:
                    return None
        except ReaderError as e:
            if self._channel is not None:  # Once per loss, not once per try to open again.
                log.warning("scanner lost code=%s", e.code.value)
            self.close()
            raise ScannerError(e.code.value) from e

    def close(self) -> None:
        """Let go of the port."""
        if self._channel is not None:
            self._channel.close()
        self._channel = None
        self._line.clear()

    def _connect(self, deadline: float) -> ByteChannel:
        while self._channel is None:
            try:
                self._channel = self._open_channel()
                log.info("scanner opened")
            except ReaderError:
                left_s = deadline - time.monotonic()
                if left_s <= 0:
                    raise
                time.sleep(min(self._timings.reopen_s, left_s))
        return self._channel

    def _take(self, octets: bytes) -> str | None:
        """Add what has come and return the first whole new code; the rest waits in the line."""
        now_s = time.monotonic()
        if self._line and now_s - self._begun_at_s > self._timings.line_s:
            log.warning("scanned line without end dropped; set the scanner's suffix to CR")
            self._line.clear()
        if not self._line:
            self._begun_at_s = now_s
        self._line += octets
        while (end := _end_of_line(self._line)) is not None:
            whole = bytes(self._line[:end])
            del self._line[: end + 1]
            code = self._new_code(whole, now_s)
            if code is not None:
                return code
        if len(self._line) > _MOST_BYTES:
            log.warning("scanned line too long, dropped")
            self._line.clear()
        return None

    def _new_code(self, line: bytes, now_s: float) -> str | None:
        if len(line) > _MOST_BYTES or not line.isascii():
            log.info("scanned line dropped: no code of a ticket")
            return None
        code = line.decode("ascii").strip()
        if not code or not code.isprintable():
            return None
        before, self._last = self._last, (code, now_s)
        is_same = before is not None and before[0] == code
        return None if is_same and before and now_s - before[1] < self._timings.same_s else code


def _end_of_line(line: bytearray) -> int | None:
    return next((at for at, octet in enumerate(line) if octet in _ENDS), None)
