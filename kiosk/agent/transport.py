"""Ways to the printer: TCP port 9100, a USB printer device file, a serial port.

They carry bytes and know nothing of ESC/POS. Every call has a deadline; none retries.
"""

import contextlib
import os
import select
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, urlsplit

from kiosk.agent.errors import TransportError

if TYPE_CHECKING:
    from serial import Serial

# A small kernel buffer keeps "sent" close to "the printer has it", so a stall is seen early.
_SEND_BUFFER_BYTES = 16_384
_READ_BYTES = 512
_BITS_PER_BYTE = 10  # 8N1
_LEAST_WAITING_BYTES = 128
_DRAIN_LOOK_S = 0.02
# From here on the 6 kB of a QR code take about a second.
_QUICK_BAUD = 57_600
_DEFAULT_PORT = 9100
_BAUDS = (9600, 19200, 38400, 57600, 115200, 230400)
_FLOWS = ("rtscts", "xonxoff", "none")


class Transport(Protocol):
    """A two-way stream of bytes to one printer. Not thread-safe: the print thread owns it."""

    def open(self) -> None:
        """Connect, at most the connect time-out; raises TransportError."""

    def close(self) -> None:
        """Disconnect; never raises."""

    def write(self, octets: bytes, wait_s: float) -> int:
        """Hand over some bytes, waiting at most `wait_s` for room.

        Returns how many were taken, 0 when the printer takes none now. Raises TransportError when
        the way is lost.
        """

    def read(self, wait_s: float) -> bytes:
        """Return what has come, waiting at most `wait_s`; b"" when nothing came.

        Raises TransportError when the way is lost.
        """


