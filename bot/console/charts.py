"""Charts as numbers for SVG: the templates draw them, HTML labels them, so that they are read at any width.

A chart's drawing is stretched to its frame: `WIDE` units across, `HIGH` units up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 100.0, 100.0
GAP = 0.18
"""The share of a column's room that is left free beside it."""


@dataclass(frozen=True)
class Column:
    """One column, from the drawing's upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """A bar of which a part is marked."""

    width: float
    part: float


def columns(values: Sequence[float], top: float | None = None) -> tuple[Column, ...]:
    """Return a column for each value; `top` is the value that is as high as the drawing."""
    top = top or max(values, default=0) or 1
    room = WIDE / max(1, len(values))
    return tuple(
        Column(
            round(number * room + room * GAP / 2, 2),
            round(HIGH - value / top * HIGH, 2),
            round(room * (1 - GAP), 2),
            round(value / top * HIGH, 2),
        )
        for number, value in enumerate(values)
    )


def bars(values: Sequence[tuple[float, float]]) -> tuple[Bar, ...]:
    """Return a bar for each (whole, part); the longest is as wide as the drawing."""
    longest = max((whole for whole, _ in values), default=0) or 1
    return tuple(
        Bar(round(whole / longest * WIDE, 2), round(part / longest * WIDE, 2)) for whole, part in values
    )


def lasted(seconds: float | None) -> str:
    """Return how long something took, in words short enough for a table."""
    if seconds is None:
        return "–"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 86400:.1f} days"


def share(part: float | None) -> str:
    """Return a share of one in percent."""
    return "–" if part is None else f"{part:.0%}"
