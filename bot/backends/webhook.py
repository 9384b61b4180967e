"""Departments whose own system hears of cases: signed JSON by POST, each with its delivery id."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from bot.backends import BackendError, Notice
from bot.signing import sign
from bot.statuses import open311_status

TIMEOUT = (5.0, 15.0)  # seconds to connect, and between bytes of the answer
LONGEST_WAIT = timedelta(hours=6).total_seconds()
"""A Retry-After beyond it is taken for a mistake: the case would lie there unseen."""


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where a department's system listens, and what requests to it are signed with.

    A city's systems are on its own network: the address is the operator's word, and may be private.
    """

    url: str
    secret: str = field(repr=False)


def _utcnow() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """Webhooks for departments, by the departments' codes."""

    endpoints: Mapping[str, Endpoint]
    now: Callable[[], datetime] = _utcnow

    def deliver(self, notice: Notice) -> None:
        """Post one notice. 2xx is taken; a redirect is not followed; most of 4xx is final."""
        headers = {"X-Townline-Event": notice.event, "X-Townline-Delivery": notice.outbox_id}
        _raise_for(self._post(notice.recipient, document(notice), headers), self.now())

    def health(self, recipient: str) -> str:
        """Post a ping, signed as everything else."""
        try:
            body = {"event": "ping", "delivery_id": ""}
            _raise_for(self._post(recipient, body, {"X-Townline-Event": "ping"}), self.now())
        except BackendError as error:
            return f"{error.reason}: check the address, and its system's own log"
        return ""

    def _post(self, recipient: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> requests.Response:
        endpoint = self.endpoints[recipient]
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        signed = sign(endpoint.secret, content, self.now())
        fixed = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Townline"}
        try:
            with requests.post(
                endpoint.url,
                data=content,
                headers={**fixed, **headers, **signed},
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,  # whatever is in the answer, nobody reads it
            ) as response:
                return response
        except requests.RequestException as error:
            kind = type(error).__name__
            raise BackendError(f"the webhook of {recipient} does not answer ({kind})", retryable=True) from None


def document(notice: Notice) -> dict[str, Any]:
    """Return what is posted: the event, and the case in Open311's words."""
    return {
        "delivery_id": notice.outbox_id,
        "event": notice.event,
        "event_datetime": _iso(notice.created_at),
        "note": notice.note or None,
        "service_request": {
            "service_request_id": notice.service_request_id,
            "status": open311_status(notice.status),
            "status_notes": notice.status_notes or None,
            "service_name": notice.service_name,
            "service_code": notice.service_code,
            "description": notice.description or None,
            "agency_responsible": notice.department,
            "requested_datetime": _iso(notice.requested_datetime),
            "updated_datetime": _iso(notice.updated_datetime),
            "expected_datetime": _iso(notice.expected_datetime),
            "address": notice.address_string,
            "lat": notice.lat,
            "long": notice.long,
            "media_url": notice.media_url or (notice.photo_urls[0] if notice.photo_urls else None),
            "attributes": [{"code": code, "value": said} for code, said in notice.attributes.items()],
            "extended_attributes": {
                "detailed_status": notice.status,
                "priority": notice.priority,
                "location_confirmed": notice.location_confirmed,
                "photos": list(notice.photo_urls),
                "page": notice.case_url or None,
            },
        },
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _raise_for(response: requests.Response, now: datetime) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        reason = f"the webhook leads elsewhere (HTTP {status}), which is not followed: write its true address"
        raise BackendError(reason, retryable=True, operator=True)
    final = 400 <= status < 500 and status not in (408, 429)
    wait = None if final else retry_after(response.headers.get("Retry-After", ""), now)
    raise BackendError(
        f"the webhook answered HTTP {status}", retryable=not final, operator=final, retry_after=wait
    )


def retry_after(written: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3); None if it makes no sense."""
    try:
        wait = float(written)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(written) - now).total_seconds()
        except (ValueError, TypeError):  # no date, or one without its zone
            return None
    return min(max(wait, 0.0), LONGEST_WAIT) if math.isfinite(wait) else None
