"""The live process: `gunicorn -w 1 -k gevent "server.live_app:make_live()"`."""

from __future__ import annotations

import os
import signal
from typing import Any

import gevent
from flask import Flask

from server.build import build_id
from server.domain.clock import SystemClock
from server.live.app import Live, create_live
from server.services.open_market import open_market
from server.settings import read_environment_file, read_settings
from server.web.context import WebContext


def make_live() -> Flask:
    """Return the application of the market that the environment describes, following its log."""
    settings = read_settings({**read_environment_file(), **os.environ})
    market = open_market(settings, SystemClock())
    live = create_live(WebContext(settings, market, build_id()))
    gevent.spawn(live.tail.run, settings.live_poll_ms)
    _stop_with_the_worker(live)
    return live.app


def _stop_with_the_worker(live: Live) -> None:
    # gunicorn waits for open sockets until its graceful time-out; screens that are told go at once.
    worker_handler = signal.getsignal(signal.SIGTERM)

    def on_stop(number: int, frame: Any) -> None:
        gevent.spawn(live.stop)
        if callable(worker_handler):
            worker_handler(number, frame)

    signal.signal(signal.SIGTERM, on_stop)
