"""Which deadlines a department was told of; a department's notices ordered by how it hears of them

Revision: 0008, after: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("warned_of", "alerted_of"):
        op.add_column("service_requests", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    # What waits keeps its place before what comes: one destination for each way of hearing.
    op.execute("UPDATE outbox SET destination = destination || ':' || kind WHERE destination LIKE 'department:%'")


def downgrade() -> None:
    op.execute(
        "UPDATE outbox SET destination = substr(destination, 1, length(destination) - length(kind) - 1)"
        " WHERE destination LIKE 'department:%'"
    )
    for name in ("alerted_of", "warned_of"):
        op.drop_column("service_requests", name)
