"""The scanner's driver on a pseudo terminal: lines, noise, repeats and pulled plugs."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.agent.scanner import (
    ScannerError,
    ScannerTimings,
    SerialScanner,
    SimulatedScanner,
    open_scanner,
)

WAIT_S = 5.0
CODE = "HTTP://10.20.30.40:8000/T/7K3M9QXA01"


@pytest.fixture
def scanner() -> Iterator[SimulatedScanner]:
    opened = SimulatedScanner(ScannerTimings(reopen_s=0.002, line_s=0.2, same_s=60.0))
    assert opened.wait_for_code(0.0) is None
    yield opened
    opened.close()


@pytest.mark.parametrize("suffix", [b"\r", b"\r\n", b"\n"])
def test_a_code_arrives_whole_and_once(scanner: SimulatedScanner, suffix: bytes) -> None:
    scanner.scan(CODE, suffix)
    assert scanner.wait_for_code(WAIT_S) == CODE
    assert scanner.wait_for_code(0.1) is None


def test_two_codes_in_one_breath_are_two_codes(scanner: SimulatedScanner) -> None:
    scanner.scan(f"{CODE}\r7K3M9QXA02")
    assert scanner.wait_for_code(WAIT_S) == CODE
    assert scanner.wait_for_code(WAIT_S) == "7K3M9QXA02"


def test_paper_held_in_front_of_the_scanner_counts_once_until_another_comes(
    scanner: SimulatedScanner,
) -> None:
    for _ in range(3):
        scanner.scan(CODE)
    assert scanner.wait_for_code(WAIT_S) == CODE
    assert scanner.wait_for_code(0.1) is None
    scanner.scan("7K3M9QXA02")
    scanner.scan(CODE)
    assert scanner.wait_for_code(WAIT_S) == "7K3M9QXA02"
    assert scanner.wait_for_code(WAIT_S) == CODE


@pytest.mark.parametrize("noise", ["\r\r", "张建国\r", "\x00\x07\r", "9" * 400 + "\r"])
def test_noise_is_no_code_and_the_next_code_is_read(scanner: SimulatedScanner, noise: str) -> None:
    scanner.scan(noise, b"")
    scanner.scan(CODE)
    assert scanner.wait_for_code(WAIT_S) == CODE


def test_a_scanner_without_suffix_is_told_in_the_log_and_spoils_nothing(
    scanner: SimulatedScanner, caplog: pytest.LogCaptureFixture
) -> None:
    scanner.scan("7K3M9QXA02", b"")
    assert scanner.wait_for_code(0.5) is None
    assert "suffix" in caplog.text
    assert "7K3M" not in caplog.text
    scanner.scan(CODE)
    assert scanner.wait_for_code(WAIT_S) == CODE


def test_a_pulled_plug_is_noticed_and_the_scanner_comes_back_under_a_new_name(
    scanner: SimulatedScanner,
) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(scanner.wait_for_code, 60.0)
        scanner.unplug()
        with pytest.raises(ScannerError, match="offline"):
            waiting.result(WAIT_S)
    with pytest.raises(ScannerError):
        scanner.wait_for_code(0.01)
    scanner.replug()
    assert scanner.wait_for_code(0.0) is None
    scanner.scan(CODE)
    assert scanner.wait_for_code(WAIT_S) == CODE


def test_a_scanner_on_a_port_is_opened_by_its_path() -> None:
    scanner_end, driver_end = os.openpty()
    scanner = open_scanner(f"serial://{os.ttyname(driver_end)}?baud=115200")
    assert isinstance(scanner, SerialScanner)
    try:
        assert scanner.wait_for_code(0.0) is None
        os.write(scanner_end, CODE.encode() + b"\r")
        assert scanner.wait_for_code(WAIT_S) == CODE
    finally:
        scanner.close()
        os.close(scanner_end)
        os.close(driver_end)


def test_a_kiosk_may_have_no_scanner_or_a_simulated_one() -> None:
    assert open_scanner("none") is None
    scanner = open_scanner("simulated")
    assert isinstance(scanner, SimulatedScanner)
    scanner.close()


@pytest.mark.parametrize(
    "spec", ["", "usb", "serial://ttyACM0", "serial:///etc/passwd", "serial:///dev/ttyACM0?baud=1"]
)
def test_a_setting_that_names_no_scanner_is_refused(spec: str) -> None:
    with pytest.raises(ValueError, match=r"scanner|baud"):
        open_scanner(spec)
