"""What a request posted in Open311 brings along: who reports, and a picture elsewhere

Revision: 0006, after: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Defaults of the server's own: rows are there already, and SQLite can add such columns in place.
    op.add_column("service_requests", sa.Column("media_url", sa.Text(), server_default="", nullable=False))
    op.add_column("service_requests", sa.Column("reporter", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("service_requests", "reporter")
    op.drop_column("service_requests", "media_url")
