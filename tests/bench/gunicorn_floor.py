"""Settings of gunicorn for the floor: those of the server process, without its housekeeping."""

from __future__ import annotations

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
    "threads",
    "timeout",
    "worker_class",
    "workers",
]
