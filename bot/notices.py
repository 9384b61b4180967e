"""What a department is told of a case, read from the database when it is told."""

from __future__ import annotations

from bot import photos
from bot.backends import Notice
from bot.models import OutboxEntry, ServiceRequest
from bot.town import Town
from dialogues.prompts import answers


def notice_of(town: Town, entry: OutboxEntry) -> Notice:
    """Return the notice that an outbox entry stands for, with the case as it is now."""
    with town.database.read() as session:
        case = session.get_one(ServiceRequest, entry.payload["service_request"])
        kept = (photos.read(town.config.photos, photo.token) for photo in case.photos if photo.state == "kept")
        found = (jpeg for jpeg in kept if jpeg is not None)
        pictures = tuple((f"{case.service_request_id}-{n}.jpg", jpeg) for n, jpeg in enumerate(found, start=1))
        department = town.config.departments[case.department]
        service = town.city.services.get(case.service_code)
        return Notice(
            outbox_id=str(entry.id),
            event=entry.payload["event"],
            service_request_id=case.service_request_id,
            service_name=service.service_name if service else case.service_code,
            department=department.name,
            recipient=department.email,
            address_string=case.address_string,
            lat=case.lat,
            long=case.long,
            precision=case.precision,
            description=case.description,
            answers=answers(service, case.attributes) if service else (),
            priority=case.priority,
            requested_datetime=case.requested_datetime,
            expected_datetime=case.expected_datetime,
            note=entry.payload.get("note", ""),
            photos=pictures,
            location_confirmed=case.location_confirmed,
            media_url=case.media_url,
        )
