"""The scanner of a demonstration kiosk: the real driver on a pseudo terminal."""

import os
import pty
import threading
import tty

from kiosk.agent.reader.card import ReaderError, ReaderFault
from kiosk.agent.reader.channel import SerialChannel
from kiosk.agent.scanner.serial_scanner import ScannerTimings, SerialScanner

_BAUD = 9600
_OPENING_WAIT_S = 1.0


class SimulatedScanner:
    """A scanner that reads what it is told, and whose plug can be pulled. Thread-safe."""

    def __init__(self, timings: ScannerTimings | None = None) -> None:
        self._lock = threading.Lock()
        self._is_plugged = False
        self._is_listened_to = threading.Event()
        self.replug()
        self._scanner = SerialScanner(self._open_channel, timings)

    def scan(self, code: str, suffix: bytes = b"\r") -> None:
        """Hold a code in front of the scanner, at most 1 s before the driver has opened it.

        Does nothing while it is unplugged.
        """
        self._is_listened_to.wait(_OPENING_WAIT_S)
        with self._lock:
            if self._is_plugged:
                os.write(self._scanner_end, code.encode("utf-8") + suffix)

    def wait_for_code(self, timeout_s: float) -> str | None:
        """Wait like a SerialScanner."""
        return self._scanner.wait_for_code(timeout_s)

    def replug(self) -> None:
        """Plug the scanner in, under a new device name; does nothing while it is plugged in."""
        with self._lock:
            if not self._is_plugged:
                self._scanner_end, self._driver_end = pty.openpty()
                tty.setraw(self._driver_end)
                self._is_plugged = True

    def unplug(self) -> None:
        """Pull the plug: the driver's next call fails."""
        with self._lock:
            if self._is_plugged:
                self._is_plugged = False
                self._is_listened_to.clear()
                os.close(self._scanner_end)
                os.close(self._driver_end)

    def close(self) -> None:
        """Let go of the port and of the pseudo terminal."""
        self._scanner.close()
        self.unplug()

    def _open_channel(self) -> SerialChannel:
        with self._lock:
            if not self._is_plugged:
                raise ReaderError(ReaderFault.OFFLINE, permanent=False)
            channel = SerialChannel(os.ttyname(self._driver_end), _BAUD)
            self._is_listened_to.set()
            return channel
