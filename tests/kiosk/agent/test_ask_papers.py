"""The papers of asks: a case's receipt says its number, its days and whom to call."""

import pytest
from agent_bench import receipt
from test_ticket_drawing import WIDTHS, rows_of, shows

from kiosk.agent.canvas import squeezed_text
from kiosk.agent.drawing import draw_document
from kiosk.agent.errors import DrawingError
from kiosk.agent.fonts import Fonts
from kiosk.agent.paper_style import paper_style


@WIDTHS
def test_a_receipt_shows_its_number_its_days_and_its_lines(fonts: Fonts, width_dots: int) -> None:
    style = paper_style(width_dots)
    paper = draw_document("receipt", receipt(), width_dots, fonts)
    assert (paper.mode, paper.width) == ("1", width_dots)
    for words in ("11月25日(星期三)前", "11月27日(星期五)前", "12月1日(星期二)前"):
        assert shows(paper, fonts, words, style.strong)
    for words in ("有人专门管", "给您回话", "办结"):
        assert shows(paper, fonts, words, style.body)
    for words in ("0349-6072345", "12345", "12333", "平鲁宏达劳务"):
        assert shows(paper, fonts, words, style.strong)
    inverted = paper.convert("L").point(lambda grey: 255 - grey)
    assert shows(inverted, fonts, "专人负责，跟踪到底", style.strong)


def test_the_number_is_the_largest_thing_on_a_receipt(fonts: Fonts) -> None:
    style = paper_style(576)
    number = squeezed_text(fonts, "S2026-0001", style.number_rows // 3, 576 - 2 * style.margin)
    wanted, rows = rows_of(number), rows_of(draw_document("receipt", receipt(), 576, fonts))
    first = next(y for y, row in enumerate(rows) if wanted[0] in row)
    x = rows[first].find(wanted[0])
    assert all(rows[first + y][x : x + number.width] == row for y, row in enumerate(wanted))
    assert number.height > style.title.size


def test_a_receipt_that_names_nobody_leaves_the_line_out(fonts: Fonts) -> None:
    style = paper_style(576)
    named = draw_document("receipt", receipt(), 576, fonts)
    nobody = draw_document("receipt", receipt(employer="", hint=""), 576, fonts)
    assert shows(named, fonts, "用工", style.body)
    assert not shows(nobody, fonts, "用工", style.body)
    assert nobody.height < named.height


def test_only_a_copy_of_a_receipt_says_so(fonts: Fonts) -> None:
    style = paper_style(576)
    for copy_no, is_marked in ((1, False), (3, True)):
        paper = draw_document("receipt", receipt(copy_no=copy_no), 576, fonts)
        inverted = paper.convert("L").point(lambda grey: 255 - grey)
        assert shows(inverted, fonts, "补打 3", style.strong) is is_marked


@pytest.mark.parametrize(
    "document", [receipt(case_no=""), receipt(deadlines=[]), receipt(deadlines=[{"step": "办结"}])]
)
def test_a_receipt_without_what_it_promises_is_refused(
    fonts: Fonts, document: dict[str, object]
) -> None:
    with pytest.raises(DrawingError) as refusal:
        draw_document("receipt", document, 576, fonts)
    assert refusal.value.reason == "document_invalid"
