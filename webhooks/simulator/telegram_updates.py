"""Telegram's way of calling the app: updates in order per chat, sent again until taken or expired."""

from __future__ import annotations

import itertools
import json
import random
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from webhooks.simulator.calling import Answer, AppAddress, CallFailed, WebhookFailed
from webhooks.simulator.faults import Delivery
from webhooks.simulator.scheduler import Scheduler
from webhooks.simulator.telegram_markup import BotError, bad_request

Json = dict[str, Any]

# Seconds an update is kept, and the update types that have a queue of their own and may overtake.
_LIFETIMES = {"callback_query": 150.0}
_LIFETIME = 24 * 3600.0
_OWN_QUEUE = {"callback_query", "my_chat_member"}
_LONGEST_WAIT = 120.0
_MOST_RETRY_AFTER = 3600.0


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """What `setWebhook` was last told."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(kw_only=True)
class Update:
    """An update on its way; `taken` is what those who wait for it look at."""

    id: int
    kind: str
    payload: Json
    queue: tuple[str, int]
    expires: float
    attempts: int = 0
    taken: Future[None] = field(default_factory=Future)


def check_webhook(url: str, secret: str) -> None:
    """Raise `BotError` for a URL or a secret that Telegram refuses; on this machine http will do."""
    parts = urlsplit(url)
    local = parts.hostname in ("127.0.0.1", "localhost")
    if parts.scheme != "https" and not local:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not local and parts.port not in (None, 443, 80, 88, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")


class Updates:
    """One bot's updates. `speed` shortens back-off and lifetimes: at 60 a minute takes a second."""

    def __init__(self, app: AppAddress, scheduler: Scheduler, execute: Callable[[str, Json], Any]) -> None:
        self.webhook: Webhook | None = None
        self.speed = 1.0
        self.patience = 4  # attempts after which who waits for an update is told that it failed
        self.delivery = Delivery()
        self.allowed: tuple[str, ...] = ()
        self.last_error: Json = {}
        self._app = app
        self._scheduler = scheduler
        self._execute = execute
        self._lock = threading.Lock()
        self._ids = itertools.count(random.randrange(10_000_000, 90_000_000))
        self._queues: dict[tuple[str, int], deque[Update]] = {}
        self._busy: set[tuple[str, int]] = set()

    def add(self, kind: str, payload: Json, chat: int) -> Update:
        """Queue an update of a chat, unless the bot did not ask for its kind."""
        lifetime = _LIFETIMES.get(kind, _LIFETIME) / self.speed
        with self._lock:
            update = Update(
                id=next(self._ids),
                kind=kind,
                payload=payload,
                queue=(kind if kind in _OWN_QUEUE else "", chat),
                expires=time.monotonic() + lifetime,
            )
            if self.allowed and kind not in self.allowed:
                update.taken.set_result(None)
                return update
            self._queues.setdefault(update.queue, deque()).append(update)
        self._ring(update.queue, self.delivery.delay)
        return update

    def set_webhook(self, webhook: Webhook | None, *, drop: bool = False) -> None:
        """Point the updates elsewhere, or nowhere."""
        with self._lock:
            self.webhook = webhook
            if drop:
                self._queues.clear()
            queues = list(self._queues)
        for queue in queues:
            self._ring(queue)

    def pending(self) -> list[Update]:
        """Return the updates not taken yet, oldest first."""
        with self._lock:
            return sorted((u for queue in self._queues.values() for u in queue), key=lambda u: u.id)

    def confirm(self, offset: int) -> None:
        """Forget the updates below an offset, as `getUpdates` asks."""
        with self._lock:
            for queue in self._queues.values():
                while queue and queue[0].id < offset:
                    queue.popleft()

    def _ring(self, queue: tuple[str, int], delay: float = 0.0) -> None:
        """Have a queue's first update sent, unless one of that queue is on its way."""
        with self._lock:
            if queue in self._busy or not self._queues.get(queue) or self.webhook is None:
                return
            self._busy.add(queue)
        self._scheduler.later(delay, lambda: self._send_first(queue))

    def _send_first(self, queue: tuple[str, int]) -> None:
        with self._lock:
            update = self._queues[queue][0] if self._queues.get(queue) else None
            webhook = self.webhook
        delay = 0.0
        if update and webhook:
            if time.monotonic() >= update.expires:
                self._finish(update, WebhookFailed("The update expired."))
            else:
                delay = self._attempt(update, webhook)
        with self._lock:
            self._busy.discard(queue)
        self._ring(queue, delay)

    def _attempt(self, update: Update, webhook: Webhook) -> float:
        """Send an update; return after how many seconds its queue goes on."""
        update.attempts += 1
        try:
            for _ in range(1 + self.delivery.duplicates):
                response = self._post(update, webhook)
        except CallFailed as lost:
            return self._failed(update, WebhookFailed(f"No answer: {type(lost).__name__}."), None)
        if (status := response.status) // 100 != 2:
            failure = WebhookFailed(f"Wrong response from the webhook: {status}", status)
            return self._failed(update, failure, response.headers.get("Retry-After"))
        self._reply(response)
        self._finish(update, None)
        return 0.0

    def _post(self, update: Update, webhook: Webhook) -> Answer:
        headers = {"User-Agent": "", "Accept-Encoding": "gzip, deflate", "Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        body = json.dumps({"update_id": update.id, update.kind: update.payload})
        return self._app.call("POST", webhook.url, timeout=(5, 60), headers=headers, body=body, follow=False)

    def _reply(self, response: Answer) -> None:
        """Carry out the method a webhook answer may hold; whether it worked nobody learns."""
        try:
            answer = json.loads(response.content)
            self._execute(str(answer.pop("method")), answer)
        except (ValueError, AttributeError, TypeError, KeyError, BotError):
            return

    def _failed(self, update: Update, failure: WebhookFailed, retry_after: str | None) -> float:
        self.last_error = {"last_error_date": int(time.time()), "last_error_message": str(failure)}
        if update.attempts >= self.patience and not update.taken.done():
            update.taken.set_exception(failure)
        if retry_after and retry_after.isdigit():
            return min(float(retry_after), _MOST_RETRY_AFTER) / self.speed
        return backoff(update.attempts) / self.speed

    def _finish(self, update: Update, failure: WebhookFailed | None) -> None:
        with self._lock:
            queue = self._queues.get(update.queue)
            if queue and queue[0] is update:
                queue.popleft()
        if update.taken.done():
            return
        if failure:
            update.taken.set_exception(failure)
        else:
            update.taken.set_result(None)


def backoff(attempts: int) -> float:
    """Return the seconds Telegram waits after so many failed attempts: none, then 2, 4, 8 up to 120."""
    return 0.0 if attempts <= 1 else min(2.0 ** (attempts - 1), _LONGEST_WAIT)
