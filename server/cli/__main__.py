"""Lets `python -m server.cli` stand for `market`."""

from server.cli.main import market

market()