class TcpTransport:
    """A printer with a network socket. Raises TransportError where the protocol says so."""

    def __init__(self, host: str, port: int, connect_timeout_s: float) -> None:
        self._address = (host, port)
        self._connect_timeout_s = connect_timeout_s
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect; a refused or unanswered connection raises TransportError."""
        self.close()
        try:
            opened = socket.create_connection(self._address, timeout=self._connect_timeout_s)
        except OSError as e:
            raise TransportError(f"no connection: {e.strerror or e}") from e
        opened.setblocking(False)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        self._socket = opened

    def close(self) -> None:
        """Disconnect."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def write(self, octets: bytes, wait_s: float) -> int:
        """Hand over as many bytes as the kernel takes."""
        connection = self._connected()
        if not _is_writable(connection.fileno(), wait_s):
            return 0
        try:
            return connection.send(octets)
        except BlockingIOError:
            return 0
        except OSError as e:
            raise TransportError(f"connection lost: {e.strerror}") from e

    def read(self, wait_s: float) -> bytes:
        """Return what has come; an ended connection raises TransportError."""
        connection = self._connected()
        if not _is_readable(connection.fileno(), wait_s):
            return b""
        try:
            octets = connection.recv(_READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as e:
            raise TransportError(f"connection lost: {e.strerror}") from e
        if not octets:
            raise TransportError("connection ended by the printer")
        return octets

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise TransportError("not connected")
        return self._socket


class FileTransport:
    """A USB printer as the kernel's device file, such as /dev/usb/lp0.

    Opened O_RDWR|O_NONBLOCK: a blocking write to a stalled printer waits for ever (usblp.c).
    """

    def __init__(self, path: str, close_wait_s: float = 1.0) -> None:
        self._path = path
        self._close_wait_s = close_wait_s
        self._fd: int | None = None

    def open(self) -> None:
        """Open the device; a missing, busy or forbidden one raises TransportError."""
        self.close()
        try:
            self._fd = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as e:
            raise TransportError(f"cannot open the device: {e.strerror}") from e

    def close(self) -> None:
        """Close the device, after what was written has left: closing kills transfers in flight."""
        if self._fd is None:
            return
        with contextlib.suppress(TransportError):
            _is_writable(self._fd, self._close_wait_s)
        with contextlib.suppress(OSError):  # The device may be unplugged.
            os.close(self._fd)
        self._fd = None

    def write(self, octets: bytes, wait_s: float) -> int:
        """Hand over as many bytes as the driver takes."""
        fd = self._opened()
        if not _is_writable(fd, wait_s):
            return 0
        try:
            return os.write(fd, octets)
        except BlockingIOError:
            return 0
        except OSError as e:
            raise TransportError(f"device lost: {e.strerror}") from e

    def read(self, wait_s: float) -> bytes:
        """Return what has come; usblp may wake without bytes, which alone is no end."""
        fd = self._opened()
        happened = _poll(fd, select.POLLIN, wait_s)
        if not happened:
            return b""
        try:
            octets = os.read(fd, _READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as e:
            raise TransportError(f"device lost: {e.strerror}") from e
        if not octets and happened & (select.POLLHUP | select.POLLERR):
            raise TransportError("the device was unplugged")
        return octets

    def _opened(self) -> int:
        if self._fd is None:
            raise TransportError("not open")
        return self._fd


class SerialTransport:
    """A printer on a serial port, through pyserial.

    `flow`: "rtscts", "xonxoff" or "none". Without flow control a picture overruns the printer.
    At most a quarter of a second waits in the kernel: on a slow line a question would stand
    behind it longer than its answer is waited for.
    """

    def __init__(self, path: str, baud: int, flow: str) -> None:
        self._path = path
        self._baud = baud
        self._flow = flow
        self._most_waiting = max(_LEAST_WAITING_BYTES, baud // _BITS_PER_BYTE // 4)
        self._port: Serial | None = None

    def open(self) -> None:
        """Open the port and drop what lay in it."""
        import serial  # Here, because most machines have no serial printer.

        self.close()
        try:
            # A write time-out of 0 makes write() return how much went out, which a longer one
            # does not tell; waiting is done with poll before it.
            self._port = serial.Serial(
                self._path,
                baudrate=self._baud,
                timeout=0,
                write_timeout=0,
                rtscts=self._flow == "rtscts",
                xonxoff=self._flow == "xonxoff",
            )
            self._port.reset_input_buffer()
        except (serial.SerialException, OSError) as e:
            raise TransportError("cannot open the serial port") from e

    def close(self) -> None:
        """Close the port."""
        if self._port is not None:
            with contextlib.suppress(OSError):  # The adapter may be unplugged.
                self._port.close()
            self._port = None

    def write(self, octets: bytes, wait_s: float) -> int:
        """Hand over as many bytes as the port takes."""
        port = self._opened()
        if not _is_writable(port.fileno(), wait_s):
            return 0
        try:
            room = self._most_waiting - port.out_waiting
            if room <= 0:  # No event tells that the line has drained a little.
                time.sleep(min(wait_s, _DRAIN_LOOK_S))
                room = self._most_waiting - port.out_waiting
            return int(port.write(octets[:room]) or 0) if room > 0 else 0
        except OSError as e:  # SerialException is an OSError.
            raise TransportError("serial port lost") from e

    def read(self, wait_s: float) -> bytes:
        """Return what has come."""
        port = self._opened()
        if not _is_readable(port.fileno(), wait_s):
            return b""
        try:
            return bytes(port.read(_READ_BYTES))
        except OSError as e:
            raise TransportError("serial port lost") from e

    def _opened(self) -> "Serial":
        if self._port is None:
            raise TransportError("not open")
        return self._port


@dataclass(frozen=True)
class PrinterAddress:
    """A parsed printer setting; `scheme` is "tcp", "file" or "serial"."""

    scheme: str
    host: str = ""
    port: int = _DEFAULT_PORT
    path: str = ""
    baud: int = 115_200
    flow: str = "rtscts"

    @property
    def is_quick(self) -> bool:
        """Tell whether a picture of some kB arrives without making a person wait."""
        return self.scheme != "serial" or self.baud >= _QUICK_BAUD

    def transport(self, connect_timeout_s: float) -> Transport:
        """Return the closed transport to this address."""
        if self.scheme == "tcp":
            return TcpTransport(self.host, self.port, connect_timeout_s)
        if self.scheme == "file":
            return FileTransport(self.path)
        return SerialTransport(self.path, self.baud, self.flow)


def parse_printer_address(text: str) -> PrinterAddress:
    """Read tcp://host:9100, file:///dev/usb/lp0 or serial:///dev/ttyS0?baud=115200&flow=rtscts.

    Raises ValueError with a sentence that tells what is wrong.
    """
    parts = urlsplit(text)
    if parts.scheme == "tcp" and parts.hostname:
        return PrinterAddress("tcp", host=parts.hostname, port=parts.port or _DEFAULT_PORT)
    if parts.scheme == "file" and parts.path:
        return PrinterAddress("file", path=parts.path)
    if parts.scheme == "serial" and parts.path:
        options = parse_qs(parts.query)
        baud = options.get("baud", ["115200"])[0]
        flow = options.get("flow", ["rtscts"])[0]
        if not baud.isdecimal() or int(baud) not in _BAUDS:
            raise ValueError(f"baud must be one of {', '.join(map(str, _BAUDS))}")
        if flow not in _FLOWS:
            raise ValueError(f"flow must be one of {', '.join(_FLOWS)}")
        return PrinterAddress("serial", path=parts.path, baud=int(baud), flow=flow)
    raise ValueError("must be tcp://HOST:PORT, file:///DEVICE or serial:///DEVICE?baud=N")


def _is_writable(fd: int, wait_s: float) -> bool:
    return bool(_poll(fd, select.POLLOUT, wait_s))


def _is_readable(fd: int, wait_s: float) -> bool:
    return bool(_poll(fd, select.POLLIN, wait_s))


def _poll(fd: int, event: int, wait_s: float) -> int:
    """Return what happened, 0 for nothing; raises TransportError when only the end did."""
    poller = select.poll()
    poller.register(fd, event)
    events = poller.poll(max(0.0, wait_s) * 1000)
    if not events:
        return 0
    happened = events[0][1]
    if not happened & event:
        raise TransportError("the printer hung up")
    return happened
