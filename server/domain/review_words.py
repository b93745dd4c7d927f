"""Owns how plain words with wildcards become patterns that cannot run away.

A person writes words, never a regular expression. "*" stands for at most WILD_LENGTH characters
of the same clause and "?" for one, so matching takes a bounded number of steps at each place.
"""

import re
import unicodedata

from server.domain.errors import RuleWordsInvalid

MOST_WORDS = 60
MOST_WILD = 2
WORD_LENGTH = 30
WILD_LENGTH = 4
LEAST_FIXED = 2

_SEVERAL = f"[^,。;!?\\s]{{0,{WILD_LENGTH}}}?"
_ONE = r"[^,。;!?\s]"
_INVISIBLE = re.compile("[\u200b-\u200f\ufeff\u00ad]")


def plain_text(text: str) -> str:
    """Write every variant of a sign one way, so that the rules know only one."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def clean_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, one a line, doubles and empty lines dropped.

    Raises RuleWordsInvalid (reason: too_many, too_long, too_short, too_wild; word).
    """
    lines = (plain_text(line).strip() for line in text.splitlines())
    words = tuple(dict.fromkeys(line for line in lines if line))
    if len(words) > MOST_WORDS:
        raise RuleWordsInvalid(reason="too_many", maximum=MOST_WORDS)
    for word in words:
        _check_word(word)
    return words


def _check_word(word: str) -> None:
    wild = sum(word.count(sign) for sign in "*?")
    fixed = sum(sign.isalnum() for sign in word)
    if len(word) > WORD_LENGTH:
        raise RuleWordsInvalid(reason="too_long", word=word[:WORD_LENGTH])
    if fixed < LEAST_FIXED:
        raise RuleWordsInvalid(reason="too_short", word=word)
    if wild > MOST_WILD:
        raise RuleWordsInvalid(reason="too_wild", word=word)


def pattern_of_words(words: tuple[str, ...]) -> str:
    """Return one safe pattern for words with wildcards, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(_pattern(word) for word in ordered)


def _pattern(word: str) -> str:
    signs = {"*": _SEVERAL, "?": _ONE}
    return "".join(signs.get(sign) or re.escape(sign) for sign in word)
