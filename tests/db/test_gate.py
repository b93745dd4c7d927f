"""The gate of the writers: many units of work, one commit, and no unit that harms another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, event, text

from server.db.engines import open_read_engine, open_write_engine
from server.db.gate import Gate, GroupLostError

DEADLINE_S = 10.0


class RefusalError(Exception):
    """A service refuses."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'gate.db'}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_write_engine(url, "FULL")
    with opened.begin() as connection:
        connection.execute(text("CREATE TABLE slip (writer INTEGER, no INTEGER)"))
    yield opened
    opened.dispose()


def kept(url: str) -> list[tuple[int, int]]:
    """What another process sees."""
    reader = open_read_engine(url, "FULL")
    with reader.connect() as connection:
        rows = connection.execute(text("SELECT writer, no FROM slip ORDER BY rowid")).all()
    reader.dispose()
    return [(row.writer, row.no) for row in rows]


def write(gate: Gate, writer: int, no: int, fault: Exception | None = None) -> None:
    with gate.unit() as group:
        row = {"writer": writer, "no": no}
        group.connection.execute(text("INSERT INTO slip VALUES (:writer, :no)"), row)
        if fault is not None:
            raise fault


def wait_for_queue(gate: Gate, length: int) -> None:
    """Wait until so many writers queue at the gate."""
    deadline = time.monotonic() + DEADLINE_S
    while gate.waiting < length:
        assert time.monotonic() < deadline
        threading.Event().wait(0.001)


def held_open(gate: Gate, others: list[Callable[[], None]]) -> list[BaseException | None]:
    """Run `others` behind a unit that keeps the gate until all of them queue there."""
    faults: list[BaseException | None] = [None] * len(others)

    def run(place: int) -> None:
        try:
            others[place]()
        except BaseException as fault:  # noqa: BLE001 - the thread hands it to the test
            faults[place] = fault

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(others))]
    with gate.unit():
        for thread in threads:
            thread.start()
        wait_for_queue(gate, len(others))
    for thread in threads:
        thread.join(DEADLINE_S)
        assert not thread.is_alive()
    return faults


def count_commits(engine: Engine) -> list[int]:
    commits = [0]

    @event.listens_for(engine, "commit")
    def count(_connection: object) -> None:
        commits[0] += 1

    return commits


def test_writers_that_queue_share_one_commit(engine: Engine, url: str) -> None:
    gate = Gate(engine, lambda: None, most_group_age_s=60)
    commits = count_commits(engine)
    faults = held_open(gate, [lambda n=n: write(gate, n, 0) for n in range(8)])  # type: ignore[misc]
    assert faults == [None] * 8
    assert commits == [1]
    assert sorted(kept(url)) == [(n, 0) for n in range(8)]


def test_a_writer_alone_has_committed_when_the_block_ends(engine: Engine, url: str) -> None:
    gate = Gate(engine, lambda: None)
    write(gate, 1, 1)
    assert kept(url) == [(1, 1)]


def test_a_refusal_undoes_its_own_unit_and_no_other(engine: Engine, url: str) -> None:
    gate = Gate(engine, lambda: None, most_group_age_s=60)
    with pytest.raises(RefusalError):
        write(gate, 0, 0, RefusalError())
    units = [lambda n=n: write(gate, n, 0, RefusalError() if n % 2 else None) for n in range(8)]  # type: ignore[misc]
    faults = held_open(gate, units)
    assert [type(fault) for fault in faults] == [type(None), RefusalError] * 4
    assert sorted(kept(url)) == [(n, 0) for n in range(0, 8, 2)]


def test_a_commit_that_fails_is_a_fault_for_everybody_in_it(engine: Engine, url: str) -> None:
    gate = Gate(engine, lambda: None, most_group_age_s=60)

    @event.listens_for(engine, "commit")
    def fail(_connection: object) -> None:
        raise OSError("the disk is gone")

    faults: list[BaseException | None] = []
    with pytest.raises((OSError, GroupLostError)):
        faults += held_open(gate, [lambda n=n: write(gate, n, 0) for n in range(4)])  # type: ignore[misc]
    assert kept(url) == []
    event.remove(engine, "commit", fail)
    write(gate, 9, 9)
    assert kept(url) == [(9, 9)]


def test_a_fault_that_undoes_the_transaction_reaches_everybody_in_it(
    engine: Engine, url: str
) -> None:
    gate = Gate(engine, lambda: None, most_group_age_s=60)

    def break_the_transaction() -> None:
        with gate.unit() as group:
            # What SQLite does by itself when the disk is full.
            group.connection.connection.dbapi_connection.execute("ROLLBACK")  # type: ignore[union-attr]
            raise RefusalError

    units = [lambda: write(gate, 1, 1), break_the_transaction, lambda: write(gate, 2, 2)]
    threads = [threading.Thread(target=_ignoring, args=(unit,)) for unit in units]
    with pytest.raises(GroupLostError):
        _first_of(gate, threads)
    for thread in threads:
        thread.join(DEADLINE_S)
        assert not thread.is_alive()
    assert (0, 0) not in kept(url)
    write(gate, 9, 9)
    assert kept(url)[-1] == (9, 9)


def _first_of(gate: Gate, threads: list[threading.Thread]) -> None:
    with gate.unit() as group:
        for place, thread in enumerate(threads):
            thread.start()
            wait_for_queue(gate, place + 1)
        group.connection.execute(text("INSERT INTO slip VALUES (0, 0)"))


def _ignoring(unit: Callable[[], None]) -> None:
    try:
        unit()
    except (RefusalError, GroupLostError):
        return


def test_a_storm_of_writers_loses_and_doubles_nothing(engine: Engine, url: str) -> None:
    seed = Random().randrange(10**6)  # noqa: S311 - no secret
    print(f"seed {seed}")
    gate = Gate(engine, lambda: None)

    def storm(writer: int) -> list[tuple[int, int]]:
        random, acknowledged = Random(seed + writer), []  # noqa: S311 - no secret
        for no in range(60):
            try:
                write(gate, writer, no, RefusalError() if random.random() < 0.3 else None)
                acknowledged.append((writer, no))
            except RefusalError:
                continue
        return acknowledged

    with ThreadPoolExecutor(12) as pool:
        acknowledged = [pair for pairs in pool.map(storm, range(12)) for pair in pairs]
    assert sorted(acknowledged) == sorted(kept(url))
    assert gate.waiting == 0
