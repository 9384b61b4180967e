"""Telegram's chats, messages and files, in the Bot API's words."""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from webhooks.simulator.files import StoredFile
from webhooks.simulator.telegram_markup import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # bytes a bot may fetch by getFile
_PHOTO_SIDES = (90, 320, 800, 1280)  # the longer side of the sizes Telegram keeps of a photo

Json = dict[str, Any]


@dataclass(kw_only=True)
class Chat:
    """A chat with the bot: private where the id is positive, else a group."""

    id: int
    first_name: str = "Resident"
    blocked: bool = False
    migrated_to: int | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def private(self) -> bool:
        """Whether this is a conversation with one person."""
        return self.id > 0

    def as_json(self) -> Json:
        """Return a Bot API `Chat`."""
        if self.private:
            return {"id": self.id, "first_name": self.first_name, "type": "private"}
        kind = "supergroup" if str(self.id).startswith("-100") else "group"
        return {"id": self.id, "title": "Neighbours", "type": kind}

    def resident(self) -> Json:
        """Return the `User` who writes here; in a group it is a member of it."""
        return {
            "id": abs(self.id),
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": "en",
        }

    def add(self, sender: Json, content: Json) -> Json:
        """Append a message and return it; ids count up within the chat only."""
        message = {
            "message_id": next(self._numbers),
            "from": sender,
            "chat": self.as_json(),
            "date": int(time.time()),
        } | content
        self.messages[message["message_id"]] = message
        return message

    def quoted(self, message_id: int | None) -> Json:
        """Return the member that says which message is replied to, if any."""
        if message_id is None:
            return {}
        if message_id not in self.messages:
            raise bad_request("message to be replied not found")
        quoted = {k: v for k, v in self.messages[message_id].items() if k != "reply_to_message"}
        return {"reply_to_message": quoted}


class BotFiles:
    """The files a bot may fetch, by the ids that messages carry."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, file: StoredFile) -> Json:
        """Remember a file and return the members by which a message names it."""
        file_id = f"AgAC{file.key}"
        self._by_id[file_id] = file
        return {"file_id": file_id, "file_unique_id": f"AQ{file.key[:12]}", "file_size": len(file.content)}

    def photo_sizes(self, file: StoredFile) -> list[Json]:
        """Return the `PhotoSize` list of a photo, smallest first; what is no picture keeps its bytes."""
        try:
            with Image.open(io.BytesIO(file.content)) as image:
                picture = image.convert("RGB")
        except OSError:
            return [self.keep(file) | {"width": 0, "height": 0}]
        sizes = []
        for side in _PHOTO_SIDES:
            scaled = picture.copy()
            scaled.thumbnail((side, side))
            content = io.BytesIO()
            scaled.save(content, "JPEG", quality=87)  # Telegram re-encodes: EXIF is gone
            kept = self.keep(StoredFile(content.getvalue(), "image/jpeg"))
            sizes.append(kept | {"width": scaled.width, "height": scaled.height})
            if side >= max(picture.size):
                break
        return sizes

    def get(self, file_id: str) -> Json:
        """Answer `getFile`: where the file can be fetched; raises `BotError` above 20 MB."""
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        path = f"photos/file_{file.key[:8]}.jpg"
        self._by_path[path] = file
        return self.keep(file) | {"file_path": path}

    def at(self, path: str) -> StoredFile | None:
        """Return the file at a path that `get` gave."""
        return self._by_path.get(path)


def command_entities(text: str) -> Json:
    """Return the `entities` member that Telegram adds to a command such as /start."""
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}


def without_buttons(message: Mapping[str, Any]) -> Json:
    """Return a message without its inline keyboard."""
    return {name: value for name, value in message.items() if name != "reply_markup"}


def written(message: Mapping[str, Any]) -> str:
    """Return a message's text, or its caption."""
    return str(message.get("text") or message.get("caption") or "")
