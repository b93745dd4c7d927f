"""Owns when two names of employers are the same, and the pairs of characters that find them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise, product

from server.domain.pinyin_pad import pinyin_pad

# The form of a company is often left out or written in several ways (公司法, article 7).
LEGAL_FORMS = ("有限责任公司", "股份有限公司", "有限公司", "公司")


def plain_name(text: str) -> str:
    """Return letters, digits and characters only, of one width, in capitals."""
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in wide if sign.isalnum())


def name_key(text: str) -> str:
    """Return what two spellings of one name have in common: no form of company, no brackets."""
    plain = plain_name(text)
    for form in LEGAL_FORMS:
        if plain.endswith(form) and len(plain) > len(form):
            return plain.removesuffix(form)
    return plain


def name_grams(public_name: str) -> frozenset[str]:
    """Return the pairs that find a name: of its characters, and of pinyin initials (lower case)."""
    plain = plain_name(public_name)
    initials = _initials()
    spoken = {
        first + second
        for one, other in pairwise(plain)
        for first, second in product(initials.get(one, ()), initials.get(other, ()))
    }
    return frozenset(spoken | {one + other for one, other in pairwise(plain)})


def search_grams(search: str) -> tuple[frozenset[str], ...]:
    """Return the sets of pairs of which a name must have one whole: as written, as initials."""
    plain = plain_name(search)
    written = frozenset(one + other for one, other in pairwise(plain))
    if not written:
        return ()
    is_latin = plain.isascii() and plain.isalpha()
    return (written, frozenset(gram.lower() for gram in written)) if is_latin else (written,)


@cache
def _initials() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for syllable, characters in pinyin_pad().syllables.items():
        for character in characters:
            found.setdefault(character, set()).add(syllable[0])
    return {character: frozenset(letters) for character, letters in found.items()}
