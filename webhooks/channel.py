"""What every channel speaks: inbound messages, outbound messages, receipts and errors.

A provider's module turns its wire format into `Inbound` and `Receipt`, and `Outbound` into its wire
format. Nothing here knows a provider, the database or the dialogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

InboundKind = Literal[
    "message",  # text, photos, a pin, a pressed button
    "edit",  # a correction of an earlier message: `corrects` holds that message's external id
    "opt_out",  # STOP and its kin, or a blocked bot
    "opt_in",  # START and its kin, or an unblocked bot
    "unreadable",  # kept aside for people: we could not make sense of it
]


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file the provider holds for us. `ref` is what `Channel.fetch` needs: a URL or a file id."""

    ref: str
    content_type: str = ""
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A point in WGS84 degrees, with the label or address the resident's app gave it, if any."""

    lat: float
    long: float
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One event from a provider, in our words.

    `external_id` is unique per channel and is what redelivery is recognised by. `sender` and
    `recipient` are addresses with a scheme: `tel:+15550100`, `whatsapp:+15550100`, `telegram:42`.
    `answered` is true where the provider has already replied (Twilio's `OptOutType`), so that we
    must not. `raw` is the payload as received, JSON-ready, without NUL characters.
    """

    channel: str
    external_id: str
    sender: str
    recipient: str
    kind: InboundKind = "message"
    text: str = ""
    media: tuple[Media, ...] = ()
    pin: Pin | None = None
    choice: str = ""  # the value of a pressed button (`Choice.value`)
    message_ref: str = ""  # the provider's id of this message within its chat, for edits and quotes
    corrects: str = ""  # message_ref of the message this one edits
    quotes: str = ""  # message_ref of the message this one replies to
    album: str = ""  # messages with the same album id belong together
    language: str = ""  # what the provider says of the sender's language, e.g. "en"
    sent_at: datetime | None = None  # aware, UTC
    answered: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing the resident may pick: `value` comes back in `Inbound.choice`, at most 64 bytes."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Outbound:
    """One message to send. `outbox_id` is ours and rides along wherever the provider lets it.

    `choices` become buttons where the channel has them; where it has none, the text already says
    "1. ... 2. ...". `ask_location` shows a share-location button where there is such a thing, called
    `location_label`.
    `sent_after` is when the first attempt at this message was made, for reconciliation.
    """

    outbox_id: str
    recipient: str
    sender: str
    text: str
    choices: tuple[Choice, ...] = ()
    ask_location: bool = False
    location_label: str = "Share my location"
    media_urls: tuple[str, ...] = ()
    sent_after: datetime | None = None


DeliveryState = Literal["queued", "sent", "delivered", "read", "undelivered", "failed"]

# A later state never gives way to an earlier one: callbacks come unordered and more than once.
DELIVERY_RANK: dict[DeliveryState, int] = {
    "queued": 0,
    "sent": 1,
    "undelivered": 2,
    "failed": 2,
    "delivered": 3,
    "read": 4,
}


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a message we sent. `outbox_id` is empty where the provider could not say."""

    channel: str
    external_id: str
    outbox_id: str
    state: DeliveryState
    error_code: str = ""


class SendError(Exception):
    """A message was not sent, or may not have been.

    `retryable`: try again later, no sooner than `retry_after` seconds. `unknown`: the provider may
    have taken it, so look before repeating (`Channel.find_sent`). `unreachable`: this address does
    not want or cannot get messages; stop until it writes again. `operator`: our own set-up is at
    fault and somebody has to mend it. `moved_to`: the address this one has become.
    """

    def __init__(
        self,
        reason: str,
        *,
        code: str = "",
        retryable: bool = False,
        unknown: bool = False,
        unreachable: bool = False,
        operator: bool = False,
        retry_after: float | None = None,
        moved_to: str = "",
    ) -> None:
        super().__init__(reason)
        self.reason = reason  # free of personal data: it is logged and shown to staff
        self.code = code
        self.retryable = retryable
        self.unknown = unknown
        self.unreachable = unreachable
        self.operator = operator
        self.retry_after = retry_after
        self.moved_to = moved_to


class FetchError(Exception):
    """A file could not be fetched. `retryable` says whether asking again later may help.

    `reason` is one of: "missing", "forbidden", "too_big", "refused", "unavailable".
    """

    def __init__(self, reason: str, *, retryable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable


class Channel(Protocol):
    """One provider, as the shell sees it. Every call may take seconds; none holds a transaction."""

    def send(self, message: Outbound) -> str:
        """Hand a message to the provider and return the provider's id for it; raises `SendError`."""
        ...

    def find_sent(self, message: Outbound) -> str | None:
        """Return the provider's id of a message whose sending had an unknown outcome, if it was taken.

        Raises `SendError` where the provider can't be asked now. A provider that offers no way to
        ask returns None.
        """
        ...

    def fetch(self, media: Media, limit: int) -> bytes:
        """Return a file's bytes, at most `limit` of them; raises `FetchError`."""
        ...

    def cost(self, text: str) -> int:
        """Return how many billed segments the text takes; 0 where messages are free."""
        ...

    def health(self) -> str:
        """Return "" when the provider accepts our credentials, else one sentence saying what to do."""
        ...


Receive = Callable[[Inbound], None]
"""Keeps an inbound event; returns when it is stored; raises `StoreUnavailable` when it is not."""

Report = Callable[[Receipt], None]


class StoreUnavailable(Exception):
    """The event could not be stored just now: the provider should send it again."""
