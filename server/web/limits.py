"""Owns how often somebody may guess: sign-ins and look-ups of people are counted."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded

from server.domain.errors import TooManyRequests
from server.web.auth import device_token
from server.web.refusals import refuse

LOOKUPS = "120/minute"
# Lists of posts from one kiosk: a worker takes half a minute, and a roll of paper is soon gone.
PAPERS = "6/minute"
SIGN_INS = "10/minute"


def _address() -> str:
    return request.remote_addr or "unknown"


def _device() -> str:
    return device_token() or _address()


limiter = Limiter(_address, storage_uri="memory://", strategy="fixed-window")
limit_lookups = limiter.limit(LOOKUPS, key_func=_device)
limit_papers = limiter.limit(PAPERS, key_func=_device)
limit_sign_ins = limiter.limit(SIGN_INS, methods=["POST"])


def install_limits(app: Flask) -> None:
    """Count guesses in `app` and refuse too many as TooManyRequests."""
    limiter.init_app(app)

    def on_limit(_error: RateLimitExceeded) -> Response:
        return refuse(TooManyRequests())

    app.register_error_handler(RateLimitExceeded, on_limit)
