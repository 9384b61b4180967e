"""GeoJSON: collections of any size, read piece by piece, and files with one feature a line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from bot.places.records import CityDataError
from bot.places.sources.layers import EVERY, SAMPLE, Feature, Layer, Seen, opened

PIECE = 1 << 18
LONGEST = 1 << 26  # characters of one feature, a state's boundary included
START = re.compile(r'"features"\s*:\s*\[')
CRS = re.compile(r'"crs"\s*:\s*\{.*?"name"\s*:\s*"([^"]+)"', re.DOTALL)
BLANK = re.compile(r"[\s,\x1e]*")


def open_geojson(path: Path) -> Layer:
    """Return the table of a GeoJSON file; raises `CityDataError`."""
    with opened(path) as (text, _):
        head = text.read(PIECE)
    start = START.search(head)
    if not start and not re.match(r'[\s\x1e]*\{.*"(?:geometry|type)"', head, re.DOTALL):
        raise CityDataError(f"{path} is no GeoJSON: there are no features in it.")
    named = CRS.search(head, 0, start.start() if start else 0)

    def read(seen: Seen) -> Iterator[Feature]:
        with opened(path) as (text, position):
            for count, found in enumerate(_objects(text, str(path), collection=bool(start))):
                if count % EVERY == 0:
                    seen(position())
                yield Feature(count + 1, *map(_dictionary, (found.get("properties"), found.get("geometry"))))

    sample = list(islice(read(lambda _: None), SAMPLE))
    return Layer(
        name=path.name,
        unit="feature",
        columns=list(dict.fromkeys(name for feature in sample for name in feature.values)),
        sample=sample,
        size=path.stat().st_size,
        read=read,
        crs=_crs(named[1]) if named else "",
    )


def _dictionary(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _crs(name: str) -> str:
    """Return what pyproj knows a system by: "urn:ogc:def:crs:EPSG::2248" is EPSG:2248."""
    code = re.search(r"EPSG:+(?:[\d.]*:)?(\d+)$", name)
    return f"EPSG:{code[1]}" if code else ""  # CRS84 is what GeoJSON has anyway


def _objects(text: TextIO, path: str, *, collection: bool) -> Iterator[dict[str, Any]]:
    buffer = _Buffer(text.read)
    if collection:
        buffer.skip(START)
    while (found := buffer.next_object()) is not None:
        if not isinstance(found, dict):
            raise CityDataError(f"{path}: there is something in it that is no feature.")
        yield found
    if not buffer.ended(collection):
        raise CityDataError(
            f"{path} is no GeoJSON from some point on, or it ends too early. Download it again."
        )


class _Buffer:
    """A window on the text that JSON is decoded from, one object at a time."""

    def __init__(self, read: Callable[[int], str]) -> None:
        self._read = read
        self._text = ""
        self._at = 0
        self._decode = json.JSONDecoder().raw_decode

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Move behind the first match."""
        while not (match := pattern.search(self._text)):
            if not self._more():
                return
        self._at = match.end()

    def next_object(self) -> Any:
        """Return the next object, None where there is no further one."""
        while True:
            self._blank()
            try:
                found, self._at = self._decode(self._text, self._at)
            except ValueError:
                if self._text[self._at : self._at + 1] == "]" or not self._more():
                    return None
            else:
                return found

    def ended(self, collection: bool) -> bool:
        """Tell whether nothing was left over."""
        rest = self._text[self._at : self._at + 1]
        return rest == "]" if collection else not rest

    def _blank(self) -> None:
        match = BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _more(self) -> bool:
        rest = len(self._text) - self._at
        if rest > LONGEST:
            return False
        piece = self._read(max(PIECE, rest))
        self._text, self._at = self._text[self._at :] + piece, 0
        return bool(piece)
