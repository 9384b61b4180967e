"""SMS, MMS and WhatsApp by Twilio, both directions."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, abort, request
from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.request_validator import (  # type: ignore[import-untyped]
    HMAC_SHA1,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    compare,
    get_signature_algorithm,
)
from twilio.rest import Client  # type: ignore[import-untyped]
from urllib3.exceptions import HTTPError
from werkzeug.datastructures import MultiDict

from webhooks import gsm7, media, opting
from webhooks.channel import (
    DeliveryState,
    Inbound,
    InboundKind,
    Media,
    Outbound,
    Pin,
    Receipt,
    Receive,
    Report,
    SendError,
    StoreUnavailable,
)
from webhooks.twilio_http import KeptConnections
from webhooks.wire import TIMEOUT, body_of, never_left, storable, store_unavailable

logger = logging.getLogger(__name__)

MAX_BODY: Final = 64 * 1024  # bytes; a text of 1,600 emoji with ten photos takes about 25 KB
WEBHOOK = "/webhooks/twilio"
STATUS_WEBHOOK = "/webhooks/twilio/status"

# By default Twilio retries only a failed connection; these ask for three more tries, also on a 5xx
# and on time-outs. Twilio keeps the fragment to itself: it is neither requested nor signed.
RETRIES = "#rc=3&rp=5xx,ct,rt"

# What Twilio itself has answered, by `OptOutType`.
_ANSWERED: dict[str, InboundKind] = {"STOP": "opt_out", "START": "opt_in", "HELP": "message"}

_STATES: dict[str, DeliveryState] = {
    "accepted": "queued",
    "scheduled": "queued",
    "queued": "queued",
    "sending": "queued",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}

# What Twilio's error codes mean, and what follows; any other code is a permanent refusal.
_REFUSALS: list[tuple[str, Literal["retryable", "unreachable", "operator", "permanent"], set[int]]] = [
    ("too many messages at once", "retryable", {20429, 63018}),
    ("the carrier failed", "retryable", {30001, 30003, 30008, 30022, 30023}),
    ("the resident has opted out", "unreachable", {21610}),
    ("the number cannot get texts", "unreachable", {21211, 21612, 21614, 30005, 30006, 63024}),
    ("the account is refused or suspended", "operator", {20003, 20404, 30002}),
    ("the region is not enabled", "operator", {21408}),
    ("the sender is not ours or not set up", "operator", {21606, 21703, 21704, 21705}),
    ("the sender is not registered with the carriers", "operator", {30032, 30034}),
    ("the content was refused", "permanent", {21617, 21620, 30007, 30011}),
    ("more than 24 hours since the resident wrote by WhatsApp", "permanent", {63016}),
]
_CLOCKS_APART = timedelta(seconds=5)  # how far Twilio's clock, to the second, may be behind ours
_TRIAL = "Sent from your Twilio trial account - "


@dataclass(frozen=True, kw_only=True)
class TwilioSettings:
    """One Twilio account. `sender` is a number, a short code or a messaging service ("MG...")."""

    account_sid: str
    auth_token: str = field(repr=False)
    sender: str
    api_base_url: str = "https://api.twilio.com"
    public_base_url: str
    timeout: float = TIMEOUT  # seconds

    def webhook_urls(self) -> tuple[str, str]:
        """Return what to configure at Twilio: the incoming message's URL, and the status callback's."""
        base = self.public_base_url.rstrip("/")
        return base + WEBHOOK + RETRIES, base + STATUS_WEBHOOK + RETRIES


def blueprint(settings: TwilioSettings, receive: Receive, report: Report) -> Blueprint:
    """Return the routes that Twilio calls; both answer only what Twilio has signed."""
    routes = Blueprint("twilio", __name__)
    routes.register_error_handler(StoreUnavailable, store_unavailable)

    @routes.before_request
    def check() -> None:
        body_of(request, MAX_BODY)
        if not is_signed(request, settings):
            logger.warning("a Twilio webhook was refused: its signature is missing or wrong")
            abort(403)

    @routes.post(WEBHOOK)
    def incoming() -> Response:
        inbound = parse(_form(request))
        if inbound.kind == "unreadable":
            logger.warning("a Twilio webhook without a MessageSid or a sender was set aside")
        receive(inbound)
        return _taken()

    @routes.post(STATUS_WEBHOOK)
    def status() -> Response:
        receipt = parse_status(_form(request), request.args.get("outbox", ""))
        if receipt:
            report(receipt)
        return _taken()

    return routes


def _taken() -> Response:
    """Say nothing, by TwiML, to receipts too: after a 204 Waitress closes the connection, and they are many."""
    return Response("<Response/>", mimetype="text/xml")


def is_signed(request: Request, settings: TwilioSettings) -> bool:
    """Say whether Twilio signed this request, over everything received.

    The URL is built from what Twilio was told to call, never from what a proxy says was called.
    """
    signature = request.headers.get(SIGNATURE_HEADER)
    if not signature:
        return False
    query = request.query_string.decode("latin-1")
    url = settings.public_base_url.rstrip("/") + request.path + (f"?{query}" if query else "")
    parameters: Any = request.form
    if request.is_json:
        if "bodySHA256" not in request.args:
            return False
        parameters = request.get_data().decode("utf-8", "replace")
    algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER))
    validator = RequestValidator(settings.auth_token)
    # As it nearly always is. The validator takes the URL apart, to sign it with a port and without.
    plain = not request.is_json and algorithm == HMAC_SHA1
    if plain and compare(validator.compute_signature(url, parameters, algorithm), signature):
        return True
    return bool(validator.validate(url, parameters, signature, algorithm))


def _form(request: Request) -> MultiDict[str, str]:
    """Return the parameters, whether they came as a form or as a JSON object."""
    if not request.is_json:
        return request.form
    body = request.get_json(silent=True)
    return MultiDict({name: str(value) for name, value in body.items()} if isinstance(body, dict) else {})


def parse(form: Mapping[str, str]) -> Inbound:
    """Return what an incoming message's parameters mean; a `MultiDict` may repeat names."""
    received: dict[str, list[str]] = storable(MultiDict(form).to_dict(flat=False))
    raw = {name: values[0] if len(values) == 1 else values for name, values in received.items()}
    first = {name: values[0] for name, values in received.items() if values}
    sid = first.get("MessageSid") or first.get("SmsSid") or ""
    sender = _address(first.get("From", ""))
    text = _decoded(first.get("Body", ""))
    kind, answered = _kind(first.get("OptOutType", ""), text, _address(first.get("To", "")))
    return Inbound(
        channel=_channel(sender),
        external_id=sid or f"sha256:{hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()}",
        sender=sender,
        recipient=_address(first.get("To", "")),
        kind=kind if sid and sender else "unreadable",
        text=text,
        media=_media(first),
        pin=_pin(first),
        choice=first.get("ButtonPayload", ""),
        message_ref=sid,
        quotes=first.get("OriginalRepliedMessageSid", ""),
        answered=answered,
        raw=raw,
    )


