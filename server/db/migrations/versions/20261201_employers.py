"""Make sanctions and merges of employers, and the look-up at the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261201_employers"
down_revision = "20261129_crews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; housekeeping fills the look-up, because it needs the keys."""
    _make_sanction()
    _make_merge()
    _make_look_up()


def downgrade() -> None:
    """Drop the tables; paused posts go back to review."""
    op.execute("UPDATE post SET state = 'in_review' WHERE state = 'paused'")
    for name in (
        "employer_gram",
        "employer_lookup",
        "employer_merge_move",
        "employer_merge",
        "employer_sanction",
    ):
        op.drop_table(name)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _make_sanction() -> None:
    table = "employer_sanction"
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=15), nullable=False),
        sa.Column("other_sealed", sa.Text(), nullable=True),
        sa.Column("evidence_sealed", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("set_by", sa.String(length=36), nullable=True),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        sa.Column("lifted_by", sa.String(length=36), nullable=True),
        sa.Column("lift_reason_sealed", sa.Text(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "to_day IS NULL OR to_day >= from_day", name=op.f("ck_employer_sanction_days")
        ),
        _key(table, "employer_id", "employer"),
        _key(table, "set_by", "staff"),
        _key(table, "lifted_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_sanction")),
    )
    op.create_index("ix_employer_sanction_employer", table, ["employer_id", "from_day"])


def _make_merge() -> None:
    table = "employer_merge"
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kept_id", sa.String(length=36), nullable=False),
        sa.Column("gone_id", sa.String(length=36), nullable=False),
        sa.Column("merged_by", sa.String(length=36), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.String(length=36), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_employer_merge_two")),
        _key(table, "kept_id", "employer"),
        _key(table, "gone_id", "employer"),
        _key(table, "merged_by", "staff"),
        _key(table, "undone_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_merge")),
    )
    op.create_index(op.f("ix_employer_merge_kept_id"), table, ["kept_id"])
    in_force = sa.text("undone_at IS NULL")
    op.create_index(
        "ix_employer_merge_gone",
        table,
        ["gone_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.create_table(
        "employer_merge_move",
        sa.Column("merge_id", sa.String(length=36), nullable=False),
        sa.Column("entity", sa.String(length=10), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=False),
        _key("employer_merge_move", "merge_id", "employer_merge"),
        sa.PrimaryKeyConstraint(
            "merge_id", "entity", "entity_id", name=op.f("pk_employer_merge_move")
        ),
    )


def _make_look_up() -> None:
    table = "employer_lookup"
    op.create_table(
        table,
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        sa.Column("phone_tail_hash", sa.String(length=64), nullable=False),
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        _key(table, "employer_id", "employer"),
        sa.PrimaryKeyConstraint("employer_id", name=op.f("pk_employer_lookup")),
    )
    op.create_index(op.f("ix_employer_lookup_phone_tail_hash"), table, ["phone_tail_hash"])
    op.create_index(op.f("ix_employer_lookup_name_hash"), table, ["name_hash"])
    op.create_table(
        "employer_gram",
        sa.Column("gram", sa.String(length=2), nullable=False),
        sa.Column("employer_id", sa.String(length=36), nullable=False),
        _key("employer_gram", "employer_id", "employer"),
        sa.PrimaryKeyConstraint("gram", "employer_id", name=op.f("pk_employer_gram")),
        sqlite_with_rowid=False,
    )
