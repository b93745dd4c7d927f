"""Owns the characters behind the keys of the kiosk's pinyin pad.

《通用规范汉字表》 (State Council, 2013): 8,105 characters. `deploy/pinyin_pad.py` makes the file
and names its sources; `surnames` come first for the first character of a name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FILE = "pinyin_pad.json"


@dataclass(frozen=True)
class PinyinPad:
    """The pad's characters by syllable without tone, "ü" as itself, best first.

    surnames: also whole ones of two characters, under the first syllable and under both.
    """

    syllables: Mapping[str, str]
    surnames: Mapping[str, tuple[str, ...]]


@cache
def pinyin_pad() -> PinyinPad:
    """Return the pad as it was shipped."""
    content = json.loads(files("server.data").joinpath(FILE).read_text(encoding="utf-8"))
    surnames = {key: tuple(names) for key, names in content["surnames"].items()}
    return PinyinPad(content["syllables"], surnames)


@cache
def pad_characters() -> frozenset[str]:
    """Return every character of the pad."""
    return frozenset("".join(pinyin_pad().syllables.values()))
