"""Owns the table of employers' papers, photographed or scanned."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from server.db.columns import UtcDateTime, id_column, metadata

# The content is sealed like every other field that says who somebody is; NULL once it was taken
# away. digest: SHA-256 of the content as it was kept, for the proof that it is still the same.
attachment = Table(
    "attachment",
    metadata,
    id_column(),
    Column("employer_id", String(36), ForeignKey("employer.id"), nullable=False),
    Column("kind", String(15), nullable=False),
    Column("form", String(20), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content_sealed", LargeBinary),
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("removed_at", UtcDateTime),
    Column("removed_by", String(36), ForeignKey("staff.id")),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_attachment_employer", "employer_id", "id"),
)
