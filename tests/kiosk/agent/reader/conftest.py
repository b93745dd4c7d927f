"""Fixtures for the card reader, and a watch over what is logged."""

import logging
from collections.abc import Iterator

import pytest
from reader_bench import TODAY, Bench

from kiosk.agent.reader import demo_cards


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.close()


@pytest.fixture(autouse=True)
def _nothing_personal_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    for card in demo_cards(TODAY):
        assert card.content.name not in caplog.text
        assert card.content.id_no not in caplog.text
        assert f"{card.content.birth_day:%Y%m%d}" not in caplog.text
