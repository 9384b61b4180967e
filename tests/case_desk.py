"""Cases to work on: reported by simulated residents, and what was written down of them."""

from __future__ import annotations

from servers import PHONE, Office
from sqlalchemy import select

from bot.models import Photo, ServiceRequest
from bot.staff_tables import AuditEntry
from webhooks.simulator.pictures import draw

POTHOLE = "huge pothole at 732 Pine St"
LIGHT = "the street light is out at 500 Main St"


def report(office: Office, words: str = POTHOLE, *pictures: str, by: str | int = PHONE) -> ServiceRequest:
    """Have a resident report something by SMS; returns the case."""
    office.simulator.sms(str(by), words, [draw(name) for name in pictures])
    office.bustle()
    if not latest(office, words):
        office.says("yes", by=by)
        office.bustle()
    found = latest(office, words)
    assert found is not None, office.heard(by)
    return found


def latest(office: Office, words: str = "") -> ServiceRequest | None:
    with office.town.database.read() as session:
        query = select(ServiceRequest).where(ServiceRequest.description.contains(words))
        return session.scalars(query.order_by(ServiceRequest.id.desc())).first()


def case(office: Office, number: str) -> ServiceRequest:
    """Return a case as it now is, with its history and photos."""
    with office.town.database.read() as session:
        query = select(ServiceRequest).where(ServiceRequest.service_request_id == number)
        found = session.scalars(query).one()
        _ = found.updates, found.photos
        return found


def photo(office: Office, number: str) -> Photo:
    return case(office, number).photos[-1]


def written_down(office: Office, action: str) -> list[AuditEntry]:
    """Return what the audit log has of an action."""
    with office.town.database.read() as session:
        query = select(AuditEntry).where(AuditEntry.action == action)
        return list(session.scalars(query.order_by(AuditEntry.id)))
