"""Requests that prove who sent them and that they are fresh: HMAC-SHA256 over the time and the body.

The signature is `sha256=` and the hex digest over `timestamp.body`, the timestamp in seconds since 1970.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.yaml_files import ConfigError

TIMESTAMP = "X-Townline-Timestamp"
SIGNATURE = "X-Townline-Signature"

TOLERANCE = timedelta(minutes=5)
"""How old, or how far ahead of our clock, a signed request may be."""

SHORTEST_KEY = 20  # characters


def named_keys(setting: str, written: str) -> dict[str, str]:
    """Return the keys of a setting like "name:key,name:key", by name; raises `ConfigError`."""
    keys: dict[str, str] = {}
    for entry in filter(None, map(str.strip, written.split(","))):
        name, _, key = (part.strip() for part in entry.partition(":"))
        if not name or len(key) < SHORTEST_KEY or name in keys:
            raise ConfigError(
                f"{setting}: write it as name:key,name:key, each name once and each key of "
                f"{SHORTEST_KEY} characters or more"
            )
        keys[name] = key
    return keys


def sign(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the headers that sign a body."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: _signature(secret, timestamp, body)}


def signer(keys: Mapping[str, str], headers: Mapping[str, str], body: bytes, now: datetime) -> str | None:
    """Return whose key signed a request within `TOLERANCE` of `now`; None: nobody's that we know."""
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        return None
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        return None
    found = None
    for name, key in keys.items():  # all of them: how long it takes tells nothing
        if hmac.compare_digest(signature.encode(), _signature(key, timestamp, body).encode()):
            found = name
    return found


def _signature(secret: str, timestamp: str, body: bytes) -> str:
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"
