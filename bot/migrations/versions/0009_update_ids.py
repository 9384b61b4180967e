"""A change of status by another system has that system's own number

Revision: 0009, after: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("status_updates", sa.Column("update_id", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("status_updates", "update_id")
