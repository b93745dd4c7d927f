"""Readers on simulated counterparts, each with a hand that lays and lifts cards and pulls plugs."""

import socket
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Protocol

from kiosk.agent.reader import CardReader, ReaderTimings, SerialReader, ServiceReader, demo_cards
from kiosk.agent.reader.card import CardRead
from kiosk.agent.reader.channel import TcpChannel
from kiosk.agent.reader.frames import FrameDecoder
from kiosk.agent.reader.huashi import HuashiService
from kiosk.agent.reader.local_service import LocalService
from kiosk.agent.reader.service_reader import CardService
from kiosk.agent.reader.simulator import Fault, PtyLine, SimulatedModule
from kiosk.agent.reader.synjones import SynjonesService
from kiosk.agent.reader.text import encode_text
from kiosk.agent.reader.vendor_simulators import (
    ServiceFault,
    SimulatedHuashi,
    SimulatedService,
    SimulatedSynjones,
)

TODAY = date(2026, 11, 24)
QUICK = ReaderTimings(poll_s=0.002, answer_s=0.3, read_s=0.3)


def card_of(card_id: str) -> CardRead:
    return next(card.content for card in demo_cards(TODAY) if card.card_id == card_id)


class Rig(Protocol):
    """A reader under test and what a hand, a plug and a fault can do to its counterpart."""

    reader: CardReader

    def lay(self, card_id: str) -> CardRead: ...
    def lift(self) -> None: ...
    def tell_again_and_again(self) -> None: ...
    def damage_one_answer(self) -> None: ...
    def fall_silent(self) -> None: ...
    def recover(self) -> None: ...
    def cut(self) -> None: ...
    def mend(self) -> None: ...
    def close(self) -> None: ...


class ModuleRig:
    """What the two ways to a card module have in common."""

    def __init__(self, module: SimulatedModule | None = None) -> None:
        self.module = module or SimulatedModule()

    def lay(self, card_id: str) -> CardRead:
        content = card_of(card_id)
        self.module.lay(encode_text(content))
        return content

    def lift(self) -> None:
        self.module.lift()

    def tell_again_and_again(self) -> None:
        self.module.cause(Fault.FINDS_AGAIN)

    def damage_one_answer(self) -> None:
        self.module.cause(Fault.BAD_CHECKSUM)

    def fall_silent(self) -> None:
        self.module.cause(Fault.SILENT)

    def recover(self) -> None:
        self.module.clear_faults()


class Bench(ModuleRig):
    """A real driver on a simulated module on a pseudo terminal."""

    def __init__(self, module: SimulatedModule | None = None, baud: int | None = None) -> None:
        super().__init__(module)
        self.line = PtyLine(self.module, baud)
        self.reader = SerialReader(self.line.open_channel, QUICK)

    def sees_nobody(self) -> bool:
        return self.reader.wait_for_card(0.05) is None

    def cut(self) -> None:
        self.line.unplug()

    def mend(self) -> None:
        self.line.replug()

    def close(self) -> None:
        self.reader.close()
        self.line.unplug()


class SerialServer:
    """A serial server on the network with a card module behind it."""

    def __init__(self, module: SimulatedModule) -> None:
        self._module = module
        self._links: list[socket.socket] = []
        self._server: socketserver.ThreadingTCPServer | None = None
        self.port = 0
        self.switch_on()

    def switch_on(self) -> None:
        links, module = self._links, self._module

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                links.append(self.request)
                decoder = FrameDecoder()
                with suppress(OSError):
                    while chunk := self.request.recv(4096):
                        for request in decoder.feed(chunk):
                            self.request.sendall(module.answer(request))

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def switch_off(self) -> None:
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = None
        for link in self._links:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        self._links.clear()


class TcpRig(ModuleRig):
    """A real driver on a simulated module behind a serial server."""

    def __init__(self) -> None:
        super().__init__()
        self.server = SerialServer(self.module)
        self.reader = SerialReader(partial(TcpChannel, "127.0.0.1", self.server.port), QUICK)

    def cut(self) -> None:
        self.server.switch_off()

    def mend(self) -> None:
        self.server.switch_on()

    def close(self) -> None:
        self.reader.close()
        self.server.switch_off()


class ServiceRig:
    """A real driver on a vendor's simulated service."""

    def __init__(
        self, service: SimulatedService, driver: Callable[[LocalService], CardService]
    ) -> None:
        self.service = service
        self.reader = ServiceReader(driver(LocalService("127.0.0.1", service.port)), QUICK)

    def lay(self, card_id: str) -> CardRead:
        content = card_of(card_id)
        self.service.lay(content)
        return content

    def lift(self) -> None:
        self.service.lift()

    def tell_again_and_again(self) -> None:
        self.service.cause(ServiceFault.FINDS_AGAIN)

    def damage_one_answer(self) -> None:
        self.service.cause(ServiceFault.MALFORMED)

    def fall_silent(self) -> None:
        self.service.cause(ServiceFault.SLOW)

    def recover(self) -> None:
        self.service.clear_faults()

    def cut(self) -> None:
        self.service.switch_off()

    def mend(self) -> None:
        self.service.switch_on()

    def close(self) -> None:
        self.service.clear_faults()
        self.reader.close()
        self.service.switch_off()


def huashi_rig(open_again_s: float = 30.0) -> ServiceRig:
    return ServiceRig(
        SimulatedHuashi(), lambda service: HuashiService(service, open_again_s=open_again_s)
    )


def synjones_rig() -> ServiceRig:
    return ServiceRig(
        SimulatedSynjones(), lambda service: SynjonesService(service, longest_wait_s=1)
    )


RIGS: dict[str, Callable[[], Rig]] = {
    "serial": Bench,
    "tcp": TcpRig,
    "huashi": huashi_rig,
    "synjones": synjones_rig,
}
