"""Settings of gunicorn for the server process: one worker, threads, short goodbyes."""

from __future__ import annotations

import gc
import logging
import os
import threading
from typing import Any

from server.settings import read_environment_file, read_settings

WATCH_PERIOD_S = 0.1

# Nothing that a start builds is garbage: looking for it costs a tenth of the start.
gc.disable()

_settings = read_settings({**read_environment_file(), **os.environ})

bind = f"{_settings.host}:{_settings.port}"
workers = 1
worker_class = "gthread"
threads = _settings.server_threads
keepalive = 30
timeout = 60
# An idle keep-alive connection holds a stop this long; systemd kills after TimeoutStopSec=10.
graceful_timeout = 2
# The control socket lives under $HOME, which a service account does not have.
control_socket_disable = True
accesslog = None
loglevel = _settings.log_level.lower()
proc_name = "market-server"


def post_worker_init(worker: Any) -> None:
    """Start the housekeeping thread, after the fork."""
    from server.services.housekeeping import keep_house
    from server.web.context import EXTENSION

    gc.freeze()
    gc.enable()
    logging.basicConfig(
        level=_settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    market = worker.app.wsgi().extensions[EXTENSION].market
    threading.Thread(target=keep_house, args=(market,), name="housekeeping", daemon=True).start()

    def end_long_polls() -> None:
        # Otherwise a stop waits graceful_timeout for polls that nobody will answer.
        pause = threading.Event()
        while worker.alive:
            pause.wait(WATCH_PERIOD_S)
        market.database.end_waits()

    threading.Thread(target=end_long_polls, name="end-of-polls", daemon=True).start()
