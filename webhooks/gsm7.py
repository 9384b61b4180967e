"""What a text costs by SMS: the GSM-7 alphabet, and how a text is cut into segments.

Rules: 3GPP TS 23.038 (alphabet) and 23.040 (concatenation), as carriers bill them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[]~|€\f")  # sent as two septets: an escape and the character

# Typography that phones and word processors put in by themselves. Letters are never replaced:
# "ó" is no GSM-7 letter, yet writing "o" would be another word.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "),
        **dict.fromkeys("\u200a\u202f\u205f\u3000", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),  # soft hyphen, zero widths
        **dict.fromkeys("•·‣", "*"),
        **dict.fromkeys("\u2028\u2029", "\n"),
        "…": "...",
        "⁄": "/",
        "×": "x",
        "½": "1/2",
        "¼": "1/4",
        "¾": "3/4",
    }
)


def normalise(text: str) -> str:
    """Return the text with typographic signs in GSM-7's plain ones; letters and emoji are kept."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def is_gsm7(text: str) -> bool:
    """Say whether every character is in the GSM-7 alphabet, extension included."""
    return all(character in BASIC or character in EXTENSION for character in text)


def segments(text: str) -> int:
    """Return how many SMS segments carry the text as it stands; 0 for an empty one."""
    if is_gsm7(text):
        return _packed((2 if character in EXTENSION else 1 for character in text), 160, 153)
    return _packed((2 if character > "\uffff" else 1 for character in text), 70, 67)


def _packed(costs: Iterable[int], alone: int, joined: int) -> int:
    """Count segments of `joined` units, or one of `alone`; no character is split between two."""
    units = list(costs)
    if sum(units) <= alone:
        return 1 if units else 0
    count, used = 1, 0
    for cost in units:
        if used + cost > joined:
            count, used = count + 1, 0
        used += cost
    return count
