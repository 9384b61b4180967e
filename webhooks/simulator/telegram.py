"""A Telegram that runs on this machine: the residents' side of the bot's chats."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from webhooks.simulator.calling import AppAddress
from webhooks.simulator.faults import Faults
from webhooks.simulator.files import Photo, StoredFile, store
from webhooks.simulator.scheduler import Scheduler
from webhooks.simulator.telegram_chats import BotFiles, Chat, Json, command_entities, written
from webhooks.simulator.telegram_methods import BotMethods
from webhooks.simulator.telegram_updates import Updates
from webhooks.simulator.threads import Button, Entry, Threads

_WAIT = 90.0  # seconds that who waits for an update is kept, the longest answer and then some


@dataclass(frozen=True, kw_only=True)
class Venue:
    """A place with a name, as picked from Telegram's list."""

    lat: float
    long: float
    title: str
    address: str


@dataclass(kw_only=True)
class Bot:
    """All that Telegram knows of one bot."""

    token: str
    files: BotFiles = field(default_factory=BotFiles)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, tuple[int, str]] = field(default_factory=dict)  # unanswered: chat and entry

    def user(self) -> Json:
        """Return the bot as a `User`."""
        bot_id = int(self.token.partition(":")[0])
        return {"id": bot_id, "is_bot": True, "first_name": "Townline", "username": "townline_bot"}


