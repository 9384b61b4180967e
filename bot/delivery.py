"""The only code that sends to residents: claims what was posted, sends with no transaction open, backs off.

At least once, said plainly: neither provider has an idempotency key. A send with an unknown outcome, a
crash of ours between sending and marking included, is looked up before it is repeated; where the provider
can't be asked, it may be repeated once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, bindparam, case, func, select, update

from bot import contacts, fault_points, meters, outbox
from bot.database import AWAY
from bot.entries import Claimed, Closing, Entry, Letter
from bot.journal import about, fault
from bot.models import Contact, Conversation, Message, OutboxEntry
from bot.outbox import ENTRY, HERE, UNTRIED_PUSH, conversation_of
from bot.rows import rows
from bot.town import Town
from webhooks.channel import Channel, Choice, Outbound, SendError

log = logging.getLogger(__name__)

MARKED_WITHIN = 0.1
"""Seconds within which what a process sends is marked together."""

BACK_OFF = (5.0, 15.0, 60.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds between tries; the last one repeats."""

GIVE_UP_AFTER = timedelta(hours=24)
"""A message older than this no longer helps anyone; a department is told for as long as it takes."""

ASKABLE = frozenset({"sms", "whatsapp"})
"""Channels whose provider can tell what became of a send; on any other, one repeat risks one duplicate."""

OPEN = (  # a push that is held back (see `telling`) stands in nobody's way
    OutboxEntry.done_at.is_(None),
    ~(UNTRIED_PUSH & (OutboxEntry.due_at > bindparam("now"))),
)

_LETTER = (
    Message.text,
    Message.external_id,
    Conversation.contact_id,
    Conversation.channel,
    Conversation.our_address,
    Contact.address,
    Contact.opted_out_at,
    Contact.unreachable_at,
)
"""The columns of a `Letter`, in its order."""

_NEXT = (
    select(*ENTRY, *_LETTER)
    .join(Message, Message.id == OutboxEntry.message_id)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .join(Contact, Contact.id == Conversation.contact_id)
    .where(HERE, *OPEN)
    .order_by(OutboxEntry.id)
    .limit(1)
)
_ASKED = rows("destinations", destination=String())
_MORE = (
    select(OutboxEntry.destination)
    .where(OutboxEntry.destination.in_(select(_ASKED.c.destination)), *OPEN)
    .distinct()
)
CLAIM = (
    update(OutboxEntry)
    .where(
        OutboxEntry.id == bindparam("entry"),
        OutboxEntry.done_at.is_(None),
        OutboxEntry.due_at == bindparam("was_due"),
    )
    .values(
        due_at=bindparam("until"), attempts=bindparam("tries"), first_tried_at=bindparam("first"), unknown=True
    )
)
CLOSE = (
    update(OutboxEntry)
    .where(OutboxEntry.id == bindparam("entry"))
    .values(done_at=bindparam("now"), outcome=bindparam("became"), error=bindparam("reason"))
)
_NOTE = (  # a receipt may have overtaken us: it knows better than "queued" without a code
    update(Message)
    .where(Message.id == bindparam("message"))
    .values(
        external_id=func.coalesce(Message.external_id, bindparam("provided")),
        segments=bindparam("cost"),
        error_code=case((Message.state == "waiting", bindparam("code")), else_=Message.error_code),
        state=case((Message.state == "waiting", bindparam("reached")), else_=Message.state),
    )
)
"""Built once: every delivery asks these."""

MOST_FAULTS = 3
"""After as many tries that broke in our own code an entry is set aside: nothing stands in the way for ever."""


def deliver(town: Town, destination: str) -> None:
    """Send everything that is due to one conversation, oldest first, until one has to wait."""
    while (claimed := _claimed(town, destination) or _claim(town, destination)) is not None:
        fault_points.reached("claim")
        try:
            with meters.step("deliver"):
                goes_on = _deliver(town, claimed.entry, claimed.letter)
        except AWAY:
            raise  # nothing can be noted: the claim runs out, and what was sent is looked up
        except Exception as error:  # noqa: BLE001  (whatever it is, the entries behind it must go)
            set_aside = broken(town, claimed.entry, error)
            goes_on = set_aside is not None and _mark(town, set_aside)
        if not (goes_on and _more(town, [destination])):
            return


def mark_sent(town: Town) -> None:
    """Close, in one transaction, what this process has sent since, and ring for what waits behind it."""
    taken = town.hand.take_sent() if town.hand is not None else ()
    sent = sorted(taken, key=lambda each: each.entry.id)  # as `receipts` does: two never wait for one another
    if not sent:
        return
    close_each(town, sent, _close)
    outbox.ring(town, _more(town, {each.entry.destination for each in sent}))


