from pathlib import Path

import pytest

from kiosk.agent.raster import RasterSettings
from kiosk.agent.settings import SettingsError, agent_settings, simulate_all
from kiosk.agent.text_page import Charset
from kiosk.agent.typesetting import TextSettings

GOOD = {
    "MARKET_SERVER_URL": "http://127.0.0.1:8000/",
    "MARKET_AGENT_TOKEN": "abc",
    "MARKET_PRINTER": "file:///dev/usb/lp0",
    "MARKET_READER": "none",
    "MARKET_AGENT_STATE_DIR": "/var/lib/market/agent",
}


def test_settings_have_the_documented_defaults() -> None:
    settings = agent_settings(GOOD)
    assert settings.server_url == "http://127.0.0.1:8000"
    assert settings.raster == RasterSettings(576, 128)
    assert settings.printer_poll_s == 2.0
    assert settings.heartbeat_s == 10.0
    assert settings.printer_timings.paper_wait_s == 180.0
    assert not settings.is_simulated


def test_token_is_read_from_a_file_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("s3cret-word\n")
    environ = {k: v for k, v in GOOD.items() if k != "MARKET_AGENT_TOKEN"}
    settings = agent_settings(environ | {"MARKET_AGENT_TOKEN_FILE": str(file)})
    assert settings.token == "s3cret-word"
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MARKET_SERVER_URL", "ftp://server"),
        ("MARKET_SERVER_URL", "http://server:port"),
        ("MARKET_SERVER_URL", "http://server/path"),
        ("MARKET_AGENT_TOKEN", "two words"),
        ("MARKET_AGENT_TOKEN_FILE", "/nowhere"),
        ("MARKET_PRINTER", "usb"),
        ("MARKET_READER", "keyboard"),
        ("MARKET_SCANNER", "camera"),
        ("MARKET_PRINTER_MODE", "letters"),
        ("MARKET_PRINTER_CHARSET", "utf-8"),
        ("MARKET_AGENT_STATE_DIR", " "),
        ("MARKET_PRINTER_WIDTH_DOTS", "512"),
        ("MARKET_PRINTER_BAND_ROWS", "96"),
        ("MARKET_PRINTER_BAND_ROWS", "-1"),
        ("MARKET_HEARTBEAT_S", "0"),
        ("MARKET_SERVER_TIMEOUT_S", "nan"),
    ],
)
def test_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        agent_settings(GOOD | {name: value})
    assert len(refusal.value.faults) == 1
    assert name in refusal.value.faults[0] or "token" in refusal.value.faults[0]


def test_one_word_simulates_every_device_whatever_is_set() -> None:
    settings = agent_settings(simulate_all(GOOD | {"MARKET_READER": "keyboard"}))
    assert (settings.printer, settings.reader, settings.scanner) == ("simulated",) * 3
    assert settings.is_simulated


@pytest.mark.parametrize(
    ("printer", "draws_codes"),
    [
        ("simulated", True),
        ("tcp://10.0.0.9", True),
        ("serial:///dev/ttyS0?baud=57600", True),
        ("serial:///dev/ttyS0?baud=9600", False),
    ],
)
def test_text_mode_draws_codes_where_the_line_is_quick(printer: str, draws_codes: bool) -> None:
    settings = agent_settings(
        GOOD
        | {
            "MARKET_PRINTER": printer,
            "MARKET_PRINTER_MODE": "text",
            "MARKET_PRINTER_CHARSET": "gbk",
            "MARKET_PRINTER_WIDTH_DOTS": "384",
        }
    )
    assert settings.text == TextSettings(384, Charset.GBK, draws_codes)
    assert settings.raster == RasterSettings(384, 24)
