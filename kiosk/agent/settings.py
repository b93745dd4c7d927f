"""The agent's settings, read from the environment; every fault is reported at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from kiosk.agent.errors import AgentError
from kiosk.agent.printer_line import PrinterTimings
from kiosk.agent.raster import RasterSettings
from kiosk.agent.reader import open_reader
from kiosk.agent.scanner import open_scanner
from kiosk.agent.text_page import Charset
from kiosk.agent.transport import parse_printer_address
from kiosk.agent.typesetting import TextSettings

SIMULATED = "simulated"
NONE = "none"
_RASTER_BAND_ROWS = 128
# What a broken band costs to flush out; on a slow line 128 rows would take 10 s.
_TEXT_BAND_ROWS = 24
_Word = TypeVar("_Word", bound=StrEnum)


class PrinterMode(StrEnum):
    """What is sent to the printer: dots of the whole paper, or text for it to set."""

    RASTER = "raster"
    TEXT = "text"


class SettingsError(AgentError):
    """Some settings are wrong; `faults` has one line for each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class AgentSettings:
    """What one agent drives and where it reports.

    printer: "simulated", "none" or an address that `parse_printer_address` takes. reader, scanner:
    as `open_reader` and `open_scanner` take them. Times are seconds.
    """

    server_url: str
    token: str = field(repr=False)
    printer: str
    reader: str
    state_dir: Path
    scanner: str = NONE
    printer_mode: PrinterMode = PrinterMode.RASTER
    printer_charset: Charset = Charset.GB2312
    raster: RasterSettings = field(default_factory=RasterSettings)
    printer_timings: PrinterTimings = field(default_factory=PrinterTimings)
    printer_connect_timeout_s: float = 2.0
    printer_poll_s: float = 2.0
    server_timeout_s: float = 5.0
    long_poll_s: float = 20.0
    heartbeat_s: float = 10.0
    simulated_speed_mm_s: float | None = 150.0

    @property
    def is_simulated(self) -> bool:
        """Tell whether the agent has a simulated device and so obeys the simulator's commands."""
        return SIMULATED in (self.printer, self.reader, self.scanner)

    @property
    def text(self) -> TextSettings:
        """Return what the printer can set; a QR code is drawn where it arrives quickly."""
        is_quick = self.printer == SIMULATED or parse_printer_address(self.printer).is_quick
        return TextSettings(self.raster.width_dots, self.printer_charset, draws_codes=is_quick)


def agent_settings(environ: Mapping[str, str]) -> AgentSettings:
    """Read the settings from environment variables.

    | variable | default | meaning |
    |---|---|---|
    | MARKET_SERVER_URL | | http(s)://host:port of the server |
    | MARKET_AGENT_TOKEN or MARKET_AGENT_TOKEN_FILE | | the device token, or a file with it |
    | MARKET_PRINTER | | simulated, none, tcp://host:9100, file:///dev/usb/lp0, serial:///... |
    | MARKET_PRINTER_WIDTH_DOTS | 576 | 576 (80 mm) or 384 (58 mm) |
    | MARKET_PRINTER_MODE | raster | raster, or text for a printer on a slow serial line |
    | MARKET_PRINTER_CHARSET | gb2312 | glyphs in text mode: gb2312, gbk or gb18030-2byte |
    | MARKET_PRINTER_BAND_ROWS | 128 | rows per picture command, no multiple of 48; 24 for text |
    | MARKET_PRINTER_CONNECT_TIMEOUT_S | 2 | to connect to a network printer |
    | MARKET_PRINTER_REPLY_TIMEOUT_S | 1 | for an answer to a status question |
    | MARKET_PRINTER_PROBE_TIMEOUT_S | 5 | for an answer that comes in order |
    | MARKET_PRINTER_WRITE_STALL_S | 20 | a ready printer takes no bytes |
    | MARKET_PRINTER_PAPER_WAIT_S | 180 | for a person to change the roll in mid-ticket |
    | MARKET_PRINTER_POLL_S | 2 | between status questions when idle |
    | MARKET_READER | | simulated, none, serial:///dev/ttyUSB0?baud=115200, tcp://host:port, |
    | | | huashi-http://127.0.0.1:19196, synjones-http://127.0.0.1:8989 |
    | MARKET_SCANNER | none | simulated, none, serial:///dev/ttyACM0?baud=9600, |
    | | | evdev:///dev/input/by-id/NAME |
    | MARKET_AGENT_STATE_DIR | | folder for the journal of sent jobs |
    | MARKET_SERVER_TIMEOUT_S | 5 | for an answer of the server |
    | MARKET_HEARTBEAT_S | 10 | between reports of the devices' state |
    | MARKET_SIMULATED_SPEED_MM_S | 150 | paper speed of the simulated printer |

    Raises SettingsError with every fault.
    """
    return _Reading(environ).settings()


