"""The byte channel to a card module: a serial port, or a serial server over TCP, by pyserial."""

import termios
from typing import Protocol

import serial

from kiosk.agent.reader.card import ReaderError, ReaderFault

_SLICE_S = 0.05  # Longest single wait for bytes; deadlines are kept by the caller.
_WRITE_TIMEOUT_S = 1.0


class ByteChannel(Protocol):
    """Bytes to and from a module; every method raises ReaderError(OFFLINE) when the line is cut."""

    def write(self, frame: bytes) -> None:
        """Send all bytes of a frame."""
        ...

    def read_some(self) -> bytes:
        """Return what has come, waiting a fraction of a second; empty if nothing came."""
        ...

    def discard_input(self) -> None:
        """Forget what came unasked, such as a late answer to an earlier request."""
        ...

    def close(self) -> None:
        """Let go of the line; closing twice is allowed."""
        ...


class SerialChannel:
    """A byte channel over anything that pyserial can open (8N1, no flow control)."""

    def __init__(self, url: str, baud: int) -> None:
        """Open url: a device path, or "socket://host:port" where baud means nothing.

        Raises ReaderError(OFFLINE) if the port is not there or another process holds it.
        """
        try:
            self._port = serial.serial_for_url(
                url,
                baudrate=baud,
                timeout=_SLICE_S,
                write_timeout=_WRITE_TIMEOUT_S,
                exclusive=True,
            )
        except OSError as e:
            raise _offline() from e

    def write(self, frame: bytes) -> None:
        """Send all bytes of a frame."""
        try:
            self._port.write(frame)
        except OSError as e:
            raise _offline() from e

    def read_some(self) -> bytes:
        """Return what has come, waiting at most 50 ms for the first byte."""
        try:
            return bytes(self._port.read(max(1, self._port.in_waiting)))
        except OSError as e:
            raise _offline() from e

    def discard_input(self) -> None:
        """Empty the input buffer."""
        try:
            self._port.reset_input_buffer()
        except (OSError, termios.error) as e:
            raise _offline() from e

    def close(self) -> None:
        """Close the port."""
        self._port.close()


def _offline() -> ReaderError:
    return ReaderError(ReaderFault.OFFLINE, permanent=False)
