"""Turns the scanner setting of a kiosk into a scanner."""

from functools import partial
from urllib.parse import parse_qs, urlsplit

from kiosk.agent.reader.channel import SerialChannel
from kiosk.agent.scanner.evdev_channel import EvdevChannel
from kiosk.agent.scanner.scanner import Scanner
from kiosk.agent.scanner.serial_scanner import SerialScanner
from kiosk.agent.scanner.simulated_scanner import SimulatedScanner

_BAUDS = ("9600", "19200", "38400", "57600", "115200")
_FORMS = "none, simulated, serial:///dev/ttyACM0?baud=9600, evdev:///dev/input/by-id/NAME"


def open_scanner(spec: str) -> Scanner | None:
    """Build the scanner that a setting names, or None for "none"; its first wait opens the port.

    | none | simulated | serial:///dev/ttyACM0?baud=9600 | evdev:///dev/input/by-id/NAME |
    Raises ValueError, with a sentence for the operator, if the setting is none of these.
    """
    if spec == "none":
        return None
    if spec == "simulated":
        return SimulatedScanner()
    parts = urlsplit(spec)
    if parts.scheme == "evdev" and parts.path.startswith("/dev/input/") and not parts.netloc:
        return SerialScanner(partial(EvdevChannel, parts.path))
    if parts.scheme != "serial" or not parts.path.startswith("/dev/") or parts.netloc:
        raise ValueError(f"unknown scanner {spec!r}; use one of: {_FORMS}")
    baud = parse_qs(parts.query).get("baud", ["9600"])[-1]
    if baud not in _BAUDS:
        raise ValueError(f"unknown baud rate {baud!r}; use one of: {', '.join(_BAUDS)}")
    return SerialScanner(partial(SerialChannel, parts.path, int(baud)))
