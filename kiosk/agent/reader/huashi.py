"""The local service of 华视 (China-Vision) CVR readers: open, read, close over HTTP.

| GET | answer |
|---|---|
| /OpenDevice | resultFlag 0: the reader is open |
| /readcard | resultFlag 0 and the card's fields, else no card can be read now |
| /CloseDevice | resultFlag 0 |

certType is the type flag of the chip's text (GA/T 490-2019): blank, I, J or Y.
"""

import logging
import time
from contextlib import suppress

from kiosk.agent.reader.card import CardKind, ReaderError, ReaderFault
from kiosk.agent.reader.local_service import DamagedAnswerError, LocalService
from kiosk.agent.reader.service_reader import ServiceCard

log = logging.getLogger(__name__)

DEFAULT_PORT = 19196
_RESULT = "resultFlag"
_DONE = "0"
_FIELDS = frozenset(
    {
        _RESULT,
        "certType",
        "partyName",
        "gender",
        "bornDay",
        "certAddress",
        "certNumber",
        "effDate",
        "expDate",
    }
)
_KIND_OF_FLAG = {
    "": CardKind.RESIDENT,
    "I": CardKind.FOREIGNER_2017,
    "J": CardKind.HMT,
    "Y": CardKind.FOREIGNER_2023,
}
# "No card" and "the reader was unplugged" are the same answer: opening again tells them apart.
_OPEN_AGAIN_S = 30.0


class HuashiService:
    """Asks a 华视 service; the answer to a reading question cannot wait for a card."""

    def __init__(self, service: LocalService, open_again_s: float = _OPEN_AGAIN_S) -> None:
        self._service = service
        self._open_again_s = open_again_s
        self._opened_at_s: float | None = None

    def find_card(self, wait_s: float, answer_s: float) -> ServiceCard | None:
        """Ask once; see CardService. Raises ReaderError(NO_ANSWER) when no reader is plugged in."""
        self._open(answer_s)
        answer = self._service.ask("/readcard", _FIELDS, answer_s)
        if answer.get(_RESULT) != _DONE or not answer.get("certNumber"):
            if _RESULT not in answer:
                raise DamagedAnswerError
            return None
        return ServiceCard(
            card_kind=_KIND_OF_FLAG.get(answer.get("certType", "").strip()),
            name=answer.get("partyName", ""),
            sex=answer.get("gender", ""),
            birth_day=answer.get("bornDay", ""),
            id_no=answer["certNumber"],
            valid_from=answer.get("effDate", ""),
            valid_until=answer.get("expDate", ""),
            address=answer.get("certAddress", ""),
        )

    def close(self) -> None:
        """Give the reader back to the service."""
        if self._opened_at_s is None:
            return
        self._opened_at_s = None
        with suppress(ReaderError, DamagedAnswerError):  # It may be what is gone.
            self._service.ask("/CloseDevice", {_RESULT}, 1.0)

    def _open(self, answer_s: float) -> None:
        now_s = time.monotonic()
        if self._opened_at_s is not None and now_s - self._opened_at_s < self._open_again_s:
            return
        self.close()
        answer = self._service.ask("/OpenDevice", {_RESULT}, answer_s)
        if answer.get(_RESULT) != _DONE:
            log.debug("the service cannot open its reader: %s", answer.get(_RESULT))
            raise ReaderError(ReaderFault.NO_ANSWER, permanent=False)
        self._opened_at_s = now_s
