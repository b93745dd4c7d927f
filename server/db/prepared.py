"""Owns statements that run in every check-in: compiled once, run on the driver's own cursor.

SQLAlchemy builds the SQL and converts the values, by its public interface; left out is only the
machinery that it runs anew for each execution, 20 microseconds a statement.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect
from sqlalchemy.types import TypeEngine

# Parameters, columns and statements are as varied as SQL.
Values: TypeAlias = Mapping[str, Any]
Convert: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True)
class _Plan:
    """A statement for one database and one set of parameter names.

    binds: name, conversion and default of each parameter, in the order of the SQL.
    """

    sql: str
    binds: tuple[tuple[str, Convert | None, Any], ...]
    is_positional: bool
    row: Callable[..., Any]
    reads: tuple[tuple[int, Convert], ...]

    def parameters(self, given: Values) -> Any:
        """Return the driver's parameters."""
        found = [
            given.get(name, default) if convert is None else convert(given.get(name, default))
            for name, convert, default in self.binds
        ]
        if self.is_positional:
            return found
        return dict(zip((name for name, _, _ in self.binds), found, strict=True))

    def read(self, raw: Any) -> Any:
        """Return a row of the driver with its columns as attributes."""
        if self.reads:
            raw = list(raw)
            for place, convert in self.reads:
                raw[place] = convert(raw[place])
        return self.row(*raw)


class Prepared:
    """One Core statement; values are given by name. It must not use `in_` with a list."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def run(self, connection: Connection, given: Values) -> None:
        """Run the statement for its effect."""
        _execute(connection, self._plan(connection, given), given)

    def first(self, connection: Connection, given: Values) -> Any:
        """Return the first row, its columns as attributes, or None."""
        plan = self._plan(connection, given)
        raw = _execute(connection, plan, given).fetchone()
        return None if raw is None else plan.read(raw)

    def all(self, connection: Connection, given: Values) -> list[Any]:
        """Return every row."""
        plan = self._plan(connection, given)
        return [plan.read(raw) for raw in _execute(connection, plan, given).fetchall()]

    def scalar(self, connection: Connection, given: Values) -> Any:
        """Return the first column of the first row, or None."""
        row = self.first(connection, given)
        return None if row is None else row[0]

    def _plan(self, connection: Connection, given: Values) -> _Plan:
        key = (connection.dialect.name, *given)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = _plan_of(self._statement, connection.dialect, list(given))
        return plan


def _execute(connection: Connection, plan: _Plan, given: Values) -> Any:
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.dbapi_connection
    return driver.execute(plan.sql, plan.parameters(given))


def _plan_of(statement: Any, dialect: Dialect, names: list[str]) -> _Plan:
    compiled = statement.compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup if compiled.positional else list(compiled.binds)
    columns = list(statement.exported_columns)
    reads = (_impl(column.type, dialect).result_processor(dialect, None) for column in columns)
    names_of_row = [column.name for column in columns]
    return _Plan(
        str(compiled),
        tuple(
            (
                name,
                _impl(compiled.binds[name].type, dialect).bind_processor(dialect),
                compiled.params.get(name),
            )
            for name in order
        ),
        compiled.positional,
        namedtuple("Row", names_of_row),
        tuple((place, convert) for place, convert in enumerate(reads) if convert is not None),
    )


def _impl(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
