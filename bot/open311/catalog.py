"""What the city offers: service discovery, the list of services, a service's definition."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.open311.documents import MIME_TYPES
from bot.open311.refusals import Refused
from dialogues.rendering import fill
from dialogues.types import Attribute, AttributeValue, City, Service

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def discovery(config: Config, path: str) -> dict[str, Any]:
    """Return where and how the endpoint is reached. `path` is where it is mounted."""
    city, settings = config.city, config.file.open311
    changed = _changed(config)
    return {
        "changeset": changed,
        "contact": settings.contact or f"{city.program}, {city.phone}",
        "key_service": settings.key_service or f"Ask {city.program} for a key: {city.phone}",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": config.settings.public_base_url.rstrip("/") + path,
                "changeset": changed,
                "type": settings.type,
                "formats": [mime.partition(";")[0] for mime in MIME_TYPES.values()],
            }
        ],
    }


def _changed(config: Config) -> str:
    """Return when the city's services last changed: its configuration's newest file."""
    files = [config.config_file, *(config.root / "data" / "services").glob("*.yml")]
    newest = max(path.stat().st_mtime for path in files)
    return datetime.fromtimestamp(newest, ZoneInfo(config.city.timezone)).isoformat(timespec="seconds")


def services(city: City) -> list[dict[str, Any]]:
    """Return the issue types. All are `realtime`: a posted request has its number at once."""
    return [
        {
            "service_code": service.service_code,
            "service_name": service.service_name,
            "description": service.description,
            "metadata": bool(service.attributes),
            "type": "realtime",
            "keywords": ",".join(service.keywords),
            "group": service.group,
        }
        for service in city.services.values()
    ]


def service_of(city: City, code: str) -> Service:
    """Return the service of that code; raises `Refused`."""
    if code not in city.services:
        raise Refused(404, f"there is no service_code {code}; the service list has them all")
    return city.services[code]


def definition(city: City, code: str) -> dict[str, Any]:
    """Return a service's questions; raises `Refused` where it has none."""
    service = service_of(city, code)
    if not service.attributes:
        raise Refused(404, f"{code} has no definition: its metadata is false")
    return {
        "service_code": code,
        "attributes": [_question(city, each, n) for n, each in enumerate(service.attributes, start=1)],
    }


def _question(city: City, question: Attribute, order: int) -> dict[str, Any]:
    return {
        "variable": True,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.required,
        "datatype_description": None,
        "order": order,
        "description": question.description,
        "values": [_value(city, value) for value in question.values] or None,
    }


def _value(city: City, value: AttributeValue) -> dict[str, Any]:
    """Return an answer; one that is not the city's to fix says so in FixMyStreet's words."""
    plain = {"key": value.key, "name": value.name}
    return plain | {"disable": True, "disable_message": stop(city, value)} if value.stop else plain


def stop(city: City, value: AttributeValue) -> str:
    """Return what a resident is told where this answer means that it is not the city's to fix."""
    return fill(value.stop, city, city.languages[0])