def close_each(
    town: Town, closings: Sequence[Closing], close: Callable[[Town, Sequence[Closing]], None]
) -> None:
    """Close entries together by `close`; where that breaks each by itself, so that the others are closed."""
    try:
        close(town, closings)
    except AWAY:
        raise  # as in `deliver`
    except Exception as error:  # noqa: BLE001  (see `deliver`)
        if len(closings) > 1:
            for each in closings:
                close_each(town, [each], close)
            return
        entry = closings[0].entry
        with about(conversation_of(entry.destination)):
            if set_aside := broken(town, entry, error):
                close(town, [set_aside])


def _claimed(town: Town, destination: str) -> Claimed | None:
    """Return what a turn of this process posted and claimed at once, if it did."""
    return town.hand.claimed.pop(destination, None) if town.hand is not None else None


def _claim(town: Town, destination: str) -> Claimed | None:
    """Return the oldest open entry, postponed so that nobody else takes it; None: none is due.

    `unknown` is as the last try left it; in the database it is true until this try has said better, so that
    a crash is looked up too.
    """
    now = town.now()
    found = town.database.ask(_NEXT, {"goes_to": destination, "now": now})
    if not found:
        return None
    entry, letter = Entry(*found[0][: len(ENTRY)]), found[0][len(ENTRY) :]
    if entry.due_at > now:
        return None
    if town.database.change(CLAIM, claim(entry, now)) != 1:
        return None
    return Claimed(entry.claimed(now), Letter(*letter))


def claim(entry: Entry, now: datetime) -> Mapping[str, Any]:
    """Return what `CLAIM` writes, where the entry still stands as it does here."""
    taken = entry.claimed(now)
    values = {"tries": taken.attempts, "first": taken.first_tried_at, "until": taken.due_at}
    return {"entry": entry.id, "was_due": entry.due_at, **values}


def _more(town: Town, destinations: Collection[str]) -> Collection[str]:
    """Return where more is open: who rang while we were at it found the entry before it claimed, and left."""
    found = town.database.ask(_MORE, {"destinations": [[each] for each in destinations], "now": town.now()})
    return [destination for (destination,) in found]


def _deliver(town: Town, entry: Entry, letter: Letter) -> bool:
    if letter.unreachable_at is not None or (letter.opted_out_at is not None and entry.kind == "push"):
        return _mark(town, Closing(entry, "suppressed"))
    channel = town.channels.get(letter.channel)
    if channel is None:
        return _mark(town, Closing(entry, "failed", error=f"channel {letter.channel} is not set up"))
    if (wait := _pace(town, entry, letter, channel.cost(letter.text))) > 0:
        return _hold(town, entry, wait)
    outbound = Outbound(
        outbox_id=str(entry.id),
        recipient=letter.address,
        sender=letter.our_address,
        text=letter.text,
        choices=tuple(Choice(**option) for option in entry.payload["options"]),
        ask_location=entry.payload["ask_location"],
        location_label=entry.payload.get("location_label") or Outbound.location_label,
        media_urls=tuple(filter(None, [entry.payload.get("photo")])),
        sent_after=entry.first_tried_at,
    )
    fault_points.reached("send.before")
    try:
        external_id = letter.external_id or _found(town, channel, entry, outbound) or channel.send(outbound)
    except SendError as error:
        return _refused(town, entry, letter, error)
    fault_points.reached("send.after")
    closing = Closing(entry, "sent", external_id, channel.cost(letter.text))
    if town.hand is None:
        return _mark(town, closing)
    town.hand.sent.put(closing)
    town.bell.ring("mark", "", after=MARKED_WITHIN)  # with what else is sent; what is behind it waits for that
    return False


def _pace(town: Town, entry: Entry, letter: Letter, segments: int) -> float:
    """Return how many seconds the message has to wait for those before it; 0.0: it may go."""
    pacing, reply, returning = town.config.file.pacing, entry.kind == "reply", "held" in entry.payload
    lanes = pacing.lanes(letter.channel, letter.our_address, letter.address, segments)
    now = town.now().timestamp()
    return max(town.pacer.wait(lane, now, reply=reply, returning=returning) for lane in lanes)


def _hold(town: Town, entry: Entry, seconds: float) -> bool:
    """Give the claim back until there is room: nothing was tried."""
    as_it_was = {"attempts": entry.attempts - 1, "unknown": entry.unknown}
    held = {"due_at": town.now() + timedelta(seconds=seconds), "payload": {**entry.payload, "held": True}}
    with town.database.write.begin() as session:
        session.execute(update(OutboxEntry).where(OutboxEntry.id == entry.id).values(**as_it_was, **held))
    town.bell.ring("deliver", entry.destination, after=seconds)
    return False


