"""Which of the served languages a message is written in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

LETTERS = re.compile(r"[^\W\d_]+")
# Scripts that write no spaces: there one "word" says enough.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def detect(text: str, served: tuple[str, ...]) -> str | None:
    """Return the language of `text` among `served`; None where two words or fewer leave it open.

    None means: keep the language the conversation has. "yes", "si" and "wi" say too little.
    """
    if len(served) == 1:
        return served[0]
    if not served or (len(LETTERS.findall(text)) <= 2 and not UNSPACED.search(text)):
        return None
    whole = text[:1_000].encode("utf-8", "replace")  # half a surrogate pair is no letter
    return str(_identifier(served).classify(whole)[0])


@lru_cache(maxsize=4)
def _identifier(served: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 90 MB: only where there is a choice

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(served))
    return identifier
