"""Owns the tables of invitations: an employer fills in posts without an account."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from server.db.columns import UtcDateTime, id_column, metadata

# The code is all that its bearer needs until it ends, so it lasts an hour.
invitation = Table(
    "invitation",
    metadata,
    id_column(),
    Column("employer_id", String(36), ForeignKey("employer.id"), nullable=False, index=True),
    Column("code", String(10), nullable=False, unique=True),
    Column("staff_id", String(36), ForeignKey("staff.id")),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

invited_post = Table(
    "invited_post",
    metadata,
    Column("post_id", String(36), ForeignKey("post.id"), primary_key=True),
    Column("invitation_id", String(36), ForeignKey("invitation.id"), nullable=False, index=True),
)
