"""Settings of gunicorn for the live process: one gevent worker, many sockets, short goodbyes."""

from __future__ import annotations

import os

from server.settings import read_environment_file, read_settings

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
