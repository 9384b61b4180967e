"""The only code that sends: claims what was posted, sends with no transaction open, backs off.

At least once, said plainly: neither provider has an idempotency key. A send with an unknown outcome, a
crash of ours between sending and marking included, is looked up before it is repeated; where the provider
can't be asked, it may be repeated once.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import joinedload, load_only

from bot import contacts, external_requests, fault_points, meters
from bot.backends import BackendError, Taken
from bot.database import AWAY
from bot.external_requests import NUMBERS_ITSELF
from bot.journal import fault
from bot.models import Contact, Conversation, Message, OutboxEntry
from bot.notices import notice_of
from bot.outbox import HERE, UNTRIED_PUSH
from bot.town import Town
from webhooks.channel import Channel, Choice, Outbound, SendError

log = logging.getLogger(__name__)

CLAIM = timedelta(seconds=fault_points.hurried(60))
"""How long a claimed entry is left alone; every provider call times out well before."""

BACK_OFF = (5.0, 15.0, 60.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds between tries; the last one repeats."""

GIVE_UP_AFTER = timedelta(hours=24)
"""A message older than this no longer helps anyone; a department is told for as long as it takes."""

ASKABLE = frozenset({"sms", "whatsapp"})
"""Channels whose provider can tell what became of a send; on any other, one repeat risks one duplicate."""

