"""What a rule found is marked where it stands in the text as it was typed."""

from __future__ import annotations

import pytest

from server.domain.review_rules import built_in_screen, marked


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("手快，押金200", "手快，[押金]200"),
        ("先交押金", "[先交押金]"),
        ("刷\u200b单日结", "[刷\u200b单]日结"),
        ("押 金，刷·单", "[押 金]，[刷·单]"),
        ("ｖｘ：ａｂｃ１２３４５找我", "[ｖｘ：ａｂｃ１２３４５]找我"),
        ("联系13812345678", "联系[13812345678]"),
        ("干净的话", "干净的话"),
        ("", ""),
    ],
)
def test_the_words_are_marked_as_typed(typed: str, shown: str) -> None:
    pieces = marked(typed, built_in_screen().hits(typed))
    assert "".join(f"[{p.text}]" if p.is_hit else p.text for p in pieces) == shown
    assert "".join(piece.text for piece in pieces) == typed
