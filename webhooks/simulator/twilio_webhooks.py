"""Twilio's way of calling the app: signed forms, sent again as the URL's fragment asks."""

from __future__ import annotations

import base64
import functools
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urldefrag, urlencode

from webhooks.simulator.calling import Answer, AppAddress, CallFailed, ReadTimeout, WebhookFailed


def sign(auth_token: str, url: str, params: Mapping[str, str]) -> str:
    """Return `X-Twilio-Signature`: HMAC-SHA1 over the full URL and the sorted names and values."""
    signed = url + "".join(name + params[name] for name in sorted(params))
    digest = hmac.digest(auth_token.encode(), signed.encode("utf-8", "surrogatepass"), "sha1")
    return base64.b64encode(digest).decode()


@dataclass(frozen=True)
class RetryRule:
    """What a webhook URL's fragment says, as in `#ct=2000&rt=15000&rc=3&rp=5xx,ct,rt`."""

    connect: float = 5.0  # seconds
    read: float = 15.0
    count: int = 1
    policy: frozenset[str] = frozenset({"ct"})

    @classmethod
    @functools.cache
    def of(cls, fragment: str) -> RetryRule:
        """Read a fragment; what it leaves out is as Twilio has it: one retry, on no connection."""
        values = {name: value[-1] for name, value in parse_qs(fragment).items()}
        return cls(
            connect=int(values.get("ct", 5000)) / 1000,
            read=int(values.get("rt", 15000)) / 1000,
            count=min(int(values.get("rc", 1)), 5),
            policy=frozenset(values.get("rp", "ct").split(",")),
        )

    def covers(self, outcome: str) -> bool:
        """Whether a call that ended so (2xx, 4xx, 5xx, ct, rt) is to be repeated."""
        return outcome != "2xx" and (outcome in self.policy or "all" in self.policy)


class TwilioWebhooks:
    """Calls the app as one account does."""

    def __init__(self, app: AppAddress, account_sid: str, auth_token: str) -> None:
        self._app = app
        self._account_sid = account_sid
        self._auth_token = auth_token

    def post(self, url: str, params: Mapping[str, str]) -> Answer:
        """Post a signed form and return the app's answer; all tries carry one idempotency token.

        Raises `WebhookFailed` when the last try the URL's fragment allows has failed.
        """
        target, fragment = urldefrag(url)
        rule = RetryRule.of(fragment)
        headers = {
            "X-Twilio-Signature": sign(self._auth_token, target, params),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body, tries = urlencode(params), 0
        while True:
            outcome, response = self._try(target, body, headers, rule)
            if response is not None and outcome == "2xx":
                return response
            if tries == rule.count or not rule.covers(outcome):
                status = None if response is None else response.status
                raise WebhookFailed(f"Webhook not taken after {tries + 1} tries: {status or outcome}.", status)
            tries += 1

    def _try(
        self, url: str, body: str, headers: Mapping[str, str], rule: RetryRule
    ) -> tuple[str, Answer | None]:
        # A redirect is followed, and 301 and 302 lose the parameters: as at Twilio.
        timeout = (rule.connect, rule.read)
        try:
            response = self._app.call("POST", url, timeout=timeout, headers=headers, body=body)
        except ReadTimeout:
            return "rt", None
        except CallFailed:
            return "ct", None
        return f"{response.status // 100}xx", response
