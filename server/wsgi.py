"""The server process: `gunicorn "server.wsgi:make_server()"`."""

from __future__ import annotations

import os

from flask import Flask

from server.app import create_app
from server.build import build_id
from server.demo import read_demo_tokens
from server.domain.clock import SystemClock
from server.services.open_market import open_market
from server.settings import read_environment_file, read_settings
from server.web.context import WebContext


def make_server() -> Flask:
    """Return the application of the market that the environment describes."""
    settings = read_settings({**read_environment_file(), **os.environ})
    market = open_market(settings, SystemClock())
    return create_app(WebContext(settings, market, build_id(), read_demo_tokens(settings)))
