"""Opens the database of a market with the settings that its guarantees rest on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import Engine, create_engine, event, make_url

BUSY_TIMEOUT_MS = 5000
CHECKPOINT_PAGES = 8000
# Any fixed number: the writers of one database take turns on this PostgreSQL advisory lock.
WRITER_LOCK = 140_000_117


def open_write_engine(url: str, synchronous: str) -> Engine:
    """Return the engine whose every transaction is the only writer from its first statement."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True)
        event.listen(engine, "begin", _take_writer_lock)
        return engine
    _make_parent(url)
    return _sqlite_engine(url, synchronous, "BEGIN IMMEDIATE")


def open_read_engine(url: str, synchronous: str) -> Engine:
    """Return the engine for reads: a transaction sees one state and never waits for a writer."""
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            pool_size=8,
            max_overflow=24,
            isolation_level="REPEATABLE READ",
            hide_parameters=True,
        ).execution_options(postgresql_readonly=True)
    _make_parent(url)
    return _sqlite_engine(url, synchronous, "BEGIN")


def _make_parent(url: str) -> None:
    if database := make_url(url).database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)


def _sqlite_engine(url: str, synchronous: str, begin: str) -> Engine:
    # pysqlite3 carries SQLite 3.53; Debian 12's 3.40.1 has the WAL-reset fault (ADR 0003).
    engine = create_engine(
        url,
        module=pysqlite3.dbapi2,
        # Statements may be logged, what they carry never.
        hide_parameters=True,
        pool_size=1 if begin == "BEGIN IMMEDIATE" else 8,
        max_overflow=0 if begin == "BEGIN IMMEDIATE" else 64,
    )
    is_reader = begin == "BEGIN"

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            f"synchronous = {synchronous}",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            # Only the writing connection checkpoints. A check-in writes some 26 pages: at the
            # default of 1000 every 40th would pay for a checkpoint.
            f"wal_autocheckpoint = {0 if is_reader else CHECKPOINT_PAGES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", _beginner(begin))
    return engine


def _beginner(begin: str) -> Callable[[Any], None]:
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return on_begin


def _take_writer_lock(connection: Any) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
