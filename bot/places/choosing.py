"""Which of the places we offered a resident picks in words: "the ave", "north", "la del norte"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.places.normalise import DIRECTIONAL_OF, SUFFIX_OF, words

FILLER = {
    "the", "one", "on", "in", "at", "its", "it", "is", "that", "thats", "this", "please", "pls", "thanks", "i",
    "mean", "meant", "by", "near", "side", "yes", "ok", "think",
    "el", "la", "lo", "los", "las", "de", "del", "al", "en", "es", "esta", "que", "por", "cerca", "lado", "si",
    "favor", "porfa", "gracias", "digo", "quiero", "quise", "decir", "creo", "pues",
}  # fmt: skip

# What the streets' own words are called in Spanish.
SPANISH = {
    "calle": "St", "avenida": "Ave", "bulevar": "Blvd", "carretera": "Hwy", "autopista": "Expy",
    "callejon": "Aly", "camino": "Rd", "norte": "N", "sur": "S", "este": "E", "oriente": "E",
    "oeste": "W", "poniente": "W",
}  # fmt: skip


def picked(text: str, offered: Sequence[str]) -> int | None:
    """Return the number, from 1, of the only name that holds all that was said; None where there is none."""
    said = {_spelt(word) for word in words(text)} - FILLER
    names = [{_spelt(word) for word in words(name)} for name in offered]
    fitting = [number for number, name in enumerate(names, 1) if said <= name]
    return fitting[0] if said and len(fitting) == 1 else None


def _spelt(word: str) -> str:
    """Return one spelling of "avenue", "avenida" and "ave", of "north", "norte" and "n"."""
    return SUFFIX_OF.get(word) or DIRECTIONAL_OF.get(word) or SPANISH.get(word) or word
