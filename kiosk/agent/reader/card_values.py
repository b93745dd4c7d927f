"""The values on a card, checked the same way whichever reader tells them."""

import unicodedata
from datetime import date

from kiosk.agent.private_use import private_use_table
from kiosk.agent.reader.card import CardNeedsClerk, ClerkReason

NO_END = "长期"
_SEXES = "0129"  # GB/T 2261.1
_SHORTEST_NAME = 2
_DAY_DIGITS = 8


def card_text(raw: str) -> str:
    """Return a field without padding and without old private-use codes.

    What follows a NUL is left over from the last card.
    """
    return raw.partition("\0")[0].strip().translate(private_use_table())


def card_name(name: str) -> str:
    """Return a name that can be shown. Raises CardNeedsClerk for one that would show as a box."""
    is_showable = all(unicodedata.category(char) not in ("Co", "Cc", "Cs") for char in name)
    if len(name) < _SHORTEST_NAME or not is_showable or "\N{REPLACEMENT CHARACTER}" in name:
        raise CardNeedsClerk(ClerkReason.NAME)
    return name


def card_number(text: str) -> str:
    """Return a document number in upper case. Raises CardNeedsClerk for one that is none."""
    number = text.upper()
    if not (number.isascii() and number.isalnum()):
        raise CardNeedsClerk(ClerkReason.UNREADABLE)
    return number


def card_sex(code: str) -> str:
    """Return a code of GB/T 2261.1, "0" where the card says nothing that it knows."""
    return code if code and code in _SEXES else "0"


def card_day(digits: str) -> date:
    """Read yyyymmdd. Raises CardNeedsClerk for what is no day."""
    try:
        if len(digits) != _DAY_DIGITS:
            raise ValueError
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:  # Its text quotes a birthday, so it must not be chained into a log.
        raise CardNeedsClerk(ClerkReason.UNREADABLE) from None


def card_day_or_none(digits: str, *, none_word: str) -> date | None:
    """Read yyyymmdd, or None for the word that stands for "no day"."""
    return None if digits == none_word else card_day(digits)
