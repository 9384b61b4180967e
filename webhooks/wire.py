"""What the providers' wires have in common: payloads fit to keep, and requests that never left."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from typing import Any

import requests
from flask import Request, Response, abort
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError

from webhooks.channel import StoreUnavailable

# At DEBUG, and in some warnings, urllib3 logs whole request paths. Telegram's hold the bot's token,
# Twilio's the resident's number.
logging.getLogger("urllib3.connectionpool").setLevel(logging.CRITICAL)

TIMEOUT = 10.0  # seconds a provider has to answer; shorter than the outbox's claim on a message
_MAX_DEPTH = 64

logger = logging.getLogger(__name__)


def storable(value: Any, depth: int = _MAX_DEPTH) -> Any:
    """Return a payload that every database can keep as JSON; raises ValueError if it is nested too deep.

    NUL characters go (PostgreSQL refuses them), half surrogate pairs become "?", and numbers that
    JSON does not know become text.
    """
    if not depth:
        raise ValueError("nested too deep")
    match value:
        case str():
            return value.replace("\0", "").encode("utf-8", "replace").decode()
        case float() if not math.isfinite(value):
            return str(value)
        case Mapping():
            return {storable(str(name)): storable(item, depth - 1) for name, item in value.items()}
        case list() | tuple():
            return [storable(item, depth - 1) for item in value]
        case _:
            return value


def body_of(request: Request, limit: int) -> bytes:
    """Return a request's body, unparsed; answers 413 to one of more than `limit` bytes.

    Werkzeug alone would cut a chunked body at its limit, and go on with what is left.
    """
    request.max_content_length = limit + 1
    body = request.get_data()
    if len(body) > limit:
        abort(413)
    return body


def never_left(error: requests.RequestException | HTTPError) -> bool:
    """Say whether a failed request cannot have reached the provider: no connection was made."""
    cause = error.args[0] if error.args and isinstance(error, requests.RequestException) else error
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))


def store_unavailable(_error: StoreUnavailable) -> Response:
    """Answer a webhook whose event could not be stored, so that the provider sends it again."""
    logger.error("an event could not be stored; the provider is asked to send it again")
    return Response(status=503, headers={"Retry-After": "5"})
