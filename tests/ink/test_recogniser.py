"""Handwriting, read by the real recogniser in a process of its own."""

from __future__ import annotations

import logging
import random
import secrets
import sys
import tomllib
from pathlib import Path

import pytest

from server.domain.errors import HandwritingOff
from server.domain.pinyin_pad import pad_characters
from server.ink.recogniser import CANDIDATES_SHOWN, Recogniser
from tests.ink.strokes import CORNERS, written

ROOT = Path(__file__).parents[2]
SEED = secrets.randbits(32)


@pytest.mark.parametrize("character", CORNERS)
def test_a_written_character_is_among_the_candidates(character: str) -> None:
    print(f"seed {SEED}")
    found = Recogniser().read(written(character, SEED))
    assert character in found
    assert len(found) <= CANDIDATES_SHOWN


def test_only_characters_of_the_national_table_are_offered() -> None:
    print(f"seed {SEED}")
    hand = random.Random(SEED)  # noqa: S311 - scribbles
    for _ in range(5):
        scribble = [
            [(hand.randrange(1001), hand.randrange(1001)) for _ in range(12)] for _ in "四笔"
        ]
        assert set(Recogniser().read(scribble)) <= pad_characters()


def test_without_the_extra_it_is_off() -> None:
    missing = Recogniser("no_such_package")
    assert not missing.is_there
    with pytest.raises(HandwritingOff):
        missing.read(written("十", 1))


def test_one_that_takes_too_long_is_ended() -> None:
    with pytest.raises(HandwritingOff):
        Recogniser(deadline_s=0.001).read(written("十", 1))


def test_strokes_are_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    Recogniser().read([[(123, 456), (789, 321)]])
    with pytest.raises(HandwritingOff):
        Recogniser(deadline_s=0.001).read([[(123, 456), (789, 321)]])
    assert "456" not in caplog.text


def test_the_server_never_loads_the_binary_itself() -> None:
    Recogniser().read(written("十", 1))
    assert "dinkit" not in sys.modules


def test_the_extra_is_pinned_alike_in_both_places() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [pin] = extras["optional-dependencies"]["handwriting"]
    assert pin in (ROOT / "deploy/handwriting.in").read_text(encoding="utf-8").splitlines()
    lock = (ROOT / "requirements-handwriting.lock").read_text(encoding="utf-8")
    assert f"{pin} \\\n    --hash=sha256:" in lock
