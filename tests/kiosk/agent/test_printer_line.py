import threading
from collections.abc import Callable
from dataclasses import replace

from agent_bench import QUICK
from PIL import Image

from kiosk.agent.printer import EscPosPrinter, OutcomeKind, PrintOutcome
from kiosk.agent.printer_line import PrinterLine
from kiosk.agent.printer_state import PrinterState
from kiosk.agent.raster import JobEncoder, RasterSettings
from kiosk.agent.simulator.commands import (
    CommandParser,
    Fence,
    ProcessIdQuestion,
    StatusQuestion,
)

NewTicket = Callable[..., Image.Image]
CONFIRMED = PrintOutcome(OutcomeKind.CONFIRMED)


class LateWire:
    """A wire whose printer is out of paper and answers the first question of all too late.

    Opening it again does not lose what is under way, as on a serial line.
    """

    def __init__(self) -> None:
        self._answers = {1: 0x1A, 2: 0x32, 3: 0x12, 4: 0x7E}
        self._incoming = bytearray()
        self._held_back: bytes | None = None
        self.questions = 0

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def write(self, octets: bytes, wait_s: float) -> int:
        self.questions += 1
        if self.questions == 1:
            self._held_back = b"\x12"  # True when asked: the roll ended just after.
            return len(octets)
        if self._held_back is not None:
            self._incoming += self._held_back
            self._held_back = None
        self._incoming.append(self._answers[octets[2]])
        return len(octets)

    def read(self, wait_s: float) -> bytes:
        octets = bytes(self._incoming[:1])
        del self._incoming[:1]
        return octets


def test_late_answer_is_never_taken_for_the_next_question() -> None:
    wire = LateWire()
    line = PrinterLine(wire, replace(QUICK, reply_timeout_s=0.05, quiet_s=0.01))
    line.open()
    assert line.ask_all() is None
    line.close()
    line.open()
    assert line.ask_all() is None
    line.close()
    line.open()
    answers = line.ask_all()
    assert answers is not None
    assert answers.state is PrinterState.PAPER_OUT


class InstantWire:
    """A wire to a printer that has done and answered everything before write() returns."""

    def __init__(self) -> None:
        self._parser = CommandParser()
        self._incoming = bytearray()

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def write(self, octets: bytes, wait_s: float) -> int:
        for command, _ in self._parser.feed(octets):
            if isinstance(command, StatusQuestion):
                self._incoming += b"\x12"
            elif isinstance(command, ProcessIdQuestion):
                self._incoming += b"\x37\x22" + command.process_id + b"\x00"
            elif isinstance(command, Fence):
                self._incoming += b"\x00"
        return len(octets)

    def read(self, wait_s: float) -> bytes:
        octets = bytes(self._incoming)
        self._incoming.clear()
        return octets


def test_word_that_comes_with_the_last_byte_is_heard(new_ticket: NewTicket) -> None:
    driver = EscPosPrinter(
        InstantWire(),
        JobEncoder(RasterSettings()),
        QUICK,
        threading.Event(),
        lambda state: None,
    )
    assert driver.print(new_ticket(), "ab01") == CONFIRMED


class QueueWire:
    """A wire that gives what the test puts on it, and keeps what was asked."""

    def __init__(self) -> None:
        self.incoming = bytearray()
        self.asked = bytearray()

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def write(self, octets: bytes, wait_s: float) -> int:
        self.asked += octets
        if len(self.asked) > 3:
            self.incoming.append(0x12)
        return len(octets)

    def read(self, wait_s: float) -> bytes:
        octets = bytes(self.incoming)
        self.incoming.clear()
        if self.asked == b"\x10\x04\x04":  # The first answer comes when it is waited for.
            self.asked += b"?"
            self.incoming.append(0x12)
        return octets


def test_question_left_open_by_a_ticket_does_not_upset_the_next_round() -> None:
    line = PrinterLine(QueueWire(), QUICK)
    line.open()
    line.ask_next()
    answers = line.ask_all()
    assert answers is not None
    assert answers.state is PrinterState.READY
    assert not line.is_in_doubt
