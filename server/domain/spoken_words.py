"""Owns the words on the kiosk's choices that can be said aloud, with their numbered pinyin."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from server.domain.data_files import read_rows


@cache
def spoken_words() -> Mapping[str, str]:
    """Return words of choices and the name of their sound: {"找活": "zhao3_huo2", …}.

    The name is the pinyin itself. Only words of the screens are here, nobody's name.
    """
    return {row["words"]: row["pinyin"].replace(" ", "_") for row in read_rows("spoken_words.csv")}


@cache
def spoken_sounds() -> Mapping[str, str]:
    """Return names of sounds and their pinyin: {"zhao3_huo2": "zhao3 huo2", …}."""
    return {name: name.replace("_", " ") for name in spoken_words().values()}
