"""A scanner that types, read as the kernel tells its keys: event bytes on a pseudo terminal."""

from __future__ import annotations

import os
import pty
import struct
import tty
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from kiosk.agent.scanner import ScannerError, ScannerTimings, SerialScanner, open_scanner
from kiosk.agent.scanner.evdev_channel import EvdevChannel

WAIT_S = 5.0
EVENT = struct.Struct("llHHi")
SYN, KEY, MISC = 0, 1, 4
SHIFT, ENTER = 42, 28
# linux/input-event-codes.h, written down here once more: KEY_H is 35, KEY_7 is 8, and so on.
CODES = {"H": 35, "T": 20, "P": 25, ":": 39, "/": 53, "7": 8, "k": 37, "3": 4, "m": 50, "0": 11}
SHIFTED = set("HTP:")


@dataclass
class Keyboard:
    """The scanner's end of the wire."""

    fd: int
    path: str

    def send(self, kind: int, code: int, value: int) -> None:
        os.write(self.fd, EVENT.pack(1_790_000_000, 250_000, kind, code, value))

    def press(self, code: int) -> None:
        """One key as a keyboard tells it: scan code, down, report, up, report."""
        self.send(MISC, 4, 458_000 + code)
        self.send(KEY, code, 1)
        self.send(SYN, 0, 0)
        self.send(KEY, code, 2)
        self.send(KEY, code, 0)
        self.send(SYN, 0, 0)

    def type(self, text: str) -> None:
        for character in text:
            if character in SHIFTED:
                self.send(KEY, SHIFT, 1)
            self.press(CODES[character])
            if character in SHIFTED:
                self.send(KEY, SHIFT, 0)


@pytest.fixture
def keyboard() -> Iterator[Keyboard]:
    mine, theirs = pty.openpty()
    tty.setraw(theirs)
    yield Keyboard(mine, os.ttyname(theirs))
    for fd in (mine, theirs):
        try:
            os.close(fd)
        except OSError:
            assert fd == mine, "a test closes only the scanner's end"


@pytest.fixture
def scanner(keyboard: Keyboard) -> Iterator[SerialScanner]:
    timings = ScannerTimings(reopen_s=0.002, same_s=60.0)
    opened = SerialScanner(partial(EvdevChannel, keyboard.path), timings)
    assert opened.wait_for_code(0.0) is None
    yield opened
    opened.close()


def test_what_a_scanner_types_is_read_with_its_capitals_and_signs(
    keyboard: Keyboard, scanner: SerialScanner
) -> None:
    keyboard.type("HTTP://7k3m0")
    keyboard.press(ENTER)
    assert scanner.wait_for_code(WAIT_S) == "HTTP://7k3m0"


def test_an_event_that_comes_in_two_pieces_is_one_key(
    keyboard: Keyboard, scanner: SerialScanner
) -> None:
    whole = EVENT.pack(0, 0, KEY, CODES["7"], 1) + EVENT.pack(0, 0, KEY, ENTER, 1)
    os.write(keyboard.fd, whole[:30])
    assert scanner.wait_for_code(0.0) is None
    os.write(keyboard.fd, whole[30:])
    assert scanner.wait_for_code(WAIT_S) == "7"


def test_keys_that_type_nothing_spoil_no_code(keyboard: Keyboard, scanner: SerialScanner) -> None:
    keyboard.press(58)  # Caps lock.
    keyboard.type("7k3m")
    keyboard.press(99)
    keyboard.press(ENTER)
    assert scanner.wait_for_code(WAIT_S) == "7k3m"


def test_a_pulled_plug_is_noticed(keyboard: Keyboard, scanner: SerialScanner) -> None:
    os.close(keyboard.fd)
    with pytest.raises(ScannerError, match="offline"):
        scanner.wait_for_code(WAIT_S)


def test_an_input_device_is_a_setting_and_a_missing_one_is_offline() -> None:
    missing = open_scanner("evdev:///dev/input/by-id/usb-none-event-kbd")
    assert missing is not None
    with pytest.raises(ScannerError, match="offline"):
        missing.wait_for_code(0.0)
    with pytest.raises(ValueError, match="evdev"):
        open_scanner("evdev:///etc/passwd")
