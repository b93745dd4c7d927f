"""Owns what a submitted form of the desk was refused for: each fault at its field."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from server.domain.errors import (
    DomainError,
    RequestMalformed,
    TextMissing,
)
from server.domain.errors.hall import (
    DayInvalid,
    NumberInvalid,
)
from server.domain.phrases import sentence

NOWHERE = ""
# Codes that always belong to one field; the others say it in their fact "field".
FIELD_OF_CODE: Mapping[str, str] = {
    "trade_unknown": "trade_id",
    "headcount_out_of_range": "headcount",
    "headcount_below_placed": "headcount",
    "pay_missing": "pay",
    "pay_invalid": "pay",
    "pay_too_large": "pay",
    "pay_below_minimum": "pay",
    "piece_unit_missing": "piece_unit",
    "post_days_invalid": "last_day",
    "settlement_too_late": "settlement",
    "certificate_not_asked": "asks_certificate",
    "review_reason_missing": "review_reason",
    "rule_words_invalid": "words",
    "wage_day_invalid": "from_day",
    "post_day_past": "work_day",
    "post_day_too_far": "work_day",
    "post_valid_until_past": "valid_until",
    "post_hours_invalid": "start_time",
    "employer_unknown": "employer_id",
    "employer_blacklisted": "employer_id",
    "employer_sanctioned": "employer_id",
    "employer_exists": "identity",
    "sanction_days_invalid": "to_day",
    "credit_code_invalid": "identity",
    "citizen_number_invalid": "identity",
    "name_invalid": "name",
    "name_needs_clerk": "name",
    "phone_invalid": "phone",
    "reason_missing": "decline_reason",
    "sign_in_failed": "password",
}


class FormFaulty(RequestMalformed, code="request_malformed"):
    """Some fields of a form cannot be read; faults: field name to what is wrong with it."""

    def __init__(self, faults: Mapping[str, DomainError]) -> None:
        super().__init__()
        self.faults = faults


@dataclass(frozen=True)
class Refusal:
    """A refusal as a page shows it.

    at: the action it belongs to, "" for the page. fields: field name to its sentence.
    """

    code: str
    message: str
    at: str = NOWHERE
    fields: Mapping[str, str] = field(default_factory=dict)


def refusal_of(error: DomainError, at: str = NOWHERE) -> Refusal:
    """Return what a page shows of a refusal."""
    if isinstance(error, FormFaulty):
        fields = {name: sentence(fault) for name, fault in error.faults.items()}
        only = next(iter(fields.values()))
        several = f"有{len(fields)}处没有填好，都在格子下面写明了。"
        return Refusal(error.code, only if len(fields) == 1 else several, at, fields)
    name = FIELD_OF_CODE.get(error.code) or str(error.facts.get("field", NOWHERE))
    fields = {name: sentence(error)} if name else {}
    return Refusal(error.code, sentence(error), at, fields)


def clean_text(text: str) -> str:
    """Return typed text without spaces at its ends and without NUL, which no database takes."""
    return text.replace("\x00", "").strip()


def plain_digits(text: str) -> str:
    """Return text with digits and signs of any width as ASCII, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


Choice = TypeVar("Choice", bound=Enum)


def choice_of(choices: type[Choice], text: str) -> Choice:
    """Return the member of an enum with that value. Raises RequestMalformed."""
    try:
        return choices(text)
    except ValueError as error:
        raise RequestMalformed from error


def safe_path(text: str, fallback: str) -> str:
    """Return a path of the desk to go on to after a sign-in, or the fallback for any other text."""
    is_ours = text.startswith("/staff/") and text.isprintable()
    return text if is_ours and "\\" not in text and "//" not in text else fallback


def read_number(fields: Mapping[str, str], name: str) -> int:
    """Return a whole number of a form, digits of any width. Raises FormFaulty at its field."""
    digits = plain_digits(fields.get(name, ""))
    if not digits:
        raise FormFaulty({name: TextMissing(field=name)})
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        raise FormFaulty({name: NumberInvalid(field=name)})
    return int(digits)


def read_day(fields: Mapping[str, str], name: str) -> date:
    """Return a day of a form. Raises FormFaulty at its field."""
    text = fields.get(name, "")
    if not text:
        raise FormFaulty({name: TextMissing(field=name)})
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FormFaulty({name: DayInvalid(field=name)}) from error
