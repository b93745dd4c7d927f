"""The `market` command as an operator types it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TIMEOUT_S = 60
PASSWORD = "a-long-test-password"


def market(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `market` in a data folder of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MARKET_")}
    environment |= {"MARKET_DATA_DIR": str(folder), **settings}
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """A folder in which a market was made."""
    done = market(tmp_path, "init", "--division", "140302", "--desks", "2")
    assert (done.returncode, done.stdout) == (0, "阳泉市城区零工市场 (140302)\n")
    return tmp_path


def test_the_key_file_is_for_its_owner_only_and_init_never_replaces_a_market(opened: Path) -> None:
    assert (opened / "market.key").stat().st_mode & 0o777 == 0o600
    before = (opened / "market.key").read_bytes()
    again = market(opened, "init", "--division", "140602")
    assert again.returncode == 1
    assert "market_exists" in again.stderr
    assert (opened / "market.key").read_bytes() == before


def test_an_agent_asked_to_simulate_needs_no_devices_set(tmp_path: Path) -> None:
    faults = market(tmp_path, "agent", "--simulate", MARKET_SERVER_URL="http://127.0.0.1:1")
    assert faults.returncode != 0
    assert "MARKET_AGENT_TOKEN" in faults.stderr
    assert "MARKET_PRINTER" not in faults.stderr
    assert "MARKET_READER" not in faults.stderr


def test_an_unknown_division_is_refused_with_a_sentence(tmp_path: Path) -> None:
    done = market(tmp_path, "init", "--division", "999999")
    assert done.returncode == 1
    assert "division_unknown" in done.stderr


def test_accounts_and_devices_are_made_and_told_once(opened: Path) -> None:
    added = market(opened, "user", "add", "lijing", "--name", "李静", "--password", PASSWORD)
    assert added.returncode == 0
    weak = market(opened, "user", "add", "wang", "--name", "王海", "--password", "short")
    assert (weak.returncode, "password_too_weak" in weak.stderr) == (1, True)
    device = market(opened, "device", "add", "--kind", "display", "--name", "大屏")
    token = device.stdout.split()[-1]
    listed = market(opened, "device", "list")
    assert "大屏" in listed.stdout
    assert token not in listed.stdout
    device_id = device.stdout.split()[1]
    assert market(opened, "device", "revoke", device_id).returncode == 0
    assert "revoked" in market(opened, "device", "list").stdout
    assert "chain intact" in market(opened, "db", "verify").stdout


def test_a_new_market_is_seeded_once_in_its_own_name(opened: Path) -> None:
    assert market(opened, "seed", "--day", "busy").returncode == 0
    again = market(opened, "seed", "--day", "busy")
    assert (again.returncode, "market_not_empty" in again.stderr) == (1, True)
    assert "chain intact" in market(opened, "db", "verify").stdout


def test_the_minimum_pay_and_the_lines_can_be_changed(opened: Path) -> None:
    done = market(opened, "change", "--hotline", "0353-12333", "--min-hourly-pay", "21.30")
    assert done.stdout.split() == ["阳泉市城区零工市场", "0353-12333", "12345", "21.30"]
    bad = market(opened, "change", "--min-hourly-pay", "much")
    assert bad.returncode == 1


def test_every_fault_of_the_settings_is_said_and_the_status_is_2(tmp_path: Path) -> None:
    done = market(tmp_path, "db", "upgrade", MARKET_PORT="x", MARKET_PUBLIC_URL="y")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 2


def test_a_market_that_was_never_made_does_not_run(tmp_path: Path) -> None:
    done = market(tmp_path, "run", MARKET_PORT="18990")
    assert done.returncode == 1
    assert "market init" in done.stderr


def test_a_port_in_use_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))  # noqa: S104 - the address that the market would take
        taken.listen()
        port = taken.getsockname()[1]
        done = market(tmp_path, "run", MARKET_PORT=str(port), MARKET_DEMO="1")
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert not (tmp_path / "market.key").exists()
