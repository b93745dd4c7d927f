"""Make applications for posts, and the lists of posts that are printed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from server.db.tables import UtcDateTime

revision = "20261128_applications"
down_revision = "20261127_scanner_and_inches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let a print job be a list of posts."""
    _make_application()
    op.create_table(
        "post_list",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("post_ids", sa.Text(), nullable=False),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_list")),
    )
    with op.batch_alter_table("print_job") as print_job:
        print_job.add_column(sa.Column("post_list_id", sa.String(length=36), nullable=True))
        print_job.create_foreign_key(
            op.f("fk_print_job_post_list_id_post_list"), "post_list", ["post_list_id"], ["id"]
        )
    op.create_index(op.f("ix_print_job_post_list_id"), "print_job", ["post_list_id"], unique=False)


def downgrade() -> None:
    """Drop the tables, and the papers with them."""
    op.execute("DELETE FROM print_job WHERE post_list_id IS NOT NULL")
    op.drop_index(op.f("ix_print_job_post_list_id"), table_name="print_job")
    with op.batch_alter_table("print_job") as print_job:
        print_job.drop_constraint(op.f("fk_print_job_post_list_id_post_list"), type_="foreignkey")
        print_job.drop_column("post_list_id")
    op.drop_table("post_list")
    op.drop_table("application")


def _make_application() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("worker_id", sa.String(length=36), nullable=False),
        sa.Column("post_id", sa.String(length=36), nullable=False),
        sa.Column("place_no", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("end_reason", sa.String(length=15), nullable=True),
        sa.Column("market_day", sa.Date(), nullable=False),
        sa.Column("entity_version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_application_worker_id_worker")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_application_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("worker_id", "post_id", name=op.f("uq_application_worker_id_post_id")),
        sa.UniqueConstraint("post_id", "place_no", name=op.f("uq_application_post_id_place_no")),
    )
