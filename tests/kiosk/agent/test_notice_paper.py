"""The one-time notice on paper: which service, everything to bring, whom to call."""

from __future__ import annotations

from typing import Any

import pytest
from test_ticket_drawing import WIDTHS, shows

from kiosk.agent.drawing import draw_document
from kiosk.agent.errors import DrawingError
from kiosk.agent.fonts import Fonts
from kiosk.agent.paper_style import paper_style


def notice(**changes: Any) -> dict[str, Any]:
    document = {
        "market_name": "平鲁区零工市场",
        "service_name": "困难帮扶",
        "things": [{"text": "身份证"}, {"text": "户口本"}],
        "hotline": "0349-6072345",
        "complaint_line": "12345",
        "issued_at": "2026年11月24日 04:31",
    }
    return document | changes


@WIDTHS
def test_a_notice_shows_the_service_the_things_and_the_lines(fonts: Fonts, width_dots: int) -> None:
    style = paper_style(width_dots)
    paper = draw_document("notice", notice(), width_dots, fonts)
    assert (paper.mode, paper.width) == ("1", width_dots)
    for words in ("办理：困难帮扶", "1. 身份证", "2. 户口本", "咨询 0349-6072345", "投诉 12345"):
        assert shows(paper, fonts, words, style.strong)
    assert shows(paper, fonts, "一次性告知单", style.title)


@pytest.mark.parametrize(
    "document", [notice(things=[]), notice(things=[{}]), notice(service_name="")]
)
def test_a_notice_without_what_it_promises_is_refused(
    fonts: Fonts, document: dict[str, object]
) -> None:
    with pytest.raises(DrawingError) as refusal:
        draw_document("notice", document, 576, fonts)
    assert refusal.value.reason == "document_invalid"