def simulate_all(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with every device simulated, whatever it says of them."""
    devices = ("MARKET_PRINTER", "MARKET_READER", "MARKET_SCANNER")
    return {**environ, **dict.fromkeys(devices, SIMULATED)}


class _Reading:
    """One pass over the environment that collects faults."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._faults: list[str] = []

    def settings(self) -> AgentSettings:
        result = AgentSettings(
            server_url=self._checked("MARKET_SERVER_URL", _check_url).rstrip("/"),
            token=self._token(),
            printer=self._checked("MARKET_PRINTER", _check_printer),
            reader=self._checked("MARKET_READER", _check_reader),
            scanner=self._checked("MARKET_SCANNER", _check_scanner, NONE),
            state_dir=Path(self._checked("MARKET_AGENT_STATE_DIR", _accept)),
            printer_mode=self._choice("MARKET_PRINTER_MODE", PrinterMode.RASTER),
            printer_charset=self._choice("MARKET_PRINTER_CHARSET", Charset.GB2312),
            raster=self._raster(),
            printer_timings=PrinterTimings(
                reply_timeout_s=self._seconds("MARKET_PRINTER_REPLY_TIMEOUT_S", 1.0),
                probe_timeout_s=self._seconds("MARKET_PRINTER_PROBE_TIMEOUT_S", 5.0),
                write_stall_s=self._seconds("MARKET_PRINTER_WRITE_STALL_S", 20.0),
                paper_wait_s=self._seconds("MARKET_PRINTER_PAPER_WAIT_S", 180.0),
            ),
            printer_connect_timeout_s=self._seconds("MARKET_PRINTER_CONNECT_TIMEOUT_S", 2.0),
            printer_poll_s=self._seconds("MARKET_PRINTER_POLL_S", 2.0),
            server_timeout_s=self._seconds("MARKET_SERVER_TIMEOUT_S", 5.0),
            heartbeat_s=self._seconds("MARKET_HEARTBEAT_S", 10.0),
            simulated_speed_mm_s=self._seconds("MARKET_SIMULATED_SPEED_MM_S", 150.0),
        )
        if self._faults:
            raise SettingsError(tuple(self._faults))
        return result

    def _checked(self, name: str, check: Callable[[str], None], default: str = "") -> str:
        text = self._environ.get(name, "").strip() or default
        if not text:
            self._faults.append(f"{name} is not set")
            return ""
        try:
            check(text)
        except ValueError as e:
            self._faults.append(f"{name}: {e}")
        return text

    def _token(self) -> str:
        token = self._environ.get("MARKET_AGENT_TOKEN", "").strip()
        file = self._environ.get("MARKET_AGENT_TOKEN_FILE", "").strip()
        if bool(token) == bool(file):
            self._faults.append("set either MARKET_AGENT_TOKEN or MARKET_AGENT_TOKEN_FILE")
        elif file:
            try:
                token = Path(file).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError):
                self._faults.append("MARKET_AGENT_TOKEN_FILE cannot be read")
                return ""
            if not token:
                self._faults.append("MARKET_AGENT_TOKEN_FILE is empty")
        if not token.isascii() or any(c.isspace() for c in token):
            self._faults.append("the agent's token must be one ASCII word")
        return token

    def _raster(self) -> RasterSettings:
        width_dots = self._whole_number("MARKET_PRINTER_WIDTH_DOTS", 576)
        is_text = self._environ.get("MARKET_PRINTER_MODE", "").strip() == PrinterMode.TEXT
        band_rows = self._whole_number(
            "MARKET_PRINTER_BAND_ROWS", _TEXT_BAND_ROWS if is_text else _RASTER_BAND_ROWS
        )
        try:
            return RasterSettings(width_dots, band_rows)
        except ValueError as e:
            self._faults.append(f"MARKET_PRINTER_WIDTH_DOTS, MARKET_PRINTER_BAND_ROWS: {e}")
            return RasterSettings()

    def _choice(self, name: str, default: _Word) -> _Word:
        text = self._environ.get(name, "").strip()
        words = type(default)
        if text and text not in set(words):
            self._faults.append(f"{name} must be one of {', '.join(words)}")
            return default
        return words(text) if text else default

    def _whole_number(self, name: str, default: int) -> int:
        text = self._environ.get(name, "").strip()
        if text and not (text.isascii() and text.isdecimal()):
            self._faults.append(f"{name} must be a whole number")
            return default
        return int(text) if text else default

    def _seconds(self, name: str, default: float) -> float:
        text = self._environ.get(name, "").strip()
        try:
            value = float(text) if text else default
        except ValueError:
            value = 0.0
        if not 0 < value < 86_400:
            self._faults.append(f"{name} must be a number above 0")
            return default
        return value


def _check_url(text: str) -> None:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be http://HOST:PORT or https://HOST")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("must be a host and a port only")
    _ = parts.port  # Raises ValueError when it is no port number.


def _check_printer(text: str) -> None:
    if text not in (SIMULATED, NONE):
        parse_printer_address(text)


def _check_reader(text: str) -> None:
    if text != SIMULATED:  # Opening a simulated one would start it.
        open_reader(text)


def _check_scanner(text: str) -> None:
    if text != SIMULATED:  # Opening a simulated one would start it.
        open_scanner(text)


def _accept(text: str) -> None:
    """Take any text."""