def _kind(opt_out_type: str, text: str, recipient: str) -> tuple[InboundKind, bool]:
    """Return the kind of a message, and whether Twilio has answered it.

    With managed opt-out Twilio says so. Without, it answers its own list of words, to the letter, on
    every number but a short code (Twilio: "Support for opt-out keywords"); there they are left to us.
    """
    if answered := _ANSWERED.get(opt_out_type.upper()):
        return answered, True
    by_twilio = opting.answered_by_twilio(text) and recipient.startswith("tel:+")  # no short code
    return opting.wish(text), by_twilio


def _address(twilio: str) -> str:
    """Return Twilio's address with a scheme: a bare one is a telephone number."""
    return twilio if ":" in twilio or not twilio else f"tel:{twilio}"


def _channel(address: str) -> str:
    return "whatsapp" if address.startswith("whatsapp:") else "sms"


def _decoded(body: str) -> str:
    """Return the text of a body; rarely, a long message put together from its parts is in base64."""
    if len(body) < 60 or not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", body):
        return body
    try:
        text = base64.b64decode(body, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return body
    words = text.split()
    return text if len(words) > 1 and all(map(str.isprintable, words)) else body


def _media(first: Mapping[str, str]) -> tuple[Media, ...]:
    """Return the files of a message; visiting cards are none of ours."""
    names = sorted((int(n[8:]), n) for n in first if re.fullmatch(r"MediaUrl\d{1,3}", n))
    files = (
        Media(ref=first[name], content_type=first.get(f"MediaContentType{index}", "")) for index, name in names
    )
    return tuple(file for file in files if file.ref and "vcard" not in file.content_type.lower())


def _pin(first: Mapping[str, str]) -> Pin | None:
    try:
        lat, long = float(first.get("Latitude", "")), float(first.get("Longitude", ""))
    except ValueError:
        return None
    label = ", ".join(part for part in (first.get("Label"), first.get("Address")) if part)
    return Pin(lat=lat, long=long, label=label) if abs(lat) <= 90 and abs(long) <= 180 else None


def parse_status(form: Mapping[str, str], outbox_id: str) -> Receipt | None:
    """Return what a status callback reports; None for a status we do not know."""
    status = form.get("MessageStatus") or form.get("SmsStatus") or ""
    sid = form.get("MessageSid") or form.get("SmsSid") or ""
    state = _STATES.get(status.lower())
    if not state or not sid:
        return None
    return Receipt(
        channel=_channel(form.get("To", "")),
        external_id=storable(sid),
        outbox_id=storable(outbox_id),
        state=state,
        error_code=storable(form.get("ErrorCode", "")),
    )


def explain(code: str) -> str:
    """Return in words what a Twilio error code says of a message, also one that came with a receipt."""
    known = (meaning for meaning, _, codes in _REFUSALS if code.isdecimal() and int(code) in codes)
    return next(known, "the provider could not deliver it")


def refusal(code: int, status: int = 400) -> SendError:
    """Return what a Twilio error code and HTTP status mean for a message."""
    if status == 429:
        code = 20429
    if status in (401, 403):
        code = 20003
    if status >= 500 or status == 408:
        return SendError("Twilio failed", code=str(code), retryable=True, unknown=True)
    for meaning, consequence, codes in _REFUSALS:
        if code in codes:
            return SendError(
                f"Twilio: {meaning}",
                code=str(code),
                retryable=consequence == "retryable",
                unreachable=consequence == "unreachable",
                operator=consequence == "operator",
            )
    return SendError("Twilio refused the message", code=str(code))


class TwilioChannel:
    """Sends by Twilio's REST API: SMS and MMS to `tel:`, WhatsApp to `whatsapp:`."""

    def __init__(self, settings: TwilioSettings) -> None:
        self._settings = settings
        # One client per thread: Twilio's keeps the last answer on itself, and threads that share it
        # can be handed one another's.
        self._local = threading.local()

    @property
    def _client(self) -> Any:
        if not hasattr(self._local, "client"):
            settings = self._settings
            kept = KeptConnections(settings.api_base_url, timeout=settings.timeout)
            client = Client(settings.account_sid, settings.auth_token, http_client=kept)
            client.api.base_url = settings.api_base_url.rstrip("/")
            self._local.client = client
        return self._local.client

    def send(self, message: Outbound) -> str:
        """Hand a message to Twilio and return its SID; raises `SendError`."""
        parameters: dict[str, Any] = {
            "to": _to(message),
            "body": _body(message),
            "status_callback": f"{self._settings.public_base_url.rstrip('/')}{STATUS_WEBHOOK}"
            f"?outbox={message.outbox_id}",
            **self._from(message),
        }
        if message.media_urls:
            parameters["media_url"] = list(message.media_urls)
        try:
            return str(self._client.messages.create(**parameters).sid)
        except TwilioException as error:
            raise refusal(getattr(error, "code", 0) or 0, getattr(error, "status", 400)) from None
        except HTTPError as error:
            unknown = not never_left(error)
            raise SendError("Twilio did not answer", retryable=True, unknown=unknown) from None
        except ValueError:  # an answer that is no JSON: something between us and Twilio spoke
            raise SendError("Twilio's answer made no sense", retryable=True, unknown=True) from None

    def _from(self, message: Outbound) -> dict[str, str]:
        """Return who the message is from: the service, else the number that the resident wrote to."""
        if self._settings.sender.startswith("MG"):
            return {"messaging_service_sid": self._settings.sender}
        number = (message.sender or self._settings.sender).removeprefix("tel:")
        if _channel(message.recipient) == "whatsapp" and ":" not in number:
            number = f"whatsapp:{number}"
        return {"from_": number}

    def find_sent(self, message: Outbound) -> str | None:
        """Return the SID of a message whose sending had an unknown outcome, if Twilio took it.

        Twilio's `DateSent` filter is not used: a message that still waits has no such date.
        """
        if message.sent_after is None:
            return None
        since, body = message.sent_after - _CLOCKS_APART, _body(message).strip()
        try:
            for sent in self._client.messages.list(to=_to(message), limit=50, page_size=50):
                same = (sent.body or "").removeprefix(_TRIAL).strip() == body
                outbound = str(sent.direction).startswith("outbound")
                if same and outbound and sent.date_created and sent.date_created >= since:
                    return str(sent.sid)
        except (TwilioException, HTTPError, ValueError):
            raise SendError("Twilio cannot be asked now", retryable=True) from None
        return None

    def fetch(self, media_item: Media, limit: int) -> bytes:
        """Return a file's bytes; raises `FetchError`. Only Twilio's own hosts see our credentials."""
        base = self._settings.api_base_url
        own = (base, "https://*.twilio.com") if urlsplit(base).scheme == "https" else (base,)
        credentials = (self._settings.account_sid, self._settings.auth_token)
        return media.download(media_item.ref, limit=limit, allow=own, auth=credentials)

    def cost(self, text: str) -> int:
        """Return how many SMS segments the text takes."""
        return gsm7.segments(gsm7.normalise(text))

    def health(self) -> str:
        """Return "" when Twilio accepts our credentials, else one sentence saying what to do."""
        try:
            account = self._client.api.accounts(self._settings.account_sid).fetch()
        except TwilioException as error:
            if getattr(error, "status", 0) in (401, 403, 404):
                return "Twilio refuses the credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
            return "Twilio answers with an error: see status.twilio.com and try again."
        except (HTTPError, ValueError):
            return "Twilio cannot be reached: check the network and TWILIO_API_BASE_URL."
        if account.status != "active":
            return f"The Twilio account is {account.status}: see console.twilio.com."
        return ""


def _to(message: Outbound) -> str:
    return message.recipient.removeprefix("tel:")


def _body(message: Outbound) -> str:
    """Return the text as we send it; by SMS a single curly quote would double what it costs."""
    return message.text if _channel(message.recipient) == "whatsapp" else gsm7.normalise(message.text)
