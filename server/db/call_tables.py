"""Owns the tables of what desks leave behind at calling: notes on tickets, slips made void."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from server.db.columns import UtcDateTime, id_column, metadata

# What one desk wants the next to know of a ticket: for staff only.
ticket_note = Table(
    "ticket_note",
    metadata,
    id_column(),
    Column("ticket_id", String(36), ForeignKey("ticket.id"), nullable=False),
    Column("note_sealed", Text, nullable=False),
    Column("desk_no", Integer, ForeignKey("desk.no"), nullable=False),
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_ticket_note_ticket", "ticket_id", "id"),
)

# The slip of an agreement that was undone: its code goes on saying so when the worker agrees anew.
void_slip = Table(
    "void_slip",
    metadata,
    id_column(),
    Column("placement_id", String(36), ForeignKey("placement.id"), nullable=False, index=True),
    Column("slip_code", String(10), nullable=False, unique=True),
    Column("desk_no", Integer, ForeignKey("desk.no")),
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("reason", String(60), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
