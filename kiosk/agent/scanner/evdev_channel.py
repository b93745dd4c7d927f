"""A scanner in keyboard mode, read from its input device, so that no page has to have the focus.

The kernel's input events are read as they are (struct input_event, linux/input.h): the evdev
package has no wheels and would need a compiler in every market for these few lines.
"""

import fcntl
import logging
import os
import select
import struct

from kiosk.agent.reader.card import ReaderError, ReaderFault

log = logging.getLogger(__name__)

_EVENT = struct.Struct("llHHi")  # Seconds, microseconds, type, code, value.
_EVENTS_AT_ONCE = 64
_SLICE_S = 0.05
_EVIOCGRAB = 0x40044590  # _IOW('E', 0x90, int): nobody else gets the keys.
_EV_KEY = 1
_UP, _DOWN = 0, 1
_SHIFTS = frozenset((42, 54))
_ENTERS = frozenset((28, 96))
# Key codes of linux/input-event-codes.h in the layout that scanners type, US English.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
)
_PLAIN = {first + at: key for first, keys, _ in _ROWS for at, key in enumerate(keys)}
_SHIFTED = {first + at: key for first, _, keys in _ROWS for at, key in enumerate(keys)}


class EvdevChannel:
    """A byte channel that turns key presses into ASCII, Enter into CR; it only reads."""

    def __init__(self, path: str) -> None:
        """Open the input device and take its keys from everybody else.

        Raises ReaderError(OFFLINE) if it is not there, may not be read, or somebody else has it.
        """
        try:
            self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as e:
            raise _offline() from e
        try:
            fcntl.ioctl(self._fd, _EVIOCGRAB, 1)
        except OSError as e:
            log.warning("scanner not grabbed: its keys reach the page as well (errno %s)", e.errno)
        self._is_shifted = False
        self._rest = b""

    def write(self, frame: bytes) -> None:
        """Do nothing: a scanner in keyboard mode takes no orders."""

    def read_some(self) -> bytes:
        """Return the characters typed meanwhile, waiting at most 50 ms for the first."""
        try:
            if not select.select([self._fd], [], [], _SLICE_S)[0]:
                return b""
            octets = self._rest + os.read(self._fd, _EVENT.size * _EVENTS_AT_ONCE)
        except (OSError, ValueError) as e:
            raise _offline() from e
        if octets == self._rest:  # The end: the plug was pulled.
            raise _offline()
        whole = len(octets) - len(octets) % _EVENT.size
        self._rest = octets[whole:]
        events = (_EVENT.unpack_from(octets, at) for at in range(0, whole, _EVENT.size))
        return "".join(self._typed(*event[2:]) for event in events).encode("ascii")

    def discard_input(self) -> None:
        """Forget what was typed."""
        while self.read_some():
            pass

    def close(self) -> None:
        """Let go of the device; closing ends the grab."""
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1

    def _typed(self, kind: int, code: int, value: int) -> str:
        if kind != _EV_KEY:
            return ""
        if code in _SHIFTS:
            self._is_shifted = value != _UP
            return ""
        if value != _DOWN:
            return ""
        if code in _ENTERS:
            return "\r"
        return (_SHIFTED if self._is_shifted else _PLAIN).get(code, "")


def _offline() -> ReaderError:
    return ReaderError(ReaderFault.OFFLINE, permanent=False)
