"""Telegram's Bot API, both directions."""

from __future__ import annotations

import hmac
import json
import logging
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

import requests
from flask import Blueprint, Response, abort, jsonify, request
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import FileSizeLimit, MessageLimit
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from webhooks import media
from webhooks.channel import Choice, FetchError, Inbound, Media, Outbound, Receive, SendError, StoreUnavailable
from webhooks.telegram_updates import ALLOWED_UPDATES, parse, unreadable
from webhooks.wire import TIMEOUT, body_of, never_left, storable, store_unavailable

__all__ = ["TelegramChannel", "TelegramSettings", "blueprint", "parse"]

logger = logging.getLogger(__name__)

MAX_BODY: Final = 1024 * 1024  # bytes
WEBHOOK = "/webhooks/telegram"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_ROW = 24  # characters of button labels that fit beside one another on a narrow phone

# Refusals of a message for which the address is to blame, not what we wrote.
_NO_SUCH_CHAT = ("chat not found", "peer_id_invalid", "user not found", "user is deactivated")


@dataclass(frozen=True, kw_only=True)
class TelegramSettings:
    """One bot. `api_base_url` may end in "/bot", as python-telegram-bot writes it."""

    bot_token: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    api_base_url: str = "https://api.telegram.org"
    public_base_url: str
    timeout: float = TIMEOUT  # seconds

    @property
    def bot_id(self) -> str:
        """The number before the colon: public, and the bot's own user id."""
        return self.bot_token.partition(":")[0]

    @property
    def base(self) -> str:
        """Where the API is, without what a method's path begins with."""
        return self.api_base_url.rstrip("/").removesuffix("/bot")

    @property
    def webhook_url(self) -> str:
        """Where Telegram is to send updates."""
        return self.public_base_url.rstrip("/") + WEBHOOK


def blueprint(settings: TelegramSettings, receive: Receive) -> Blueprint:
    """Return the route that Telegram calls.

    Telegram sends an update until it is answered 2xx, and holds back all others of its chat: what
    is stored, ignored or set aside is answered 200, whatever it was.
    """
    routes = Blueprint("telegram", __name__)
    routes.register_error_handler(StoreUnavailable, store_unavailable)

    @routes.post(WEBHOOK)
    def incoming() -> Response:
        if not _knows_secret(request.headers.get(_HEADER, ""), settings.webhook_secret):
            logger.warning("a Telegram webhook was refused: its secret is missing or wrong")
            abort(403)
        update, inbound = _read(body_of(request, MAX_BODY), settings.bot_id)
        if inbound:
            if inbound.kind == "unreadable":
                logger.warning("a Telegram update could not be understood and was set aside")
            receive(inbound)
        return _answer(update)

    return routes


def _knows_secret(given: str, secret: str) -> bool:
    return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


def _read(body: bytes, bot_id: str) -> tuple[Mapping[str, Any], Inbound | None]:
    """Return an update and what it means; a body that is none, or nested too deep, is set aside."""
    with suppress(ValueError, RecursionError):
        update = json.loads(body)
        if isinstance(update, dict):
            return update, parse(update, bot_id)
    return {}, unreadable({"body": storable(body.decode("utf-8", "replace"))}, bot_id)


def _answer(update: Mapping[str, Any]) -> Response:
    """Answer 200; a pressed button is told so, or else it would go on waiting."""
    query = update.get("callback_query")
    if isinstance(query, Mapping) and isinstance(query.get("id"), str):
        return jsonify(method="answerCallbackQuery", callback_query_id=query["id"])
    return Response(status=200)


