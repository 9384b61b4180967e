"""What OpenStreetMap's tags mean to us (wiki.openstreetmap.org/wiki/Map_features)."""

from __future__ import annotations

import re
from typing import Any

HIGHWAY, DOOR, WATER = "highway", "addr:housenumber", "waterway"
NO_STREET = frozenset({
    "proposed", "construction", "platform", "corridor", "elevator", "raceway", "rest_area", "services",
    "bus_stop", "abandoned", "razed", "via_ferrata", "escape",
})  # fmt: skip
NUMBERED = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary"})
"""Streets that may be known by a number alone."""
NEIGHBOURHOODS = frozenset({"neighbourhood", "suburb", "quarter", "borough"})
OTHER_NAMES = ("alt_name", "old_name", "official_name", "short_name", "loc_name", "name_1", "alt_name_1")

LANDMARKS: dict[str, dict[str, str]] = {
    "leisure": {
        "park": "park", "playground": "playground", "garden": "garden", "nature_reserve": "park",
        "common": "park", "dog_park": "dog park", "pitch": "sports field",
        "stadium": "stadium", "sports_centre": "sports centre",
        "golf_course": "golf course", "marina": "marina", "swimming_pool": "swimming pool",
        "recreation_ground": "park", "ice_rink": "ice rink",
    },
    "amenity": {
        "school": "school", "kindergarten": "school", "college": "university", "university": "university",
        "library": "library", "hospital": "hospital", "clinic": "hospital", "fire_station": "fire station",
        "police": "police", "townhall": "government", "courthouse": "government", "post_office": "post office",
        "community_centre": "community centre", "place_of_worship": "church", "theatre": "venue",
        "cinema": "venue", "arts_centre": "venue", "bus_station": "station", "ferry_terminal": "station",
        "marketplace": "market", "parking": "parking", "fuel": "shop", "bank": "shop", "pharmacy": "shop",
        "cafe": "shop", "restaurant": "shop", "fast_food": "shop", "bar": "shop", "pub": "shop",
        "ice_cream": "shop", "car_wash": "shop", "grave_yard": "cemetery",
        "social_facility": "community centre", "recycling": "recycling",
        "shelter": "shelter", "toilets": "toilets", "fountain": "fountain",
    },
    "shop": {"*": "shop"},
    "tourism": {
        "museum": "museum", "attraction": "attraction", "gallery": "museum", "zoo": "zoo", "hotel": "hotel",
        "motel": "hotel", "viewpoint": "viewpoint", "artwork": "monument",
    },
    "railway": {"station": "station", "halt": "station", "tram_stop": "station"},
    "public_transport": {"station": "station"},
    "aeroway": {"aerodrome": "airport"},
    "landuse": {"cemetery": "cemetery", "recreation_ground": "park"},
    "natural": {"beach": "beach", "water": "water", "peak": "hill"},
    "man_made": {"bridge": "bridge", "pier": "pier", "water_tower": "water tower", "lighthouse": "lighthouse"},
    "historic": {"monument": "monument", "memorial": "monument"},
    "office": {"government": "government"},
    "place": {"square": "square"} | dict.fromkeys(NEIGHBOURHOODS, "neighbourhood"),
}  # fmt: skip
"""The kind of landmark for a key and its value; "*" is any value."""


def kind_of(tags: Any) -> str:
    """Return the kind of landmark that these tags mean, "" where they mean none."""
    for key, kinds in LANDMARKS.items():
        value = tags.get(key)
        if value and (kind := kinds.get(value) or kinds.get("*")):
            return kind
    return ""


def street_name(tags: Any) -> str:
    """Return the name of a street, or the number that it goes by; "" where it has neither."""
    kind = tags.get(HIGHWAY)
    if kind in NO_STREET:
        return ""
    name: str = tags.get("name") or ""
    if not name and kind in NUMBERED:
        name = (tags.get("ref") or "").partition(";")[0].strip()
    return name


def street_names(tags: Any, name: str) -> tuple[str, ...]:
    """Return a street's other names, its numbers as people say them among them."""
    names = [part.strip() for key in OTHER_NAMES for part in (tags.get(key) or "").split(";")]
    for ref in (tags.get("ref") or "").split(";"):
        names += [ref.strip(), *_spoken(ref.strip())]
    return tuple(each for each in dict.fromkeys(names) if each and each != name)


def _spoken(ref: str) -> list[str]:
    match = re.fullmatch(r"([A-Z]{1,3})[ -]?(\d+[A-Z]?)", ref)
    if not match:
        return []
    return [f"Interstate {match[2]}"] if match[1] == "I" else [f"Route {match[2]}"]
