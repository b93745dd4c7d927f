"""The local service of 新中新 (Synjones) readers: one question over HTTP.

GET /api/ReadMsg?waitTime=3&readOnce=1&NoPhoto=1 waits up to waitTime seconds (at least 1) for a
card and tells it once per placement. `code` "0" is a card; else the first word of `retcode` is the
module's SW3 or a port error (WEB API document of version 3.3.4). It takes one question at a time.
"""

import logging
import math

from kiosk.agent.reader.card import CardKind, ReaderError, ReaderFault
from kiosk.agent.reader.frames import Status
from kiosk.agent.reader.local_service import DamagedAnswerError, LocalService
from kiosk.agent.reader.service_reader import ServiceCard

log = logging.getLogger(__name__)

DEFAULT_PORT = 8989
_LONGEST_WAIT_S = 3
_DONE = "0"
_FIELDS = frozenset(
    {
        "code",
        "retcode",
        "CardType",
        "name",
        "EngName",
        "sex",
        "born",
        "address",
        "cardno",
        "userlifeb",
        "userlifee",
    }
)
_KIND_OF_TYPE = {
    "0": CardKind.RESIDENT,
    "1": CardKind.FOREIGNER_2017,
    "2": CardKind.HMT,
    "3": CardKind.FOREIGNER_2023,
}
# The SDT port errors: cannot open, time-out, transmission, no such module.
_NO_READER = frozenset({0x01, 0x02, 0x03, 0x05})
_BROKEN_MODULE = {
    Status.NOT_AUTHORISED: ReaderFault.NOT_AUTHORISED,
    Status.SELF_TEST_FAILED: ReaderFault.SELF_TEST_FAILED,
}


class SynjonesService:
    """Asks a 新中新 service."""

    def __init__(self, service: LocalService, longest_wait_s: int = _LONGEST_WAIT_S) -> None:
        self._service = service
        self._longest_wait_s = longest_wait_s

    def find_card(self, wait_s: float, answer_s: float) -> ServiceCard | None:
        """Ask once; see CardService. Raises ReaderError when the service has no working reader."""
        wait = max(1, min(self._longest_wait_s, math.ceil(wait_s)))
        path = f"/api/ReadMsg?waitTime={wait}&readOnce=1&NoPhoto=1"
        answer = self._service.ask(path, _FIELDS, wait + answer_s)
        if answer.get("code") != _DONE or not answer.get("cardno"):
            _refuse_broken_reader(answer.get("retcode", ""))
            return None
        return ServiceCard(
            card_kind=_KIND_OF_TYPE.get(answer.get("CardType", "0") or "0"),
            name=answer.get("name") or answer.get("EngName", ""),
            sex=answer.get("sex", ""),
            birth_day=answer.get("born", ""),
            id_no=answer["cardno"],
            valid_from=answer.get("userlifeb", ""),
            valid_until=answer.get("userlifee", ""),
            address=answer.get("address", ""),
        )

    def close(self) -> None:
        """Do nothing: the service opens its reader for each question."""


def _refuse_broken_reader(retcode: str) -> None:
    """Tell "no card" from "no reader". Raises ReaderError, DamagedAnswerError."""
    try:
        word = int(retcode.split()[0], 0)
    except (IndexError, ValueError):
        raise DamagedAnswerError from None
    if word in _BROKEN_MODULE:
        raise ReaderError(_BROKEN_MODULE[Status(word)], permanent=True)
    if word in _NO_READER:
        log.debug("the service has no reader: %s", retcode)
        raise ReaderError(ReaderFault.NO_ANSWER, permanent=False)
