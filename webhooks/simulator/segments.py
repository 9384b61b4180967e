"""How many segments a text takes as SMS (3GPP TS 23.038 alphabets, as Twilio counts)."""

from __future__ import annotations

_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = set("\f^{}\\[~]|€")  # sent as two septets


def segments(text: str) -> int:
    """Return the number of segments: 160 or 153 septets each, 70 or 67 UTF-16 units beyond GSM-7."""
    if all(character in _BASIC or character in _EXTENDED for character in text):
        return _parts(sum(2 if character in _EXTENDED else 1 for character in text), 160, 153)
    return _parts(len(text.encode("utf-16-le", "surrogatepass")) // 2, 70, 67)


def _parts(size: int, single: int, each: int) -> int:
    return 1 if size <= single else -(-size // each)
