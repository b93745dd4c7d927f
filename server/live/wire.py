"""Owns what a websocket writes to: whole frames in order, a bounded queue, no waiting."""

from __future__ import annotations

import os
import socket
import time
from collections import deque
from contextlib import suppress

import gevent

# A phone that reads nothing holds at most this much here, then it has to come again.
MAX_PENDING_BYTES = 256 * 1024
# And this much in the kernel, which would otherwise grow to megabytes for each of them.
SEND_BUFFER_BYTES = 64 * 1024
# Screens say next to nothing; more than this in a minute is no screen of ours.
MAX_RECEIVED_BYTES = 16 * 1024
RECEIVE_WINDOW_S = 60.0


class Wire:
    """Stands in for the socket of one websocket.

    simple-websocket 1.1.0 calls `send` and drops what the kernel did not take, which tears frames
    at slow readers; here `send` is whole or queued. Only greenlets of one thread use it, and no
    method that writes gives way to another before the frame is sent or queued.
    """

    def __init__(self, raw: socket.socket, *, takes_compressed: bool) -> None:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        self._raw = raw
        self._pending: deque[bytes] = deque()
        self._pending_bytes = 0
        self._received_bytes = 0
        self._window_ends_at = 0.0
        self.takes_compressed = takes_compressed
        self.opened_at = time.monotonic()
        self.is_admitted = False
        self.is_dead = False
        self.is_stalled = False

    def send(self, content: bytes) -> int:
        """Send or queue all of `content` and return its length. Raises BrokenPipeError."""
        if self.is_dead:
            raise BrokenPipeError("the websocket has ended")
        rest = content if self._pending else content[self._write_now(content) :]
        if rest:
            self._queue(rest)
        return len(content)

    def recv(self, size: int) -> bytes:
        """Return what the client sent, b"" at its end; ends a client that sends too much."""
        content = self._raw.recv(size)
        now = time.monotonic()
        if now >= self._window_ends_at:
            self._window_ends_at, self._received_bytes = now + RECEIVE_WINDOW_S, 0
        self._received_bytes += len(content)
        if self._received_bytes > MAX_RECEIVED_BYTES:
            self.end()
            return b""
        return content

    def end(self, last_words: bytes = b"") -> None:
        """End the connection now; the client notices and comes again when it can."""
        if last_words and not self.is_dead and not self._pending:
            self._write_now(last_words)
        self.is_dead = True
        self._pending.clear()
        with suppress(OSError):  # The client may have gone first.
            self._raw.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the socket."""
        self.is_dead = True
        self._raw.close()

    def _write_now(self, content: bytes) -> int:
        try:
            # The descriptor never blocks under gevent, and os.write never gives way.
            return os.write(self._raw.fileno(), content)
        except BlockingIOError:
            return 0
        except OSError:
            self.is_dead = True
            return len(content)

    def _queue(self, rest: bytes) -> None:
        self._pending_bytes += len(rest)
        if self._pending_bytes > MAX_PENDING_BYTES:
            self.is_stalled = True
            self.end()
            raise BrokenPipeError("the client reads too slowly")
        self._pending.append(rest)
        if len(self._pending) == 1:
            gevent.spawn(self._flush)

    def _flush(self) -> None:
        with suppress(OSError):  # The reading side of the websocket notices and cleans up.
            while self._pending:
                self._raw.sendall(self._pending[0])
                if self._pending:
                    self._pending_bytes -= len(self._pending.popleft())
