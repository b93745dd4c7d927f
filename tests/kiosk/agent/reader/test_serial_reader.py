"""The real driver against a module on a pseudo terminal that misbehaves in every known way."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from reader_bench import TODAY, Bench

from kiosk.agent.reader import (
    CardNeedsClerk,
    ReaderError,
    ReaderFault,
    ReaderTimings,
    SimulatedReader,
    demo_cards,
)
from kiosk.agent.reader.frames import Command
from kiosk.agent.reader.simulator import Fault, SimulatedModule

WAIT_S = 5.0
READABLE = [
    card.card_id
    for card in demo_cards(TODAY)
    if card.card_id not in ("yi-linna", "duan-unknown-character")
]


@pytest.mark.parametrize(
    "fault",
    [
        Fault.BYTE_BY_BYTE,
        Fault.NOISE,
        Fault.BAD_CHECKSUM,
        Fault.WRONG_LENGTH,
        Fault.READ_FAILS,
        Fault.VAGUE,
        Fault.FINDS_AGAIN,
    ],
)
def test_a_card_is_read_once_per_placement_in_spite_of(bench: Bench, fault: Fault) -> None:
    bench.module.cause(fault)
    content = bench.lay("maimaiti-aili")
    assert bench.reader.wait_for_card(WAIT_S) == content
    assert bench.sees_nobody()
    bench.module.lift()
    bench.lay("maimaiti-aili")
    assert bench.reader.wait_for_card(WAIT_S) == content
    assert bench.sees_nobody()


def test_a_card_lifted_too_early_can_be_laid_again(bench: Bench) -> None:
    bench.module.cause(Fault.LIFTED_EARLY)
    bench.lay("shi-yan")
    assert bench.reader.wait_for_card(1.0) is None
    content = bench.lay("shi-yan")
    assert bench.reader.wait_for_card(WAIT_S) == content


def test_a_module_without_authorisation_calls_for_staff_and_works_after_repair(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.module.cause(Fault.NOT_AUTHORISED)
    with pytest.raises(ReaderError) as lost:
        bench.reader.wait_for_card(WAIT_S)
    assert (lost.value.code, lost.value.permanent) == (ReaderFault.NOT_AUTHORISED, True)
    assert "sam_not_authorised" in caplog.text
    bench.module.clear_faults()
    content = bench.lay("wang-jun")
    assert bench.reader.wait_for_card(WAIT_S) == content


class AnnouncingModule(SimulatedModule):
    """Tells when a read answer is about to go out."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun = threading.Event()

    def answer(self, request: bytes) -> bytes:
        if request == Command.READ_CARD.value:
            self.has_begun.set()
        return super().answer(request)


def test_a_plug_pulled_in_the_middle_of_a_card_is_noticed() -> None:
    module = AnnouncingModule()
    bench = Bench(module, baud=9600)
    bench.lay("wang-jun")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(bench.reader.wait_for_card, 60.0)
        assert module.has_begun.wait(WAIT_S)
        bench.line.unplug()
        with pytest.raises(ReaderError) as lost:
            waiting.result(WAIT_S)
    bench.close()
    assert lost.value.code == ReaderFault.OFFLINE


def test_a_reader_plugged_in_again_works_under_its_new_name(bench: Bench) -> None:
    bench.lay("wang-jun")
    assert bench.reader.wait_for_card(WAIT_S) is not None
    bench.line.unplug()
    with pytest.raises(ReaderError):
        bench.reader.wait_for_card(WAIT_S)
    with pytest.raises(ReaderError):
        bench.reader.wait_for_card(0.01)
    bench.line.replug()
    content = bench.lay("li-xiuying")
    assert bench.reader.wait_for_card(WAIT_S) == content


def test_the_demo_reader_lifts_a_card_after_reading_so_that_it_can_come_again() -> None:
    reader = SimulatedReader(lambda: TODAY, baud=None, timings=ReaderTimings(poll_s=0.002))
    try:
        reader.lay("zhang-jianguo")
        first = reader.wait_for_card(WAIT_S)
        reader.lay("zhang-jianguo")
        second = reader.wait_for_card(WAIT_S)
        reader.lay("yi-linna")
        with pytest.raises(CardNeedsClerk):
            reader.wait_for_card(WAIT_S)
        reader.lay("yi-linna")
        with pytest.raises(CardNeedsClerk):
            reader.wait_for_card(WAIT_S)
    finally:
        reader.close()
    assert first is not None
    assert first == second


def test_the_demo_reader_refuses_a_card_that_does_not_exist() -> None:
    reader = SimulatedReader(lambda: TODAY)
    try:
        with pytest.raises(KeyError):
            reader.lay("nobody")
    finally:
        reader.close()


def test_answers_are_paced_like_a_serial_line() -> None:
    reader = SimulatedReader(lambda: TODAY, baud=115_200)
    try:
        reader.lay("wang-jun")
        started = time.monotonic()
        assert reader.wait_for_card(WAIT_S) is not None
        assert time.monotonic() - started > 1295 * 10 / 115_200
    finally:
        reader.close()
