"""Opens the market of the environment for one command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from server.domain.clock import Clock, SystemClock
from server.services.open_market import OpenMarket, open_market
from server.settings import read_environment_file, read_settings


@contextmanager
def open_session(clock: Clock | None = None) -> Iterator[OpenMarket]:
    """Open the market that the environment describes and close it again.

    Raises SettingsError, SealError.
    """
    settings = read_settings({**read_environment_file(), **os.environ})
    opened = open_market(settings, clock or SystemClock())
    try:
        yield opened
    finally:
        opened.database.close()
