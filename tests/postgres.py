"""Starts a PostgreSQL of the tests' own, on a socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

MISSING = "no PostgreSQL: run `apt-get install -y postgresql`"


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError(MISSING)
    return found[-1].parent


def _as_postgres(*command: str) -> list[str]:
    # PostgreSQL refuses to run as root.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Run a fresh PostgreSQL in `folder` and yield the address of its database "postgres"."""
    programs, data = _programs(), folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        for parent in folder.parents:
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o055)
    initdb, control = str(programs / "initdb"), str(programs / "pg_ctl")
    _run(initdb, "-D", str(data), "-U", "market", "--auth=trust", "-E", "UTF8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    _run(control, "-D", str(data), "-w", "-o", options, "-l", str(data / "log"), "start")
    try:
        yield f"postgresql+psycopg://market@/postgres?host={quote(str(folder), safe='')}"
    finally:
        _run(control, "-D", str(data), "-w", "-m", "immediate", "stop")


def _run(*command: str) -> None:
    """Run a program of PostgreSQL; its own words are in the error when it fails."""
    # pg_ctl's child keeps the output open, so it goes to a file.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(_as_postgres(*command), stdout=output, stderr=subprocess.STDOUT)
        output.seek(0)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {output.read()}")
