"""The reader of second-generation ID cards: what a card says, the real module, a simulated one."""

from kiosk.agent.reader.card import (
    CardKind,
    CardNeedsClerk,
    CardRead,
    CardReader,
    ClerkReason,
    ReaderError,
    ReaderFault,
)
from kiosk.agent.reader.demo_cards import DemoCard, demo_cards
from kiosk.agent.reader.opening import open_reader
from kiosk.agent.reader.serial_reader import ReaderTimings, SerialReader
from kiosk.agent.reader.simulated_reader import SimulatedReader

__all__ = [
    "CardKind",
    "CardNeedsClerk",
    "CardRead",
    "CardReader",
    "ClerkReason",
    "DemoCard",
    "ReaderError",
    "ReaderFault",
    "ReaderTimings",
    "SerialReader",
    "SimulatedReader",
    "demo_cards",
    "open_reader",
]
