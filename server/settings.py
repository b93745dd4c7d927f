"""Owns the settings of one market: names, defaults, units and checks.

Settings come from `MARKET_*` environment variables and from `/etc/market/market.env`
(the environment wins). Every fault of all settings is reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT_FILE = Path("/etc/market/market.env")
# One environment file may serve the device agent too, which reads these itself.
OF_THE_AGENT = (
    "MARKET_AGENT_",
    "MARKET_PRINTER",
    "MARKET_READER",
    "MARKET_SCANNER",
    "MARKET_SERVER_",
    "MARKET_HEARTBEAT_",
    "MARKET_SIMULATED_",
)
ALL_ADDRESSES = "0.0.0.0"  # noqa: S104 - the screens are other machines


class SettingsError(Exception):
    """Some settings are wrong; `faults` holds one sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """All settings of the server, live and command line processes."""

    data_dir: Path
    database_url: str
    key_file: Path
    host: str
    port: int
    live_port: int
    live_url: str
    public_url: str
    is_demo: bool
    server_threads: int
    sqlite_synchronous: str
    session_hours: int
    live_poll_ms: int
    live_max_sockets: int
    log_level: str
    voice_program: str
    voice_says_surname: bool

    @property
    def database_is_sqlite(self) -> bool:
        """Tell whether the market keeps its data in a SQLite file."""
        return self.database_url.startswith("sqlite")


@dataclass(frozen=True)
class SettingNote:
    """One row of the settings table in the README."""

    name: str
    default: str
    meaning: str


SETTING_NOTES = (
    SettingNote("MARKET_DATA_DIR", "var", "folder of the database, the key file and agent state"),
    SettingNote(
        "MARKET_DATABASE_URL",
        "SQLite file in the data folder",
        "`postgresql+psycopg://…` for PostgreSQL; `DATABASE_URL` is read when this is not set",
    ),
    SettingNote("MARKET_KEY_FILE", "market.key in the data folder", "secret keys, mode 600"),
    SettingNote("MARKET_HOST", ALL_ADDRESSES, "address the server and live listen on"),
    SettingNote("MARKET_PORT", "8000", "port of the server"),
    SettingNote("MARKET_LIVE_PORT", "MARKET_PORT + 1", "port of live"),
    SettingNote("MARKET_LIVE_URL", "", "address of live as browsers see it; empty: same host"),
    SettingNote("MARKET_PUBLIC_URL", "", "address in the ticket's QR code; empty: this host"),
    SettingNote("MARKET_DEMO", "0", "1: a screen that opens unpaired is paired as a demo device"),
    SettingNote("MARKET_SERVER_THREADS", "48", "threads that answer HTTP"),
    SettingNote("MARKET_SQLITE_SYNCHRONOUS", "FULL", "FULL or NORMAL (loses commits at power cut)"),
    SettingNote("MARKET_SESSION_HOURS", "12", "hours a staff sign-in lasts"),
    SettingNote("MARKET_LIVE_POLL_MS", "20", "milliseconds between two looks at the event log"),
    SettingNote("MARKET_LIVE_MAX_SOCKETS", "4000", "sockets that live accepts"),
    SettingNote("MARKET_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
    SettingNote(
        "MARKET_VOICE_PROGRAM",
        "espeak-ng",
        "the synthesiser; where it is not installed only recorded clips are heard",
    ),
    SettingNote("MARKET_VOICE_SURNAME", "0", "1: a call says 张师傅 after the number"),
)


def read_environment_file(path: Path = ENVIRONMENT_FILE) -> dict[str, str]:
    """Return the `NAME=value` lines of an environment file; a missing file is empty."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs}


class _Reader:
    """Reads typed values and gathers every fault on the way."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.faults: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self._environment.get(name, "").strip() or default

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        text = self.text(name, str(default))
        if text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
            return int(text)
        self.faults.append(f"{name} must be a whole number from {lowest} to {highest}: {text!r}")
        return default

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        text = self.text(name, default).upper()
        if text in choices:
            return text
        self.faults.append(f"{name} must be one of {', '.join(choices)}: {text!r}")
        return default

    def address(self, name: str) -> str:
        text = self.text(name, "").rstrip("/")
        if text and not text.startswith(("http://", "https://")):
            self.faults.append(f"{name} must start with http:// or https://: {text!r}")
        return text


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings in `environment`.

    Raises SettingsError with one sentence for each fault, unknown `MARKET_*` names included.
    """
    reader = _Reader(environment)
    known = {note.name for note in SETTING_NOTES}
    unknown = sorted(
        name
        for name in environment
        if name.startswith("MARKET_") and name not in known and not name.startswith(OF_THE_AGENT)
    )
    reader.faults += [f"{name} is not a setting" for name in unknown]
    data_dir = Path(reader.text("MARKET_DATA_DIR", "var")).absolute()
    port = reader.number("MARKET_PORT", 8000, 1, 65534)
    database_url = reader.text("MARKET_DATABASE_URL", environment.get("DATABASE_URL", "").strip())
    settings = Settings(
        data_dir=data_dir,
        database_url=database_url or f"sqlite:///{data_dir / 'market.db'}",
        key_file=Path(reader.text("MARKET_KEY_FILE", str(data_dir / "market.key"))).absolute(),
        host=reader.text("MARKET_HOST", ALL_ADDRESSES),
        port=port,
        live_port=reader.number("MARKET_LIVE_PORT", port + 1, 1, 65535),
        live_url=reader.address("MARKET_LIVE_URL"),
        public_url=reader.address("MARKET_PUBLIC_URL"),
        is_demo=reader.choice("MARKET_DEMO", "0", ("0", "1")) == "1",
        server_threads=reader.number("MARKET_SERVER_THREADS", 48, 4, 256),
        sqlite_synchronous=reader.choice("MARKET_SQLITE_SYNCHRONOUS", "FULL", ("FULL", "NORMAL")),
        session_hours=reader.number("MARKET_SESSION_HOURS", 12, 1, 72),
        live_poll_ms=reader.number("MARKET_LIVE_POLL_MS", 20, 5, 1000),
        live_max_sockets=reader.number("MARKET_LIVE_MAX_SOCKETS", 4000, 10, 100_000),
        log_level=reader.choice("MARKET_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        voice_program=reader.text("MARKET_VOICE_PROGRAM", "espeak-ng"),
        voice_says_surname=reader.choice("MARKET_VOICE_SURNAME", "0", ("0", "1")) == "1",
    )
    if not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        reader.faults.append("MARKET_DATABASE_URL must be sqlite:///… or postgresql+psycopg://…")
    if reader.faults:
        raise SettingsError(reader.faults)
    return settings
