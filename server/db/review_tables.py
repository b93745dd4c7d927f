"""Owns the tables of what posts are reviewed by: the rules of words, the minimum wages."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, Text

from server.db.columns import UtcDateTime, id_column, metadata

# Rows are changed and switched off, never removed: past reviews name them.
review_rule = Table(
    "review_rule",
    metadata,
    id_column(),
    Column("category", String(20), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("origin", String(10), nullable=False),
    Column("name", String(30), nullable=False),
    Column("sentence", String(80), nullable=False),
    Column("basis", String(120), nullable=False),
    # A regular expression, of rules that the market came with; nobody types one.
    Column("pattern", Text, nullable=False),
    # One a line.
    Column("words", Text, nullable=False),
    Column("exceptions", Text, nullable=False),
    Column("shown_as", String(20), nullable=False),
    Column("can_be_denied", Boolean, nullable=False),
    Column("is_enabled", Boolean, nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

# What an hour must pay at least from a day on; before the first row the market's own figure holds.
minimum_wage = Table(
    "minimum_wage",
    metadata,
    id_column(),
    Column("from_day", Date, nullable=False, unique=True),
    Column("hourly_fen", Integer, nullable=False),
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
