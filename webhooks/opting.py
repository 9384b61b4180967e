"""The words by which residents stop a program's texts and get them again."""

from __future__ import annotations

import re
import unicodedata

from webhooks.channel import InboundKind

# The words on which carriers block and unblock, and 47 CFR 64.1200(a)(10)'s, which adds "opt out".
# YES is an opt-in word of Twilio's too, but only to someone blocked; to us it is an answer.
OPT_OUT = frozenset(
    ["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "OPT OUT"]
)
OPT_IN = frozenset({"START", "UNSTOP"})
TWILIO_ANSWERS = OPT_OUT - {"STOP ALL", "OPT OUT"} | OPT_IN

# The same wish in Spanish, without accents: ALTO is what carriers ask of whoever texts in Spanish, the others
# are the rule's words translated. Neither Twilio nor a carrier acts on them, so we do. Words that leave a talk
# rather than the program ("cancela", "salir", "olvidelo") stay the dialogue's.
OPT_OUT_SPANISH = frozenset(
    [
        *("ALTO", "PARAR", "DETENER", "BAJA", "DAR DE BAJA", "DARME DE BAJA", "DEME DE BAJA", "REVOCAR"),
        *("CANCELAR", "CANCELAR SUSCRIPCION", "CANCELAR MENSAJES", "DESUSCRIBIR", "DESUSCRIBIRME"),
        *("NO MAS MENSAJES", "NO MAS TEXTOS"),
    ]
)


def wish(text: str) -> InboundKind:
    """Return whether a whole message asks for no more texts, or for texts again; else it is a message."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[\W_]+", " ", plain).strip().upper()
    if words in OPT_OUT or words in OPT_OUT_SPANISH:
        return "opt_out"
    return "opt_in" if words in OPT_IN else "message"


def answered_by_twilio(text: str) -> bool:
    """Tell whether Twilio answers a message by itself: its own words, to the letter."""
    return text.strip().upper() in TWILIO_ANSWERS
