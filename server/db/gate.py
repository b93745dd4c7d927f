"""Owns the gate of the writers: one unit of work at a time, one commit for all who queue there.

A unit that ends while others wait at the gate does not commit: it leaves its rows in the open
transaction and waits. The last of the queue commits for all of them, so that a burst of check-ins
pays for one sync of the disk instead of one each. A writer who is alone commits at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction

# A group is committed after this long although others wait: nobody's answer waits much longer.
MOST_GROUP_AGE_S = 0.02


class GroupLostError(Exception):
    """The commit that a finished unit of work waited for failed: nothing of it was kept."""


@dataclass
class Group:
    """One open transaction and the units of work that are in it.

    chain: the last link of the log in this transaction, None until a unit needed it.
    """

    connection: Connection
    begun: RootTransaction
    opened_at: float
    size: int = 0
    chain: str | None = None
    fault: BaseException | None = None
    is_over: threading.Event = field(default_factory=threading.Event)

    def run(self, statement: str) -> None:
        """Run a savepoint statement; its failure is the end of the group."""
        # The driver's own execute: SQLAlchemy's costs ten times as much.
        driver: Any = self.connection.connection.dbapi_connection
        try:
            driver.execute(statement)
        except BaseException as fault:
            self.fault = fault
            raise GroupLostError from fault


class Gate:
    """Lets writers of one engine in one by one and commits them in groups; safe for threads."""

    def __init__(
        self,
        engine: Engine,
        on_commit: Callable[[], None],
        most_group_age_s: float = MOST_GROUP_AGE_S,
    ) -> None:
        self._engine = engine
        self._on_commit = on_commit
        self._most_group_age_s = most_group_age_s
        # A lock orders writers fairly; SQLite's busy wait let some wait for seconds.
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0
        self._group: Group | None = None

    @property
    def waiting(self) -> int:
        """Count who queues at the gate now."""
        return self._waiting

    @contextmanager
    def unit(self) -> Iterator[Group]:
        """Run one unit of work: leaving the block keeps it, an exception undoes it alone.

        Returns when its rows are durable. Raises GroupLostError or what the commit raised.
        """
        self._take_turn()
        try:
            group = self._join()
            yield from self._in_savepoint(group)
        finally:
            self._end_turn()
        group.is_over.wait()
        if group.fault is not None:
            raise GroupLostError from group.fault

    def _take_turn(self) -> None:
        with self._counting:
            self._waiting += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self._waiting -= 1

    def _join(self) -> Group:
        if self._group is None:
            connection = self._engine.connect()
            try:
                self._group = Group(connection, connection.begin(), time.monotonic())
            except BaseException:
                connection.close()
                raise
        return self._group

    def _in_savepoint(self, group: Group) -> Iterator[Group]:
        # The first unit needs none: if it fails, the whole transaction is undone.
        is_first, chain = group.size == 0, group.chain
        if not is_first:
            group.run("SAVEPOINT unit_of_work")
        try:
            yield group
        except BaseException:
            group.chain = chain
            if not is_first:
                group.run("ROLLBACK TO SAVEPOINT unit_of_work")
                group.run("RELEASE SAVEPOINT unit_of_work")
            raise
        if not is_first:
            group.run("RELEASE SAVEPOINT unit_of_work")
        group.size += 1

    def _end_turn(self) -> None:
        """Commit, or leave that to the next in the queue."""
        group = self._group
        try:
            if group is not None and not self._may_wait(group):
                self._group = None
                self._end(group)
        finally:
            self._turn.release()

    def _may_wait(self, group: Group) -> bool:
        is_young = time.monotonic() - group.opened_at < self._most_group_age_s
        return self._waiting > 0 and is_young and group.size > 0 and group.fault is None

    def _end(self, group: Group) -> None:
        try:
            if group.size == 0 or group.fault is not None:
                group.begun.rollback()
            else:
                group.begun.commit()
                self._on_commit()
        except BaseException as fault:
            group.fault = fault
            # A failed commit leaves the transaction open; the pool would hand it to the next.
            group.connection.invalidate()
            raise
        finally:
            try:
                group.connection.close()
            finally:
                group.is_over.set()
