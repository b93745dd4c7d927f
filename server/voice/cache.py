"""Owns sounds that were made before: files by the hash of what they say, the oldest thrown away."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

# A call is about 150 kB: at most some 100 MB of disk.
MOST_FILES = 700


class SoundCache:
    """WAV files of a folder that is made at the first sound; safe for threads and processes."""

    def __init__(self, folder: Path, most_files: int = MOST_FILES) -> None:
        self._folder = folder
        self._most_files = most_files
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def get(self, content: str, make: Callable[[], bytes]) -> tuple[bytes, str]:
        """Return the WAV of `content` and its hash; calls `make` when it is not there yet.

        Several that ask for the same sound at once make it once.
        """
        name = hashlib.sha256(content.encode()).hexdigest()[:32]
        path = self._folder / f"{name}.wav"
        found = _read(path)
        if found is not None:
            return found, name
        with self._lock:
            turn = self._making.setdefault(name, threading.Lock())
        try:
            with turn:
                found = _read(path)
                return (self._keep(path, make()) if found is None else found), name
        finally:
            with self._lock:
                self._making.pop(name, None)

    def _keep(self, path: Path, wav: bytes) -> bytes:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        part.write_bytes(wav)
        part.replace(path)
        self._throw_oldest_away()
        return wav

    def _throw_oldest_away(self) -> None:
        with self._lock:
            files = [(entry.stat().st_mtime_ns, entry.path) for entry in _wavs(self._folder)]
            for _, path in sorted(files)[: max(0, len(files) - self._most_files)]:
                Path(path).unlink(missing_ok=True)


def _wavs(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if entry.name.endswith(".wav")]


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
