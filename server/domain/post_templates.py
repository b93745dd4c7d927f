"""Owns the usual answers of posts, trade by trade, so that a clerk need not type them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from server.domain.data_files import read_rows

FILE = "post_templates.csv"


def template_of(trade_id: str) -> Mapping[str, str]:
    """Give the usual answers of a trade by the name of their field, as typed; {} if it has none."""
    return _templates().get(trade_id, MappingProxyType({}))


@cache
def _templates() -> Mapping[str, Mapping[str, str]]:
    return {row["trade_id"]: MappingProxyType(_answers(row)) for row in read_rows(FILE)}


def _answers(row: Mapping[str, str]) -> dict[str, str]:
    answers = {name: text for name, text in row.items() if name != "trade_id"}
    answers["has_lunch"] = "on" if answers["has_lunch"] == "1" else ""
    return answers
