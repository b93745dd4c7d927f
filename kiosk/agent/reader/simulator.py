"""A card module below the driver: real frames on a pseudo terminal, with faults on request."""

import os
import pty
import select
import threading
import tty
from contextlib import suppress
from enum import Enum

from kiosk.agent.reader.card import ReaderError, ReaderFault
from kiosk.agent.reader.channel import SerialChannel
from kiosk.agent.reader.frames import PREAMBLE, Command, FrameDecoder, Status, encode_frame
from kiosk.agent.reader.text import TEXT_BYTES

# Not a picture. It is full of preambles, which a driver must not take for frames.
_PHOTO = (PREAMBLE + b"\x00\x04\x00") * 128
_NOISE = b"\x00\xff\xaa\xaa" + PREAMBLE[:4] + b"\x17"
_BITS_PER_BYTE = 10  # 8N1: a start bit, eight data bits, a stop bit.
_CHUNK_BYTES = 32


class Fault(Enum):
    """What can go wrong with a module; a fault stays until it is cleared unless it says "once"."""

    BYTE_BY_BYTE = "every byte arrives alone"
    NOISE = "noise with half a preamble comes before each answer"
    BAD_CHECKSUM = "once: a read answer with a wrong checksum"
    WRONG_LENGTH = "once: a read answer that claims to be longer than it is"
    READ_FAILS = "once: read answers 41"
    LIFTED_EARLY = "once: the card is lifted in the middle of the read answer"
    NOT_AUTHORISED = "every request is answered 66"
    SILENT = "no request is answered"
    VAGUE = "find answers 80 and select 81 although the card can be read"
    FINDS_AGAIN = "find answers 9F as long as the card lies there"


class SimulatedModule:
    """The state of a module: which card lies on it and what it answers. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: set[Fault] = set()
        self._block: bytes | None = None
        self._is_in_field = False
        self._is_selected = False
        self._was_read = False
        self._owes_empty_find = False

    def lay(self, block: bytes) -> None:
        """Put a card with this 256-byte text on the module; one that lies there is lifted first."""
        with self._lock:
            if self._block is not None:
                self._remove()
            self._block = block

    def lift(self) -> None:
        """Take the card away; find answers "no card" at least once before it sees another one.

        A hand is slower than a poll: without this, a card laid again at once would be the same
        placement to the driver.
        """
        with self._lock:
            if self._block is not None:
                self._remove()

    def cause(self, fault: Fault) -> None:
        """Switch a fault on."""
        with self._lock:
            self._faults.add(fault)

    def clear_faults(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    @property
    def sends_single_bytes(self) -> bool:
        """True while the fault BYTE_BY_BYTE is on."""
        with self._lock:
            return Fault.BYTE_BY_BYTE in self._faults

    def answer(self, request: bytes) -> bytes:
        """Return the bytes on the wire that follow a request (CMD PARA); empty while SILENT."""
        with self._lock:
            if Fault.SILENT in self._faults:
                return b""
            noise = _NOISE if Fault.NOISE in self._faults else b""
            if Fault.NOT_AUTHORISED in self._faults:
                return noise + _frame(Status.NOT_AUTHORISED)
            if request == Command.FIND_CARD.value:
                return noise + self._find()
            if request == Command.SELECT_CARD.value:
                return noise + self._select()
            if request == Command.READ_CARD.value:
                return noise + self._read()
            return noise + _frame(Status.BAD_COMMAND)

    def _remove(self) -> None:
        self._block = None
        self._is_in_field = False
        self._is_selected = False
        self._was_read = False
        self._owes_empty_find = True

    def _find(self) -> bytes:
        self._is_in_field = self._block is not None and not self._owes_empty_find
        self._owes_empty_find = False
        if not self._is_in_field or self._denies_card():
            return _frame(Status.NO_CARD)
        return _frame(Status.CARD_FOUND, bytes(4))

    def _select(self) -> bytes:
        self._is_selected = self._is_in_field
        if not self._is_in_field or self._denies_card():
            return _frame(Status.SELECT_FAILED)
        return _frame(Status.OK, bytes(8))

    def _denies_card(self) -> bool:
        """Most modules find a card once per placement and not again after it was read."""
        is_spent = self._was_read and Fault.FINDS_AGAIN not in self._faults
        return is_spent or Fault.VAGUE in self._faults

    def _read(self) -> bytes:
        if self._block is None or not self._is_selected or self._takes(Fault.READ_FAILS):
            return _frame(Status.READ_FAILED)
        sizes = TEXT_BYTES.to_bytes(2, "big") + len(_PHOTO).to_bytes(2, "big")
        frame = _frame(Status.OK, sizes + self._block + _PHOTO)
        self._was_read = True
        if self._takes(Fault.LIFTED_EARLY):
            self._remove()
            return frame[: len(frame) // 2]
        if self._takes(Fault.BAD_CHECKSUM):
            return frame[:-1] + bytes([frame[-1] ^ 0x01])
        if self._takes(Fault.WRONG_LENGTH):
            return frame[:5] + b"\x05\x09" + frame[7:]
        return frame

    def _takes(self, fault: Fault) -> bool:
        """Tell whether a fault is on, and use it up."""
        is_on = fault in self._faults
        self._faults.discard(fault)
        return is_on


def _frame(status: Status, data: bytes = b"") -> bytes:
    return encode_frame(bytes([0, 0, status]) + data)


class PtyLine:
    """Connects a module to a pseudo terminal, paced like a serial line, that can be unplugged."""

    def __init__(self, module: SimulatedModule, baud: int | None) -> None:
        """Plug the line in. baud: pace of the answers, None for as fast as possible."""
        self._module = module
        self._byte_s = _BITS_PER_BYTE / baud if baud else 0.0
        self._thread: threading.Thread | None = None
        self.replug()

    def open_channel(self) -> SerialChannel:
        """Open the driver's end; raises ReaderError(OFFLINE) while unplugged."""
        if self._thread is None:
            raise ReaderError(ReaderFault.OFFLINE, permanent=False)
        return SerialChannel(self.path, 115_200)

    def replug(self) -> None:
        """Plug the line in again, under a new device name; does nothing while it is plugged in."""
        if self._thread is not None:
            return
        self._module_end, self._driver_end = pty.openpty()
        tty.setraw(self._driver_end)
        self.path = os.ttyname(self._driver_end)
        os.set_blocking(self._module_end, False)
        self._wake_read, self._wake_write = os.pipe()
        self._is_unplugged = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="card-simulator", daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Cut the line, as pulling the plug does: the driver's next call fails."""
        if self._thread is None:
            return
        self._is_unplugged.set()
        os.write(self._wake_write, b"\0")
        self._thread.join()
        self._thread = None
        for end in (self._module_end, self._driver_end, self._wake_read, self._wake_write):
            os.close(end)

    def _serve(self) -> None:
        decoder = FrameDecoder()
        while not self._is_unplugged.is_set():
            ready, _, _ = select.select([self._module_end, self._wake_read], [], [])
            if self._module_end not in ready:
                continue
            for request in decoder.feed(os.read(self._module_end, 4096)):
                self._send(self._module.answer(request))

    def _send(self, wire: bytes) -> None:
        step = 1 if self._module.sends_single_bytes else _CHUNK_BYTES
        for at in range(0, len(wire), step):
            piece = wire[at : at + step]
            if self._is_unplugged.wait(len(piece) * self._byte_s):
                return
            with suppress(BlockingIOError):  # Nobody reads: a serial line loses the bytes, too.
                os.write(self._module_end, piece)