class TooManyRequests(TelegramError):
    """Flood control. The library's `RetryAfter` warns of its own future each time it is made."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("Too Many Requests")
        self.retry_after = retry_after


class NotConnected(NetworkError):
    """No connection was made, so nothing was sent."""


class TelegramChannel:
    """Sends by the Bot API; every error of it is one of `telegram.error`."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings
        self._local = threading.local()  # a session is not made to be shared by threads

    def send(self, message: Outbound) -> str:
        """Send a message and return "<outbox id>:<Telegram's number in the chat>"; raises `SendError`.

        The chat's own id would make it as unique, but it is the resident's address.
        """
        method, parameters = _sending(message)
        try:
            result = self._call(method, parameters)
        except TelegramError as error:
            raise _send_error(error) from None
        sent = result[0] if isinstance(result, list) and result else result
        try:
            return f"{message.outbox_id}:{sent['message_id']}"
        except (KeyError, TypeError):
            raise SendError("Telegram's answer made no sense", unknown=True, retryable=True) from None

    def find_sent(self, message: Outbound) -> str | None:
        """Return None: Telegram offers no way to ask."""
        return None

    def probe(self, recipient: str) -> None:
        """Ask whether the bot may write to a chat; only "typing..." shows there. Raises `SendError`."""
        try:
            self._call("sendChatAction", {"chat_id": recipient.removeprefix("telegram:"), "action": "typing"})
        except TelegramError as error:
            raise _send_error(error) from None

    def fetch(self, media_item: Media, limit: int) -> bytes:
        """Return a file's bytes; raises `FetchError`. Telegram gives bots files up to 20 MB."""
        if (media_item.size or 0) > min(limit, FileSizeLimit.FILESIZE_DOWNLOAD):
            raise FetchError("too_big")
        try:
            file = self._call("getFile", {"file_id": media_item.ref})
            path = quote(str(file["file_path"]))
        except TelegramError as error:
            raise _fetch_error(error) from None
        except (KeyError, TypeError):
            raise FetchError("missing") from None
        url = f"{self._settings.base}/file/bot{self._settings.bot_token}/{path}"
        return media.download(url, limit=limit, allow=(self._settings.base,))

    def cost(self, text: str) -> int:
        """Return 0: messages are free."""
        return 0

    def health(self) -> str:
        """Return "" when the token works and updates arrive, else one sentence saying what to do."""
        try:
            self._call("getMe", {})
            webhook = self._call("getWebhookInfo", {})
        except InvalidToken:
            return "Telegram refuses the token: check TELEGRAM_BOT_TOKEN."
        except TelegramError:
            return "Telegram cannot be reached: check the network and TELEGRAM_API_BASE_URL."
        if webhook.get("url") != self._settings.webhook_url:
            return "Telegram does not send updates here: run `townline telegram set-webhook`."
        waiting, trouble = webhook.get("pending_update_count", 0), webhook.get("last_error_message")
        if waiting and trouble:
            return f"Telegram cannot deliver {waiting} updates ({trouble}): check PUBLIC_BASE_URL."
        return ""

    def set_webhook(self, *, max_connections: int = 40) -> None:
        """Tell Telegram where to send updates, which kinds, and the secret; raises `SendError`."""
        parameters = {
            "url": self._settings.webhook_url,
            "secret_token": self._settings.webhook_secret,
            "allowed_updates": list(ALLOWED_UPDATES),
            "max_connections": max_connections,
        }
        try:
            self._call("setWebhook", parameters)
        except BadRequest as error:
            raise SendError(f"Telegram: {error.message}", code="400", operator=True) from None
        except TelegramError as error:
            raise _send_error(error) from None

    def _call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Return a method's result; raises `TelegramError`.

        Errors of the HTTP library name the URL, and with it the token: they go no further.
        """
        url = f"{self._settings.base}/bot{self._settings.bot_token}/{method}"
        try:
            response = self._session.post(
                url, json=parameters, timeout=self._settings.timeout, allow_redirects=False
            )
            answer = response.json()
        except requests.Timeout as error:
            raise (NotConnected("not connected") if never_left(error) else TimedOut()) from None
        except requests.JSONDecodeError:
            answer = {}
        except requests.RequestException as error:
            failure = NotConnected if never_left(error) else NetworkError
            raise failure("no answer") from None
        if not isinstance(answer, dict):
            answer = {}
        if response.status_code == 200 and answer.get("ok"):
            return answer.get("result")
        raise _telegram_error(response.status_code, answer)

    @property
    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        session: requests.Session = self._local.session
        return session


def _sending(message: Outbound) -> tuple[str, dict[str, Any]]:
    """Return the method and parameters that send a message; the text is plain, with nothing to escape."""
    if len(message.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise SendError("Telegram: the message is too long", code="400")
    try:
        parameters: dict[str, Any] = {"chat_id": int(message.recipient.removeprefix("telegram:"))}
    except ValueError:
        raise SendError("Telegram: no such chat", unreachable=True) from None
    if len(message.media_urls) > 1:
        photos = [{"type": "photo", "media": url} for url in message.media_urls]
        photos[0]["caption"] = message.text
        return "sendMediaGroup", parameters | {"media": photos}
    parameters["reply_markup"] = _keyboard(message)
    if message.media_urls:
        return "sendPhoto", parameters | {"photo": message.media_urls[0], "caption": message.text}
    return "sendMessage", parameters | {"text": message.text, "link_preview_options": {"is_disabled": True}}


def _keyboard(message: Outbound) -> dict[str, Any]:
    """Return the buttons below a message; where it has none, an old location button is taken away."""
    if message.choices:
        return InlineKeyboardMarkup(_rows(message.choices)).to_dict()
    if message.ask_location:
        button = KeyboardButton(f"\N{ROUND PUSHPIN} {message.location_label}", request_location=True)
        return ReplyKeyboardMarkup([[button]], one_time_keyboard=True, resize_keyboard=True).to_dict()
    return ReplyKeyboardRemove().to_dict()


def _rows(choices: tuple[Choice, ...]) -> list[list[InlineKeyboardButton]]:
    """Put short buttons side by side, long ones below one another."""
    buttons = [InlineKeyboardButton(choice.label, callback_data=choice.value) for choice in choices]
    if sum(len(choice.label) for choice in choices) <= _ROW:
        return [buttons]
    return [[button] for button in buttons]


def _telegram_error(status: int, answer: Mapping[str, Any]) -> TelegramError:
    """Return the error that an answer of the Bot API stands for."""
    description = str(answer.get("description", ""))
    parameters = answer.get("parameters") or {}
    match status:
        case 429:
            return TooManyRequests(float(parameters.get("retry_after", 5)))
        case 400 if "migrate_to_chat_id" in parameters:
            return ChatMigrated(parameters["migrate_to_chat_id"])
        case 401 | 404:
            return InvalidToken()
        case 403:
            return Forbidden(description)
        case _ if 400 <= status < 500:
            return BadRequest(description)
    return NetworkError(f"HTTP {status}")


def _send_error(error: TelegramError) -> SendError:
    """Return what an error means for a message.

    `BadRequest`, `TimedOut` and `NotConnected` are all `NetworkError`s, and so are asked for first.
    """
    match error:
        case TooManyRequests():
            return SendError(
                "Telegram: too many requests", code="429", retryable=True, retry_after=error.retry_after
            )
        case ChatMigrated():
            moved_to = f"telegram:{error.new_chat_id}"
            return SendError("Telegram: the chat has moved", code="400", retryable=True, moved_to=moved_to)
        case Forbidden():
            return SendError("Telegram: the resident does not want messages", code="403", unreachable=True)
        case InvalidToken():
            return SendError("Telegram refuses the token", code="401", operator=True)
        case BadRequest():
            gone = any(words in error.message.lower() for words in _NO_SUCH_CHAT)
            reason = re.sub(r'"[^"]*"', '"..."', error.message)  # it may quote what we sent
            return SendError(f"Telegram: {reason}", code="400", unreachable=gone)
        case NotConnected():
            return SendError("Telegram cannot be reached", retryable=True)
    return SendError("Telegram did not answer", retryable=True, unknown=True)


def _fetch_error(error: TelegramError) -> FetchError:
    match error:
        case InvalidToken() | Forbidden():
            return FetchError("forbidden")
        case BadRequest():
            return FetchError("too_big" if "too big" in error.message.lower() else "missing")
    return FetchError("unavailable", retryable=True)