_OPEN = (  # a push that is held back (see `telling`) stands in nobody's way
    HERE,
    OutboxEntry.done_at.is_(None),
    ~(UNTRIED_PUSH & (OutboxEntry.due_at > bindparam("now"))),
)
_NEXT = (
    select(OutboxEntry, Message, Conversation)
    .outerjoin(Message, Message.id == OutboxEntry.message_id)
    .outerjoin(Conversation, Conversation.id == Message.conversation_id)
    .where(*_OPEN)
    .order_by(OutboxEntry.id)
    .limit(1)
    .options(
        load_only(Message.text, Message.external_id),
        load_only(Conversation.contact_id, Conversation.channel, Conversation.our_address),
        joinedload(Conversation.contact).load_only(
            Contact.address, Contact.opted_out_at, Contact.unreachable_at
        ),
    )
)
_MORE = select(OutboxEntry.id).where(*_OPEN).limit(1)
_CLAIM = (
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
_CLOSE = (
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
    """Send everything that is due to one destination, oldest first, until one has to wait."""
    while (claimed := _claim(town, destination)) is not None:
        fault_points.reached("claim")
        entry, message, conversation = claimed
        try:
            with meters.step("deliver"):
                if message is None or conversation is None:
                    goes_on = _deliver_notice(town, entry)
                else:
                    goes_on = _deliver_message(town, entry, message, conversation)
        except AWAY:
            raise  # nothing can be noted: the claim runs out, and what was sent is looked up
        except Exception as error:  # noqa: BLE001  (whatever it is, the entries behind it must go)
            goes_on = _broken(town, entry, error)
        if not (goes_on and _is_more(town, destination)):
            return


def _claim(town: Town, destination: str) -> tuple[OutboxEntry, Message | None, Conversation | None] | None:
    """Return the oldest open entry, postponed so that nobody else takes it; None if there is none due.

    `unknown` is as the last try left it; in the database it is true until this try has said better, so that
    a crash is looked up too.
    """
    now = town.now()
    with town.database.read() as session:
        found = session.execute(_NEXT, {"destination": destination, "now": now}).first()
    if found is None or found[0].due_at > now:
        return None
    entry, message, conversation = found
    taken = {"was_due": entry.due_at, "until": now + CLAIM}
    entry.attempts, entry.first_tried_at = entry.attempts + 1, entry.first_tried_at or now
    entry.due_at = taken["until"]
    values = {"entry": entry.id, "tries": entry.attempts, "first": entry.first_tried_at, **taken}
    return (entry, message, conversation) if town.database.change(_CLAIM, values) == 1 else None


def _is_more(town: Town, destination: str) -> bool:
    """Tell whether more is open: who rang while we were at it found the entry before it claimed, and left."""
    return bool(town.database.ask(_MORE, {"destination": destination, "now": town.now()}))


def _deliver_message(town: Town, entry: OutboxEntry, message: Message, conversation: Conversation) -> bool:
    contact = conversation.contact
    if contact.unreachable_at is not None or (contact.opted_out_at is not None and entry.kind == "push"):
        return _mark(town, entry, "suppressed")
    channel = town.channels.get(conversation.channel)
    if channel is None:
        return _mark(town, entry, "failed", error=f"channel {conversation.channel} is not set up")
    if (wait := _pace(town, entry, conversation, channel.cost(message.text))) > 0:
        return _hold(town, entry, wait)
    outbound = Outbound(
        outbox_id=str(entry.id),
        recipient=contact.address,
        sender=conversation.our_address,
        text=message.text,
        choices=tuple(Choice(**option) for option in entry.payload["options"]),
        ask_location=entry.payload["ask_location"],
        location_label=entry.payload.get("location_label") or Outbound.location_label,
        media_urls=tuple(filter(None, [entry.payload.get("photo")])),
        sent_after=entry.first_tried_at,
    )
    fault_points.reached("send.before")
    try:
        # A receipt that overtook us has brought the provider's id already.
        external_id = message.external_id or _found(town, channel, entry, outbound) or channel.send(outbound)
    except SendError as error:
        return _refused(town, entry, conversation, error)
    fault_points.reached("send.after")
    return _mark(town, entry, "sent", external_id=external_id, segments=channel.cost(message.text))


def _pace(town: Town, entry: OutboxEntry, conversation: Conversation, segments: int) -> float:
    """Return how many seconds the message has to wait for those before it; 0.0: it may go."""
    pacing, reply, returning = town.config.file.pacing, entry.kind == "reply", "held" in entry.payload
    ours, theirs = conversation.our_address, conversation.contact.address
    lanes, now = pacing.lanes(conversation.channel, ours, theirs, segments), town.now().timestamp()
    return max(town.pacer.wait(lane, now, reply=reply, returning=returning) for lane in lanes)


def _hold(town: Town, entry: OutboxEntry, seconds: float) -> bool:
    """Give the claim back until there is room: nothing was tried."""
    as_it_was = {"attempts": entry.attempts - 1, "unknown": entry.unknown}
    held = {"due_at": town.now() + timedelta(seconds=seconds), "payload": {**entry.payload, "held": True}}
    with town.database.write.begin() as session:
        session.execute(update(OutboxEntry).where(OutboxEntry.id == entry.id).values(**as_it_was, **held))
    town.bell.ring("deliver", entry.destination, after=seconds)
    return False


def _found(town: Town, channel: Channel, entry: OutboxEntry, outbound: Outbound) -> str | None:
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


def _refused(town: Town, entry: OutboxEntry, conversation: Conversation, error: SendError) -> bool:
    """Do what a provider's refusal asks for: wait, move, stop."""
    log.warning("outbox %s not sent: %s (code %s)", entry.id, error.reason, error.code or "-")
    meters.refused(conversation.channel, error.code)
    if error.moved_to:
        contacts.change(town.database, conversation.contact_id, address=error.moved_to)
        return _retry(town, entry, error.reason, after=0.0)
    if error.unreachable:
        contacts.change(town.database, conversation.contact_id, unreachable_at=town.now())
    if error.retry_after:
        _pause(town, conversation.channel, error.retry_after)
    doubtful = entry.unknown and conversation.channel not in ASKABLE
    stale = town.now() - entry.created_at > GIVE_UP_AFTER
    if not error.retryable or (error.unknown and doubtful) or stale:
        if error.operator:
            log.error("outbox %s needs the operator: %s (code %s)", entry.id, error.reason, error.code or "-")
        return _mark(town, entry, "failed", error=error.reason, code=error.code)
    return _retry(town, entry, error.reason, after=error.retry_after, unknown=error.unknown or doubtful)


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


def _broken(town: Town, entry: OutboxEntry, error: Exception) -> bool:
    """Try again what failed in our own code, and set it aside when it keeps failing."""
    fault(log, error, "outbox %s failed", entry.id)
    reason = f"an error of our own ({type(error).__name__})"
    if entry.attempts >= MOST_FAULTS:
        return _mark(town, entry, "failed", error=reason)
    return _retry(town, entry, reason, unknown=True)


def _deliver_notice(town: Town, entry: OutboxEntry) -> bool:
    try:
        notice = notice_of(town, entry, _department(entry))
        taken = town.backends[entry.kind].deliver(notice)
    except BackendError as error:
        meters.refused(entry.kind)
        needed = error.operator or not error.retryable
        call = "needs the operator" if needed else "not delivered"
        log.log(logging.ERROR if needed else logging.WARNING, "outbox %s %s: %s", entry.id, call, error.reason)
        if not error.retryable:
            return _mark(town, entry, "failed", error=error.reason)
        return _retry(town, entry, error.reason, after=error.retry_after, unknown=error.unknown)
    return _mark(town, entry, "sent", taken=taken)


def _department(entry: OutboxEntry) -> str:
    """Return the code of the department that a notice is for."""
    before, _, _ = entry.destination.removeprefix("department:").rpartition(f":{entry.kind}")
    return before


def _retry(
    town: Town, entry: OutboxEntry, reason: str, *, after: float | None = None, unknown: bool = False
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


def _mark(
    town: Town,
    entry: OutboxEntry,
    outcome: str,
    *,
    external_id: str | None = None,
    segments: int = 0,
    error: str = "",
    code: str = "",
    taken: Taken | None = None,
) -> bool:
    """Close the entry; True: the next one may go."""
    with town.database.write.begin() as session:
        session.connection().execute(
            _CLOSE, {"entry": entry.id, "now": town.now(), "became": outcome, "reason": error}
        )
        if entry.kind == NUMBERS_ITSELF:
            external_requests.settle(session, entry, _department(entry), taken, town.now())
        if entry.message_id is not None:
            reached = "queued" if outcome == "sent" else outcome
            told = {"reached": reached, "provided": external_id, "cost": segments, "code": code}
            session.connection().execute(_NOTE, {"message": entry.message_id, **told})
        session.flush()
        fault_points.reached("mark.before")
    fault_points.reached("mark.after")
    log.info("outbox %s: %s", entry.id, outcome)
    return True
