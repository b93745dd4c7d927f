"""The last known states of the agent's devices, written by their threads, read by the heartbeat."""

import threading
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.agent.printer_state import PrinterState


class ReaderState(StrEnum):
    """Whether cards, or codes, can be read."""

    READY = "ready"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DeviceStates:
    """One look at the devices; None for a device that this agent does not have."""

    printer: PrinterState | None
    reader: ReaderState | None
    scanner: ReaderState | None = None


class StateBoard:
    """Holds the states; a change wakes who waits for one. Thread-safe."""

    def __init__(self, states: DeviceStates) -> None:
        self._changed = threading.Condition()
        self._states = states
        self._told: DeviceStates | None = None
        self._is_closed = False

    def set_printer(self, state: PrinterState) -> None:
        """Note the printer's state."""
        with self._changed:
            self._states = replace(self._states, printer=state)
            self._changed.notify_all()

    def set_reader(self, state: ReaderState) -> None:
        """Note the reader's state."""
        with self._changed:
            self._states = replace(self._states, reader=state)
            self._changed.notify_all()

    def set_scanner(self, state: ReaderState) -> None:
        """Note the scanner's state."""
        with self._changed:
            self._states = replace(self._states, scanner=state)
            self._changed.notify_all()

    def forget_told(self) -> None:
        """Note that the states returned last did not arrive, so the next wait returns at once."""
        with self._changed:
            self._told = None

    def close(self) -> None:
        """Wake everybody for the last time."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def wait_for_change(self, timeout_s: float) -> DeviceStates:
        """Return the states when they differ from those returned last, or after `timeout_s`."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._states != self._told, timeout_s)
            self._told = self._states
            return self._states
