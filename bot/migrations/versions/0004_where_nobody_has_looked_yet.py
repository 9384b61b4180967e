"""Answers of outside geocoders, and cases whose location is to be confirmed

Revision: 0004, after: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "geocode_cache",
        sa.Column("geocoder", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("geocoder", "question", name=op.f("pk_geocode_cache")),
    )
    with op.batch_alter_table("geocode_cache", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_geocode_cache_fetched_at"), ["fetched_at"], unique=False)

    # Defaults of the server's own: rows are there already, and SQLite can add such columns in place.
    op.add_column(
        "service_requests",
        sa.Column("location_confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column(
        "service_requests",
        sa.Column("suggested_location", sa.JSON(), server_default="{}", nullable=False),
    )
    op.add_column("service_requests", sa.Column("locate_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_service_requests_locate_at"), "service_requests", ["locate_at"], unique=False)
    op.execute("UPDATE service_requests SET location_confirmed = false WHERE lat IS NULL OR long IS NULL")


def downgrade() -> None:
    # Not in a batch: that would copy the table, and with it drop what refers to it.
    op.drop_index(op.f("ix_service_requests_locate_at"), table_name="service_requests")
    op.drop_column("service_requests", "locate_at")
    op.drop_column("service_requests", "suggested_location")
    op.drop_column("service_requests", "location_confirmed")
    with op.batch_alter_table("geocode_cache", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_geocode_cache_fetched_at"))

    op.drop_table("geocode_cache")
