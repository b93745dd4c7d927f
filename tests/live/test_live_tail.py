"""What live passes on when others write in between its looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from server.live.tail import Tail
from server.services.open_market import OpenMarket
from server.services.signals import send_signal
from tests.people import CLI

NEWEST = "max(signal.id)"


@contextmanager
def a_signal_before_each_question_for_the_newest(market: OpenMarket, most: int) -> Iterator[None]:
    """Commit a signal just before live asks for the newest id, `most` times."""
    sent = 0

    def before(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal sent
        if NEWEST in statement and sent < most:
            sent += 1
            send_signal(market, CLI, "kiosk", "test", {"n": sent})

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def test_a_card_read_while_live_looks_is_passed_on(
    market: OpenMarket,
) -> None:
    passed: list[int] = []

    def emit(kind: str, data: Any, _room: str) -> None:
        if kind == "signal":
            passed.append(data["body"]["n"])

    tail = Tail(market, emit, lambda _events: None, lambda: None)
    tail.look()
    with a_signal_before_each_question_for_the_newest(market, 5):
        for _ in range(8):
            tail.look()
    assert passed == [1, 2, 3, 4, 5]
