"""What people write in an emergency: one phrasebook a language, its tables in modules named after it.

A new language is one `Phrasebook` more in `PHRASEBOOKS`; nothing else knows how many there are.
"""

from __future__ import annotations

from nlu.emergency_phrases.english import ENGLISH
from nlu.emergency_phrases.spanish import SPANISH

PHRASEBOOKS = (ENGLISH, SPANISH)
