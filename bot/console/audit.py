"""Who did what, and whose personal data they looked at: written with the change, in its transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.staff_tables import AuditEntry, Staff
from bot.town import Town


def record(
    town: Town, session: Session, staff: Staff | None, action: str, subject: str, **detail: str
) -> AuditEntry:
    """Note an action on `subject` ("case:SR-10001"), by `staff` or by the command line (None).

    `detail` says what changed in the city's words; nothing personal belongs there.
    """
    entry = AuditEntry(
        at=town.now(), staff_id=staff.id if staff else None, action=action, subject=subject, detail=detail
    )
    session.add(entry)
    return entry
