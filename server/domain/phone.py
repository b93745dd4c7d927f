"""Owns telephone numbers: cleaning and masking."""

import re
import unicodedata

from server.domain.errors import PhoneInvalid

_MOBILE = re.compile(r"1[3-9]\d{9}\Z")
_AREA = re.compile(r"(0(?:10|2\d|[3-9]\d\d))([2-8]\d{6,7})\Z")
_NATIONAL = re.compile(r"([48]00)(\d{3})(\d{4})\Z")
_LOCAL = re.compile(r"[2-8]\d{6,7}\Z")
_HOTLINE = re.compile(r"(?:1[12]\d{1,3}|9[56]\d{3})\Z")
_EXTENSION = re.compile(r"(?:转|-)(\d{1,5})\Z")


def clean_phone(text: str) -> str:
    """Clean a mainland mobile number to its 11 digits; +86, spaces and hyphens are tolerated.

    Raises PhoneInvalid.
    """
    digits = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(?:\+|00)86", "", digits)
    if not _MOBILE.match(digits) or not digits.isascii():
        raise PhoneInvalid()
    return digits


def clean_contact_phone(text: str) -> str:
    """Clean the number of an employer or a hotline: mobile, landline, 400 number or short number.

    Returns "13812345678", "0349-2026789", "0349-2026789-801", "400-123-4567" or "12333".
    Raises PhoneInvalid.
    """
    plain = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"^(?:\+|00)86", "", plain)
    if not plain.isascii() and "转" not in plain:
        raise PhoneInvalid()
    found = _contact(plain.replace("-", ""))
    if found is not None:
        return found
    extension = _EXTENSION.search(plain)
    landline = _contact(plain[: extension.start()].replace("-", "")) if extension else None
    if extension is None or landline is None or "-" not in landline:
        raise PhoneInvalid()
    return f"{landline}-{extension[1]}"


def mask_phone(phone: str) -> str:
    """Hide the middle of a mobile number, "138****1234"; show two last digits of any other."""
    if _MOBILE.match(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    hidden = max(len(phone) - 2, 0)
    return "*" * hidden + phone[hidden:] if len(phone) > 4 else "*" * len(phone)


def _contact(digits: str) -> str | None:
    if _MOBILE.match(digits) or _LOCAL.match(digits) or _HOTLINE.match(digits):
        return digits
    for form in (_AREA, _NATIONAL):
        found = form.match(digits)
        if found is not None:
            return "-".join(found.groups())
    return None
