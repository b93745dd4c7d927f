"""Owns the province's published minimum wages by the hour, as a help for who types them."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from server.domain.data_files import read_rows


@dataclass(frozen=True)
class WageClass:
    """One class of counties. name: 一类 to 三类. hourly_yuan: as published. source: of the row."""

    name: str
    from_day: date
    hourly_yuan: str
    source: str


@cache
def wage_classes() -> tuple[WageClass, ...]:
    """Give the classes, from server/data/minimum_wages.csv, to be checked against the document."""
    return tuple(
        WageClass(
            row["class"], date.fromisoformat(row["from_day"]), row["hourly_yuan"], row["source"]
        )
        for row in read_rows("minimum_wages.csv")
    )
