"""A real driver on a simulated module, with a hand that lays and lifts cards."""

from datetime import date

from kiosk.agent.reader import ReaderTimings, SerialReader, demo_cards
from kiosk.agent.reader.card import CardRead
from kiosk.agent.reader.simulator import PtyLine, SimulatedModule
from kiosk.agent.reader.text import encode_text

TODAY = date(2026, 11, 24)


class Bench:
    """A real driver on a simulated module, with a hand that lays and lifts cards."""

    def __init__(self, module: SimulatedModule | None = None, baud: int | None = None) -> None:
        self.module = module or SimulatedModule()
        self.line = PtyLine(self.module, baud)
        self.reader = SerialReader(
            self.line.open_channel, ReaderTimings(poll_s=0.002, answer_s=0.3, read_s=0.3)
        )

    def lay(self, card_id: str) -> CardRead:
        content = next(card.content for card in demo_cards(TODAY) if card.card_id == card_id)
        self.module.lay(encode_text(content))
        return content

    def sees_nobody(self) -> bool:
        return self.reader.wait_for_card(0.05) is None

    def close(self) -> None:
        self.reader.close()
        self.line.unplug()