class Telegram:
    """One bot, the residents who chat with it, and the wire between them and the app."""

    def __init__(self, token: str, app: AppAddress, threads: Threads, scheduler: Scheduler) -> None:
        self.bot = Bot(token=token)
        self.faults = Faults()
        self.methods = BotMethods(self)
        self.updates = Updates(app, scheduler, self.methods.execute)
        self.app = app
        self.threads = threads
        self.scheduler = scheduler
        self._numbers = itertools.count(1)

    def chat(self, chat_id: int) -> Chat:
        """Return a chat, opening it when it is new."""
        return self.bot.chats.setdefault(chat_id, Chat(id=chat_id))

    def write(
        self,
        chat_id: int,
        text: str = "",
        photos: Sequence[Photo] = (),
        *,
        document: Photo | None = None,
        location: tuple[float, float] | None = None,
        venue: Venue | None = None,
        reply_to: int | None = None,
        wait: bool = True,
    ) -> int:
        """Send a resident's message and return its id; several photos become an album of messages.

        With `wait` it returns when the app has answered, or raises `WebhookFailed`.
        """
        chat = self.chat(chat_id)
        common = chat.quoted(reply_to)
        if len(photos) > 1:
            common["media_group_id"] = str(secrets.randbelow(10**17))
        files: list[StoredFile | None] = [store(photo) for photo in photos]
        if document is not None:
            files.append(store(document))
        sent = []
        for number, file in enumerate(files or [None]):
            content = self._content(text if number == 0 else "", file, location, venue, document is not None)
            sent.append(self._say(chat, common | content, file))
        self._await(sent, wait)
        return int(sent[0][0]["message_id"])

    def edit(self, chat_id: int, message_id: int, text: str, *, wait: bool = True) -> int:
        """Change the text of a resident's message; returns its id."""
        message = self.chat(chat_id).messages[message_id]
        message["text" if "text" in message else "caption"] = text
        message["edit_date"] = int(time.time())
        self.threads.change(str(chat_id), str(message_id), said=True, text=text, edited=True)
        update = self.updates.add("edited_message", dict(message), chat_id)
        self._await([(message, update.taken)], wait)
        return message_id

    def press(
        self, chat_id: int, button: str, *, location: tuple[float, float] | None = None, wait: bool = True
    ) -> int:
        """Press a button, by its label or data, on the latest message that has any.

        Returns the id of that message, or of the message that a keyboard button sends. Raises
        `LookupError` when there is no such button.
        """
        entry, found = self._find_button(chat_id, button)
        if found.kind == "location":
            return self.write(chat_id, location=location or (0.0, 0.0), wait=wait)
        if found.kind in ("text", "contact"):
            return self.write(chat_id, found.label, wait=wait)
        if found.kind == "callback":
            self._press_inline(chat_id, entry, found, wait)
        return int(entry.id)

    def block(self, chat_id: int, *, blocked: bool = True, wait: bool = True) -> None:
        """Have a resident block the bot, or unblock it."""
        chat = self.chat(chat_id)
        chat.blocked = blocked
        states = ("member", "kicked") if blocked else ("kicked", "member")
        banned = {"kicked": {"until_date": 0}}  # for good
        old, new = ({"user": self.bot.user(), "status": s} | banned.get(s, {}) for s in states)
        payload = {
            "chat": chat.as_json(),
            "from": chat.resident(),
            "date": int(time.time()),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        update = self.updates.add("my_chat_member", payload, chat_id)
        self._await([({}, update.taken)], wait)

    def migrate(self, old: int, new: int, *, wait: bool = True) -> None:
        """Turn a group into a supergroup, with a service message in both chats."""
        source, target = self.chat(old), self.chat(new)
        source.migrated_to = new
        moved = [
            self._say(source, {"migrate_to_chat_id": new}, None),
            self._say(target, {"migrate_from_chat_id": old}, None),
        ]
        self._await(moved, wait)

    def raw(self, kind: str, payload: Json, chat_id: int, *, wait: bool = True) -> int:
        """Send an update of any kind and content; returns its update id."""
        update = self.updates.add(kind, payload, chat_id)
        self._await([(payload, update.taken)], wait)
        return update.id

    def _content(
        self,
        text: str,
        file: StoredFile | None,
        location: tuple[float, float] | None,
        venue: Venue | None,
        as_document: bool,
    ) -> Json:
        caption = {"caption": text} if text else {}
        if file and as_document:
            document = self.bot.files.keep(file) | {"mime_type": file.content_type, "file_name": "image"}
            return {"document": document} | caption
        if file:
            return {"photo": self.bot.files.photo_sizes(file)} | caption
        if venue:
            point = {"latitude": venue.lat, "longitude": venue.long}
            return {
                "venue": {"location": point, "title": venue.title, "address": venue.address},
                "location": point,
            }
        if location:
            return {"location": {"latitude": location[0], "longitude": location[1]}}
        return {"text": text} | command_entities(text)

    def _say(self, chat: Chat, content: Json, photo: StoredFile | None) -> tuple[Json, Future[None]]:
        message = chat.add(chat.resident(), content)
        point = content.get("location")
        entry = self.threads.add(
            Entry(
                thread=str(chat.id),
                id=str(message["message_id"]),
                author="resident",
                text=written(content),
                status="sending",
                photos=(photo,) if photo else (),
                pin=(point["latitude"], point["longitude"]) if point else None,
                place=content.get("venue", {}).get("title", ""),
            )
        )
        return message, self._track(entry, self.updates.add("message", dict(message), chat.id).taken)

    def _press_inline(self, chat_id: int, entry: Entry, button: Button, wait: bool) -> None:
        chat = self.chat(chat_id)
        query = str(secrets.randbelow(10**18))
        payload = {
            "id": query,
            "from": chat.resident(),
            "message": chat.messages[int(entry.id)],
            "chat_instance": str(abs(hash(chat_id))),
            "data": button.data,
        }
        press = self.threads.add(
            Entry(
                thread=entry.thread,
                id=f"press-{next(self._numbers)}",
                author="resident",
                text=button.label,
                pressed=entry.id,
                status="sending",
            )
        )
        self.bot.queries[query] = (chat_id, press.id)
        update = self.updates.add("callback_query", payload, chat_id)
        self._await([(payload, self._track(press, update.taken))], wait)

    def _find_button(self, chat_id: int, wanted: str) -> tuple[Entry, Button]:
        for entry in reversed(self.threads.of(str(chat_id))):
            rows = entry.buttons + entry.keyboard
            if entry.author != "bot" or not rows:
                continue
            for button in (button for row in rows for button in row):
                if wanted.casefold() in (button.label.casefold(), button.data.casefold()):
                    return entry, button
            break
        raise LookupError(f"The latest message with buttons has none called {wanted!r}.")

    def _track(self, entry: Entry, taken: Future[None]) -> Future[None]:
        """Show in the thread what became of an update."""

        def show(done: Future[None]) -> None:
            failure = done.exception()
            status = "failed" if failure else "delivered"
            self.threads.change(entry.thread, entry.id, status=status, error=str(failure or ""))

        taken.add_done_callback(show)
        return taken

    def _await(self, sent: Iterable[tuple[Json, Future[None]]], wait: bool) -> None:
        if wait:
            for _, taken in sent:
                taken.result(_WAIT)
