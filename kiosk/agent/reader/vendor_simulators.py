"""The vendors' local services below the drivers: real HTTP on this machine, faults on request."""

import json
import math
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from kiosk.agent.reader.card import CardKind, CardRead

_LOOPBACK = "127.0.0.1"
_LOOK_S = 0.02
_SEX_WORDS = {"1": "男", "2": "女"}
# Not a picture; as long as the base64 of one is.
_PHOTO = "Qk02bAEAAA" * 4000


class ServiceFault(Enum):
    """What can go wrong with a service; a fault stays until cleared unless it says "once"."""

    SLOW = "questions are kept and never answered"
    DRIPS = "answers come a byte at a time and never end"
    MALFORMED = "once: the answer breaks off inside its JSON"
    FAILED = "once: status 500"
    NO_READER = "the service runs, no reader is plugged in"
    FINDS_AGAIN = "the same card is told as long as it lies there"
    NOT_AUTHORISED = "the reader's module has no authorisation"


class SimulatedService(ABC):
    """A vendor's service and the card on its reader. Thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._faults: set[ServiceFault] = set()
        self._card: CardRead | None = None
        self._was_told = False
        self._owes_empty_answer = False
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.port = 0
        self.switch_on()

    def lay(self, card: CardRead) -> None:
        """Put a card on the reader; one that lies there is lifted first."""
        with self._changed:
            self._remove()
            self._card = card
            self._changed.notify_all()

    def lift(self) -> None:
        """Take the card away; the next answer is "no card" even if another one is laid at once."""
        with self._changed:
            self._remove()

    def cause(self, fault: ServiceFault) -> None:
        """Switch a fault on."""
        with self._changed:
            self._faults.add(fault)
            self._changed.notify_all()

    def clear_faults(self) -> None:
        """Switch all faults off; questions that were kept stay without an answer."""
        with self._changed:
            self._faults.clear()
            self._changed.notify_all()

    def switch_on(self) -> None:
        """Listen, on the same port as before; does nothing while it listens."""
        if self._server is not None:
            return
        self._server = ThreadingHTTPServer((_LOOPBACK, self.port), _handler_of(self))
        self.port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_LOOK_S,), name="card-service", daemon=True
        )
        self._thread.start()

    def switch_off(self) -> None:
        """End the service: connections are refused, open questions get no answer."""
        if self._server is None or self._thread is None:
            return
        server, self._server = self._server, None
        with self._changed:
            self._changed.notify_all()
        server.shutdown()
        server.server_close()
        self._thread.join()

    @property
    def is_on(self) -> bool:
        """Tell whether the service listens."""
        return self._server is not None

    def answer(self, path: str) -> Mapping[str, object] | None:
        """Return the answer to a question, None when the connection just ends."""
        with self._changed:
            if ServiceFault.SLOW in self._faults:
                # A card told to somebody who has given up would be lost.
                self._changed.wait_for(lambda: ServiceFault.SLOW not in self._faults)
                return None
            return self._reply(path) if self.is_on else None

    def has(self, fault: ServiceFault) -> bool:
        """Tell whether a fault is on."""
        with self._changed:
            return fault in self._faults

    def takes(self, fault: ServiceFault) -> bool:
        """Tell whether a fault is on, and use it up."""
        with self._changed:
            is_on = fault in self._faults
            self._faults.discard(fault)
            return is_on

    def drip(self) -> bool:
        """Wait a moment; False when dripping is over."""
        with self._changed:
            self._changed.wait(_LOOK_S)
            return self.is_on and ServiceFault.DRIPS in self._faults

    @abstractmethod
    def _reply(self, path: str) -> Mapping[str, object]:
        """Return the vendor's answer; the lock is held."""

    def _next_card(self, wait_s: float = 0.0) -> CardRead | None:
        """Return the card if it is there and was not told, waiting for it at most `wait_s`."""
        if self._owes_empty_answer:
            self._owes_empty_answer = False
            return None
        self._changed.wait_for(lambda: self._has_news() or not self.is_on, wait_s)
        if not self._has_news():
            return None
        self._was_told = True
        return self._card

    def _has_news(self) -> bool:
        is_spent = self._was_told and ServiceFault.FINDS_AGAIN not in self._faults
        return self._card is not None and not is_spent

    def _remove(self) -> None:
        self._owes_empty_answer = self._owes_empty_answer or self._card is not None
        self._card = None
        self._was_told = False


