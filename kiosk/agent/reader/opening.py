"""Turns the reader setting of a kiosk into a reader."""

from functools import partial
from urllib.parse import SplitResult, parse_qs, urlsplit

from kiosk.agent.reader.card import CardReader
from kiosk.agent.reader.channel import SerialChannel
from kiosk.agent.reader.serial_reader import SerialReader
from kiosk.agent.reader.simulated_reader import SimulatedReader

_DEFAULT_BAUD = 115_200
_BAUDS = (9_600, 19_200, 38_400, 57_600, 115_200, 230_400)
_FORMS = "none, simulated, serial:///dev/ttyUSB0?baud=115200, tcp://host:port"


def open_reader(spec: str) -> CardReader | None:
    """Build the reader that a setting names, or None for "none"; its first wait opens the port.

    | none | simulated | serial:///dev/ttyUSB0?baud=115200 | tcp://host:port (a serial server) |
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
        url = f"socket://{parts.netloc}"
        return SerialReader(partial(SerialChannel, url, _DEFAULT_BAUD))
    raise ValueError(f"unknown card reader {spec!r}; use one of: {_FORMS}")


def _baud(parts: SplitResult) -> int:
    text = parse_qs(parts.query).get("baud", [str(_DEFAULT_BAUD)])[-1]
    if text not in map(str, _BAUDS):
        raise ValueError(f"unknown baud rate {text!r}; use one of: {', '.join(map(str, _BAUDS))}")
    return int(text)
