"""Open cases are found by their place

Revision: 0010, after: 0009
"""

from __future__ import annotations

from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_service_requests_status_service_requests_lat", "service_requests", ["status", "lat"])


def downgrade() -> None:
    op.drop_index("ix_service_requests_status_service_requests_lat", table_name="service_requests")
