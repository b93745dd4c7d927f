"""The simulated receipt printer: a TCP server that behaves like an 80 mm printer with a cutter.

It is product code: demonstrations, training and tests print on it through the real driver.
"""

import contextlib
import logging
import socket
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from kiosk.agent.simulator.commands import (
    AlignmentSwitch,
    AutoStatusSwitch,
    Command,
    CommandParser,
    Cut,
    Feed,
    Fence,
    Garbage,
    LineFeed,
    ProcessIdQuestion,
    RasterBand,
    Reset,
    SizeSwitch,
    StatusQuestion,
    Text,
)
from kiosk.agent.simulator.paper import Paper, picture_of_rows
from kiosk.agent.simulator.text_cells import TextCells
from kiosk.agent.text_page import Charset

log = logging.getLogger(__name__)

_DOTS_PER_MM = 8
# The paper moves on in steps of 1 mm; finer steps would cost time and show nothing.
_STEP_ROWS = 8
_RECEIVE_BYTES = 4096
# How long a cut paper waits for the question that tells which job it belongs to.
_NAMING_WAIT_S = 0.05
_STOP_WAIT_S = 1.0


class SimulatedState(StrEnum):
    """What the printer's sensors and switches say; SILENT prints but never answers."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"

    @property
    def moves_paper(self) -> bool:
        """Tell whether the mechanism runs."""
        return self in (SimulatedState.READY, SimulatedState.PAPER_LOW, SimulatedState.SILENT)


class Fault(Enum):
    """What happens in the middle of a ticket."""

    PAPER_OUT = "the roll ends"
    COVER_OPEN = "somebody opens the cover"
    CONNECTION_LOST = "the network cable is pulled; the printer keeps what it has"
    POWER_CUT = "the mains plug is pulled and put back; the printer forgets everything"


@dataclass(frozen=True)
class SimulatorSettings:
    """The model that is simulated.

    speed_mm_s: paper speed, 150 is usual, None prints at once. buffer_bytes: what the printer
    takes before it makes the sender wait. knows_process_id: answers GS ( H. status_delay_s: how
    late DLE EOT is answered. charset: the characters that it has glyphs for.
    """

    width_dots: int = 576
    speed_mm_s: float | None = 150.0
    buffer_bytes: int = 65_536
    knows_process_id: bool = True
    status_delay_s: float = 0.0
    charset: Charset = Charset.GB18030_2BYTE


# Answers to DLE EOT 1-4 and the 4 bytes of an automatic status, as a TM-T20 gives them.
_ANSWERS = {
    SimulatedState.READY: (b"\x12\x12\x12\x12", b"\x10\x00\x00\x00"),
    SimulatedState.PAPER_LOW: (b"\x12\x12\x12\x1e", b"\x10\x00\x03\x00"),
    SimulatedState.PAPER_OUT: (b"\x1a\x32\x12\x7e", b"\x18\x00\x0f\x00"),
    SimulatedState.COVER_OPEN: (b"\x1a\x16\x12\x12", b"\x38\x00\x00\x00"),
    SimulatedState.OFFLINE: (b"\x1a\x12\x12\x12", b"\x18\x00\x00\x00"),
}


class SimulatedPrinter:
    """A printer with settable sensors; `on_paper` is called for each piece of paper that falls.

    Two threads: one receives and answers status questions at once, one moves the paper. What was
    received survives a lost connection, and comes out when paper is loaded, as with real ones.
    `on_paper` runs on the second thread and must not block.
    """

    def __init__(
        self, settings: SimulatorSettings, on_paper: Callable[[Paper], None], port: int = 0
    ) -> None:
        self._settings = settings
        self._on_paper = on_paper
        self._changed = threading.Condition()
        self._state = SimulatedState.READY
        self._fault: tuple[int, Fault] | None = None
        self._buffer: deque[tuple[Command, int]] = deque()
        self._buffered_bytes = 0
        self._parser = CommandParser()
        self._rows: list[bytes] = []
        self._cells = TextCells(settings.width_dots, settings.charset)
        self._unnamed: Paper | None = None
        self._papers: list[Paper] = []
        self._garbage = 0
        self._sends_auto_status = False
        self._power_cuts = 0
        self._is_open = True
        self._connection: socket.socket | None = None
        self._listener = socket.create_server(("127.0.0.1", port), backlog=1)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BYTES)
        self._threads = [
            threading.Thread(target=self._receive_for_ever, name="printer-line", daemon=True),
            threading.Thread(target=self._print_for_ever, name="printer-paper", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def port(self) -> int:
        """Return the TCP port on 127.0.0.1."""
        return int(self._listener.getsockname()[1])

    @property
    def papers(self) -> list[Paper]:
        """Return the paper that fell so far, oldest first."""
        with self._changed:
            return list(self._papers)

    @property
    def garbage_bytes(self) -> int:
        """Return how many bytes would have come out as meaningless text."""
        with self._changed:
            return self._garbage

    @property
    def printed_rows(self) -> int:
        """Return the rows on the paper that still hangs in the printer."""
        with self._changed:
            return len(self._rows)

    def set_state(self, state: SimulatedState) -> None:
        """Set sensors and switches; READY also means that a new roll was put in."""
        with self._changed:
            self._set_state(state)

    def fail_after(self, rows: int, fault: Fault) -> None:
        """Let a fault happen when `rows` more rows are printed."""
        with self._changed:
            self._fault = (rows, fault)

    def drop_connection(self) -> None:
        """Cut the connection; what was received stays."""
        with self._changed:
            self._drop_connection()

    def wait_until(self, holds: Callable[["SimulatedPrinter"], bool], timeout_s: float) -> bool:
        """Wait until something holds for this printer; returns whether it came to hold."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(self), timeout_s)

    def close(self) -> None:
        """Switch off; paper that still hangs in the printer is handed over uncut."""
        with self._changed:
            self._is_open = False
            self._drop_connection()
            self._changed.notify_all()
        with contextlib.suppress(OSError):  # Wakes accept(); it may already be closed.
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(_STOP_WAIT_S)
        if self._rows:
            self._hand_over(self._take_paper(is_cut=False))

    # The line: receive, keep in the buffer, answer what cannot wait.

    def _receive_for_ever(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._changed:
                if not self._is_open:
                    connection.close()
                    return
                self._connection = connection
            self._receive(connection)

    def _receive(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:  # A cut connection ends here.
            while octets := connection.recv(_RECEIVE_BYTES):
                for command, length in self._parse(octets):
                    if isinstance(command, StatusQuestion):
                        self._answer_status(command.number)
                    elif not self._keep(command, length, connection):
                        return

    def _parse(self, octets: bytes) -> list[tuple[Command, int]]:
        with self._changed:
            return self._parser.feed(octets)

    def _keep(self, command: Command, length: int, connection: socket.socket) -> bool:
        """Put a command into the buffer when there is room; False when the connection went."""
        with self._changed:
            self._changed.wait_for(lambda: self._has_room() or connection is not self._connection)
            if not self._is_open or connection is not self._connection:
                return False
            self._buffer.append((command, length))
            self._buffered_bytes += length
            self._changed.notify_all()
            return True

    def _has_room(self) -> bool:
        return self._buffered_bytes < self._settings.buffer_bytes or not self._is_open

    def _answer_status(self, number: int) -> None:
        with self._changed:
            if self._settings.status_delay_s:
                self._changed.wait_for(lambda: not self._is_open, self._settings.status_delay_s)
            if self._state in _ANSWERS and 1 <= number <= 4:
                self._send(_ANSWERS[self._state][0][number - 1 : number])

    # The mechanism: take commands out of the buffer in order, as long as paper can move.

    def _print_for_ever(self) -> None:
        while (command := self._next_command()) is not None:
            try:
                self._run(command)
            except Exception:
                log.exception("simulated printer: command failed")

    def _next_command(self) -> Command | None:
        with self._changed:
            if self._unnamed is not None and not self._changed.wait_for(
                lambda: self._can_run() or not self._is_open, _NAMING_WAIT_S
            ):
                self._name_paper("")
            self._changed.wait_for(lambda: self._can_run() or not self._is_open)
            if not self._is_open:
                return None
            command, length = self._buffer.popleft()
            self._buffered_bytes -= length
            self._changed.notify_all()
            return command

    def _can_run(self) -> bool:
        return bool(self._buffer) and self._state.moves_paper

    def _run(self, command: Command) -> None:
        with self._changed:
            is_question = isinstance(command, ProcessIdQuestion)
            if self._unnamed is not None and not (is_question and self._settings.knows_process_id):
                self._name_paper("")
            self._put_rows(self._rows_of(command))
            match command:
                case Cut() if self._rows:
                    self._unnamed = self._take_paper(is_cut=True)
                case Reset():
                    self._cells.reset()
                    self._sends_auto_status = False
                case AutoStatusSwitch(is_on):
                    self._sends_auto_status = is_on
                    self._send_auto_status()
                case Garbage():
                    self._garbage += 1
                case Fence() | ProcessIdQuestion():
                    self._answer_in_order(command)
            self._changed.notify_all()

    def _rows_of(self, command: Command) -> tuple[bytes, ...]:
        """Return the rows that a command puts on paper, none for most."""
        match command:
            case RasterBand(rows):
                return self._cells.flush() + rows
            case Text() | SizeSwitch() | AlignmentSwitch():
                return self._cells.take(command)
            case LineFeed():
                return self._cells.feed()
            case Feed(count):
                return (bytes(self._settings.width_dots // 8),) * count
            case _:
                return ()

    def _answer_in_order(self, command: Fence | ProcessIdQuestion) -> None:
        if isinstance(command, Fence):
            self._send(b"\x03" if self._state is SimulatedState.PAPER_LOW else b"\x00")
        elif self._settings.knows_process_id:
            self._name_paper(command.process_id.decode("ascii", "replace"))
            self._send(b"\x37\x22" + command.process_id + b"\x00")
        else:  # A printer that does not know GS ( H prints its bytes as text.
            self._garbage += len(command.process_id)

    def _put_rows(self, rows: tuple[bytes, ...]) -> None:
        power_cuts = self._power_cuts
        for count, row in enumerate(rows, 1):
            self._changed.wait_for(lambda: self._state.moves_paper or not self._is_open)
            if not self._is_open or power_cuts != self._power_cuts:
                return
            self._rows.append(row)
            if count % _STEP_ROWS == 0:
                self._move_one_step()
            self._meet_fault()
            if power_cuts != self._power_cuts:
                return

    def _move_one_step(self) -> None:
        self._changed.notify_all()
        if self._settings.speed_mm_s:
            step_s = _STEP_ROWS / _DOTS_PER_MM / self._settings.speed_mm_s
            self._changed.wait_for(lambda: not self._is_open, step_s)

    def _meet_fault(self) -> None:
        if self._fault is None:
            return
        rows, fault = self._fault
        self._fault = (rows - 1, fault) if rows > 1 else None
        if self._fault is not None:
            return
        if fault is Fault.PAPER_OUT:
            self._set_state(SimulatedState.PAPER_OUT)
        elif fault is Fault.COVER_OPEN:
            self._set_state(SimulatedState.COVER_OPEN)
        else:
            if fault is Fault.POWER_CUT:
                self._forget_everything()
            self._drop_connection()

    def _forget_everything(self) -> None:
        self._power_cuts += 1
        self._buffer.clear()
        self._buffered_bytes = 0
        self._parser.clear()
        self._cells.reset()
        self._sends_auto_status = False
        self._changed.notify_all()

    def _set_state(self, state: SimulatedState) -> None:
        if state is not self._state:
            self._state = state
            self._send_auto_status()
        self._changed.notify_all()

    def _send_auto_status(self) -> None:
        if self._sends_auto_status and self._state in _ANSWERS:
            self._send(_ANSWERS[self._state][1])

    def _send(self, octets: bytes) -> None:
        if self._connection is None or self._state is SimulatedState.SILENT:
            return
        with contextlib.suppress(OSError):  # Nobody listens any more.
            self._connection.sendall(octets)

    def _drop_connection(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(OSError):  # It may be gone already.
                self._connection.shutdown(socket.SHUT_RDWR)
            self._connection = None
            self._changed.notify_all()

    def _take_paper(self, *, is_cut: bool) -> Paper:
        picture = picture_of_rows(self._rows, self._settings.width_dots)
        self._rows.clear()
        return Paper(picture, is_cut, process_id="", text=self._cells.read())

    def _name_paper(self, process_id: str) -> None:
        """Hand over the cut paper, now that it is known which job it belongs to."""
        if self._unnamed is not None:
            paper, self._unnamed = self._unnamed, None
            self._hand_over(replace(paper, process_id=process_id))

    def _hand_over(self, paper: Paper) -> None:
        with self._changed:
            self._papers.append(paper)
            self._changed.notify_all()
        self._on_paper(paper)
