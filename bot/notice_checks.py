"""What staff write into a notice, checked: the texts, the services, the area, until when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.places.records import Unusable
from bot.places.shapes import Shape, polygons_of
from dialogues.rendering import unaccented
from webhooks.gsm7 import is_gsm7

ONE_TEXT = 160
"""Characters of a notice: with what to reply it takes two texts then."""


class BadNotice(Exception):
    """A notice can't be announced so; the message says why, for people."""


def check_text(config: Config, language: str, words: str) -> None:
    """Raise `BadNotice` where a text can't be sent."""
    if language not in config.city.languages:
        raise BadNotice(f"the city speaks {', '.join(config.city.languages)}.")
    if len(words) > ONE_TEXT:
        raise BadNotice(
            f"the text in {language!r} has {len(words)} characters; {ONE_TEXT} at most, so that it is one SMS."
        )
    if strange := "".join(sign for sign in unaccented(words) if not is_gsm7(sign) and not sign.isalpha()):
        raise BadNotice(
            f"the text in {language!r} has {strange!r}, which SMS lacks: it would double the price."
        )


def drawn(text: str) -> Shape:
    """Return the polygons of a GeoJSON text as one multipolygon; raises `BadNotice`."""
    try:
        found = json.loads(text)
        features = found.get("features") or [found]
        shapes = [feature.get("geometry") or feature for feature in features]
        polygons = [polygon for shape in shapes for polygon in polygons_of(shape)]
        corners = [point for polygon in polygons for ring in polygon for point in ring]
        usable = all(-180 <= long <= 180 and -90 <= lat <= 90 for long, lat in corners)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, Unusable):
        usable = False
    if not usable:
        raise BadNotice("no GeoJSON of polygons in degrees.")
    return {"type": "MultiPolygon", "coordinates": polygons}


def named(areas: Mapping[str, Sequence[object]], name: str) -> Shape:
    """Return one of config.yml's areas; raises `BadNotice`."""
    if name not in areas:
        known = ", ".join(areas) or "none: name a GeoJSON file under areas in config.yml"
        raise BadNotice(f"there is no such area; there are: {known}.")
    return {"type": "MultiPolygon", "coordinates": list(areas[name])}


def moment(config: Config, written: str) -> datetime:
    """Return a time of the city's clock in UTC; raises `BadNotice`."""
    try:
        found = datetime.fromisoformat(written)
        local = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(config.city.timezone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadNotice("write it as '2026-06-01 18:00', by the city's clock.") from None
