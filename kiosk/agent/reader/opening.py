"""Turns the reader setting of a kiosk into a reader."""

from functools import partial
from urllib.parse import SplitResult, parse_qs, urlsplit

from kiosk.agent.reader.card import CardReader
from kiosk.agent.reader.channel import SerialChannel, TcpChannel
from kiosk.agent.reader.huashi import DEFAULT_PORT as HUASHI_PORT
from kiosk.agent.reader.huashi import HuashiService
from kiosk.agent.reader.local_service import LocalService
from kiosk.agent.reader.serial_reader import SerialReader
from kiosk.agent.reader.service_reader import ServiceReader
from kiosk.agent.reader.simulated_reader import SimulatedReader
from kiosk.agent.reader.synjones import DEFAULT_PORT as SYNJONES_PORT
from kiosk.agent.reader.synjones import SynjonesService

_DEFAULT_BAUD = 115_200
_BAUDS = (9_600, 19_200, 38_400, 57_600, 115_200, 230_400)
_FORMS = (
    "none, simulated, serial:///dev/ttyUSB0?baud=115200, tcp://host:port, "
    "huashi-http://host:port, synjones-http://host:port"
)


def open_reader(spec: str) -> CardReader | None:
    """Build the reader that a setting names, or None for "none"; its first wait opens the port.

    | setting | reader |
    |---|---|
    | none | simulated | |
    | serial:///dev/ttyUSB0?baud=115200 | a module on a serial port |
    | tcp://host:port | a module behind a serial server |
    | huashi-http://127.0.0.1:19196 | 华视's local service |
    | synjones-http://127.0.0.1:8989 | 新中新's local service |

    Raises ValueError, with a sentence for the operator, if the setting is none of these.
    """
    if spec == "none":
        return None
    if spec == "simulated":
        return SimulatedReader()
    parts = urlsplit(spec)
    if parts.scheme == "serial" and parts.path.startswith("/dev/") and not parts.netloc:
        return SerialReader(partial(SerialChannel, parts.path, _baud(parts)))
    if parts.scheme == "tcp" and parts.hostname and parts.port:
        return SerialReader(partial(TcpChannel, parts.hostname, parts.port))
    if parts.scheme == "huashi-http" and parts.hostname:
        return ServiceReader(HuashiService(_service(parts, HUASHI_PORT)))
    if parts.scheme == "synjones-http" and parts.hostname:
        return ServiceReader(SynjonesService(_service(parts, SYNJONES_PORT)))
    raise ValueError(f"unknown card reader {spec!r}; use one of: {_FORMS}")


def _service(parts: SplitResult, default_port: int) -> LocalService:
    if parts.path.strip("/") or parts.query or parts.username:
        raise ValueError("a reader's service is a host and a port only")
    return LocalService(parts.hostname or "", parts.port or default_port)


def _baud(parts: SplitResult) -> int:
    text = parse_qs(parts.query).get("baud", [str(_DEFAULT_BAUD)])[-1]
    if text not in map(str, _BAUDS):
        raise ValueError(f"unknown baud rate {text!r}; use one of: {', '.join(map(str, _BAUDS))}")
    return int(text)
