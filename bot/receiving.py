"""receive(): keep what came in, once; `conversations` answers it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot import contacts, fault_points, meters, outbox
from bot.database import AWAY
from bot.journal import about
from bot.models import Conversation, Message, Photo, Quarantined
from bot.town import Town
from dialogues.rendering import render
from dialogues.types import Say
from webhooks.channel import Inbound, StoreUnavailable

log = logging.getLogger(__name__)

_ADD = insert(Message).returning(Message.id)


def receive(town: Town, inbound: Inbound) -> None:
    """Store what a provider delivered, once, and ring. Raises `StoreUnavailable` when it can't be stored."""
    fault_points.reached("receive.before")
    try:
        with meters.step("receive"):
            conversation_id = _store(town, inbound)
    except AWAY as error:
        raise StoreUnavailable from error
    fault_points.reached("receive.after")
    if conversation_id is not None:
        with about(conversation_id):
            log.info("a message came in by %s", inbound.channel)
        settled = town.config.file.conversation.settles_after(
            inbound.text, album=inbound.album, shows=bool(inbound.media), pressed=bool(inbound.choice)
        )
        town.bell.ring("take_turns", str(conversation_id), after=settled)
        if inbound.kind in ("opt_out", "opt_in"):
            town.bell.ring("deliver", outbox.destination_of(conversation_id))


_GIVEN = ("author", "external_id", "kind", "text", "inbound", "raw", "created_at", "read_at", "state")
_ADD_KNOWN = (
    insert(Message)
    .from_select(
        ["conversation_id", "channel", *_GIVEN],
        contacts.THREAD_OF_KNOWN.add_columns(
            bindparam("channel", type_=Message.channel.type),
            *(bindparam(name, type_=Message.__table__.c[name].type) for name in _GIVEN),
        ),
    )
    .returning(Message.conversation_id)
)
"""Built once: every message that comes in asks them."""


def _store(town: Town, inbound: Inbound) -> int | None:
    """Return the conversation to be answered; None for a redelivery and for what nobody can read."""
    for _ in range(3):  # two first messages of a newcomer race for the contact's row
        try:
            if (conversation_id := _add_plain(town, inbound)) is not None:
                return conversation_id
            with town.database.engine.begin() as connection:
                if inbound.kind == "unreadable":
                    connection.execute(insert(Quarantined), _quarantined(inbound, town.now()))
                    return None
                return _keep(town, connection, inbound)
        except IntegrityError:
            if _known(town, inbound):
                return None
    raise StoreUnavailable


def _known(town: Town, inbound: Inbound) -> bool:
    table = Quarantined if inbound.kind == "unreadable" else Message
    with town.database.read() as session:
        query = select(table.id).where(
            table.channel == inbound.channel, table.external_id == inbound.external_id
        )
        return session.scalars(query).first() is not None


def _quarantined(inbound: Inbound, now: datetime) -> Mapping[str, Any]:
    known = {"channel": inbound.channel, "external_id": inbound.external_id}
    return {**known, "raw": dict(inbound.raw), "created_at": now}


def _add_plain(town: Town, inbound: Inbound) -> int | None:
    """Keep the words of one who has written before, in one trip to the server: most texts are such.

    Returns the conversation to be answered; None: there is more to do, and nothing is kept yet.
    """
    if inbound.media or inbound.kind != "message":
        return None
    with town.database.single.begin() as connection:
        values = _message(inbound, town.now()) | contacts.asked(connection.dialect, inbound)
        return connection.execute(_ADD_KNOWN, values).scalar()


def _keep(town: Town, connection: Connection, inbound: Inbound) -> int:
    now = town.now()
    conversation_id = contacts.thread_of(connection, inbound, now)
    message = _message(inbound, now) | {"conversation_id": conversation_id}
    message_id = connection.execute(_ADD, message).scalar_one()
    if inbound.media or inbound.kind in ("opt_out", "opt_in"):
        with Session(connection) as session:
            session.add_all(
                Photo(message_id=message_id, channel=inbound.channel, ref=it.ref) for it in inbound.media
            )
            if inbound.kind in ("opt_out", "opt_in"):
                _opt(town, session, session.get_one(Conversation, conversation_id), inbound)
            session.flush()
    return conversation_id


def _message(inbound: Inbound, now: datetime) -> dict[str, Any]:
    """Return a message's row but for its conversation."""
    silent = inbound.answered or inbound.kind in ("opt_out", "opt_in")
    return {
        "channel": inbound.channel,
        "external_id": inbound.external_id,
        "author": "resident",
        "kind": inbound.kind,
        "text": inbound.text.replace("\x00", ""),
        "inbound": {
            "pin": [inbound.pin.lat, inbound.pin.long, inbound.pin.label] if inbound.pin else None,
            "choice": inbound.choice,
            "message_ref": inbound.message_ref,
            "corrects": inbound.corrects,
            "quotes": inbound.quotes,
            "album": inbound.album,
        },
        "raw": dict(inbound.raw),
        "created_at": now,
        "read_at": now if silent else None,
        "state": "received",
    }


def _opt(town: Town, session: Session, conversation: Conversation, inbound: Inbound) -> None:
    """Note the resident's will; answer only where neither provider nor carrier has."""
    contact = conversation.contact
    contact.opted_out_at = town.now() if inbound.kind == "opt_out" else None
    if inbound.answered:
        return
    say = Say(sentence="opted_out" if inbound.kind == "opt_out" else "opted_in")
    rendered = render(say, town.city, channel=conversation.channel, language=contact.language)
    outbox.post(session, conversation, rendered, now=town.now())
