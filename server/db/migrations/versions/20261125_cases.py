"""Make cases, their counter, and the papers that belong to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261125_cases"
down_revision = "20261125_tickets_given_back"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let a print job be a receipt."""
    _make_complaint_case()
    op.create_table(
        "case_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_case_counter")),
    )
    with op.batch_alter_table("print_job") as print_job:
        print_job.add_column(sa.Column("case_id", sa.String(length=36), nullable=True))
        print_job.create_foreign_key(
            op.f("fk_print_job_case_id_complaint_case"), "complaint_case", ["case_id"], ["id"]
        )
    op.create_index(op.f("ix_print_job_case_id"), "print_job", ["case_id"], unique=False)


def downgrade() -> None:
    """Drop the tables, and the papers with them."""
    op.execute("DELETE FROM print_job WHERE case_id IS NOT NULL")
    op.drop_index(op.f("ix_print_job_case_id"), table_name="print_job")
    with op.batch_alter_table("print_job") as print_job:
        print_job.drop_constraint(op.f("fk_print_job_case_id_complaint_case"), type_="foreignkey")
        print_job.drop_column("case_id")
    op.drop_table("case_counter")
    op.drop_table("complaint_case")


def _case_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("no", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("placement_id", sa.String(length=36), nullable=True),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("assign_by_day", sa.Date(), nullable=False),
        sa.Column("feedback_by_day", sa.Date(), nullable=False),
        sa.Column("close_by_day", sa.Date(), nullable=False),
        sa.Column("responsible_id", sa.String(length=36), nullable=True),
        sa.Column("assigned_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
    ]


def _make_complaint_case() -> None:
    op.create_table(
        "complaint_case",
        *_case_columns(),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_complaint_case_worker_id_worker")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_complaint_case_placement_id_placement"),
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["staff.id"], name=op.f("fk_complaint_case_responsible_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_case")),
        sa.UniqueConstraint("no", name=op.f("uq_complaint_case_no")),
    )
    op.create_index(
        "ix_complaint_case_worker", "complaint_case", ["worker_id", "kind"], unique=False
    )
    op.create_index(
        "ix_complaint_case_close_by_day", "complaint_case", ["close_by_day"], unique=False
    )
