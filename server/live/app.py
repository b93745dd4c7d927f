"""The application factory of live: the one place where its parts meet."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_socketio import ConnectionRefusedError as Refuse
from flask_socketio import SocketIO, join_room

from server.domain.errors import DomainError
from server.live.access import Membership, Screen, admit
from server.live.doorway import Doorway
from server.live.frames import CLOSE_GOING_AWAY
from server.live.manager import WIRE, DirectManager
from server.live.members import Members
from server.live.metrics import LiveCollector, install_metrics
from server.live.tail import Tail
from server.web.auth import install_auth
from server.web.context import EXTENSION, WebContext

log = logging.getLogger(__name__)

# A tail that has not looked for this long is stuck.
STUCK_AFTER_S = 10.0
# Screens that come while the process starts are greeted when it knows the log.
GREETING_WAITS_S = 5.0
# Screens and desks get in even when phones fill the hall.
PHONES_PERCENT = 95


@dataclass(frozen=True)
class Live:
    """The connected parts: `app` answers, `tail` is to be run in a greenlet of its own."""

    app: Flask
    socketio: Any
    tail: Tail
    doorway: Doorway

    def stop(self) -> None:
        """Say goodbye to every screen: they come again by themselves."""
        self.tail.stop()
        self.doorway.close(CLOSE_GOING_AWAY)


def create_live(connected: WebContext) -> Live:
    """Connect live's parts; does no I/O and starts no greenlet."""
    app = _make_app(connected)
    manager = DirectManager()
    socketio = SocketIO(
        app,
        async_mode="gevent",
        client_manager=manager,
        transports=["websocket"],
        # The doorway checks the origin, with any port of this host.
        cors_allowed_origins=[],
        manage_session=False,
        async_handlers=False,
    )
    settings = connected.settings
    doorway = Doorway(app.wsgi_app, settings.live_max_sockets, connected.market.public_url)
    app.wsgi_app = doorway  # type: ignore[method-assign]  # Flask's own way to add middleware
    members = Members(connected.market)

    def emit(event: str, data: Any, room: str) -> None:
        socketio.emit(event, data, to=room)

    def on_events(events: Any) -> None:
        for sid in members.to_dismiss(events):
            socketio.server.disconnect(sid)

    tail = Tail(connected.market, emit, on_events, doorway.sweep)
    _install_handlers(socketio, members, tail, doorway, connected.build)
    live = Live(app, socketio, tail, doorway)
    _install_health(live)
    install_metrics(app, LiveCollector(tail, doorway, members, manager))
    return live


def _make_app(connected: WebContext) -> Flask:
    app = Flask("server.live", static_folder=None)
    app.config.update(
        SECRET_KEY=connected.market.secret,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=connected.settings.session_hours),
    )
    app.extensions[EXTENSION] = connected
    install_auth(app)
    return app


def _install_handlers(
    socketio: Any, members: Members, tail: Tail, doorway: Doorway, build: str
) -> None:
    phones_at_most = doorway.max_sockets * PHONES_PERCENT // 100

    def welcome(sid: str, screen: Screen) -> None:
        # Runs after the connection is confirmed: a greeting that overtakes it would be lost.
        tail.has_begun.wait(GREETING_WAITS_S)
        hello = {"revision": tail.revision, "build": build}
        socketio.emit("hello", hello, to=sid)
        if screen is Screen.PHONE:
            socketio.emit("change", tail.line(), to=sid)

    @socketio.on("connect")  # type: ignore[untyped-decorator]  # Flask-SocketIO ships no types
    def on_connect(auth: Any) -> None:
        membership = _admit_or_refuse(auth, doorway)
        if membership.screen is Screen.PHONE and members.count(Screen.PHONE) >= phones_at_most:
            doorway.refused["live_full"] += 1
            raise Refuse("live_full")
        request.environ[WIRE].is_admitted = True
        sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO adds it
        members.add(sid, membership)
        for room in membership.rooms:
            join_room(room)
        socketio.start_background_task(welcome, sid, membership.screen)

    @socketio.on("disconnect")  # type: ignore[untyped-decorator]  # Flask-SocketIO ships no types
    def on_disconnect(_reason: Any = None) -> None:
        request.environ[WIRE].is_admitted = False
        members.remove(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it


def _admit_or_refuse(auth: Any, doorway: Doorway) -> Membership:
    try:
        return admit(auth)
    except DomainError as refusal:
        log.info("socket refused code=%s", refusal.code)
        doorway.refused[refusal.code] += 1
        raise Refuse(refusal.code) from refusal


def _install_health(live: Live) -> None:
    def healthz() -> Response:
        """Tell that live follows the log."""
        is_stuck = time.monotonic() > live.tail.looked_at + STUCK_AFTER_S
        response = jsonify(
            {"status": "stuck" if is_stuck else "ok", "revision": live.tail.revision}
        )
        response.status_code = 503 if is_stuck else 200
        return response

    live.app.add_url_rule("/healthz", "healthz", healthz)