def _found(town: Town, channel: Channel, entry: Entry, outbound: Outbound) -> str | None:
    """Return the provider's id of an entry whose last try may have gone through, if it did."""
    if not entry.unknown:
        return None
    try:
        external_id = channel.find_sent(outbound)
    except SendError as error:
        error.unknown = True  # we know no more than before
        raise
    with town.database.read() as session:
        # The same words may have been sent a moment before: those are another entry's.
        another = select(Message.id).where(Message.external_id == external_id, Message.id != entry.message_id)
        return None if session.scalars(another).first() else external_id


def _refused(town: Town, entry: Entry, letter: Letter, error: SendError) -> bool:
    """Do what a provider's refusal asks for: wait, move, stop."""
    log.warning("outbox %s not sent: %s (code %s)", entry.id, error.reason, error.code or "-")
    meters.refused(letter.channel, error.code)
    if error.moved_to:
        contacts.change(town.database, letter.contact_id, address=error.moved_to)
        return put_back(town, entry, error.reason, after=0.0)
    if error.unreachable:
        contacts.change(town.database, letter.contact_id, unreachable_at=town.now())
    if error.retry_after:
        _pause(town, letter.channel, error.retry_after)
    doubtful = entry.unknown and letter.channel not in ASKABLE
    stale = town.now() - entry.created_at > GIVE_UP_AFTER
    if not error.retryable or (error.unknown and doubtful) or stale:
        if error.operator:
            log.error("outbox %s needs the operator: %s (code %s)", entry.id, error.reason, error.code or "-")
        return _mark(town, Closing(entry, "failed", error=error.reason, code=error.code))
    return put_back(town, entry, error.reason, after=error.retry_after, unknown=error.unknown or doubtful)


def _pause(town: Town, channel: str, seconds: float) -> None:
    """Hold back whatever waits on a channel whose provider asked for a pause: it means all of us.

    Telegram's flood limit is the bot's, not the chat's (core.telegram.org/bots/api, ResponseParameters).
    """
    until = town.now() + timedelta(seconds=seconds)
    with town.database.write.begin() as session:
        waiting = select(Message.id).where(Message.channel == channel, Message.state == "waiting")
        held_back = session.scalars(
            update(OutboxEntry)
            .where(
                OutboxEntry.done_at.is_(None),
                OutboxEntry.due_at < until,
                OutboxEntry.message_id.in_(waiting) | (OutboxEntry.kind == channel),  # staff groups, too
            )
            .values(due_at=until)
            .returning(OutboxEntry.destination)
        ).all()
    for destination in set(held_back):
        town.bell.ring("deliver", destination, after=seconds)


def broken(town: Town, entry: Entry, error: Exception) -> Closing | None:
    """Put back what failed in our own code; what keeps failing is to be set aside, by what is returned."""
    fault(log, error, "outbox %s failed", entry.id)
    reason = f"an error of our own ({type(error).__name__})"
    if entry.attempts >= MOST_FAULTS:
        return Closing(entry, "failed", error=reason)
    put_back(town, entry, reason, unknown=True)
    return None


def put_back(
    town: Town, entry: Entry, reason: str, *, after: float | None = None, unknown: bool = False
) -> bool:
    """Put the entry back for later; False: nothing else goes to this destination before it."""
    wait = BACK_OFF[min(entry.attempts, len(BACK_OFF)) - 1] if after is None else after
    with town.database.write.begin() as session:
        session.execute(
            update(OutboxEntry)
            .where(OutboxEntry.id == entry.id)
            .values(due_at=town.now() + timedelta(seconds=wait), unknown=unknown, error=reason)
        )
    town.bell.ring("deliver", entry.destination, after=wait)
    return False


def _mark(town: Town, closing: Closing) -> bool:
    """Close an entry; True: the next one may go."""
    _close(town, [closing])
    return True


def _close(town: Town, closings: Sequence[Closing]) -> None:
    """Close entries in one transaction."""
    now = town.now()
    with town.database.engine.begin() as connection:
        connection.execute(CLOSE, [closed(each, now) for each in closings])
        connection.execute(_NOTE, [_noted(each) for each in closings])
        fault_points.reached("mark.before")
    fault_points.reached("mark.after")
    for each in closings:
        with about(conversation_of(each.entry.destination)):
            log.info("outbox %s: %s", each.entry.id, each.outcome)


def closed(closing: Closing, now: datetime) -> Mapping[str, Any]:
    """Return what `CLOSE` writes."""
    return {"entry": closing.entry.id, "now": now, "became": closing.outcome, "reason": closing.error}


def _noted(closing: Closing) -> Mapping[str, Any]:
    return {
        "message": closing.entry.message_id,
        "reached": "queued" if closing.outcome == "sent" else closing.outcome,
        "provided": closing.external_id,
        "cost": closing.segments,
        "code": closing.code,
    }
