"""Which of the places we offered a resident picks in words: "the ave", "north", "the one in Midtown"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.places.normalise import DIRECTIONAL_OF, SUFFIX_OF, words

FILLER = {
    "the", "one", "on", "in", "at", "its", "it", "is", "that", "thats", "this", "please", "pls", "thanks", "i",
    "mean", "meant", "by", "near", "side", "yes", "ok", "think",
}  # fmt: skip


def picked(text: str, offered: Sequence[str]) -> int | None:
    """Return the number, from 1, of the only name that holds all that was said; None where there is none."""
    said = {_spelt(word) for word in words(text)} - FILLER
    names = [{_spelt(word) for word in words(name)} for name in offered]
    fitting = [number for number, name in enumerate(names, 1) if said <= name]
    return fitting[0] if said and len(fitting) == 1 else None


def _spelt(word: str) -> str:
    """Return one spelling of "avenue" and "ave", of "north" and "n"."""
    return SUFFIX_OF.get(word) or DIRECTIONAL_OF.get(word) or word
