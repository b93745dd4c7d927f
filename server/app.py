"""The application factory: the one place where the parts of the server process meet."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_openapi3.openapi import OpenAPI

from display import views as display
from kiosk import views as kiosk
from server.api.document import INFO, SECURITY_SCHEMES, install_api, validation_answer
from server.phone import views as phone
from server.staff import employer_mode
from server.staff import views as staff
from server.web.auth import install_auth
from server.web.context import EXTENSION, WebContext
from server.web.limits import install_limits
from server.web.metrics import install_metrics
from server.web.pages import install_pages
from server.web.refusals import install_refusals
from server.web.requests import MAX_BODY_BYTES, allow_uploads, refuse_nul
from server.web.security import install_security


def create_app(connected: WebContext) -> Flask:
    """Connect the server's parts; does no I/O and starts no thread."""
    settings, market = connected.settings, connected.market
    app = OpenAPI(
        "server",
        info=INFO,
        security_schemes=SECURITY_SCHEMES,
        doc_ui=False,
        validation_error_callback=validation_answer,
        static_folder=None,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.config.update(
        SECRET_KEY=market.secret,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        # Pages send no referrer (security.py), which the strict check behind https asks for.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions[EXTENSION] = connected
    install_refusals(app)
    allow_uploads(app)
    app.before_request(refuse_nul)
    install_security(app)
    install_auth(app)
    install_limits(app)
    install_metrics(app)
    install_api(app)
    install_pages(app)
    for part in (kiosk, display, staff, employer_mode, phone):
        app.register_blueprint(part.blueprint)
    return app
