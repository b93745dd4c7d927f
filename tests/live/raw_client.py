"""A websocket client that reads as slowly as it likes and checks every byte of a frame."""

from __future__ import annotations

import json
import os
import socket
import time
import zlib

SMALL_BUFFER = 4096
MASK = b"\x00\x00\x00\x00"
TEXT, CLOSE = 1, 8
WAIT_S = 30.0


class RawClient:
    """Speaks RFC 6455 by hand. offers_compression: as browsers do (RFC 7692)."""

    def __init__(self, port: int, *, offers_compression: bool = False, origin: str = "") -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self._socket.settimeout(WAIT_S)
        self._socket.connect(("127.0.0.1", port))
        self._buffer = b""
        self.bytes_read = 0
        extension = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
        origin_line = f"Origin: {origin}\r\n" if origin else ""
        self._socket.sendall(
            (
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
                f"Host: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                f"{extension if offers_compression else ''}{origin_line}\r\n"
            ).encode()
        )
        while b"\r\n\r\n" not in self._buffer:
            self._buffer += self._socket.recv(SMALL_BUFFER)
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        self.handshake = head.decode()

    def join(self, **auth: str) -> None:
        """Connect to the main namespace and wait for the greeting."""
        self.say("40" + json.dumps(auth))
        while not self.message().startswith('42["hello"'):
            pass

    def say(self, text: str) -> None:
        payload = text.encode()
        assert len(payload) < 126
        self._socket.sendall(bytes((0x81, 0x80 | len(payload))) + MASK + payload)

    def message(self) -> str:
        """The next text message; fails where the stream is not whole frames, or after WAIT_S."""
        deadline = time.monotonic() + WAIT_S
        while True:
            # Pings keep the line awake, so the socket's own limit is not enough.
            assert time.monotonic() < deadline, "no message came"
            first, second = self._take(2)
            length = second & 0x7F
            if length > 125:
                length = int.from_bytes(self._take(2 if length == 126 else 8), "big")
            payload = self._take(length)
            assert first & 0x0F == TEXT, f"no text frame starts with {first:#x}"
            if first & 0x40:
                payload = zlib.decompressobj(-15).decompress(payload + b"\x00\x00\xff\xff")
            text = payload.decode()
            if text == "2":  # Engine.IO ping
                self.say("3")
                continue
            return text

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            read = self._socket.recv(1 + os.urandom(1)[0] * 8)
            if not read:
                raise EOFError
            self.bytes_read += len(read)
            self._buffer += read
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def read_to_the_end(self) -> None:
        """Read messages until there are no more. Raises EOFError."""
        while True:
            self.message()

    def close(self) -> None:
        self._socket.close()
