"""What Telegram's updates mean, also where they lack members that today's server sends."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Location, Message, PhotoSize, Update
from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType

from webhooks.channel import Inbound, InboundKind, Media, Pin
from webhooks.wire import storable

# The members we read, of the types the Bot API gives them. A bare type must be there, or else the
# whole object is left out; (type, default) stands in where the library insists on a member that
# older captures and hand-made updates lack; None leaves it out. Everything else is dropped, so that
# the library can refuse nothing that we do not need.
_Shape = dict[str, Any]
_USER: _Shape = {"id": int, "is_bot": (bool, False), "first_name": (str, ""), "language_code": (str, None)}
_CHAT: _Shape = {"id": int, "type": (str, "private")}
_FILE: _Shape = {
    "file_id": str,
    "file_unique_id": (str, ""),
    "width": (int, 0),
    "height": (int, 0),
    "length": (int, 0),
    "duration": (int, 0),
    "mime_type": (str, None),
    "file_size": (int, None),
}
_LOCATION: _Shape = {"latitude": float, "longitude": float}
_BUTTON: _Shape = {"text": str, "callback_data": (str, None)}
_MESSAGE: _Shape = {
    "message_id": (int, 0),
    "date": (int, 0),
    "edit_date": (int, None),
    "from": _USER,
    "chat": _CHAT,
    "text": (str, None),
    "caption": (str, None),
    "media_group_id": (str, None),
    "photo": [_FILE],
    **dict.fromkeys(("animation", "audio", "document", "video", "video_note", "voice"), _FILE),
    "sticker": {
        **_FILE,
        "is_animated": (bool, False),
        "is_video": (bool, False),
        "type": (str, "regular"),
        "emoji": (str, None),
    },
    "location": _LOCATION,
    "venue": {"location": _LOCATION, "title": (str, ""), "address": (str, "")},
    "reply_to_message": {
        "message_id": int,
        "date": (int, 0),
        "chat": (_CHAT, {"id": 0, "type": "private"}),
    },
    "reply_markup": {"inline_keyboard": ([[_BUTTON]], [])},
}
_SOMEBODY = {"id": 0, "is_bot": True, "first_name": ""}
_MEMBER: _Shape = {"status": str, "user": (_USER, _SOMEBODY), "until_date": (int, 0)}
_UPDATES: dict[str, _Shape] = {
    "message": _MESSAGE,
    "edited_message": _MESSAGE,
    "callback_query": {
        "id": (str, ""),
        "chat_instance": (str, ""),
        "from": _USER,
        "message": _MESSAGE,
        "data": (str, None),
    },
    "my_chat_member": {
        "chat": _CHAT,
        "from": (_USER, _SOMEBODY),
        "date": (int, 0),
        "old_chat_member": (_MEMBER, {"status": "left", "user": _SOMEBODY}),
        "new_chat_member": _MEMBER,
    },
}
ALLOWED_UPDATES = tuple(_UPDATES)  # what the webhook asks for


def parse(update: Mapping[str, Any], bot_id: str) -> Inbound | None:
    """Return what an update means; None where there is nothing for us in it.

    An update that should concern us but cannot be understood is "unreadable". Raises ValueError on
    one nested too deep to be kept.
    """
    raw = storable(update)
    name = next((name for name in _UPDATES if name in raw), None)
    base = unreadable(raw, bot_id)
    if type(raw.get("update_id")) is not int:
        return base
    if name is None:
        return None
    body = _mended(raw[name], _UPDATES[name])
    chat = _chat(body) if body else None
    if chat is None:
        return base
    if chat["type"] != ChatType.PRIVATE or chat["id"] < 0:
        return None
    base = replace(base, sender=f"telegram:{chat['id']}")
    try:
        typed = Update.de_json({"update_id": raw["update_id"], name: body}, None)
        return _understood(typed, base)
    except Exception:  # noqa: BLE001 - raised to Telegram, it would hold up this chat for a day
        return base


def unreadable(raw: Mapping[str, Any], bot_id: str) -> Inbound:
    """Return an event set aside for people, known by its update id or else by its content."""
    identity = raw.get("update_id")
    if type(identity) is not int:
        identity = f"sha256:{hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()}"
    return Inbound(
        channel="telegram",
        external_id=f"{bot_id}:{identity}",
        sender="",
        recipient=f"telegram:{bot_id}",
        kind="unreadable",
        raw=raw,
    )


def _mended(value: object, shape: _Shape) -> dict[str, Any] | None:
    """Return the members of `shape` that an object has or can be given; None if it lacks a needed one."""
    if not isinstance(value, Mapping):
        return None
    mended = {}
    for name, spec in shape.items():
        member = _member(value.get(name), spec)
        if member is not None:
            mended[name] = member
        elif isinstance(spec, type):
            return None
    return mended


def _member(value: Any, spec: Any) -> Any:
    """Return a value of the kind `spec` asks for, its default, or None."""
    match spec:
        case dict():
            return _mended(value, spec)
        case [inner]:
            items = value if isinstance(value, list) else []
            return [member for item in items if (member := _member(item, inner)) is not None]
        case (inner, default):
            member = _member(value, inner)
            return default if member is None else member
        case _ if spec is float and type(value) is int:
            return float(value)
        case _:
            return value if type(value) is spec else None


def _chat(body: dict[str, Any]) -> dict[str, Any] | None:
    """Return the chat an update belongs to; where none is named, its sender's own, which it is given."""
    message = body.get("message", body)
    sender = message.get("from") or body.get("from")
    if "chat" not in message and sender:
        message["chat"] = {"id": sender["id"], "type": "private"}
    chat: dict[str, Any] | None = message.get("chat")
    return chat


