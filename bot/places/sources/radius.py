"""How far a landmark reaches whose shape is not known."""

from __future__ import annotations

RADIUS = {
    "park": 100, "school": 80, "hospital": 120, "university": 150, "cemetery": 120, "station": 60, "shop": 25,
    "trail": 60, "neighbourhood": 400, "stadium": 120, "airport": 500, "beach": 150,
}  # fmt: skip
WIDEST = 1000  # metres: the index of landmarks looks no further


def radius_of(kind: str) -> int:
    """Return a likely radius in metres."""
    return RADIUS.get(kind, 40)
