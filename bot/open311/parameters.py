"""Reading a request's parameters, as GeoReport v2 writes them. An empty parameter counts as absent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.open311.refusals import Refused

MOMENT = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+ -]\d\d:\d\d)")
"""The W3C's subset of ISO 8601, with a zone. A plus that nobody escaped in a URL arrives as a blank."""


def given(parameters: Mapping[str, str], name: str) -> str:
    """Return a parameter's value on one line, fit for every database; "" where there is none."""
    value = parameters.get(name, "")
    return "".join(sign for sign in " ".join(value.split()) if sign.isprintable())


def listed(parameters: Mapping[str, str], name: str) -> list[str]:
    """Return the values of a comma list, each once."""
    return list(dict.fromkeys(filter(None, map(str.strip, given(parameters, name).split(",")))))


def moment(parameters: Mapping[str, str], name: str) -> datetime | None:
    """Return a moment, in UTC; raises `Refused`."""
    text = given(parameters, name)
    if not text:
        return None
    try:
        if not MOMENT.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text.replace(" ", "+")).astimezone(UTC)
    except ValueError:
        raise Refused(400, f"{name} is no moment with a time zone: write it as 2026-06-01T09:30:00Z") from None


def count(parameters: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    """Return a number from 1 to `most`; raises `Refused`."""
    text = given(parameters, name) or str(default)
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= most:
        raise Refused(400, f"{name} has to be a whole number from 1 to {most}")
    return int(text)
