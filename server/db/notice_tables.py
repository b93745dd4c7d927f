"""Owns the table of one-time notices (一次性告知): what to bring for each service."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from server.db.columns import UtcDateTime, id_column, metadata

# A row is never changed: the newest of a service is in force, and a paper keeps the one it shows.
service_notice = Table(
    "service_notice",
    metadata,
    id_column(),
    Column("service", String(15), nullable=False),
    # One thing to bring a line.
    Column("text", Text, nullable=False),
    # Empty for the text that the market came with.
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_service_notice_service", "service", "id"),
)
