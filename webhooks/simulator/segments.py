"""How many segments a text takes as SMS (3GPP TS 23.038 alphabets, as Twilio counts)."""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # sent as two septets
_GSM7 = _BASIC | _EXTENDED


def segments(text: str) -> int:
    """Return the number of segments: 160 or 153 septets each, 70 or 67 UTF-16 units beyond GSM-7."""
    if _GSM7.issuperset(text):
        return _parts(len(text) + sum(map(text.count, _EXTENDED)), 160, 153)
    return _parts(len(text.encode("utf-16-le", "surrogatepass")) // 2, 70, 67)


def _parts(size: int, single: int, each: int) -> int:
    return 1 if size <= single else -(-size // each)
