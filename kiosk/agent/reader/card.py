"""What a reader hands over: one card, or the reason why there is none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class CardKind(StrEnum):
    """Documents with the same chip, by the type flag in the chip's text (GA/T 490-2019)."""

    RESIDENT = "resident"
    HMT = "hmt"  # Residence permit for people from Hong Kong, Macao and Taiwan, flag "J".
    FOREIGNER_2017 = "foreigner_2017"  # Permanent residence card, 2017 edition, flag "I".
    FOREIGNER_2023 = "foreigner_2023"  # Permanent residence card, 2023 edition, flag "Y".


@dataclass(frozen=True, repr=False)
class CardRead:
    """What one card says about its holder; the repr tells the kind of card only.

    sex: GB/T 2261.1, "1" male, "2" female, "0" unknown, "9" not stated. valid_until: None for
    长期 (no end). address: empty on a card that carries none (2017 foreigners' card).
    """

    card_kind: CardKind
    name: str
    sex: str
    birth_day: date
    id_no: str
    valid_from: date | None
    valid_until: date | None
    address: str

    def __repr__(self) -> str:
        return f"CardRead({self.card_kind.value}, holder hidden)"


class ReaderFault(StrEnum):
    """Why a reader cannot read any card."""

    OFFLINE = "offline"  # The port is not there, or the plug was pulled.
    NO_ANSWER = "no_answer"  # The port is there, the module behind it is silent.
    NOT_AUTHORISED = "sam_not_authorised"
    SELF_TEST_FAILED = "sam_self_test_failed"


class ReaderError(Exception):
    """The reader cannot work; permanent says "call staff", otherwise the next wait tries again."""

    def __init__(self, code: ReaderFault, *, permanent: bool) -> None:
        super().__init__(code.value)
        self.code = code
        self.permanent = permanent


class ClerkReason(StrEnum):
    """Why a card on a working reader has to be dealt with by a person."""

    FOREIGNER_2023 = "foreigner_2023_card"
    NAME = "name_needs_clerk"  # A private-use or damaged character: it would print as a box.
    UNREADABLE = "card_unreadable"  # The text arrived whole but makes no sense.


class CardNeedsClerk(Exception):  # noqa: N818 - a state, not a failure of the reader.
    """The reader works but this card goes to the desk; message is the sentence for the screen."""

    def __init__(self, code: ClerkReason) -> None:
        super().__init__(code.value)
        self.code = code
        self.message = "这张证件请到服务台办理。"


class CardReader(Protocol):
    """One reader, owned by one thread."""

    def wait_for_card(self, timeout_s: float) -> CardRead | None:
        """Wait for a card and return it once per placement, or None when nobody came.

        timeout_s: seconds, >= 0; a card that is being read may take ReaderTimings.read_s longer.
        Raises ReaderError, after which the next call opens the reader again; raises
        CardNeedsClerk once per placement of a card that the kiosk cannot take.
        """
        ...

    def close(self) -> None:
        """Let go of the port; call it from the thread that waits, or when that has ended."""
        ...
