"""Owns the reading of the code lists that are shipped in server.data."""

import csv
from importlib.resources import files


def read_rows(file_name: str) -> list[dict[str, str]]:
    """Read one CSV file of server.data into a row per line, in file order."""
    text = files("server.data").joinpath(file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
