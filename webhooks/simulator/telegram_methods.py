"""The Bot API's methods, as a bot sees them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from webhooks.simulator.calling import CallFailed
from webhooks.simulator.faults import Fault
from webhooks.simulator.files import StoredFile, store
from webhooks.simulator.telegram_chats import Chat, Json, without_buttons, written
from webhooks.simulator.telegram_markup import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    BotError,
    bad_request,
    read_buttons,
    read_text,
)
from webhooks.simulator.telegram_updates import Webhook, check_webhook
from webhooks.simulator.threads import Entry

if TYPE_CHECKING:
    from webhooks.simulator.telegram import Telegram

_QUERY_LIFETIME = "query is too old and response timeout expired or query ID is invalid"
_REFUSALS = {
    403: "Forbidden: user is deactivated",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Params:
    """A call's parameters: strings in a query or a form, any JSON in a JSON body."""

    def __init__(self, values: Json, files: dict[str, StoredFile] | None = None) -> None:
        self._values = values
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str:
        """Return a string, empty when it is absent."""
        value = self._values.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """Return an integer; raises `BotError`."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise bad_request(f'can\'t parse "{name}": Integer expected') from None

    def flag(self, name: str) -> bool:
        """Return a boolean."""
        return self.text(name).lower() in ("true", "1")

    def nested(self, name: str) -> Any:
        """Return an object or a list, which in a form is a JSON string; None when absent."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


