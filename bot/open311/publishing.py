"""A case as the public may read it: nothing that says who reported it.

Free text is the reporter's own and may name people, so it stays inside unless the city publishes it
(`open311.publish_descriptions`): the description, answers that are no choice of a list, a place that is not on
the map but only in their words, what they said on reopening. Pictures follow `open311.publish_photos`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.models import ServiceRequest, StatusUpdate
from bot.statuses import CLOSED, open311_status
from dialogues.types import Attribute

LONGEST_DESCRIPTION = 4000
"""Characters, by the specification; a case's may be longer by what was added to it."""

OWN_WORDS = frozenset({"resident", "bot"})
"""Authors whose notes are not the city's word to the public: residents, and our notes to crews."""


def published(
    case: ServiceRequest, config: Config, channels: Mapping[int, str], *, extended: bool
) -> dict[str, Any]:
    """Return a case in Open311's words. `channels` names the channel of each conversation, by id."""
    service = config.city.services.get(case.service_code)
    wide = config.file.open311.publish_descriptions
    pictures = _pictures(case, config)
    document = {
        "service_request_id": case.service_request_id,
        "status": open311_status(case.status),
        "status_notes": _status_notes(case, wide),
        "service_name": service.service_name if service else case.service_code,
        "service_code": case.service_code,
        "description": (case.description[:LONGEST_DESCRIPTION] or None) if wide else None,
        "agency_responsible": config.city.departments.get(case.department, case.department),
        "service_notice": None,
        "requested_datetime": local(case.requested_datetime, config),
        "updated_datetime": local(case.updated_datetime, config),
        "expected_datetime": local(case.expected_datetime, config),
        "address": case.address_string if wide or case.location_confirmed else None,
        "address_id": None,
        "zipcode": None,
        "lat": case.lat,
        "long": case.long,
        "media_url": pictures[0] if pictures else None,
    }
    return document | _extensions(case, config, channels, pictures) if extended else document


def _status_notes(case: ServiceRequest, wide: bool) -> str | None:
    theirs = {update.status_notes for update in case.updates if update.author in OWN_WORDS}
    return (case.status_notes or None) if wide or case.status_notes not in theirs else None


def _pictures(case: ServiceRequest, config: Config) -> list[str]:
    if not config.file.open311.publish_photos:
        return []
    base = config.settings.public_base_url.rstrip("/")
    kept = [f"{base}/photos/{photo.token}.jpg" for photo in case.photos if photo.state == "kept"]
    return [case.media_url, *kept] if case.media_url else kept


def _extensions(
    case: ServiceRequest, config: Config, channels: Mapping[int, str], pictures: list[str]
) -> dict[str, Any]:
    """Return what `extensions=true` adds: Chicago's and Boston's attributes, extended_attributes and notes."""
    came_by = channels.get(case.conversation_id, "") if case.conversation_id else "open311"
    return {
        "attributes": list(_answers(case, config)) or None,
        "extended_attributes": {
            "channel": came_by or None,
            "detailed_status": case.status,
            "duplicate": case.status == "duplicate",
            "photos": pictures or None,
        },
        "notes": list(_notes(case, config)) or None,
    }


def _answers(case: ServiceRequest, config: Config) -> Iterator[dict[str, Any]]:
    service = config.city.services.get(case.service_code)
    for code, said in case.attributes.items():
        question = service.answer(code) if service else None
        if question is not None and (question.values or config.file.open311.publish_descriptions):
            yield {"code": code, "description": question.description, "values": _values(question, said)}


def _values(question: Attribute, said: str) -> list[dict[str, str]]:
    """Return the answers that were picked, or a text as its own key."""
    keys = said.split(",") if question.datatype == "multivaluelist" else [said]
    names = {value.key: value.name for value in question.values}
    return [{"key": key, "name": names.get(key, key)} for key in keys]


def _notes(case: ServiceRequest, config: Config) -> Iterator[dict[str, Any]]:
    for number, update in enumerate(case.updates):
        shown = config.file.open311.publish_descriptions or update.author not in OWN_WORDS
        yield {
            "datetime": local(update.updated_datetime, config),
            "summary": update.status.replace("_", " ").capitalize(),
            "description": (update.status_notes or None) if shown else None,
            "type": _kind(update, first=number == 0),
        }


def _kind(update: StatusUpdate, *, first: bool) -> str:
    if first:
        return "submitted"
    if update.status in CLOSED:
        return "closed"
    return "opened" if update.status == "reopened" else "activity"


def local(moment: datetime | None, config: Config) -> str | None:
    """Return a moment in the city's zone, with its offset."""
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(config.city.timezone)).isoformat(timespec="seconds")
