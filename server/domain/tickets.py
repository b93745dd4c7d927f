"""Owns what a ticket is called: its label on the board and the code in its QR picture."""

import re

from server.domain.errors import ScanUnknown, TicketUnknown

CODE_LENGTH = 10
MAX_RECALLS = 5
# A number that was called in vain may come back this often.
MAX_RETURNS = 1
MAX_REPRINTS = 5

# Crockford's base 32: no I, L, O, U, so that nothing read aloud or from bad paper is taken for
# another, and every character fits the alphanumeric mode of a QR code (ISO/IEC 18004).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_BYTES = 7
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
# A ticket's address, whatever name the server had when it was printed.
_ADDRESS = re.compile(r"https?://[^/\s]+/t/", re.IGNORECASE)


def ticket_label(series: str, number: int) -> str:
    """Write a ticket's number as everybody says it: "A001", "A012", "A1000"."""
    return f"{series}{number:03d}"


def new_ticket_code(random_bytes: bytes) -> str:
    """Make a ticket code of 10 characters (50 bits) from at least 7 random bytes.

    Raises ValueError for fewer bytes.
    """
    if len(random_bytes) < _CODE_BYTES:
        raise ValueError("a ticket code needs 7 random bytes")
    bits = int.from_bytes(random_bytes[:_CODE_BYTES])
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))


def is_ticket_code(text: str) -> bool:
    """Tell whether a text is exactly a ticket code."""
    return len(text) == CODE_LENGTH and all(character in _ALPHABET for character in text)


def clean_ticket_code(text: str) -> str:
    """Clean a typed or scanned code: any case, spaces, O for 0, I or L for 1.

    Raises TicketUnknown if it is no ticket code.
    """
    code = "".join(text.split()).upper().translate(_MISREAD)
    if not is_ticket_code(code):
        raise TicketUnknown()
    return code


def scanned_ticket_code(text: str) -> str:
    """Return the code in what a scanner read: a ticket's address or the bare code.

    Raises ScanUnknown for anything else, such as a payment code.
    """
    try:
        return clean_ticket_code(_ADDRESS.sub("", text.strip(), count=1))
    except TicketUnknown as error:
        raise ScanUnknown from error