class SimulatedHuashi(SimulatedService):
    """华视's service; see huashi.py for what it is asked."""

    _FLAGS: Mapping[CardKind, str] = {
        CardKind.RESIDENT: " ",
        CardKind.FOREIGNER_2017: "I",
        CardKind.HMT: "J",
        CardKind.FOREIGNER_2023: "Y",
    }

    def _reply(self, path: str) -> Mapping[str, object]:
        is_broken = bool(self._faults & {ServiceFault.NO_READER, ServiceFault.NOT_AUTHORISED})
        if path != "/readcard":
            done = path == "/CloseDevice" or (path == "/OpenDevice" and not is_broken)
            return {"resultFlag": 0 if done else -1, "errorMsg": "打开成功" if done else "打开失败"}
        card = None if is_broken else self._next_card()
        if card is None:
            blank = dict.fromkeys(("certType", "partyName", "certNumber", "identityPic"), "")
            return {"resultFlag": -11, "errorMsg": "读卡失败", **blank}
        return {
            "resultFlag": 0,
            "errorMsg": "读卡成功",
            "certType": self._FLAGS[card.card_kind],
            "partyName": card.name,
            "gender": _SEX_WORDS[card.sex],
            "nation": "汉",
            "bornDay": f"{card.birth_day:%Y%m%d}",
            "certAddress": card.address,
            "certNumber": card.id_no,
            "certOrg": "",
            "effDate": f"{card.valid_from:%Y%m%d}" if card.valid_from else "",
            "expDate": f"{card.valid_until:%Y%m%d}" if card.valid_until else "长期",
            "identityPic": _PHOTO,
        }


class SimulatedSynjones(SimulatedService):
    """新中新's service; see synjones.py for what it is asked."""

    _TYPES: Mapping[CardKind, str] = {
        CardKind.RESIDENT: "0",
        CardKind.FOREIGNER_2017: "1",
        CardKind.HMT: "2",
        CardKind.FOREIGNER_2023: "3",
    }

    def _reply(self, path: str) -> Mapping[str, object]:
        parts = urlsplit(path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path != "/api/ReadMsg" or ServiceFault.NO_READER in self._faults:
            return _refusal("0x1", "端口打开失败")
        if ServiceFault.NOT_AUTHORISED in self._faults:
            return _refusal("0x66", "没经过授权")
        wait_s = float(asked.get("waitTime", "0"))
        card = self._next_card(wait_s if math.isfinite(wait_s) else 0.0)
        if card is None:
            return _refusal("0x80", "找卡失败")
        is_foreign = card.card_kind in (CardKind.FOREIGNER_2017, CardKind.FOREIGNER_2023)
        return {
            "code": "0",
            "retcode": "0x90 0x0" if asked.get("NoPhoto") == "1" else "0x90 0x1",
            "retmsg": "操作成功",
            "errmsg": "",
            "name": card.name,
            "sex": _SEX_WORDS[card.sex],
            "nation": "俄罗斯/RUS" if is_foreign else "汉",
            "born": f"{card.birth_day:%Y%m%d}",
            "address": card.address,
            "cardno": card.id_no,
            "userlifeb": f"{card.valid_from:%Y%m%d}" if card.valid_from else "",
            "userlifee": f"{card.valid_until:%Y%m%d}" if card.valid_until else "长期",
            "police": "",
            "photobase64": "" if asked.get("NoPhoto") == "1" else _PHOTO,
            "FpData": None,
            "CardType": self._TYPES[card.card_kind],
            "EngName": "ANDREI" if is_foreign else "",
        }


def _refusal(retcode: str, message: str) -> Mapping[str, object]:
    return {"code": "1", "retcode": retcode, "retmsg": message, "errmsg": message, "cardno": ""}


def _handler_of(service: SimulatedService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = service.answer(self.path)
            with suppress(OSError):  # Who asked has given up.
                if answer is not None:
                    self._send(json.dumps(answer, ensure_ascii=False, indent=1).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: a demonstration asks three times a second."""

        def _send(self, content: bytes) -> None:
            if service.has(ServiceFault.DRIPS):
                self._drip(content)
                return
            if service.takes(ServiceFault.MALFORMED):
                content = content[: len(content) // 2]
            self.send_response(500 if service.takes(ServiceFault.FAILED) else 200)
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _drip(self, content: bytes) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while service.drip():
                self.wfile.write(content[:1])

    return Handler
