"""Owns the facts of the machine that the figures belong to."""

from __future__ import annotations

import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pysqlite3

SYNC_ROUNDS = 200
PAGE = b"\0" * 4096


def machine_facts(folder: Path) -> list[tuple[str, str]]:
    """Return (name, value) pairs; `folder` lies on the disk that is measured."""
    sync_ms = _sync_ms(folder)
    return [
        ("date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
        ("CPU", _cpu_model()),
        ("cores", str(os.cpu_count())),
        ("memory", f"{_memory_gb():.1f} GB"),
        ("kernel", platform.release()),
        ("file system", _file_system(folder)),
        ("fdatasync of 4 kB", f"{median(sync_ms):.2f} ms median, {max(sync_ms):.1f} ms worst"),
        ("Python", platform.python_version()),
        ("SQLite", pysqlite3.sqlite_version),
        ("load before", load_average()),
    ]


def load_average() -> str:
    """Return the load of the last 1, 5 and 15 minutes."""
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith(("model name", "Model")):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _file_system(folder: Path) -> str:
    """Return the type of the file system whose mount point is nearest above `folder`."""
    mounts = [
        line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    ]
    above = [mount for mount in mounts if folder.resolve().is_relative_to(mount[0])]
    return max(above, key=lambda mount: len(mount[0]))[1]


def _sync_ms(folder: Path) -> list[float]:
    path = folder / "sync-probe"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    taken = []
    try:
        for _ in range(SYNC_ROUNDS):
            begun = time.perf_counter()
            os.write(handle, PAGE)
            os.fdatasync(handle)
            taken.append((time.perf_counter() - begun) * 1000)
    finally:
        os.close(handle)
        path.unlink()
    return taken
