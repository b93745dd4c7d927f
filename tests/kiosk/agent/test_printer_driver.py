import random
import socket
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from agent_bench import QUICK, Bench
from PIL import Image, ImageChops
from pyzbar.pyzbar import decode

from kiosk.agent.printer import EscPosPrinter, OutcomeKind, PrintOutcome
from kiosk.agent.printer_state import PrinterState
from kiosk.agent.raster import JobEncoder, JobEnd, RasterSettings
from kiosk.agent.simulator.printer import Fault, SimulatedState, SimulatorSettings
from kiosk.agent.transport import TcpTransport

OpenBench = Callable[..., Bench]
NewTicket = Callable[..., Image.Image]
CONFIRMED = PrintOutcome(OutcomeKind.CONFIRMED)
FENCE_ONLY = SimulatorSettings(speed_mm_s=None, knows_process_id=False)
# So little room that a stopped printer stops the sender in the middle of a picture.
TIGHT = SimulatorSettings(speed_mm_s=None, buffer_bytes=2048)


def is_same(paper: Image.Image, drawn: Image.Image) -> bool:
    """Compare dot for dot; the paper may be longer by the white rows that fill the last band."""
    if not 0 <= paper.height - drawn.height <= 8:
        return False
    whole = Image.new("1", paper.size, 1)
    whole.paste(drawn, (0, 0))
    return ImageChops.difference(paper.convert("L"), whole.convert("L")).getbbox() is None


def copies_of(bench: Bench, process_id: str) -> list[Image.Image]:
    return [p.picture for p in bench.simulator.papers if p.process_id == process_id]


@pytest.mark.parametrize(
    ("width_dots", "band_rows"), [(576, 128), (384, 128), (576, 40), (384, 40)]
)
def test_paper_is_the_drawn_ticket_dot_for_dot_and_a_phone_reads_it(
    open_bench: OpenBench, new_ticket: NewTicket, width_dots: int, band_rows: int
) -> None:
    bench = open_bench(
        SimulatorSettings(width_dots, speed_mm_s=None), RasterSettings(width_dots, band_rows)
    )
    drawn = new_ticket(width_dots)
    assert bench.driver.print(drawn, "ab01") == CONFIRMED
    assert [paper.process_id for paper in bench.simulator.papers] == ["ab01"]
    paper = bench.simulator.papers[0].picture
    assert is_same(paper, drawn)
    assert [code.data for code in decode(paper.convert("L"))] == [
        b"http://10.20.30.40:8000/t/7K3M9QXA"
    ]
    assert bench.simulator.garbage_bytes == 0


def test_printer_at_its_usual_pace_confirms_when_the_paper_is_out(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    bench = open_bench(SimulatorSettings(speed_mm_s=600.0))
    assert bench.driver.print(new_ticket(), "ab01") == CONFIRMED
    assert len(bench.simulator.papers) == 1


def test_printer_that_knows_only_the_fence_confirms_by_it(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    bench = open_bench(FENCE_ONLY)
    assert bench.driver.status() is PrinterState.READY
    probe_garbage = bench.simulator.garbage_bytes
    assert [bench.driver.print(new_ticket(), f"ab0{n}") for n in range(3)] == [CONFIRMED] * 3
    assert bench.driver.confirms
    assert len(bench.simulator.papers) == 3
    assert bench.simulator.garbage_bytes == probe_garbage


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (SimulatedState.PAPER_OUT, "paper_out"),
        (SimulatedState.COVER_OPEN, "cover_open"),
        (SimulatedState.OFFLINE, "offline"),
    ],
)
def test_printer_that_cannot_print_is_sent_nothing_and_prints_when_put_right(
    open_bench: OpenBench, new_ticket: NewTicket, state: SimulatedState, reason: str
) -> None:
    bench = open_bench()
    bench.simulator.set_state(state)
    assert bench.driver.print(new_ticket(), "ab01") == PrintOutcome(OutcomeKind.NOT_SENT, reason)
    assert bench.driver.status().value == reason
    assert not bench.driver.accepts_jobs
    bench.simulator.set_state(SimulatedState.READY)
    assert bench.driver.status() is PrinterState.READY
    assert bench.simulator.papers == []
    assert bench.driver.print(new_ticket(), "ab02") == CONFIRMED
    assert [paper.process_id for paper in bench.simulator.papers] == ["ab02"]


def test_low_paper_is_told_and_still_prints(open_bench: OpenBench, new_ticket: NewTicket) -> None:
    bench = open_bench()
    bench.simulator.set_state(SimulatedState.PAPER_LOW)
    assert bench.driver.print(new_ticket(), "ab01") == CONFIRMED
    assert bench.states == [PrinterState.PAPER_LOW]


