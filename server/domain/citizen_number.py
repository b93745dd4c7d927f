"""Owns citizen numbers: how one is read, checked and masked (GB 11643-1999)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum.iso7064 import mod_11_2

from server.domain.errors import CitizenNumberInvalid
from server.domain.kinds import CardKind, Sex

MAX_AGE_YEARS = 130

_NUMBER = re.compile(r"\d{17}[\dX]\Z")
_FOREIGNER_2017 = re.compile(r"[A-Z]{3}\d{12}\Z")
_FOREIGNER_2023 = re.compile(r"9\d{16}[\dX]\Z")


@dataclass(frozen=True, repr=False)
class CitizenNumber:
    """Hold a checked citizen number and what it says; printing one shows the mask only."""

    number: str
    division_code: str
    birth_day: date
    sex: Sex

    def age_on(self, day: date) -> int:
        """Count the full years of life on a day."""
        return age_on(self.birth_day, day)

    def __repr__(self) -> str:
        return f"CitizenNumber({mask_citizen_number(self.number)})"


def parse_citizen_number(text: str, today: date) -> CitizenNumber:
    """Read a citizen number in any width of digit, with or without spaces, x or X.

    The first six digits may be any: old and foreign divisions are normal. Raises
    CitizenNumberInvalid(reason) with length, characters, birth_day or check_digit.
    """
    number = _plain(text)
    if len(number) != 18:
        raise CitizenNumberInvalid(reason="length")
    if not _NUMBER.match(number) or not number.isascii():
        raise CitizenNumberInvalid(reason="characters")
    birth_day = _birth_day(number[6:14], today)
    if check_digit(number[:17]) != number[17]:
        raise CitizenNumberInvalid(reason="check_digit")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return CitizenNumber(number, number[:6], birth_day, sex)


def check_digit(first17: str) -> str:
    """Compute the last character of a citizen number, "0" to "9" or "X" (ISO 7064 MOD 11-2)."""
    return mod_11_2.calc_check_digit(first17)


def clean_card_number(kind: CardKind, text: str, today: date) -> str:
    """Check the number that a chip card carries and return it in upper case.

    Residents and HMT residents have a citizen number. A permanent resident's card has three
    letters and twelve digits (2017) or eighteen characters that begin with 9 (2023); their check
    digits are not published, so only the form is checked. Raises CitizenNumberInvalid.
    """
    number = _plain(text)
    if kind is CardKind.FOREIGNER_2017:
        return _of_form(_FOREIGNER_2017, number, 15)
    if kind is CardKind.FOREIGNER_2023:
        return _of_form(_FOREIGNER_2023, number, 18)
    return parse_citizen_number(number, today).number


def mask_citizen_number(number: str) -> str:
    """Keep the first and last four characters: "1401**********1234"; hide shorter ones whole."""
    if len(number) < 12:
        return "*" * len(number)
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def age_on(birth_day: date, day: date) -> int:
    """Count the full years of life on a day; a birthday counts from its own morning.

    Somebody born on 29 February is a year older on 1 March of a common year.
    """
    had_birthday = (day.month, day.day) >= (birth_day.month, birth_day.day)
    return day.year - birth_day.year - (0 if had_birthday else 1)


def _plain(text: str) -> str:
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def _birth_day(text: str, today: date) -> date:
    try:
        birth_day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise CitizenNumberInvalid(reason="birth_day") from error
    if birth_day > today or today.year - birth_day.year > MAX_AGE_YEARS:
        raise CitizenNumberInvalid(reason="birth_day")
    return birth_day


def _of_form(form: re.Pattern[str], number: str, length: int) -> str:
    if len(number) != length:
        raise CitizenNumberInvalid(reason="length")
    if not form.match(number) or not number.isascii():
        raise CitizenNumberInvalid(reason="characters")
    return number