def _understood(update: Update, base: Inbound) -> Inbound | None:
    user = update.effective_user
    base = replace(base, language=(user.language_code if user else None) or "")
    if update.my_chat_member:
        return _membership(update.my_chat_member, base)
    if update.callback_query:
        return _pressed(update.callback_query, base)
    message = update.message or update.edited_message
    if message is None or (user and user.is_bot):
        return None
    return _message(message, base, edited=update.edited_message is not None)


def _message(message: Message, base: Inbound, *, edited: bool) -> Inbound | None:
    """Return a message or its correction; None for a service message or a live location's move."""
    if edited and message.location:
        return None
    content = replace(base, text=_text(message), media=_media(message), pin=_pin(message))
    if not (content.text or content.media or content.pin or _has_attachment(base.raw)):
        return None
    reference = str(message.message_id)
    return replace(
        content,
        kind="edit" if edited else "message",
        message_ref=reference,
        corrects=reference if edited else "",
        quotes=str(message.reply_to_message.message_id) if message.reply_to_message else "",
        album=message.media_group_id or "",
        sent_at=_moment(message.edit_date or message.date),
    )


def _text(message: Message) -> str:
    """Return the words; a command without the bot's name, a sticker as its emoji."""
    sticker = message.sticker.emoji if message.sticker else None
    return re.sub(r"^(/\w+)@\w+", r"\1", message.text or message.caption or sticker or "")


def _media(message: Message) -> tuple[Media, ...]:
    """Return the file of a message; of a photo, the largest size. A sticker is no picture of anything."""
    file: Any = message.effective_attachment
    if isinstance(file, tuple):
        sizes: tuple[PhotoSize, ...] = file
        largest = max(sizes, key=lambda size: (size.width * size.height, size.file_size or 0))
        return (Media(ref=largest.file_id, content_type="image/jpeg", size=largest.file_size),)
    if message.sticker or not hasattr(file, "file_id"):
        return ()
    content_type = getattr(file, "mime_type", None) or ""
    return (Media(ref=file.file_id, content_type=content_type, size=file.file_size),)


def _pin(message: Message) -> Pin | None:
    """Return the place a message shows; a venue also has a name and an address."""
    venue = message.venue
    location: Location | None = venue.location if venue else message.location
    if location is None or abs(location.latitude) > 90 or abs(location.longitude) > 180:
        return None
    label = ", ".join(part for part in (venue.title, venue.address) if part) if venue else ""
    return Pin(lat=location.latitude, long=location.longitude, label=label)


def _has_attachment(raw: Mapping[str, Any]) -> bool:
    """Say whether a message carries something we cannot read, such as a poll: it wants an answer too."""
    body = raw.get("message")
    return isinstance(body, Mapping) and any(kind.value in body for kind in MessageAttachmentType)


def _pressed(query: CallbackQuery, base: Inbound) -> Inbound | None:
    """Return a pressed button: its value, its label as the text, and the message it hung on."""
    if not query.data:
        return None
    message = query.message
    markup = message.reply_markup if isinstance(message, Message) else None
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    return replace(
        base,
        kind="message",
        choice=query.data,
        text=next((button.text for button in buttons if button.callback_data == query.data), ""),
        quotes=str(message.message_id) if message and message.message_id else "",
    )


def _membership(change: ChatMemberUpdated, base: Inbound) -> Inbound | None:
    """Return a blocking or unblocking of the bot."""
    kinds: dict[str, InboundKind] = {ChatMemberStatus.BANNED: "opt_out", ChatMemberStatus.MEMBER: "opt_in"}
    kind = kinds.get(change.new_chat_member.status)
    return replace(base, kind=kind, sent_at=_moment(change.date)) if kind else None


def _moment(date: datetime) -> datetime | None:
    """Return a date, unless it is the zero that stands in for none."""
    return date if date.timestamp() > 0 else None
