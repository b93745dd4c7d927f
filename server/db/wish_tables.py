"""Owns the tables of what people would like: to learn a trade, and what the survey hears."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from server.db.columns import UtcDateTime, id_column, metadata

# One open wish a worker: a new one takes its place.
training_wish = Table(
    "training_wish",
    metadata,
    id_column(),
    Column("worker_id", String(36), ForeignKey("worker.id"), nullable=False, unique=True),
    Column("free_time", String(10), nullable=False),
    Column("market_day", Date, nullable=False),
    Column("entity_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

training_wish_trade = Table(
    "training_wish_trade",
    metadata,
    Column("wish_id", String(36), ForeignKey("training_wish.id"), primary_key=True),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    Column("trade_id", String(40), nullable=False),
    Index("ix_training_wish_trade_trade", "trade_id"),
)

# Nothing ties the answers of one questionnaire together, to a person, a kiosk or a time of day.
# The ids are random (UUID4), and without a rowid SQLite keeps the rows in their order, so that
# the file does not tell who answered first either. choice: null where somebody would not say.
survey_answer = Table(
    "survey_answer",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("market_day", Date, nullable=False),
    Column("version", String(20), nullable=False),
    Column("question", String(20), nullable=False),
    Column("choice", String(20)),
    sqlite_with_rowid=False,
)
