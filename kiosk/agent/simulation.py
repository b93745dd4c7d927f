"""The simulated devices of a demonstration agent and the commands that staff give them."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from kiosk.agent.reader import SimulatedReader, demo_cards
from kiosk.agent.reader.simulated_reader import market_today
from kiosk.agent.scanner import SimulatedScanner
from kiosk.agent.server_client import ServerClient, Signal
from kiosk.agent.simulator.paper import Paper
from kiosk.agent.simulator.printer import (
    Fault,
    SimulatedPrinter,
    SimulatedState,
    SimulatorSettings,
)

log = logging.getLogger(__name__)

_MIDWAY = "paper_out_midway"
# Past the number and before the QR code of a usual ticket.
_MIDWAY_ROWS = 400
_SIMULATE = "simulate"
_OLDEST_SIGNAL = timedelta(seconds=60)


class Simulation:
    """Obeys `simulate` signals; a command for a device that is real does nothing."""

    def __init__(
        self,
        printer: SimulatedPrinter | None = None,
        reader: SimulatedReader | None = None,
        scanner: SimulatedScanner | None = None,
    ) -> None:
        self._printer = printer
        self._reader = reader
        self._scanner = scanner

    def obey(self, body: Mapping[str, object]) -> None:
        """Carry out a command.

        {"command": "lay_card", "card": id}, {"command": "printer", "state": word} or
        {"command": "scan", "code": text}.
        Unknown words are logged and otherwise ignored: they come over the network.
        """
        command = body.get("command")
        if command == "lay_card" and self._reader is not None:
            self._lay(self._reader, str(body.get("card", "")))
        elif command == "printer" and self._printer is not None:
            self._set_printer(self._printer, str(body.get("state", "")))
        elif command == "scan" and self._scanner is not None:
            self._scanner.scan(str(body.get("code", "")))
        else:
            log.info("simulator command ignored")

    def cards(self) -> tuple[tuple[str, str], ...] | None:
        """Return id and label of each card that can be laid; None with a real reader."""
        if self._reader is None:
            return None
        return tuple((card.card_id, card.label) for card in demo_cards(market_today()))

    def close(self) -> None:
        """Switch the simulated printer off; reader and scanner belong to their threads."""
        if self._printer is not None:
            self._printer.close()

    @staticmethod
    def _lay(reader: SimulatedReader, card_id: str) -> None:
        try:
            reader.lay(card_id)
        except KeyError:
            log.info("simulator: no such card")

    @staticmethod
    def _set_printer(printer: SimulatedPrinter, word: str) -> None:
        if word == _MIDWAY:
            printer.set_state(SimulatedState.READY)
            printer.fail_after(_MIDWAY_ROWS, Fault.PAPER_OUT)
        elif word in set(SimulatedState):
            printer.set_state(SimulatedState(word))
        else:
            log.info("simulator: no such printer state")


def simulated_printer(
    width_dots: int, speed_mm_s: float | None, on_paper: Callable[[Paper], None]
) -> SimulatedPrinter:
    """Switch on a simulated printer on a free port of this machine."""
    return SimulatedPrinter(SimulatorSettings(width_dots, speed_mm_s), on_paper)


class SignalFollower:
    """Reads the server's signals in order, each once, beginning with those still fresh."""

    def __init__(self, server: ServerClient) -> None:
        self._server = server
        self._after = 0
        self._is_first = True

    def next_commands(self, wait_s: float) -> list[Mapping[str, object]]:
        """Wait for signals and return the bodies of the simulator's commands among them.

        Commands given to an earlier process of this agent are left out. Raises what
        `ServerClient.wait_signals` raises.
        """
        # The first look does not wait: it finds where the agent's own time begins.
        signals = self._server.wait_signals(self._after, 0 if self._is_first else wait_s)
        fresh = [signal for signal in signals if not (self._is_first and _is_stale(signal))]
        self._is_first = False
        self._after = max([self._after, *(signal.signal_id for signal in signals)])
        return [signal.body for signal in fresh if signal.kind == _SIMULATE]


def _is_stale(signal: Signal) -> bool:
    try:
        created_at = datetime.fromisoformat(signal.created_at)
    except ValueError:
        return False
    if created_at.tzinfo is None:
        created_at = created_at.replace(tzinfo=UTC)
    return datetime.now(UTC) - created_at > _OLDEST_SIGNAL
