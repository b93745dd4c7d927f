"""A serial line in front of a simulated printer: a pseudo terminal paced to a baud rate."""

import contextlib
import os
import pty
import select
import socket
import threading
import time
import tty
from types import TracebackType
from typing import Self

_BITS_PER_BYTE = 10  # 8N1
_CHUNK_BYTES = 32
_ANSWER_BYTES = 512
# Wakings come late by some milliseconds; a line that is busy makes up for them.
_CATCH_UP_S = 0.05


class SimulatedSerialLine:
    """Carries bytes between a device path and a printer's TCP port, as slowly as the line would.

    A printer that takes no bytes stops the line, as RTS does. Two threads.
    """

    def __init__(self, printer_port: int, baud: int | None) -> None:
        """Plug the line in. baud: pace towards the printer, None for as fast as possible."""
        self._byte_s = _BITS_PER_BYTE / baud if baud else 0.0
        self._socket = socket.create_connection(("127.0.0.1", printer_port))
        self._printer_end, self._agent_end = pty.openpty()
        tty.setraw(self._agent_end)
        self.path = os.ttyname(self._agent_end)
        self._wake_read, self._wake_write = os.pipe()
        self._is_unplugged = threading.Event()
        self._threads = [
            threading.Thread(target=self._carry_to_printer, name="serial-out", daemon=True),
            threading.Thread(target=self._carry_answers, name="serial-in", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unplug()

    def unplug(self) -> None:
        """Cut the line: the agent's next call fails."""
        if self._is_unplugged.is_set():
            return
        self._is_unplugged.set()
        os.write(self._wake_write, b"\0")
        with contextlib.suppress(OSError):  # The printer may be switched off.
            self._socket.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._socket.close()
        for end in (self._printer_end, self._agent_end, self._wake_read, self._wake_write):
            os.close(end)

    def _carry_to_printer(self) -> None:
        free_at_s = 0.0
        with contextlib.suppress(OSError):  # The printer was switched off.
            while not self._is_unplugged.is_set():
                ready, _, _ = select.select([self._printer_end, self._wake_read], [], [])
                if self._printer_end not in ready:
                    continue
                octets = os.read(self._printer_end, _CHUNK_BYTES)
                free_at_s = max(time.monotonic() - _CATCH_UP_S, free_at_s)
                free_at_s += len(octets) * self._byte_s
                self._is_unplugged.wait(max(0.0, free_at_s - time.monotonic()))
                self._socket.sendall(octets)

    def _carry_answers(self) -> None:
        with contextlib.suppress(OSError):
            while octets := self._socket.recv(_ANSWER_BYTES):
                os.write(self._printer_end, octets)
