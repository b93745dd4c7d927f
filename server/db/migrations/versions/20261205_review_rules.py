"""Make the rules of review, with those a market comes with, and the minimum wages.

Posts may take several days, belong to an order of several trades, and ask for a certificate.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime
from server.domain.data_files import read_rows

revision = "20261205_review_rules"
down_revision = "20261204_attachments"
branch_labels = None
depends_on = None

SHIPPED_AT = datetime(2026, 12, 5, tzinfo=UTC)
TEXTS = ("id", "category", "kind", "name", "sentence", "basis", "pattern", "shown_as")


def upgrade() -> None:
    """Make the tables, fill in the built-in rules, add the columns of posts."""
    table = _make_review_rule()
    op.bulk_insert(table, [_built_in(row) for row in read_rows("review_rules.csv")])
    _make_minimum_wage()
    op.add_column("post", sa.Column("last_day", sa.Date()))
    op.add_column(
        "post",
        sa.Column("asks_certificate", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column("post", sa.Column("order_id", sa.String(length=36)))
    op.create_index("ix_post_order_id", "post", ["order_id"], unique=False)


def downgrade() -> None:
    """Drop the columns and the tables."""
    op.drop_index("ix_post_order_id", table_name="post")
    for name in ("order_id", "asks_certificate", "last_day"):
        op.drop_column("post", name)
    op.drop_table("minimum_wage")
    op.drop_table("review_rule")


def _built_in(row: dict[str, str]) -> dict[str, object]:
    return {
        **{name: row[name] for name in TEXTS},
        "origin": "built_in",
        "words": "",
        "exceptions": "",
        "can_be_denied": row["can_be_denied"] == "1",
        "is_enabled": True,
        "entity_version": 1,
        "created_at": SHIPPED_AT,
        "changed_at": SHIPPED_AT,
    }


def _make_review_rule() -> sa.Table:
    return op.create_table(
        "review_rule",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("sentence", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=120), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("exceptions", sa.Text(), nullable=False),
        sa.Column("shown_as", sa.String(length=20), nullable=False),
        sa.Column("can_be_denied", sa.Boolean(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_rule")),
    )


def _make_minimum_wage() -> None:
    op.create_table(
        "minimum_wage",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("hourly_fen", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_minimum_wage_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minimum_wage")),
        sa.UniqueConstraint("from_day", name=op.f("uq_minimum_wage_from_day")),
    )
