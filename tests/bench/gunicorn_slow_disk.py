"""Settings of gunicorn for the server on a slow disk: every commit waits some milliseconds more.

BENCH_COMMIT_DELAY_MS is how long. A commit of SQLite in WAL mode is one fdatasync, so this is
what a slower one costs, without a slower disk or a library that is loaded first.
"""

from __future__ import annotations

import os
import time
from typing import Any

from sqlalchemy import Engine, event

from server import gunicorn_server
from server.gunicorn_server import (
    accesslog,
    bind,
    control_socket_disable,
    graceful_timeout,
    keepalive,
    loglevel,
    threads,
    timeout,
    worker_class,
    workers,
)

__all__ = [
    "accesslog",
    "bind",
    "control_socket_disable",
    "graceful_timeout",
    "keepalive",
    "loglevel",
    "post_worker_init",
    "threads",
    "timeout",
    "worker_class",
    "workers",
]


def post_worker_init(worker: Any) -> None:
    """Do what the server does, and slow every commit down."""
    delay_s = float(os.environ["BENCH_COMMIT_DELAY_MS"]) / 1000

    @event.listens_for(Engine, "commit")
    def wait(_connection: Any) -> None:
        time.sleep(delay_s)

    gunicorn_server.post_worker_init(worker)
