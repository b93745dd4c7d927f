"""The reader of a demonstration kiosk: the real driver on a simulated module."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kiosk.agent.reader.card import CardNeedsClerk, CardRead
from kiosk.agent.reader.demo_cards import demo_cards
from kiosk.agent.reader.serial_reader import ReaderTimings, SerialReader
from kiosk.agent.reader.simulator import PtyLine, SimulatedModule
from kiosk.agent.reader.text import encode_text


def market_today() -> date:
    """Return the calendar day in Shanxi."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


class SimulatedReader:
    """A card reader whose cards are laid by a call; module and line can be made to fail."""

    def __init__(
        self,
        today: Callable[[], date] = market_today,
        baud: int | None = 115_200,
        timings: ReaderTimings | None = None,
    ) -> None:
        """Start the simulated module (one daemon thread)."""
        self.module = SimulatedModule()
        self.line = PtyLine(self.module, baud)
        self._today = today
        self._reader = SerialReader(self.line.open_channel, timings)

    def lay(self, card_id: str) -> None:
        """Lay a demo card; it is lifted by itself once it has been read. Any thread may call it.

        Raises KeyError if there is no such card.
        """
        contents = {card.card_id: card.content for card in demo_cards(self._today())}
        self.module.lay(encode_text(contents[card_id]))

    def wait_for_card(self, timeout_s: float) -> CardRead | None:
        """Wait like a SerialReader, then lift the card that was read."""
        try:
            card = self._reader.wait_for_card(timeout_s)
        except CardNeedsClerk:
            self.module.lift()
            raise
        if card is not None:
            self.module.lift()
        return card

    def close(self) -> None:
        """Let go of the port and stop the simulated module."""
        self._reader.close()
        self.line.unplug()
