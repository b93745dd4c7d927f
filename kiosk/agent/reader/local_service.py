"""One question to a vendor's service on this machine: HTTP with a deadline for the whole answer."""

import io
import json
import socket
import time
from collections.abc import Collection, Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any

from kiosk.agent.reader.card import ReaderError, ReaderFault

# A card with its photo as base64 has about 60 kB.
_MOST_ANSWER_BYTES = 2_000_000
_OK = 200


class DamagedAnswerError(Exception):
    """Something answered too late or not in the vendor's words; asking again may do better."""


class LocalService:
    """Where a vendor's service listens. Every question is one connection, never two at once."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port

    def ask(self, path: str, keep: Collection[str], within_s: float) -> Mapping[str, str]:
        """Return the fields in `keep` of the JSON object at `path`, as texts, "" for null.

        Everything else, such as the photo, is let go while the answer is parsed. Raises
        ReaderError(OFFLINE) when nothing listens there and DamagedAnswerError for no good answer
        within `within_s` seconds.
        """
        deadline = time.monotonic() + within_s
        try:
            link = socket.create_connection((self._host, self._port), timeout=within_s)
        except OSError as e:
            raise ReaderError(ReaderFault.OFFLINE, permanent=False) from e
        try:
            with link:
                return _fields(self._exchange(link, path, deadline), keep)
        except (OSError, HTTPException, ValueError):
            # The cause may quote what it could not parse, a name for one: it is not chained.
            raise DamagedAnswerError from None

    def _exchange(self, link: socket.socket, path: str, deadline: float) -> bytes:
        lines = (f"GET {path} HTTP/1.1", f"Host: {self._host}:{self._port}", "Connection: close")
        link.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
        hurried: Any = _HurriedSocket(link, deadline)  # HTTPResponse calls nothing but makefile.
        response = HTTPResponse(hurried)
        response.begin()
        content = response.read(_MOST_ANSWER_BYTES)
        if response.status != _OK:
            raise ValueError("not an answer of the service")
        return content


class _HurriedSocket:
    """Lets HTTPResponse read from a socket until a deadline, however slowly bytes drip in."""

    def __init__(self, link: socket.socket, deadline: float) -> None:
        self._link = link
        self._deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return the stream of bytes; `mode` is always "rb"."""
        return io.BufferedReader(_HurriedBytes(self._link, self._deadline))


class _HurriedBytes(io.RawIOBase):
    def __init__(self, link: socket.socket, deadline: float) -> None:
        super().__init__()
        self._link = link
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override] # What BufferedReader passes.
        left_s = self._deadline - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        self._link.settimeout(left_s)
        return self._link.recv_into(buffer)


def _fields(content: bytes, keep: Collection[str]) -> Mapping[str, str]:
    """Parse an answer. Raises ValueError for what is no JSON object."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("gb18030")  # Services for an older Windows.

    def kept(pairs: list[tuple[str, object]]) -> dict[str, str]:
        return {name: _text(value) for name, value in pairs if name in keep}

    answer = json.loads(text, object_pairs_hook=kept, strict=False)
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return answer


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
