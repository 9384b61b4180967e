"""What the console's forms send."""

from __future__ import annotations

from flask import request


def field(name: str, most: int = 200) -> str:
    """Return a field of the form that was sent, at most so many characters, "" where it is missing.

    PostgreSQL keeps no NUL, and nobody types one.
    """
    return request.form.get(name, "").replace("\0", "").strip()[:most]
