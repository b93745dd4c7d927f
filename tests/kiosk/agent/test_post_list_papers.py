"""A list of posts on paper: what a worker and a desk find each post by, in dots and in text."""

from typing import Any

import pytest
from agent_bench import listed, post_list
from test_ticket_drawing import WIDTHS, shows

from kiosk.agent.drawing import draw_document
from kiosk.agent.errors import DrawingError
from kiosk.agent.fonts import Fonts
from kiosk.agent.paper_style import paper_style
from kiosk.agent.text_page import TextLine
from kiosk.agent.text_papers import set_document
from kiosk.agent.typesetting import TextSettings


@WIDTHS
def test_a_list_shows_number_pay_and_where_of_each_post(fonts: Fonts, width_dots: int) -> None:
    style = paper_style(width_dots)
    paper = draw_document("post_list", post_list(), width_dots, fonts)
    assert (paper.mode, paper.width) == ("1", width_dots)
    inverted = paper.convert("L").point(lambda grey: 255 - grey)
    for number in (118, 104, 97, 96):
        assert shows(inverted, fonts, f"编号 {number}", style.strong)
    for pay in ("378", "0.35", "357", "356"):
        assert shows(paper, fonts, pay, style.pay_digits)
    for words in ("今天", "6:30", "管午饭"):
        assert shows(paper, fonts, words, style.body)
    assert shows(paper, fonts, "0349-6072345", style.strong)


@WIDTHS
def test_a_post_that_takes_nobody_says_so_instead_of_its_free_places(
    fonts: Fonts, width_dots: int
) -> None:
    style = paper_style(width_dots)
    papers = {
        over: draw_document(
            "post_list", post_list(posts=[listed(97, over=over)]), width_dots, fonts
        )
        for over in ("", "不招了")
    }
    assert [shows(paper, fonts, "不招了", style.strong) for paper in papers.values()] == [
        False,
        True,
    ]
    assert [shows(paper, fonts, "还要 4 人", style.strong) for paper in papers.values()] == [
        True,
        False,
    ]


@WIDTHS
def test_twelve_posts_are_one_paper_and_a_thirteenth_is_left_out(
    fonts: Fonts, width_dots: int
) -> None:
    sheets = [
        draw_document(
            "post_list",
            post_list(posts=[listed(n) for n in range(100, 100 + count)]),
            width_dots,
            fonts,
        )
        for count in (12, 13)
    ]
    assert sheets[0].height == sheets[1].height
    # A metre of paper would be torn off before it is read.
    assert sheets[0].height < 8 * 1000


@WIDTHS
def test_a_list_reads_as_it_should_where_the_printer_sets_the_text(
    fonts: Fonts, width_dots: int
) -> None:
    page = set_document("post_list", post_list(), TextSettings(width_dots), fonts)
    read = [line.text.strip() for line in page.lines if isinstance(line, TextLine)]
    for expected in ("适合您的活", "编号 118", "日薪378元", "6:30 市场北门 集合"):
        assert expected in read
    [over] = [line for line in read if line.startswith("编号 97")]
    assert over.endswith("不招了")


@pytest.mark.parametrize(
    "document",
    [post_list(posts=[]), post_list(posts=[listed(1, title="")]), post_list(issued_at="")],
)
def test_a_list_without_what_it_promises_is_refused(fonts: Fonts, document: dict[str, Any]) -> None:
    with pytest.raises(DrawingError) as refusal:
        draw_document("post_list", document, 576, fonts)
    assert refusal.value.reason == "document_invalid"
