import io
import socket
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops

from kiosk.agent.raster import JobEncoder, JobEnd
from kiosk.agent.simulator.paper import Paper
from kiosk.agent.simulator.printer import (
    Fault,
    SimulatedPrinter,
    SimulatedState,
    SimulatorSettings,
)


@pytest.fixture
def printer() -> Iterator[SimulatedPrinter]:
    simulated = SimulatedPrinter(SimulatorSettings(speed_mm_s=None), on_paper=lambda paper: None)
    yield simulated
    simulated.close()


@pytest.fixture
def line(printer: SimulatedPrinter) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", printer.port), timeout=3) as connection:
        yield connection


def ask(line: socket.socket, question: bytes, length: int) -> bytes:
    line.sendall(question)
    answer = b""
    while len(answer) < length:
        answer += line.recv(length - len(answer))
    return answer


def ink_of(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


STATUS = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"


@pytest.mark.parametrize(
    ("state", "answers"),
    [
        (SimulatedState.READY, b"\x12\x12\x12\x12"),
        (SimulatedState.PAPER_LOW, b"\x12\x12\x12\x1e"),
        (SimulatedState.PAPER_OUT, b"\x1a\x32\x12\x7e"),
        (SimulatedState.COVER_OPEN, b"\x1a\x16\x12\x12"),
        (SimulatedState.OFFLINE, b"\x1a\x12\x12\x12"),
    ],
)
def test_state_is_told_as_a_real_printer_tells_it(
    printer: SimulatedPrinter, line: socket.socket, state: SimulatedState, answers: bytes
) -> None:
    printer.set_state(state)
    assert ask(line, STATUS, 4) == answers


def test_changes_are_told_unasked_until_the_printer_is_reset(
    printer: SimulatedPrinter, line: socket.socket
) -> None:
    assert ask(line, b"\x1da\x0f", 4) == b"\x10\x00\x00\x00"
    printer.set_state(SimulatedState.COVER_OPEN)
    assert ask(line, b"", 4) == b"\x38\x00\x00\x00"
    printer.set_state(SimulatedState.READY)
    assert ask(line, b"", 4) == b"\x10\x00\x00\x00"
    assert ask(line, b"\x1b@\x1dr\x01", 1) == b"\x00"
    printer.set_state(SimulatedState.PAPER_LOW)
    assert ask(line, b"\x1dr\x01", 1) == b"\x03"


def test_fence_is_held_while_there_is_no_paper_and_status_is_not(
    printer: SimulatedPrinter, line: socket.socket
) -> None:
    printer.set_state(SimulatedState.PAPER_OUT)
    line.sendall(b"\x1dr\x01")
    assert ask(line, STATUS, 4) == b"\x1a\x32\x12\x7e"
    printer.set_state(SimulatedState.READY)
    assert ask(line, b"", 1) == b"\x00"


def test_paper_that_ends_in_mid_ticket_goes_on_after_the_roll_is_changed(
    printer: SimulatedPrinter, line: socket.socket, encoder: JobEncoder
) -> None:
    drawn = Image.new("1", (576, 500), 0)
    printer.fail_after(200, Fault.PAPER_OUT)
    line.sendall(encoder.encode(drawn, JobEnd("ab01")))
    assert printer.wait_until(lambda p: p.printed_rows == 200, 3)
    line.close()
    assert printer.papers == []
    printer.set_state(SimulatedState.READY)
    assert printer.wait_until(lambda p: len(p.papers) == 1, 3)
    (paper,) = printer.papers
    assert paper.process_id == "ab01"
    assert paper.picture.tobytes() == drawn.tobytes()


def test_paper_that_hangs_in_the_printer_is_kept_when_it_is_switched_off(
    encoder: JobEncoder,
) -> None:
    seen: list[Paper] = []
    printer = SimulatedPrinter(SimulatorSettings(speed_mm_s=None), on_paper=seen.append)
    with socket.create_connection(("127.0.0.1", printer.port), timeout=3) as line:
        line.sendall(encoder.encode(Image.new("1", (576, 500), 0), JobEnd())[:30_000])
        assert printer.wait_until(lambda p: p.printed_rows == 384, 3)
    printer.close()
    (paper,) = seen
    assert not paper.is_cut
    assert paper.picture.height == 384
    assert Image.open(io.BytesIO(paper.png())).tobytes() == paper.picture.tobytes()


def test_full_buffer_makes_the_sender_wait(encoder: JobEncoder) -> None:
    model = SimulatorSettings(speed_mm_s=None, buffer_bytes=2048)
    printer = SimulatedPrinter(model, on_paper=lambda paper: None)
    printer.set_state(SimulatedState.PAPER_OUT)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        line.settimeout(0.3)
        line.connect(("127.0.0.1", printer.port))
        with pytest.raises(TimeoutError):
            line.sendall(encoder.encode(Image.new("1", (576, 3000), 0), JobEnd()))
    printer.close()


def test_text_sent_by_mistake_is_counted(printer: SimulatedPrinter, line: socket.socket) -> None:
    assert ask(line, b"abc\x1dr\x01", 1) == b"\x00"
    assert printer.garbage_bytes == 3


def test_text_is_read_only_after_the_switch_to_chinese(
    printer: SimulatedPrinter, line: socket.socket
) -> None:
    line.sendall(b"A\xd6\xd0\x1c&" + "中文 A1".encode("gb18030") + b"\n\x1c.B\x1dVB\x00")
    assert printer.wait_until(lambda p: p.papers, 3)
    assert printer.papers[0].text == "中文 A1"
    left, top, right, bottom = ink_of(printer.papers[0].picture)
    assert 0 <= left < right <= 2 * 24 + 3 * 12
    assert 0 <= top < bottom <= 24
    assert printer.garbage_bytes == 4


def test_a_code_of_four_bytes_is_no_character_to_a_printer(
    printer: SimulatedPrinter, line: socket.socket
) -> None:
    line.sendall(b"\x1c&" + "张㛃".encode("gb18030") + b"\n\x1dVB\x00")
    assert printer.wait_until(lambda p: p.papers, 3)
    assert printer.papers[0].text != "张㛃"
    assert printer.garbage_bytes > 0


def test_a_line_that_is_full_goes_on_in_the_next_one(
    printer: SimulatedPrinter, line: socket.socket
) -> None:
    line.sendall(b"\x1c&\x1d!\x11" + "零工市场平鲁区".encode("gb18030") * 2 + b"\n\x1dVB\x00")
    assert printer.wait_until(lambda p: p.papers, 3)
    assert printer.papers[0].text.splitlines() == ["零工市场平鲁区零工市场平", "鲁区"]
    assert printer.papers[0].picture.height == 2 * 48
