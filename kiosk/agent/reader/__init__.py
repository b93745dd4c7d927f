"""The readers of second-generation ID cards: what a card says, real drivers, simulated ones."""

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
from kiosk.agent.reader.service_reader import ServiceReader
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
    "ServiceReader",
    "SimulatedReader",
    "demo_cards",
    "open_reader",
]
