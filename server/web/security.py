"""Owns the headers that keep pages to themselves: a strict content policy with nonces."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from server.domain.errors import CrossSiteRequest
from server.web.context import context, live_url
from server.web.refusals import refuse


def csp_nonce() -> str:
    """Return this response's nonce for inline scripts and styles."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def content_policy() -> str:
    """Return the Content-Security-Policy of a page: this origin, and live's address."""
    live = live_url()
    socket = live.replace("http", "ws", 1)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{csp_nonce()}'",
            f"style-src 'self' 'nonce-{csp_nonce()}'",
            "img-src 'self' data:",
            "font-src 'self'",
            "media-src 'self'",
            f"connect-src 'self' {live} {socket}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("X-Market-Build", context().build)
    if response.mimetype == "text/html":
        headers.setdefault("Content-Security-Policy", content_policy())
        headers.setdefault("Cache-Control", "no-store")
    elif response.mimetype == "application/json":
        headers.setdefault("Cache-Control", "no-store")
    return response


csrf = CSRFProtect()


def install_security(app: Flask) -> None:
    """Add headers, nonces and the check of forms against cross-site requests."""
    csrf.init_app(app)
    app.after_request(_add_headers)
    app.jinja_env.globals.update(csp_nonce=csp_nonce)

    def on_csrf(_error: CSRFError) -> Response:
        return refuse(CrossSiteRequest())

    app.register_error_handler(CSRFError, on_csrf)


def check_form() -> None:
    """Refuse a form that this site did not draw. Raises CrossSiteRequest."""
    csrf.protect()
