"""Identifiers sort in the order they were made."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from server.db.ids import IdMaker

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def test_ids_of_one_moment_sort_in_the_order_they_were_made() -> None:
    maker = IdMaker()
    ids = [maker.new_id(NOON) for _ in range(2000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 2000


def test_ids_still_grow_when_the_clock_steps_back() -> None:
    maker = IdMaker()
    late = maker.new_id(NOON)
    assert maker.new_id(NOON - timedelta(hours=1)) > late


def test_an_id_is_a_uuid_of_version_7_with_its_time() -> None:
    made = uuid.UUID(IdMaker().new_id(NOON))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(NOON.timestamp() * 1000)
