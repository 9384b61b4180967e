"""Cases around a point, found without looking at all of its latitude's

Revision: 0019, after: 0018
"""

from __future__ import annotations

from alembic import op


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_service_requests_status_lat_long",
        "service_requests",
        ["status", "lat", "long"],
    )
    op.drop_index("ix_service_requests_status_service_requests_lat", "service_requests")


def downgrade() -> None:
    op.create_index("ix_service_requests_status_service_requests_lat", "service_requests", ["status", "lat"])
    op.drop_index("ix_service_requests_status_lat_long", "service_requests")
