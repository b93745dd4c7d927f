"""The reader setting of a kiosk."""

import socketserver
from datetime import date

import pytest
from reader_bench import SerialServer

from kiosk.agent.reader import ReaderError, SerialReader, SimulatedReader, demo_cards, open_reader
from kiosk.agent.reader.simulator import PtyLine, SimulatedModule
from kiosk.agent.reader.text import encode_text
from kiosk.agent.reader.vendor_simulators import (
    SimulatedHuashi,
    SimulatedService,
    SimulatedSynjones,
)

CONTENT = demo_cards(date(2026, 11, 24))[0].content


@pytest.fixture
def module() -> SimulatedModule:
    module = SimulatedModule()
    module.lay(encode_text(CONTENT))
    return module


def test_a_reader_behind_a_serial_server_is_read_over_tcp(module: SimulatedModule) -> None:
    server = SerialServer(module)
    reader = open_reader(f"tcp://127.0.0.1:{server.port}")
    assert reader is not None
    try:
        assert reader.wait_for_card(5.0) == CONTENT
    finally:
        reader.close()
        server.switch_off()


@pytest.mark.parametrize(
    ("scheme", "simulated"),
    [("huashi-http", SimulatedHuashi), ("synjones-http", SimulatedSynjones)],
)
def test_a_reader_behind_a_vendors_service_is_read_over_http(
    scheme: str, simulated: type[SimulatedService]
) -> None:
    service = simulated()
    service.lay(CONTENT)
    reader = open_reader(f"{scheme}://127.0.0.1:{service.port}")
    assert reader is not None
    try:
        assert reader.wait_for_card(5.0) == CONTENT
    finally:
        reader.close()
        service.switch_off()


def test_a_serial_port_is_opened_by_its_path(module: SimulatedModule) -> None:
    line = PtyLine(module, baud=None)
    reader = open_reader(f"serial://{line.path}?baud=9600")
    assert reader is not None
    try:
        assert reader.wait_for_card(5.0) == CONTENT
    finally:
        reader.close()
        line.unplug()


def test_a_port_that_is_not_there_is_offline() -> None:
    reader = open_reader("serial:///dev/no-such-reader")
    assert isinstance(reader, SerialReader)
    with pytest.raises(ReaderError) as lost:
        reader.wait_for_card(0.0)
    assert (lost.value.code, lost.value.permanent) == ("offline", False)


def test_a_serial_server_that_is_switched_off_is_offline() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        port = server.server_address[1]
    reader = open_reader(f"tcp://127.0.0.1:{port}")
    assert reader is not None
    with pytest.raises(ReaderError) as lost:
        reader.wait_for_card(0.0)
    assert lost.value.code == "offline"


def test_a_kiosk_may_have_no_reader() -> None:
    assert open_reader("none") is None


def test_a_demonstration_kiosk_has_a_simulated_reader() -> None:
    reader = open_reader("simulated")
    assert isinstance(reader, SimulatedReader)
    reader.close()


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "usb",
        "serial://ttyUSB0",
        "serial:///etc/passwd",
        "serial:///dev/ttyUSB0?baud=100",
        "tcp://host",
        "tcp://:9100",
        "tcp://host:99999",
        "huashi-http://",
        "synjones-http://host:99999",
        "synjones-http://host/api/ReadMsg",
    ],
)
def test_a_setting_that_names_no_reader_is_refused(spec: str) -> None:
    with pytest.raises(ValueError, match=r"reader|baud|Port"):
        open_reader(spec)
