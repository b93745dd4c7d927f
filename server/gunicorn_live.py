"""Settings of gunicorn for the live process: one gevent worker, many sockets, short goodbyes."""

from __future__ import annotations

import gc
import os
from typing import Any

from server.settings import read_environment_file, read_settings

# Nothing that a start builds is garbage: looking for it costs a tenth of the start.
gc.disable()

_settings = read_settings({**read_environment_file(), **os.environ})

bind = f"{_settings.host}:{_settings.live_port}"
workers = 1
worker_class = "gevent"
# Twice the sockets: a reconnecting phone holds its old place for a moment.
worker_connections = 2 * _settings.live_max_sockets
timeout = 60
graceful_timeout = 2
control_socket_disable = True
accesslog = None
loglevel = _settings.log_level.lower()
proc_name = "market-live"


def post_worker_init(_worker: Any) -> None:
    """Look for garbage again, but not among what the start built."""
    gc.freeze()
    gc.enable()
