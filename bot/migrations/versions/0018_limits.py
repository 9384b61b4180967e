"""Who is blocked, and when a thread was last told that it writes too much

Revision: 0018, after: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("contacts", sa.Column("blocked_at", MOMENT))
    op.create_index("ix_contacts_blocked_at", "contacts", ["blocked_at"])
    op.add_column("conversations", sa.Column("limited_at", MOMENT))
    op.create_index(
        "ix_service_requests_service_requested",
        "service_requests",
        ["service_code", "requested_datetime"],
    )


def downgrade() -> None:
    op.drop_index("ix_service_requests_service_requested", "service_requests")
    op.drop_column("conversations", "limited_at")
    op.drop_index("ix_contacts_blocked_at", "contacts")
    op.drop_column("contacts", "blocked_at")
