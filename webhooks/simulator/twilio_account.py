"""A Twilio account: its messages, its opted-out numbers, and what becomes of a message it sends."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

from webhooks.simulator.files import StoredFile
from webhooks.simulator.segments import segments

API_VERSION = "2010-04-01"
OptOut = Literal["default", "advanced", "off"]

STOP_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START_WORDS = {"START", "UNSTOP", "YES"}
HELP_WORDS = {"HELP", "INFO"}

CARRIER_ANSWERS = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for "
    "help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}

# Twilio's error codes: the HTTP status each comes with, and its words.
ERRORS = {
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "Internal Server Error"),
    21211: (400, "The 'To' number is not a valid phone number."),
    21408: (403, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number."),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number is not a valid, message-capable Twilio phone number."),
    21609: (400, "The 'StatusCallback' URL is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21612: (400, "The message cannot be sent with the current combination of 'To' and 'From' parameters."),
    21614: (400, "'To' number is not a valid mobile number"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21620: (400, "Invalid media URL(s)"),
    21623: (400, "Number of media files exceeds allowed limit"),
    30006: (400, "Landline or unreachable carrier"),
    63016: (400, "Failed to send freeform message because you are outside the allowed window."),
}

# How far a message has come: a callback may tell of an earlier state later, the message stays put.
_RANK = {"queued": 0, "accepted": 0, "sending": 1, "sent": 2, "undelivered": 3, "failed": 3, "delivered": 4}
_WHATSAPP_WINDOW = timedelta(hours=24)
_ADDRESS = re.compile(r"(whatsapp:)?\+[1-9]\d{6,14}")


class TwilioError(Exception):
    """A request Twilio refuses, with its error code."""

    def __init__(self, code: int, message: str = "") -> None:
        self.code = code
        self.status, words = ERRORS.get(code, (400, "Bad Request"))
        self.message = message or words
        super().__init__(self.message)


def new_sid(kind: str) -> str:
    """Return a fresh identifier, such as SM and 32 hex digits."""
    return kind + secrets.token_hex(16)


@dataclass(kw_only=True)
class Message:
    """A message resource; times are aware and UTC."""

    sid: str
    account_sid: str
    sender: str
    recipient: str
    body: str
    direction: str
    status: str
    media: dict[str, StoredFile] = field(default_factory=dict)
    media_urls: tuple[str, ...] = ()
    service_sid: str | None = None
    error_code: int | None = None
    callback: str = ""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    def progress(self, status: str) -> None:
        """Move on to a status; never back."""
        if _RANK[status] >= _RANK.get(self.status, 0):
            self.status = status

    def resource(self) -> dict[str, Any]:
        """Return the message in the API's words."""
        uri = f"/{API_VERSION}/Accounts/{self.account_sid}/Messages/{self.sid}"
        created = format_datetime(self.created)
        return {
            "sid": self.sid,
            "account_sid": self.account_sid,
            "messaging_service_sid": self.service_sid,
            "from": self.sender,
            "to": self.recipient,
            "body": self.body,
            "direction": self.direction,
            "status": self.status,
            "num_segments": str(segments(self.body)),
            "num_media": str(len(self.media) or len(self.media_urls)),
            "error_code": self.error_code,
            "error_message": ERRORS[self.error_code][1] if self.error_code in ERRORS else None,
            "date_created": created,
            "date_updated": created,
            "date_sent": None if self.status in ("queued", "accepted") else created,
            "price": None,
            "price_unit": "USD",
            "api_version": API_VERSION,
            "uri": f"{uri}.json",
            "subresource_uris": {"media": f"{uri}/Media.json"},
        }


class TwilioAccount:
    """All that one account holds. Safe to use from several threads."""

    def __init__(self, sid: str, auth_token: str, number: str, opt_out: OptOut) -> None:
        self.sid = sid
        self.auth_token = auth_token
        self.number = number
        self.opt_out = opt_out
        self.messages: dict[str, Message] = {}
        self.opted_out: set[str] = set()
        self._lock = threading.Lock()

    def keep(self, message: Message) -> Message:
        """Add a message to the account's log."""
        with self._lock:
            self.messages[message.sid] = message
        return message

    def logged(self) -> list[Message]:
        """Return the account's messages, latest first, as the API lists them."""
        with self._lock:
            return list(reversed(self.messages.values()))

    def message(self, sid: str) -> Message:
        """Return one message; raises `TwilioError` 20404."""
        if found := self.messages.get(sid):
            return found
        raise TwilioError(20404)

    def accept(self, form: Mapping[str, str], media_urls: tuple[str, ...]) -> Message:
        """Take a message to send, or raise `TwilioError` in the order in which Twilio looks."""
        recipient, body = form.get("To", ""), form.get("Body", "")
        service = form.get("MessagingServiceSid", "")
        sender = form.get("From", "") or (self._own_address(recipient) if service else "")
        self._check_addresses(sender, recipient)
        self._check_content(body, media_urls)
        if (callback := form.get("StatusCallback", "")) and not callback.startswith(("http://", "https://")):
            raise TwilioError(21609)
        if recipient in self.opted_out:
            raise TwilioError(21610)
        return self.keep(
            Message(
                sid=new_sid("MM" if media_urls else "SM"),
                account_sid=self.sid,
                sender=sender,
                recipient=recipient,
                body=body,
                direction="outbound-api",
                status="accepted" if service else "queued",
                media_urls=media_urls,
                service_sid=service or None,
                callback=callback,
            )
        )

    def opt_out_type(self, resident: str, text: str) -> str:
        """Do what a carrier's keyword asks and return its family: STOP, START, HELP, or nothing.

        The whole text must be the word. YES is an ordinary word except to who has opted out.
        """
        word = text.strip().upper()
        if self.opt_out == "off" or resident.startswith("whatsapp:"):
            return ""
        if word in STOP_WORDS:
            self.opted_out.add(resident)
            return "STOP"
        if word in START_WORDS and (word != "YES" or resident in self.opted_out):
            self.opted_out.discard(resident)
            return "START"
        return "HELP" if word in HELP_WORDS else ""

    def outside_window(self, recipient: str) -> bool:
        """Whether this is a WhatsApp user who has not written to us for 24 hours."""
        since = datetime.now(UTC) - _WHATSAPP_WINDOW
        return recipient.startswith("whatsapp:") and not any(
            message.sender == recipient and message.created > since for message in self.logged()
        )

    def _own_address(self, other: str) -> str:
        return f"whatsapp:{self.number}" if other.startswith("whatsapp:") else self.number

    def _check_addresses(self, sender: str, recipient: str) -> None:
        if not recipient:
            raise TwilioError(21604)
        if not sender:
            raise TwilioError(21603)
        if not _ADDRESS.fullmatch(recipient):
            raise TwilioError(21211, f"Invalid 'To' Phone Number: {recipient}")
        if sender not in (self.number, f"whatsapp:{self.number}"):
            raise TwilioError(21606)
        if sender != self._own_address(recipient):
            raise TwilioError(21612)

    def _check_content(self, body: str, media_urls: tuple[str, ...]) -> None:
        if not body and not media_urls:
            raise TwilioError(21602)
        if len(body) > 1600:
            raise TwilioError(21617)
        if len(media_urls) > 10:
            raise TwilioError(21623)
        if not all(url.startswith(("http://", "https://")) for url in media_urls):
            raise TwilioError(21620)
