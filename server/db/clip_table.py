"""Owns the table of recorded clips; beside `tables.py`, whose metadata it belongs to."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from server.db.tables import UtcDateTime, metadata

# One recording for each name; the WAV is 16-bit mono at domain.sounds.CLIP_RATE.
voice_clip = Table(
    "voice_clip",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("wav", LargeBinary, nullable=False),
    Column("millis", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
