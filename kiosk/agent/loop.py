"""The agent: one thread for each device and each conversation with the server."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial

from kiosk.agent.device_states import DeviceStates, ReaderState, StateBoard
from kiosk.agent.drawing import draw_document
from kiosk.agent.errors import ServerRefusedError, ServerUnreachableError
from kiosk.agent.fonts import Fonts
from kiosk.agent.journal import Journal
from kiosk.agent.print_loop import Drawer, JobMailbox, PrintedIds, PrintLoop, PrintLoopParts
from kiosk.agent.printer import EscPosPrinter
from kiosk.agent.printer_state import PrinterState
from kiosk.agent.raster import JobEncoder
from kiosk.agent.reader import (
    CardNeedsClerk,
    CardReader,
    ReaderError,
    SimulatedReader,
    open_reader,
)
from kiosk.agent.scanner import Scanner, ScannerError, SimulatedScanner, open_scanner
from kiosk.agent.server_client import ServerClient, new_key
from kiosk.agent.settings import NONE, SIMULATED, AgentSettings, PrinterMode
from kiosk.agent.simulation import SignalFollower, Simulation, simulated_printer
from kiosk.agent.simulator.paper import Paper
from kiosk.agent.simulator.printer import SimulatedPrinter
from kiosk.agent.text_papers import set_document
from kiosk.agent.transport import TcpTransport, Transport, parse_printer_address

log = logging.getLogger(__name__)

_PAUSE_S = 1.0
_CARD_WAIT_S = 0.5
# A card that the server gets later than this finds a person who has walked on.
_CARD_PATIENCE_S = 8.0
_PAPER_PATIENCE_S = 30.0
_READER_PAUSE_S = 2.0
_STOP_WITHIN_S = 1.9
_MOST_PAPERS_WAITING = 40


class Agent:
    """Own the devices of one kiosk. `start`, then `stop`; an agent runs once."""

    def __init__(self, settings: AgentSettings) -> None:
        self._settings = settings
        self._stop = threading.Event()
        self._server = ServerClient(
            settings.server_url, settings.token, settings.server_timeout_s, self._stop
        )
        self._mailbox = JobMailbox()
        self._printed_ids = PrintedIds()
        self._papers: queue.Queue[Paper] = queue.Queue(_MOST_PAPERS_WAITING)
        self._board = StateBoard(
            DeviceStates(
                None if settings.printer == NONE else PrinterState.UNKNOWN,
                None if settings.reader == NONE else ReaderState.UNKNOWN,
                None if settings.scanner == NONE else ReaderState.UNKNOWN,
            )
        )
        self._threads: list[threading.Thread] = []
        self._journal: Journal | None = None
        self._simulation = Simulation()

    def start(self) -> None:
        """Open the journal, switch on simulated devices and start the threads.

        Raises DrawingError when the fonts are missing, OSError or sqlite3.Error when the state
        folder cannot be used: an agent that cannot remember what it sent must not print.
        """
        simulator = self._simulated_printer()
        reader = open_reader(self._settings.reader)
        scanner = open_scanner(self._settings.scanner)
        self._simulation = Simulation(
            simulator,
            reader if isinstance(reader, SimulatedReader) else None,
            scanner if isinstance(scanner, SimulatedScanner) else None,
        )
        if self._settings.printer != NONE:
            self._start_printing(simulator)
        if reader is not None:
            self._run("reader", partial(self._read_cards, reader), at_end=reader.close)
        if scanner is not None:
            self._run("scanner", partial(self._read_codes, scanner), at_end=scanner.close)
        if self._settings.is_simulated:
            self._run("signals", partial(self._follow_signals, SignalFollower(self._server)))
            self._run("papers", self._send_next_paper)
        self._run("heartbeat", self._beat)
        log.info("agent started")

    def stop(self) -> None:
        """Stop everything within 2 seconds; what was sent and not confirmed becomes uncertain."""
        deadline_s = time.monotonic() + _STOP_WITHIN_S
        self._stop.set()
        self._mailbox.close()
        self._board.close()
        self._server.stop_waiting()
        for thread in self._threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
            if thread.is_alive():
                log.warning("thread %s did not stop in time", thread.name)
        self._simulation.close()
        if self._journal is not None and not any(t.is_alive() for t in self._threads):
            self._journal.close()
        log.info("agent stopped")

    def _simulated_printer(self) -> SimulatedPrinter | None:
        if self._settings.printer != SIMULATED:
            return None
        return simulated_printer(
            self._settings.raster.width_dots,
            self._settings.simulated_speed_mm_s,
            self._keep_paper,
        )

    def _start_printing(self, simulator: SimulatedPrinter | None) -> None:
        fonts = Fonts()
        self._journal = Journal(self._settings.state_dir)
        printer = EscPosPrinter(
            self._transport(simulator),
            JobEncoder(self._settings.raster),
            self._settings.printer_timings,
            self._stop,
            self._board.set_printer,
        )
        if self._journal.recover():
            printer.mark_broken()
        parts = PrintLoopParts(
            printer=printer,
            server=self._server,
            journal=self._journal,
            draw=self._drawer(fonts),
            mailbox=self._mailbox,
            printed_ids=self._printed_ids,
            poll_s=self._settings.printer_poll_s,
        )
        self._run("print", PrintLoop(parts, self._stop).step, at_end=printer.close)
        self._run("jobs", self._wait_for_job)

    def _drawer(self, fonts: Fonts) -> Drawer:
        if self._settings.printer_mode is PrinterMode.TEXT:
            return partial(set_document, settings=self._settings.text, fonts=fonts)
        return partial(draw_document, width_dots=self._settings.raster.width_dots, fonts=fonts)

    def _transport(self, simulator: SimulatedPrinter | None) -> Transport:
        timeout_s = self._settings.printer_connect_timeout_s
        if simulator is not None:
            return TcpTransport("127.0.0.1", simulator.port, timeout_s)
        return parse_printer_address(self._settings.printer).transport(timeout_s)

    def _run(
        self, name: str, step: Callable[[], None], at_end: Callable[[], None] | None = None
    ) -> None:
        def loop() -> None:
            while not self._stop.is_set():
                try:
                    step()
                except Exception:
                    log.exception("%s: step failed", name)
                    self._stop.wait(_PAUSE_S)
            if at_end is not None:
                at_end()

        thread = threading.Thread(target=loop, name=f"agent-{name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _wait_for_job(self) -> None:
        if not self._mailbox.wait_until_wanted(_PAUSE_S):
            return
        try:
            job_id = self._server.wait_print_job(self._settings.long_poll_s)
        except (ServerUnreachableError, ServerRefusedError) as e:
            self._pause("print jobs", e)
            return
        if job_id is not None:
            self._mailbox.put(job_id)

    def _read_cards(self, reader: CardReader) -> None:
        try:
            card = reader.wait_for_card(_CARD_WAIT_S)
        except ReaderError as e:
            log.info("card reader: %s", e.code.value)
            self._board.set_reader(ReaderState.OFFLINE)
            self._stop.wait(_READER_PAUSE_S)
            return
        except CardNeedsClerk as e:
            log.info("card for the desk: %s", e.code.value)
            self._send_to_the_desk(e)
            return
        self._board.set_reader(ReaderState.READY)
        if card is None:
            return
        try:
            self._server.send_card(card, new_key(), _CARD_PATIENCE_S)
        except (ServerUnreachableError, ServerRefusedError) as e:
            log.info("card not taken: %s", e)

    def _send_to_the_desk(self, error: CardNeedsClerk) -> None:
        try:
            self._server.refuse_card(error.code.value, new_key(), _CARD_PATIENCE_S)
        except (ServerUnreachableError, ServerRefusedError) as e:
            log.info("refused card not told: %s", e)

    def _read_codes(self, scanner: Scanner) -> None:
        try:
            code = scanner.wait_for_code(_CARD_WAIT_S)
        except ScannerError as e:
            log.info("scanner: %s", e)
            self._board.set_scanner(ReaderState.OFFLINE)
            self._stop.wait(_READER_PAUSE_S)
            return
        self._board.set_scanner(ReaderState.READY)
        if code is None:
            return
        try:
            self._server.send_scan(code, new_key(), _CARD_PATIENCE_S)
        except (ServerUnreachableError, ServerRefusedError) as e:
            log.info("scan not taken: %s", e)

    def _follow_signals(self, follower: SignalFollower) -> None:
        try:
            for body in follower.next_commands(self._settings.long_poll_s):
                self._simulation.obey(body)
        except (ServerUnreachableError, ServerRefusedError) as e:
            self._pause("signals", e)

    def _beat(self) -> None:
        states = self._board.wait_for_change(self._settings.heartbeat_s)
        try:
            self._server.send_states(states, self._simulation.cards())
        except (ServerUnreachableError, ServerRefusedError) as e:
            self._board.forget_told()
            self._pause("heartbeat", e)

    def _keep_paper(self, paper: Paper) -> None:
        try:
            self._papers.put_nowait(paper)
        except queue.Full:
            log.warning("simulated paper lost: the server takes none")

    def _send_next_paper(self) -> None:
        try:
            paper = self._papers.get(timeout=_CARD_WAIT_S)
        except queue.Empty:
            return
        job_id = self._printed_ids.job_id(paper.process_id)
        try:
            self._server.send_paper(paper.png(), job_id, new_key(), _PAPER_PATIENCE_S)
        except (ServerUnreachableError, ServerRefusedError) as e:
            log.info("simulated paper not taken: %s", e)

    def _pause(self, what: str, error: Exception) -> None:
        if not self._stop.is_set():
            log.info("%s: %s", what, error)
            self._stop.wait(_PAUSE_S)
