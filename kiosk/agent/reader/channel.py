"""The byte channel to a card module: a serial port, or a serial server over TCP."""

import select
import socket
import termios
from contextlib import suppress
from typing import Protocol

import serial

from kiosk.agent.reader.card import ReaderError, ReaderFault

_SLICE_S = 0.05  # Longest single wait for bytes; deadlines are kept by the caller.
_WRITE_TIMEOUT_S = 1.0
_CONNECT_TIMEOUT_S = 2.0
_READ_BYTES = 4096


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
    """A byte channel over a serial port (8N1, no flow control)."""

    def __init__(self, path: str, baud: int) -> None:
        """Open the device at `path`.

        Raises ReaderError(OFFLINE) if the port is not there or another process holds it.
        """
        try:
            self._port = serial.Serial(
                path,
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


class TcpChannel:
    """A byte channel to a serial server; pyserial's own leaks the socket of a lost line."""

    def __init__(self, host: str, port: int) -> None:
        """Connect. Raises ReaderError(OFFLINE) if the server does not answer within 2 s."""
        try:
            self._socket = socket.create_connection((host, port), timeout=_CONNECT_TIMEOUT_S)
        except OSError as e:
            raise _offline() from e
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def write(self, frame: bytes) -> None:
        """Send all bytes of a frame."""
        try:
            self._socket.settimeout(_WRITE_TIMEOUT_S)
            self._socket.sendall(frame)
        except OSError as e:
            raise _offline() from e

    def read_some(self) -> bytes:
        """Return what has come, waiting at most 50 ms for the first byte."""
        return self._receive(_SLICE_S)

    def discard_input(self) -> None:
        """Empty the input buffer."""
        while self._receive(0):
            pass

    def close(self) -> None:
        """Disconnect."""
        with suppress(OSError):  # The other end may be gone.
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _receive(self, wait_s: float) -> bytes:
        try:
            if not select.select([self._socket], [], [], wait_s)[0]:
                return b""
            octets = self._socket.recv(_READ_BYTES)
        except (OSError, ValueError) as e:  # ValueError: the socket was closed.
            raise _offline() from e
        if not octets:
            raise _offline()
        return octets


def _offline() -> ReaderError:
    return ReaderError(ReaderFault.OFFLINE, permanent=False)
