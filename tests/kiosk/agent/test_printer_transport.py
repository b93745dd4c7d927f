import os
import pty
import socket
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.agent.errors import TransportError
from kiosk.agent.transport import (
    FileTransport,
    PrinterAddress,
    SerialTransport,
    TcpTransport,
    Transport,
    parse_printer_address,
)


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """A terminal pair: the printer's end and the path of the agent's end."""
    printer_end, agent_end = pty.openpty()
    tty.setraw(agent_end)
    yield printer_end, os.ttyname(agent_end)
    os.close(agent_end)
    os.close(printer_end)


@pytest.mark.parametrize("kind", ["file", "serial"])
def test_bytes_pass_both_ways_and_a_stalled_printer_does_not_block(
    line: tuple[int, str], kind: str
) -> None:
    printer_end, path = line
    transport: Transport = (
        FileTransport(path, close_wait_s=0.05)
        if kind == "file"
        else SerialTransport(path, 115_200, "none")
    )
    transport.open()
    assert transport.write(b"\x10\x04\x01", 1.0) == 3
    assert os.read(printer_end, 10) == b"\x10\x04\x01"
    assert transport.read(0.01) == b""
    os.write(printer_end, b"\x12")
    assert transport.read(1.0) == b"\x12"
    taken = 0
    while count := transport.write(bytes(4096), 0.05):
        taken += count
        assert taken < 1_000_000
    os.set_blocking(printer_end, False)
    drained = 0
    while drained < taken:
        drained += len(os.read(printer_end, 65_536))
    assert drained == taken
    transport.close()
    with pytest.raises(TransportError):
        transport.write(b"x", 0.1)


@pytest.mark.parametrize("kind", ["file", "serial"])
def test_unplugged_printer_is_lost_not_silent(kind: str) -> None:
    printer_end, agent_end = pty.openpty()
    path = os.ttyname(agent_end)
    transport: Transport = (
        FileTransport(path) if kind == "file" else SerialTransport(path, 115_200, "none")
    )
    transport.open()
    os.close(agent_end)
    os.close(printer_end)
    with pytest.raises(TransportError):
        transport.read(0.5)
    transport.close()


def test_missing_device_is_an_error_without_its_bytes_lost(tmp_path: Path) -> None:
    for transport in (
        FileTransport(str(tmp_path / "lp0")),
        SerialTransport(str(tmp_path / "ttyS9"), 115_200, "none"),
    ):
        with pytest.raises(TransportError):
            transport.open()


def test_network_printer_that_hung_up_is_noticed_before_bytes_are_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        transport = TcpTransport("127.0.0.1", listener.getsockname()[1], 1.0)
        transport.open()
        connection, _ = listener.accept()
        connection.close()
        with pytest.raises(TransportError):
            transport.read(1.0)
        transport.close()


def test_network_printer_that_stops_reading_does_not_block() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        transport = TcpTransport("127.0.0.1", listener.getsockname()[1], 1.0)
        transport.open()
        connection, _ = listener.accept()
        taken = 0
        while count := transport.write(bytes(4096), 0.05):
            taken += count
            assert taken < 200_000
        connection.close()
        transport.close()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp://10.0.0.9:9101", PrinterAddress("tcp", host="10.0.0.9", port=9101)),
        ("tcp://printer.local", PrinterAddress("tcp", host="printer.local", port=9100)),
        ("file:///dev/usb/lp0", PrinterAddress("file", path="/dev/usb/lp0")),
        (
            "serial:///dev/ttyS0?baud=38400&flow=xonxoff",
            PrinterAddress("serial", path="/dev/ttyS0", baud=38_400, flow="xonxoff"),
        ),
    ],
)
def test_printer_setting_names_its_way(text: str, address: PrinterAddress) -> None:
    assert parse_printer_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "lp0", "tcp://", "tcp://h:99999", "file://", "serial:///dev/ttyS0?baud=1", "usb://04b8"],
)
def test_printer_setting_that_names_no_way_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_printer_address(text)
