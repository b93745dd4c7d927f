"""Owns who gets a socket at all: same host, below the cap, and a wire that tears no frame."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from server.live.manager import WIRE
from server.live.wire import Wire

SOCKET_PATH = "/socket.io"
EXTENSIONS = "HTTP_SEC_WEBSOCKET_EXTENSIONS"
# Each message stands for itself: one compressed frame serves all, and no client costs a window.
NO_CONTEXT = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
# Seconds in which a socket must say who it is.
ADMISSION_S = 10.0

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Doorway:
    """WSGI middleware before Socket.IO. max_sockets: open websockets at once."""

    def __init__(self, application: Application, max_sockets: int, public_url: str) -> None:
        self._application = application
        self.max_sockets = max_sockets
        self._public_host = urlsplit(public_url).hostname
        self.wires: set[Wire] = set()
        self.refused: Counter[str] = Counter()
        self.stalled = 0
        self._is_closing = False

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: sockets are checked, everything else passes."""
        if not environ.get("PATH_INFO", "").startswith(SOCKET_PATH):
            return self._application(environ, start_response)
        refusal = self._refusal(environ)
        if refusal is not None:
            return self._refuse(refusal, start_response)
        wire = _make_wire(environ)
        self.wires.add(wire)
        try:
            return self._application(environ, start_response)
        finally:
            self.wires.discard(wire)
            self.stalled += wire.is_stalled

    def sweep(self) -> None:
        """End sockets that never said who they are."""
        latest = time.monotonic() - ADMISSION_S
        for wire in list(self.wires):
            if not wire.is_admitted and wire.opened_at < latest:
                wire.end()

    def close(self, last_words: bytes) -> None:
        """End every socket and take no new one: the process stops."""
        self._is_closing = True
        for wire in list(self.wires):
            wire.end(last_words)

    def _refusal(self, environ: Environ) -> tuple[str, str] | None:
        if "websocket" not in environ.get("HTTP_UPGRADE", "").lower():
            return "400 Bad Request", "websocket_only"
        if not self._is_same_host(environ):
            return "403 Forbidden", "foreign_origin"
        if self._is_closing or len(self.wires) >= self.max_sockets:
            return "503 Service Unavailable", "live_full"
        return None

    def _is_same_host(self, environ: Environ) -> bool:
        # Programs send no Origin and bring no cookies of a browser: their token decides.
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            return True
        if "," in origin:  # Two headers joined: no browser does that.
            return False
        host = urlsplit(origin).hostname
        asked = urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname
        return host is not None and host in {asked, self._public_host}

    def _refuse(self, refusal: tuple[str, str], start_response: StartResponse) -> Iterable[bytes]:
        status, code = refusal
        self.refused[code] += 1
        body = json.dumps({"code": code}).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]


def _make_wire(environ: Environ) -> Wire:
    takes_compressed = "permessage-deflate" in environ.pop(EXTENSIONS, "")
    if takes_compressed:
        environ[EXTENSIONS] = NO_CONTEXT
    wire = Wire(environ["gunicorn.socket"], takes_compressed=takes_compressed)
    environ["gunicorn.socket"] = environ[WIRE] = wire
    return wire