def test_printer_that_refuses_the_connection_is_offline_not_ready(new_ticket: NewTicket) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    transport = TcpTransport("127.0.0.1", port, connect_timeout_s=0.5)
    driver = EscPosPrinter(
        transport, JobEncoder(RasterSettings()), QUICK, threading.Event(), lambda state: None
    )
    assert driver.status() is PrinterState.OFFLINE
    assert driver.print(new_ticket(), "ab01") == PrintOutcome(OutcomeKind.NOT_SENT, "offline")


def test_printer_that_never_speaks_is_unknown_and_its_tickets_unconfirmed(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    bench = open_bench()
    bench.simulator.set_state(SimulatedState.SILENT)
    assert bench.driver.status() is PrinterState.UNKNOWN
    assert not bench.driver.accepts_jobs
    assert bench.driver.status() is PrinterState.UNKNOWN
    assert bench.driver.accepts_jobs
    assert not bench.driver.confirms
    outcome = bench.driver.print(new_ticket(), "ab01")
    assert outcome == PrintOutcome(OutcomeKind.SENT_UNCONFIRMED, "unconfirmed")
    assert bench.simulator.wait_until(lambda s: len(s.papers) == 1, 5)
    bench.simulator.set_state(SimulatedState.READY)
    bench.driver.status()
    assert bench.driver.status() is PrinterState.READY
    assert bench.driver.print(new_ticket(), "ab02") == CONFIRMED


def test_printer_that_falls_silent_is_unknown_and_sent_nothing(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    bench = open_bench()
    assert bench.driver.status() is PrinterState.READY
    bench.simulator.set_state(SimulatedState.SILENT)
    for _ in range(3):
        assert bench.driver.status() is PrinterState.UNKNOWN
        assert not bench.driver.accepts_jobs
    outcome = bench.driver.print(new_ticket(), "ab01")
    assert outcome == PrintOutcome(OutcomeKind.NOT_SENT, "no_answer")
    bench.simulator.set_state(SimulatedState.READY)
    assert bench.driver.print(new_ticket(), "ab02") == CONFIRMED
    assert len(bench.simulator.papers) == 1


@pytest.mark.parametrize("model", [SimulatorSettings(speed_mm_s=None), FENCE_ONLY, TIGHT])
def test_roll_that_ends_in_mid_ticket_and_is_changed_gives_one_whole_ticket(
    open_bench: OpenBench, new_ticket: NewTicket, model: SimulatorSettings
) -> None:
    bench = open_bench(model, timings=replace(QUICK, paper_wait_s=20.0))
    bench.driver.status()
    bench.simulator.fail_after(400, Fault.PAPER_OUT)
    bench.states.clear()
    bench.on_state = lambda state: (
        state is PrinterState.PAPER_OUT and bench.simulator.set_state(SimulatedState.READY)
    )
    drawn = new_ticket()
    assert bench.driver.print(drawn, "ab01") == CONFIRMED
    assert bench.states[0] is PrinterState.PAPER_OUT
    assert len(bench.simulator.papers) == 1
    assert is_same(bench.simulator.papers[0].picture, drawn)


@pytest.mark.parametrize(
    ("fault", "reason"), [(Fault.PAPER_OUT, "paper_out"), (Fault.COVER_OPEN, "cover_open")]
)
@pytest.mark.parametrize("model", [SimulatorSettings(speed_mm_s=None), FENCE_ONLY, TIGHT])
def test_nobody_helps_in_mid_ticket_so_it_is_uncertain_and_the_next_one_is_whole(
    open_bench: OpenBench,
    new_ticket: NewTicket,
    model: SimulatorSettings,
    fault: Fault,
    reason: str,
) -> None:
    bench = open_bench(model)
    bench.driver.status()
    bench.simulator.fail_after(400, fault)
    outcome = bench.driver.print(new_ticket(), "ab01")
    assert outcome == PrintOutcome(OutcomeKind.UNCERTAIN, reason)
    assert bench.simulator.papers == []
    assert bench.simulator.printed_rows == 400
    refused = bench.driver.print(new_ticket(), "ab02")
    assert refused.kind is OutcomeKind.NOT_SENT
    bench.simulator.set_state(SimulatedState.READY)
    second = new_ticket(label="A013")
    outcomes = [bench.driver.print(second, "ab03") for _ in range(2)]
    assert CONFIRMED in outcomes
    assert [o.kind for o in outcomes if o != CONFIRMED] in ([], [OutcomeKind.NOT_SENT])
    whole = [p for p in bench.simulator.papers if is_same(p.picture, second)]
    assert len(whole) == outcomes.count(CONFIRMED)
    assert len([p for p in bench.simulator.papers if is_same(p.picture, new_ticket())]) <= 1


def test_late_word_about_a_broken_ticket_does_not_confirm_the_next_one(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    """A printer with the fence only does not name the job that its answer is about."""
    model = replace(FENCE_ONLY, buffer_bytes=300_000)
    bench = open_bench(model)
    bench.driver.status()
    bench.simulator.fail_after(400, Fault.PAPER_OUT)
    first = new_ticket()
    assert bench.driver.print(first, "ab01").kind is OutcomeKind.UNCERTAIN
    bench.simulator.set_state(SimulatedState.READY)
    bench.simulator.fail_after(first.height + 500, Fault.PAPER_OUT)
    outcome = bench.driver.print(new_ticket(label="A013"), "ab02")
    assert outcome == PrintOutcome(OutcomeKind.UNCERTAIN, "paper_out")


@pytest.mark.parametrize("model", [SimulatorSettings(speed_mm_s=None), TIGHT])
@pytest.mark.parametrize("fault", [Fault.CONNECTION_LOST, Fault.POWER_CUT])
def test_lost_connection_in_mid_ticket_is_uncertain_and_the_next_ticket_is_whole(
    open_bench: OpenBench, new_ticket: NewTicket, model: SimulatorSettings, fault: Fault
) -> None:
    bench = open_bench(model)
    bench.driver.status()
    bench.simulator.fail_after(300, fault)
    outcome = bench.driver.print(new_ticket(), "ab01")
    assert outcome == PrintOutcome(OutcomeKind.UNCERTAIN, "connection_lost")
    second = new_ticket(label="A013")
    assert bench.driver.print(second, "ab02") == CONFIRMED
    (whole,) = copies_of(bench, "ab02")
    assert is_same(whole, second)
    assert bench.simulator.garbage_bytes == 0


def test_half_ticket_of_an_earlier_process_is_parted_from_the_next(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    bench = open_bench()
    encoder = JobEncoder(RasterSettings())
    with socket.create_connection(("127.0.0.1", bench.simulator.port)) as line:
        line.sendall(encoder.encode(new_ticket(), JobEnd("zz99"))[:30_000])
        assert bench.simulator.wait_until(lambda s: s.printed_rows == 384, 5)
    bench.driver.mark_broken()
    drawn = new_ticket(label="A013")
    assert bench.driver.print(drawn, "ab01") == CONFIRMED
    half, whole = bench.simulator.papers
    assert half.picture.height < drawn.height
    assert is_same(whole.picture, drawn)


def test_stopped_agent_does_not_wait_for_paper(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    bench = open_bench(timings=replace(QUICK, paper_wait_s=60.0))
    bench.driver.status()
    bench.simulator.fail_after(400, Fault.PAPER_OUT)
    bench.on_state = lambda state: bench.stop.set()
    outcome = bench.driver.print(new_ticket(), "ab01")
    assert outcome == PrintOutcome(OutcomeKind.UNCERTAIN, "stopped")


def test_sluggish_printer_is_never_believed_to_be_ready(open_bench: OpenBench) -> None:
    bench = open_bench(SimulatorSettings(speed_mm_s=None, status_delay_s=0.45))
    bench.simulator.set_state(SimulatedState.PAPER_OUT)
    for _ in range(3):
        assert bench.driver.status() in (PrinterState.UNKNOWN, PrinterState.PAPER_OUT)


def test_morning_of_faults_tells_no_lie_and_prints_nothing_twice(
    open_bench: OpenBench, new_ticket: NewTicket
) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - not a secret.
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - not a secret.
    bench = open_bench(timings=replace(QUICK, paper_wait_s=0.1))
    outcomes: dict[str, OutcomeKind] = {}
    drawn = {}
    for number in range(24):
        process_id = f"m{number:03d}"
        if chance.random() < 0.5:
            bench.simulator.fail_after(chance.randrange(1, 900), chance.choice(list(Fault)))
        drawn[process_id] = new_ticket(label=f"A{number:03d}")
        outcomes[process_id] = bench.driver.print(drawn[process_id], process_id).kind
        if not bench.driver.status().can_print:
            bench.simulator.set_state(SimulatedState.READY)
    bench.simulator.set_state(SimulatedState.READY)
    assert bench.driver.print(new_ticket(label="E999"), "last").kind in outcomes.values()
    for process_id, kind in outcomes.items():
        copies = [p for p in bench.simulator.papers if is_same(p.picture, drawn[process_id])]
        if kind is OutcomeKind.CONFIRMED:
            assert len(copies) == 1, process_id
        elif kind is OutcomeKind.NOT_SENT:
            assert len(copies) == 0, process_id
        else:
            assert len(copies) <= 1, process_id
    assert list(outcomes.values()).count(OutcomeKind.CONFIRMED) >= 5
