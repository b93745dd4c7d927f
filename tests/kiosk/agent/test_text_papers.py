"""Papers that the printer sets itself: their bytes, and what a person reads from them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from agent_bench import QUICK, Bench, slip, ticket
from pyzbar.pyzbar import decode

from kiosk.agent.errors import DrawingError
from kiosk.agent.fonts import Fonts
from kiosk.agent.printer import OutcomeKind, PrintOutcome
from kiosk.agent.printer_state import PrinterState
from kiosk.agent.raster import JobEncoder, JobEnd, RasterSettings
from kiosk.agent.simulator.paper import Paper
from kiosk.agent.simulator.printer import Fault, SimulatedState, SimulatorSettings
from kiosk.agent.simulator.serial_line import SimulatedSerialLine
from kiosk.agent.text_page import Charset, PictureLine, TextLine, TextPage, TextSize, columns_of
from kiosk.agent.text_papers import set_document
from kiosk.agent.transport import SerialTransport
from kiosk.agent.typesetting import TextSettings, wrap_columns

OpenBench = Callable[..., Bench]
SetPaper = Callable[..., TextPage]
CONFIRMED = PrintOutcome(OutcomeKind.CONFIRMED)
SLOW = TextSettings(draws_codes=False)
TEXT_BANDS = RasterSettings(576, 24)
BAUD = 57_600
# What the line carries in two seconds at 9600 Bd.
TWO_SECONDS_AT_9600 = 1920


@pytest.fixture
def set_paper(fonts: Fonts) -> SetPaper:
    def set_paper(kind: str, settings: TextSettings = SLOW, **changes: Any) -> TextPage:
        document = ticket(**changes) if kind == "ticket" else slip(**changes)
        return set_document(kind, document, settings, fonts)

    return set_paper


@pytest.fixture
def serial_bench(open_bench: OpenBench) -> Iterator[Callable[..., Bench]]:
    lines: list[SimulatedSerialLine] = []

    def build(model: SimulatorSettings, paper_wait_s: float) -> Bench:
        timings = replace(QUICK, paper_wait_s=paper_wait_s)

        def plug_in(port: int) -> SerialTransport:
            lines.append(SimulatedSerialLine(port, BAUD))
            return SerialTransport(lines[-1].path, BAUD, "rtscts")

        return open_bench(model, TEXT_BANDS, timings, plug_in)

    yield build
    for line in lines:
        line.unplug()


def job_of(page: TextPage) -> bytes:
    return JobEncoder(TEXT_BANDS).encode(page, JobEnd("ab01"))


def texts_of(page: TextPage) -> list[str]:
    return [line.text for line in page.lines if isinstance(line, TextLine)]


def pictures_in(page: TextPage) -> int:
    return sum(isinstance(line, PictureLine) for line in page.lines)


def printed(bench: Bench, page: TextPage) -> Paper:
    assert bench.driver.print(page, "ab01") == CONFIRMED
    (paper,) = bench.simulator.papers
    assert bench.simulator.garbage_bytes == 0
    return paper


@pytest.mark.parametrize("width_dots", [576, 384])
def test_a_full_ticket_takes_a_9600_baud_line_less_than_two_seconds(
    set_paper: SetPaper, width_dots: int
) -> None:
    posts = ticket()["posts"] * 3
    page = set_paper("ticket", replace(SLOW, width_dots=width_dots), posts=posts)
    assert pictures_in(page) == 0
    assert len(job_of(page)) <= TWO_SECONDS_AT_9600


def test_chinese_goes_out_in_the_bytes_of_gb_18030_after_the_switch_to_chinese() -> None:
    page = TextPage((TextLine("砌筑工 张䶮"), TextLine("B012", TextSize(2, 2), is_centred=True)))
    job = JobEncoder(TEXT_BANDS).encode(page, JobEnd(wants_fence=False))
    assert job == (
        b"\x1b\x40"
        b"\x1c\x26\x0a"
        b"\x1c\x26" + "砌筑工".encode("gb18030") + b"\x20\xd5\xc5\xfe\x9f\x0a"
        b"\x1b\x61\x01\x1c\x26\x1d\x21\x11\x1c\x21\x0cB012\x0a"
        b"\x1d\x56\x42\x00"
    )  # fmt: skip


@pytest.mark.parametrize("width_dots", [576, 384])
def test_a_ticket_reads_as_it_should_on_both_widths_of_paper(
    open_bench: OpenBench, set_paper: SetPaper, width_dots: int
) -> None:
    bench = open_bench(
        SimulatorSettings(width_dots, speed_mm_s=None), RasterSettings(width_dots, 24)
    )
    page = set_paper("ticket", TextSettings(width_dots), copy_no=2)
    paper = printed(bench, page)
    read = [line.strip() for line in paper.text.splitlines()]
    for expected in (
        "平鲁区零工市场",
        "您的号·找活",
        "A012",
        "补打 2",
        "前面还有 7 人",
        "日薪280元",
        "6:30 北门",
        "北坪循环经济园区3号工地",
        "咨询 0349-6072345",
        "投诉 12333",
        "2026年11月24日 04:31 打印",
    ):
        assert expected in read
    assert [c.data.decode() for c in decode(paper.picture.convert("L"))] == [ticket()["qr"]]


def test_the_first_in_the_queue_reads_you_are_next(set_paper: SetPaper) -> None:
    assert "下一个就是您" in texts_of(set_paper("ticket", ahead=0))


def test_a_slow_printer_prints_what_the_code_says_instead_of_the_code(set_paper: SetPaper) -> None:
    assert ticket()["qr"] in texts_of(set_paper("ticket"))
    assert pictures_in(set_paper("ticket", TextSettings())) == 1


def test_a_slip_has_the_letter_and_the_receipt_and_the_name_as_dots(
    open_bench: OpenBench, set_paper: SetPaper
) -> None:
    bench = open_bench(raster=TEXT_BANDS)
    read = printed(bench, set_paper("slip", worker_name="王建国")).text
    for expected in ("推荐介绍信", "每天180元", "(壹佰捌拾元整)", "工资直接发给本人", "回执"):
        assert expected in read
    assert "现介绍" not in read
    assert "姓名 王建国" in read
    assert read.count("验证码 7K3M 9QXA") == 2


@pytest.mark.parametrize("character", ["喆", "䶮", "㛃", "𠅤"])
@pytest.mark.parametrize("charset", Charset)
def test_a_character_that_the_printer_does_not_have_is_sent_as_dots(
    open_bench: OpenBench, set_paper: SetPaper, charset: Charset, character: str
) -> None:
    has = {
        Charset.GB2312: "",
        Charset.GBK: "喆",
        Charset.GB18030_2BYTE: "喆䶮",
    }[charset]
    bench = open_bench(SimulatorSettings(speed_mm_s=None, charset=charset), TEXT_BANDS)
    page = set_paper("ticket", replace(SLOW, charset=charset), market_name=f"{character}市")
    read = printed(bench, page).text
    assert (f"{character}市" in read) == (character in has)
    assert pictures_in(page) == (0 if character in has else 1)
    assert "□" not in read


@pytest.mark.parametrize("text", ["买买提·艾力", "“今天”——8：00，可以吗？", "￥180"])
def test_signs_of_gb_2312_need_no_dots(text: str) -> None:
    assert all(Charset.GB2312.has(character) for character in text)


def test_signs_that_have_a_twin_are_printed_as_it(set_paper: SetPaper) -> None:
    texts = texts_of(set_paper("slip", hours="07:00–18:00", settlement_words="¥180"))
    assert "时间 07:00-18:00" in texts
    assert "￥180" in texts


def test_a_slip_with_an_unprintable_name_is_refused(set_paper: SetPaper) -> None:
    with pytest.raises(DrawingError, match="worker_name"):
        set_paper("slip", worker_name="张\ue000")


def test_no_line_is_wider_than_the_paper(set_paper: SetPaper) -> None:
    long = "北坪循环经济园区3号工地" * 6
    for width_dots in (576, 384):
        settings = replace(SLOW, width_dots=width_dots)
        page = set_paper("slip", settings, place=long, employer_name=long, pay_words=long)
        for line in page.lines:
            if isinstance(line, TextLine):
                assert columns_of(line.text) * line.size.width <= settings.columns
            else:
                assert line.picture.width <= width_dots


def test_words_and_numbers_stay_whole_where_they_fit() -> None:
    assert wrap_columns("电话 0349-6072345", 14) == ["电话", "0349-6072345"]
    assert wrap_columns("http://10.20.30.40/t/7K3M", 10) == ["http://10.", "20.30.40/t", "/7K3M"]
    assert wrap_columns("", 10) == []


def test_a_ticket_comes_out_of_a_serial_line(
    serial_bench: Callable[..., Bench], set_paper: SetPaper
) -> None:
    bench = serial_bench(SimulatorSettings(speed_mm_s=None), paper_wait_s=0.4)
    page = set_paper("ticket")
    read = printed(bench, page).text
    assert [line for line in read.splitlines() if line] == [t for t in texts_of(page) if t]


@pytest.mark.parametrize("knows_process_id", [True, False])
def test_roll_that_ends_in_mid_ticket_and_is_changed_gives_one_whole_ticket(
    serial_bench: Callable[..., Bench], set_paper: SetPaper, knows_process_id: bool
) -> None:
    model = SimulatorSettings(speed_mm_s=None, buffer_bytes=512, knows_process_id=knows_process_id)
    bench = serial_bench(model, paper_wait_s=20.0)
    assert bench.driver.status() is PrinterState.READY
    bench.simulator.fail_after(300, Fault.PAPER_OUT)
    bench.states.clear()
    bench.on_state = lambda state: (
        state is PrinterState.PAPER_OUT and bench.simulator.set_state(SimulatedState.READY)
    )
    page = set_paper("ticket")
    assert bench.driver.print(page, "ab01") == CONFIRMED
    assert bench.states[0] is PrinterState.PAPER_OUT
    (paper,) = bench.simulator.papers
    assert [line for line in paper.text.splitlines() if line] == [t for t in texts_of(page) if t]


def test_nobody_changes_the_roll_so_the_ticket_is_uncertain_and_the_next_one_is_whole(
    serial_bench: Callable[..., Bench], set_paper: SetPaper
) -> None:
    bench = serial_bench(SimulatorSettings(speed_mm_s=None, buffer_bytes=512), paper_wait_s=0.4)
    assert bench.driver.status() is PrinterState.READY
    bench.simulator.fail_after(300, Fault.PAPER_OUT)
    first = bench.driver.print(set_paper("ticket"), "ab01")
    assert first == PrintOutcome(OutcomeKind.UNCERTAIN, "paper_out")
    bench.simulator.set_state(SimulatedState.READY)
    page = set_paper("ticket", label="A013")
    outcomes = [bench.driver.print(page, f"ab0{n}") for n in (3, 4)]
    assert CONFIRMED in outcomes
    whole = [p for p in bench.simulator.papers if "A013" in p.text and p.process_id]
    assert len(whole) == outcomes.count(CONFIRMED)
    assert len([p for p in bench.simulator.papers if "A012" in p.text]) <= 1


def test_a_crew_s_ticket_says_for_how_many_it_is_in_double_size(set_paper: SetPaper) -> None:
    lines = [line for line in set_paper("ticket", people=8).lines if isinstance(line, TextLine)]
    [crew] = [line for line in lines if "班组" in line.text]
    assert (crew.text.strip(), crew.size) == ("班组 8 人", TextSize(2, 2))
    alone = set_paper("ticket").lines
    assert not any("班组" in line.text for line in alone if isinstance(line, TextLine))
