"""Owns the tables of devices: what is paired, what it last said of itself, simulated paper."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from server.db.columns import Counting, UtcDateTime, id_column, metadata

device = Table(
    "device",
    metadata,
    id_column(),
    Column("kind", String(10), nullable=False),
    Column("name", String(40), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("serves_device_id", String(36), ForeignKey("device.id")),
    # Tenths of an inch: 21.5" is 215.
    Column("panel_tenths", Integer, nullable=False),
    Column("reader_metres", Integer, nullable=False),
    Column("is_simulated", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

# What a device last said of itself: not a fact, so no event tells of it.
device_status = Table(
    "device_status",
    metadata,
    Column("device_id", String(36), ForeignKey("device.id"), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("printer_state", String(12)),
    Column("reader_state", String(12)),
    Column("scanner_state", String(12)),
    Column("sound_state", String(12)),
    Column("shown_revision", Counting),
    Column("build", String(40)),
    # JSON list of {id, name}: the cards that a simulated reader can read.
    Column("simulated_cards", Text),
)

# Pictures of what simulated printers put out; the newest few are kept.
simulated_paper = Table(
    "simulated_paper",
    metadata,
    Column("id", Counting, primary_key=True, autoincrement=True),
    Column("device_id", String(36), ForeignKey("device.id"), nullable=False),
    Column("print_job_id", String(36)),
    Column("png", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
