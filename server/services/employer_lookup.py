"""Owns finding employers while somebody types at the desk, and those that look like one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from server.db.employer_tables import employer_gram, employer_lookup
from server.db.seal import FieldSeal
from server.db.tables import employer, post
from server.domain.clock import market_day
from server.domain.employer_kinds import DuplicateSign
from server.domain.employer_names import plain_name, search_grams
from server.services.employer_facts import is_merged, kept_employer
from server.services.employer_index import PHONE_TAIL, index_employer, name_hash, phone_tail_hash
from server.services.employers import Employer, employer_in, employer_of_row, rows_of_employers
from server.services.open_market import Actor, OpenMarket

HITS = 10
MIN_SIGNS = 2
LONGEST = 60
BATCH = 200
WHOLE_PHONE = 7
# Sorts after whatever may follow the beginning of a credit code.
LAST_CODE = "Z" * 18


def look_up(market: OpenMarket, search: str, limit: int = HITS) -> tuple[Employer, ...]:
    """Return the employers that what was typed may mean, at most `limit`.

    search: a piece of the public name or its pinyin initials, the whole name, the last four
    digits of the phone or all of them, the beginning of the credit code; fewer than MIN_SIGNS
    letters or digits find nobody. A merged employer is found as the one it is part of.
    """
    wanted = plain_name(search[:LONGEST])
    if len(wanted) < MIN_SIGNS:
        return ()
    today = market_day(market.database.now())
    with market.database.read() as connection:
        found: dict[str, None] = {}
        for statement in _ways(market.seal, wanted):
            for employer_id in connection.scalars(statement.limit(limit)):
                found.setdefault(kept_employer(connection, employer_id))
            if len(found) >= limit:
                break
        ids = list(found)[:limit]
        return tuple(employer_in(market.seal, connection, one, today) for one in ids)


def _ways(seal: FieldSeal, wanted: str) -> Iterator[Select[Any]]:
    tail, whole = employer_lookup.c.phone_tail_hash, employer_lookup.c.name_hash
    if wanted.isascii() and wanted.isdigit():
        if len(wanted) == PHONE_TAIL:
            yield _newest(employer_lookup.c.employer_id, tail == phone_tail_hash(seal, wanted))
        if len(wanted) >= WHOLE_PHONE:
            same = employer.c.phone_hash == seal.index(wanted, "employer.phone")
            yield _newest(employer.c.id, same)
    if wanted.isascii():
        code = employer.c.credit_code
        between = (code >= wanted) & (code <= wanted + LAST_CODE)
        yield select(employer.c.id).where(between).order_by(code)
    yield _newest(employer_lookup.c.employer_id, whole == name_hash(seal, wanted))
    for grams in search_grams(wanted):
        yield _with_grams(sorted(grams))


def _newest(column: ColumnElement[str], condition: ColumnElement[bool]) -> Select[Any]:
    return select(column).where(condition).order_by(column.desc())


def _with_grams(grams: list[str]) -> Select[Any]:
    first, *others = (employer_gram.alias(f"gram_{n}") for n in range(len(grams)))
    statement = select(first.c.employer_id).where(first.c.gram == grams[0])
    for gram, alias in zip(grams[1:], others, strict=True):
        also = select(alias.c.gram).where(
            alias.c.gram == gram, alias.c.employer_id == first.c.employer_id
        )
        statement = statement.where(also.exists())
    return statement.order_by(first.c.employer_id.desc())


@dataclass(frozen=True)
class Duplicate:
    """An employer that may be the same as another. posts: how many it has."""

    employer: Employer
    signs: tuple[DuplicateSign, ...]
    posts: int


def duplicates_of(market: OpenMarket, employer_id: str) -> tuple[Duplicate, ...]:
    """Return the employers with the phone or the name of this one, latest first, at most HITS.

    Two employers never share a credit code or a citizen number: the second is not registered.
    Raises EmployerUnknown.
    """
    today = market_day(market.database.now())
    with market.database.read() as connection:
        own = employer_in(market.seal, connection, employer_id, today)
        phone = market.seal.index(own.phone, "employer.phone")
        name = name_hash(market.seal, own.name)
        named = select(employer_lookup.c.employer_id).where(employer_lookup.c.name_hash == name)
        alike = or_(employer.c.phone_hash == phone, employer.c.id.in_(named))
        statement = rows_of_employers(today).where(
            alike, employer.c.id != own.id, ~is_merged(employer.c.id)
        )
        rows = connection.execute(statement.order_by(employer.c.id.desc()).limit(HITS)).all()
        found = [(employer_of_row(market.seal, row), row.phone_hash) for row in rows]
        return tuple(
            Duplicate(
                other,
                tuple(
                    sign
                    for sign, is_same in (
                        (DuplicateSign.PHONE, phone_hash == phone),
                        (DuplicateSign.NAME, name_hash(market.seal, other.name) == name),
                    )
                    if is_same
                ),
                _posts(connection, other.id),
            )
            for other, phone_hash in found
        )


def _posts(connection: Connection, employer_id: str) -> int:
    count = select(func.count()).select_from(post).where(post.c.employer_id == employer_id)
    return int(connection.scalar(count) or 0)


def index_new_employers(market: OpenMarket) -> int:
    """Make employers findable who were registered before there was a look-up; return how many."""
    missing = (
        select(employer)
        .join(employer_lookup, employer_lookup.c.employer_id == employer.c.id, isouter=True)
        .where(employer_lookup.c.employer_id.is_(None))
        .limit(BATCH)
    )
    with market.database.read() as connection:
        if connection.execute(missing.limit(1)).first() is None:
            return 0
    with market.database.write(Actor("server")) as tx:
        rows = tx.connection.execute(missing).all()
        for row in rows:
            index_employer(tx, market.seal, row)
        return len(rows)