class BotMethods:
    """What a bot may call. Each method takes `Params` and returns the `result`, or raises `BotError`."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._methods: dict[str, Callable[[Params], Any]] = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "getupdates": self._get_updates,
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "sendmediagroup": self._send_media_group,
            "sendchataction": self._send_chat_action,
            "answercallbackquery": self._answer_callback_query,
            "editmessagetext": self._edit_message_text,
            "editmessagereplymarkup": self._edit_message_reply_markup,
            "getfile": self._get_file,
        }

    def execute(self, method: str, values: Json, files: dict[str, StoredFile] | None = None) -> Any:
        """Carry out a method, by its name in any case."""
        call = self._methods.get(method.lower())
        if call is None:
            raise BotError(404, "Not Found")
        return call(Params(values, files))

    def _get_me(self, _: Params) -> Json:
        return self._telegram.bot.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _set_webhook(self, params: Params) -> bool:
        url, secret = params.text("url"), params.text("secret_token")
        updates = self._telegram.updates
        if url:
            check_webhook(url, secret)
        if "allowed_updates" in params:  # else the earlier choice stays
            updates.allowed = tuple(params.nested("allowed_updates") or ())
        connections = params.number("max_connections", 40)
        webhook = Webhook(url=url, secret=secret, max_connections=connections) if url else None
        updates.set_webhook(webhook, drop=params.flag("drop_pending_updates"))
        return True

    def _delete_webhook(self, params: Params) -> bool:
        self._telegram.updates.set_webhook(None, drop=params.flag("drop_pending_updates"))
        return True

    def _get_webhook_info(self, _: Params) -> Json:
        updates = self._telegram.updates
        webhook = updates.webhook
        info: Json = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(updates.pending()),
        }
        if webhook:
            info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
        if updates.allowed:
            info["allowed_updates"] = list(updates.allowed)
        return info | updates.last_error

    def _get_updates(self, params: Params) -> list[Json]:
        updates = self._telegram.updates
        if updates.webhook:
            raise BotError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                "the webhook first",
            )
        updates.confirm(params.number("offset"))
        limit = params.number("limit", 100)
        return [{"update_id": u.id, u.kind: u.payload} for u in updates.pending()[:limit]]

    def _send_message(self, params: Params) -> Json:
        to = self._recipient(params)
        text, entities = read_text(params.text("text"), params.text("parse_mode"))
        if not text.strip():
            raise bad_request("message text is empty")
        if len(text) > TEXT_LIMIT:
            raise bad_request("message is too long")
        return self._send(to, params, {"text": text} | ({"entities": entities} if entities else {}))

    def _send_photo(self, params: Params) -> Json:
        to = self._recipient(params)
        caption, entities = read_text(params.text("caption"), params.text("parse_mode"))
        if len(caption) > CAPTION_LIMIT:
            raise bad_request("message caption is too long")
        file = self._photo(params)
        content: Json = {"photo": self._telegram.bot.files.photo_sizes(file)}
        if caption:
            content |= {"caption": caption} | ({"caption_entities": entities} if entities else {})
        return self._send(to, params, content, (file,))

    def _send_media_group(self, params: Params) -> list[Json]:
        to = self._recipient(params)
        media = params.nested("media") or []
        if not 2 <= len(media) <= 10:
            raise bad_request("group send failed: an album has 2 to 10 items")
        files = [self._photo(Params({"photo": item["media"]})) for item in media]  # all or none are sent
        album = secrets.token_hex(8)
        return [
            self._send(to, params, self._captioned(file, str(item.get("caption", "")), album), (file,))
            for item, file in zip(media, files, strict=True)
        ]

    def _captioned(self, file: StoredFile, caption: str, album: str) -> Json:
        if len(caption) > CAPTION_LIMIT:
            raise bad_request("message caption is too long")
        content: Json = {"photo": self._telegram.bot.files.photo_sizes(file), "media_group_id": album}
        return content | ({"caption": caption} if caption else {})

    def _send_chat_action(self, params: Params) -> bool:
        self._recipient(params)
        return True

    def _answer_callback_query(self, params: Params) -> bool:
        if len(params.text("text")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        found = self._telegram.bot.queries.pop(params.text("callback_query_id"), None)
        if found is None:
            raise bad_request(_QUERY_LIFETIME)
        chat, entry = found
        self._telegram.threads.change(str(chat), entry, answer=params.text("text"))
        return True

    def _edit_message_text(self, params: Params) -> Json:
        text, entities = read_text(params.text("text"), params.text("parse_mode"))
        if not text.strip():
            raise bad_request("message text is empty")
        if len(text) > TEXT_LIMIT:
            raise bad_request("message is too long")
        return self._edit(params, {"text": text} | ({"entities": entities} if entities else {}))

    def _edit_message_reply_markup(self, params: Params) -> Json:
        return self._edit(params, {})

    def _get_file(self, params: Params) -> Json:
        return self._telegram.bot.files.get(params.text("file_id"))

    # -- what they share

    def _recipient(self, params: Params) -> tuple[Chat, Fault]:
        """Return the chat to send to and the fault in force; raises `BotError` where it refuses."""
        chat_id = params.text("chat_id")
        if not chat_id:
            raise bad_request("chat_id is empty")
        fault = self._telegram.faults.take(chat_id)
        self._telegram.scheduler.stopping.wait(fault.slow)
        if fault.refuse == 429:
            wait = fault.retry_after
            raise BotError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        if fault.refuse:
            raise BotError(fault.refuse, fault.description or _REFUSALS.get(fault.refuse, "Bad Request"))
        chat = self._known_chat(chat_id)
        if chat.blocked:
            raise BotError(403, "Forbidden: bot was blocked by the user")
        if chat.migrated_to is not None:
            error = bad_request("group chat was upgraded to a supergroup chat")
            raise BotError(400, error.description, migrate_to_chat_id=chat.migrated_to)
        return chat, fault

    def _known_chat(self, chat_id: str) -> Chat:
        chats = self._telegram.bot.chats
        if chat_id.lstrip("-").isdigit() and int(chat_id) in chats:
            return chats[int(chat_id)]
        raise bad_request("chat not found")

    def _send(
        self, to: tuple[Chat, Fault], params: Params, content: Json, photos: tuple[StoredFile, ...] = ()
    ) -> Json:
        chat, fault = to
        markup = params.nested("reply_markup")
        inline, keyboard = read_buttons(markup, private=chat.private) if markup else ((), ())
        quote = params.nested("reply_parameters") or {}
        content = content | chat.quoted(quote.get("message_id"))
        if inline:
            content["reply_markup"] = markup
        message = chat.add(self._telegram.bot.user(), content)
        self._telegram.threads.add(
            Entry(
                thread=str(chat.id),
                id=str(message["message_id"]),
                author="bot",
                text=written(content),
                status="delivered",
                photos=photos,
                buttons=inline,
                keyboard=keyboard,
            )
        )
        self._telegram.scheduler.stopping.wait(fault.hang)
        return message

    def _edit(self, params: Params, change: Json) -> Json:
        chat, _ = self._recipient(params)
        message = chat.messages.get(params.number("message_id"))
        if message is None or not message["from"]["is_bot"]:
            raise bad_request("message to edit not found" if message is None else "message can't be edited")
        markup = params.nested("reply_markup")
        inline, _ = read_buttons(markup, private=chat.private) if markup else ((), ())
        wanted = without_buttons(message) | change | ({"reply_markup": markup} if inline else {})
        if {**wanted, "edit_date": 0} == {**message, "edit_date": 0}:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        wanted["edit_date"] = int(time.time())
        chat.messages[wanted["message_id"]] = wanted
        self._telegram.threads.change(
            str(chat.id),
            str(wanted["message_id"]),
            text=written(wanted),
            buttons=inline,
            edited="text" in change,
        )
        return wanted

    def _photo(self, params: Params) -> StoredFile:
        """Return the photo: uploaded, or fetched by URL; raises `BotError`."""
        if upload := params.files.get("photo"):
            return upload
        try:
            response = self._telegram.app.call("GET", params.text("photo"), timeout=(5, 15), headers={})
        except CallFailed:
            raise bad_request("failed to get HTTP URL content") from None
        if response.status != 200:
            raise bad_request("failed to get HTTP URL content")
        return store(response.content)
