"""The driver of a reader behind a vendor's local HTTP service, whichever vendor's."""

import logging
import re
import time
from dataclasses import dataclass
from typing import Protocol

from kiosk.agent.reader.card import (
    CardKind,
    CardNeedsClerk,
    CardRead,
    ClerkReason,
    ReaderError,
    ReaderFault,
)
from kiosk.agent.reader.card_values import (
    NO_END,
    card_day,
    card_day_or_none,
    card_name,
    card_number,
    card_sex,
    card_text,
)
from kiosk.agent.reader.local_service import DamagedAnswerError
from kiosk.agent.reader.serial_reader import ReaderTimings

log = logging.getLogger(__name__)

_SILENT_ROUNDS = 3
_SEX_CODES = {"男": "1", "女": "2"}  # GB/T 2261.1
_NO_DIGIT = re.compile(r"\D+")


@dataclass(frozen=True, repr=False)
class ServiceCard:
    """What a service tells of the card on its reader, as it tells it; None: an unknown kind."""

    card_kind: CardKind | None
    name: str
    sex: str
    birth_day: str
    id_no: str
    valid_from: str
    valid_until: str
    address: str

    def read(self) -> CardRead:
        """Return the card. Raises CardNeedsClerk as `parse_text` does."""
        if self.card_kind is None:
            raise CardNeedsClerk(ClerkReason.UNREADABLE)
        if self.card_kind is CardKind.FOREIGNER_2023:
            raise CardNeedsClerk(ClerkReason.FOREIGNER_2023)
        sex = card_text(self.sex)
        return CardRead(
            card_kind=self.card_kind,
            name=card_name(card_text(self.name)),
            sex=card_sex(_SEX_CODES.get(sex, sex)),
            birth_day=card_day(_digits(self.birth_day)),
            id_no=card_number(card_text(self.id_no)),
            valid_from=card_day_or_none(_digits(self.valid_from), none_word=""),
            valid_until=card_day_or_none(_until(self.valid_until), none_word=NO_END),
            address=card_text(self.address),
        )


class CardService(Protocol):
    """One vendor's service. Owned by one thread."""

    def find_card(self, wait_s: float, answer_s: float) -> ServiceCard | None:
        """Ask once and return the card on the reader, None when there is none.

        wait_s: seconds that the service itself may wait for a card, if it can. answer_s: seconds
        that its answer may take beyond that. Raises ReaderError and DamagedAnswerError.
        """
        ...

    def close(self) -> None:
        """Let go of the reader; never raises."""
        ...


class ServiceReader:
    """Reads cards through one service, once per placement, and finds the service again."""

    def __init__(self, service: CardService, timings: ReaderTimings | None = None) -> None:
        self._service = service
        self._timings = timings or ReaderTimings()
        self._is_connected = False
        self._silent_rounds = 0
        self._lying: int | None = None  # Hash of what the card on the reader says.

    def wait_for_card(self, timeout_s: float) -> CardRead | None:
        """Wait for a card and return it once per placement, or None when nobody came.

        timeout_s: seconds, >= 0; the last question may take read_s longer. Raises
        ReaderError(NO_ANSWER) after three damaged or missing answers and when the service has no
        reader, ReaderError(OFFLINE) when the service is gone, and CardNeedsClerk.
        """
        deadline = time.monotonic() + timeout_s
        try:
            while True:
                card = self._round(deadline)
                if card is not None:
                    read = card.read()
                    log.info("card read kind=%s", read.card_kind.value)
                    return read
                if time.monotonic() >= deadline:
                    return None
                self._pause(deadline)
        except ReaderError as e:
            if self._is_connected:  # Once per loss, not once per try to connect again.
                log.warning("card reader lost code=%s permanent=%s", e.code.value, e.permanent)
            self.close()
            raise

    def close(self) -> None:
        """Let go of the service's reader."""
        self._service.close()
        self._is_connected = False
        self._silent_rounds = 0
        self._lying = None

    def _round(self, deadline: float) -> ServiceCard | None:
        """Ask once and return the card if it is a new placement."""
        wait_s = max(0.0, deadline - time.monotonic())
        try:
            card = self._service.find_card(wait_s, self._timings.read_s)
        except DamagedAnswerError:
            log.debug("no good answer of the card service")
            self._count_silence()
            return None
        except ReaderError as e:
            if self._is_connected or e.permanent or time.monotonic() >= deadline:
                raise
            return None
        self._is_connected = True
        self._silent_rounds = 0
        before, self._lying = self._lying, None if card is None else hash(card)
        return card if before != self._lying else None

    def _count_silence(self) -> None:
        self._silent_rounds += 1
        if self._silent_rounds >= _SILENT_ROUNDS:
            raise ReaderError(ReaderFault.NO_ANSWER, permanent=False)

    def _pause(self, deadline: float) -> None:
        time.sleep(max(0.0, min(self._timings.poll_s, deadline - time.monotonic())))


def _digits(day: str) -> str:
    """Return yyyymmdd out of 19740815, 1974-08-15, 1974.08.15 or 1974年08月15日."""
    return _NO_DIGIT.sub("", card_text(day))


def _until(day: str) -> str:
    return NO_END if card_text(day) == NO_END else _digits(day)
