"""Links to one case for a contractor without an account: made, found by their token, revoked, run out."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cases
from bot.console.audit import record
from bot.staff_tables import CaseLink, Staff
from bot.town import Town

DAYS = ("1", "3", "7", "14", "30")
"""How long a link may last."""


def make(town: Town, number: str, staff: Staff, *, given_to: str, instructions: str, days: int) -> str:
    """Make a link to a case; returns its token, 256 random bits that are kept as a hash only."""
    token, now = secrets.token_urlsafe(32), town.now()
    with town.database.write.begin() as session:
        case = cases.by_number(session, number)
        session.add(
            CaseLink(
                service_request_id=case.id,
                token_hash=_digest(token),
                given_to=given_to,
                instructions=instructions.strip(),
                staff_id=staff.id,
                created_at=now,
                expires_at=now + timedelta(days=days),
            )
        )
        record(
            town,
            session,
            staff,
            "link_made",
            f"case:{case.service_request_id}",
            given_to=given_to,
            days=str(days),
        )
    return token


def find(town: Town, session: Session, token: str) -> CaseLink | None:
    """Return the link that a token opens, while it lasts."""
    link = session.scalars(select(CaseLink).where(CaseLink.token_hash == _digest(token))).first()
    if link is None or link.revoked_at is not None or link.expires_at <= town.now():
        return None
    return link


def of_case(session: Session, case_id: int) -> Sequence[CaseLink]:
    """Return a case's links, the latest first, those that open nothing any more included."""
    query = select(CaseLink).where(CaseLink.service_request_id == case_id).order_by(CaseLink.id.desc())
    return session.scalars(query).all()


def revoke(town: Town, number: str, link_id: int, staff: Staff) -> None:
    """Have one of a case's links open nothing from now on."""
    with town.database.write.begin() as session:
        case = cases.by_number(session, number)
        link = session.get(CaseLink, link_id)
        if link is None or link.service_request_id != case.id or link.revoked_at is not None:
            return
        link.revoked_at = town.now()
        subject = f"case:{case.service_request_id}"
        record(town, session, staff, "link_revoked", subject, given_to=link.given_to)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
