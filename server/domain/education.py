"""Owns education levels (GB/T 4658-2006) and the eight of them a kiosk offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from server.domain.data_files import read_rows
from server.domain.errors import EducationUnknown


@dataclass(frozen=True)
class EducationChoice:
    """Hold one button: the code to store and the word people use."""

    code: str
    name: str


def education_choices() -> tuple[EducationChoice, ...]:
    """Give the eight buttons of the kiosk, lowest level first."""
    return (
        EducationChoice("81", "小学"),
        EducationChoice("71", "初中"),
        EducationChoice("61", "高中"),
        EducationChoice("41", "中专"),
        EducationChoice("47", "技校"),
        EducationChoice("31", "大专"),
        EducationChoice("21", "本科"),
        EducationChoice("90", "没上过学/其他"),
    )


def education_name(code: str) -> str:
    """Give the standard's name of a code. Raises EducationUnknown."""
    name = education_names().get(code)
    if name is None:
        raise EducationUnknown()
    return name


@cache
def education_names() -> Mapping[str, str]:
    """Give every code of the list with its name."""
    return {row["code"]: row["name"] for row in read_rows("codes_education.csv")}
