"""A Twilio that runs on this machine: what residents text goes out as webhooks, what the app sends comes in."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from webhooks.simulator.calling import Answer, AppAddress, CallFailed, WebhookFailed
from webhooks.simulator.faults import Delivery, Fault, Faults
from webhooks.simulator.files import Photo, StoredFile, sniff, store
from webhooks.simulator.scheduler import Scheduler
from webhooks.simulator.segments import segments
from webhooks.simulator.threads import Author, Entry, Threads
from webhooks.simulator.twilio_account import (
    API_VERSION,
    CARRIER_ANSWERS,
    Message,
    TwilioAccount,
    TwilioError,
    new_sid,
)
from webhooks.simulator.twilio_webhooks import TwilioWebhooks

_PLACE_PARAMS = tuple(side + part for side in ("From", "To") for part in ("City", "State", "Zip", "Country"))

_FETCHING = {"User-Agent": "TwilioProxy/1.1", "Accept": "*/*"}


class Twilio:
    """One account with one number, the residents who text it, and the wire between them and the app.

    `status_delay` is how many seconds a message takes from each state to the next.
    """

    def __init__(self, account: TwilioAccount, app: AppAddress, threads: Threads, scheduler: Scheduler) -> None:
        self.account = account
        self.faults = Faults()
        self.delivery = Delivery()
        self.status_delay = 0.0
        self.webhook_path = "/webhooks/twilio#rc=3&rp=5xx,ct,rt"
        self.base_url = ""
        self.alerts: list[str] = []  # what Twilio's debugger would show
        self._app = app
        self._threads = threads
        self._scheduler = scheduler
        self._webhooks = TwilioWebhooks(app, account.sid, account.auth_token)
        self._held: list[tuple[Message, dict[str, str]]] = []
        self._lock = threading.Lock()

    # -- from the resident to the app

    def receive(
        self,
        sender: str,
        text: str,
        photos: Iterable[Photo] = (),
        *,
        location: tuple[float, float] | None = None,
        media_type: str = "",
        extra: Mapping[str, str] | None = None,
        wait: bool = True,
    ) -> str:
        """Deliver a resident's message and return its sid; `extra` replaces or adds form parameters.

        With `wait` it returns when the app has answered, or raises `WebhookFailed`.
        """
        files = tuple(store(photo, media_type) for photo in photos)
        message = Message(
            sid=new_sid("MM" if files else "SM"),
            account_sid=self.account.sid,
            sender=sender,
            recipient=("whatsapp:" if sender.startswith("whatsapp:") else "") + self.account.number,
            body=text,
            direction="inbound",
            status="received",
            media={new_sid("ME"): file for file in files},
        )
        self.account.keep(message)
        self._show(message, files, "resident", "sending", location)
        keyword = self.account.opt_out_type(sender, text)
        params = self._inbound_params(message, location) | dict(extra or {})
        if keyword and self.account.opt_out == "advanced":
            params["OptOutType"] = keyword
        if keyword:
            self._answer_keyword(message, CARRIER_ANSWERS[keyword])
        self._dispatch(message, params, wait)
        return message.sid

    def flush(self) -> None:
        """Send the webhooks held back for reordering, last first."""
        with self._lock:
            held, self._held = self._held[::-1], []
        self._later(held)

    def _dispatch(self, message: Message, params: dict[str, str], wait: bool) -> None:
        if wait:
            self._scheduler.stopping.wait(self.delivery.delay)
            self._deliver(message, params)
        elif self.delivery.reorder > 1:
            with self._lock:
                self._held.append((message, params))
                full = len(self._held) >= self.delivery.reorder
            if full:
                self.flush()
        else:
            self._later([(message, params)])

    def _later(self, webhooks: list[tuple[Message, dict[str, str]]]) -> None:
        """Deliver in the background, one after another."""

        def deliver() -> None:
            for message, params in webhooks:
                try:
                    self._deliver(message, params)
                except WebhookFailed as failure:
                    self.alerts.append(str(failure))

        self._scheduler.later(self.delivery.delay, deliver)

    def _deliver(self, message: Message, params: dict[str, str]) -> None:
        try:
            for _ in range(1 + self.delivery.duplicates):
                response = self._webhooks.post(self._app.public + self.webhook_path, params)
                self._obey(message, response)
        except WebhookFailed as failure:
            self._threads.change(message.sender, message.sid, status="failed", error=str(failure))
            raise
        self._threads.change(message.sender, message.sid, status="delivered")

    def _inbound_params(self, message: Message, location: tuple[float, float] | None) -> dict[str, str]:
        params = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "AccountSid": message.account_sid,
            "From": message.sender,
            "To": message.recipient,
            "Body": message.body,
            "NumMedia": str(len(message.media)),
            "NumSegments": str(segments(message.body)),
            "SmsStatus": "received",
            "ApiVersion": API_VERSION,
        }
        for number, (media_sid, file) in enumerate(message.media.items()):
            params[f"MediaUrl{number}"] = self.media_url(message.sid, media_sid)
            params[f"MediaContentType{number}"] = file.content_type
        if not message.sender.startswith("whatsapp:"):
            return params | dict.fromkeys(_PLACE_PARAMS, "")
        kind = "location" if location else "image" if message.media else "text"
        params |= {"ProfileName": "Resident", "WaId": message.sender.partition("+")[2], "MessageType": kind}
        if location:
            params |= {"Latitude": str(location[0]), "Longitude": str(location[1])}
        return params

    def media_url(self, message_sid: str, media_sid: str) -> str:
        """Return where the app may fetch a resident's photo."""
        account = f"{self.base_url}/{API_VERSION}/Accounts/{self.account.sid}"
        return f"{account}/Messages/{message_sid}/Media/{media_sid}"

    def _answer_keyword(self, message: Message, text: str) -> None:
        answer = self._reply(message, text)
        answer.progress("delivered")
        self._show(answer, (), "carrier", "delivered")

    def _obey(self, message: Message, response: Answer) -> None:
        """Send what the TwiML answer asks for: replies that have no status callback."""
        if not response.content.strip():
            return
        try:
            twiml = ElementTree.fromstring(response.content)  # noqa: S314 - our own app's answer
        except ElementTree.ParseError:
            self.alerts.append("12100 Document parse failure")
            return
        for verb in twiml.iter("Message"):
            text = "".join(verb.itertext()).strip()
            if message.sender not in self.account.opted_out:
                self._carry(self._reply(message, text), Fault())

    def _reply(self, message: Message, text: str) -> Message:
        return self.account.keep(
            Message(
                sid=new_sid("SM"),
                account_sid=self.account.sid,
                sender=message.recipient,
                recipient=message.sender,
                body=text,
                direction="outbound-reply",
                status="queued",
            )
        )

    # -- from the app to the resident

    def send(self, form: Mapping[str, str], media_urls: tuple[str, ...]) -> Message:
        """Take a message from the app, as the API does; raises `TwilioError`."""
        fault = self.faults.take(form.get("To", ""))
        self._scheduler.stopping.wait(fault.slow)
        if fault.refuse:
            raise TwilioError(fault.refuse, fault.description)
        message = self.account.accept(form, media_urls)
        self._carry(message, fault)
        self._scheduler.stopping.wait(fault.hang)
        return message

    def _carry(self, message: Message, fault: Fault) -> None:
        self._show(message, (), "bot", message.status)
        failure = fault.undelivered or (63016 if self.account.outside_window(message.recipient) else 0)
        states = ("sent", "undelivered" if failure else "delivered")
        if message.media_urls:
            self._scheduler.later(0, functools.partial(self._fetch_media, message))
        told = list(states if fault.callbacks is None else fault.callbacks)
        self._scheduler.later(self.status_delay, lambda: self._step(message, list(states), told, failure))

    def _step(self, message: Message, states: list[str], told: list[str], failure: int) -> None:
        """Go one state further, and tell the app of the next one on the list of what it is told."""
        if states:
            state = states.pop(0)
            message.error_code = failure if state == "undelivered" else None
            message.progress(state)
            error = f"Error {failure}" if state == "undelivered" else ""
            self._threads.change(message.recipient, message.sid, status=message.status, error=error)
        if told:
            self._call_back(message, told.pop(0), failure)
        if states or told:
            self._scheduler.later(self.status_delay, lambda: self._step(message, states, told, failure))

    def _call_back(self, message: Message, status: str, failure: int) -> None:
        if not message.callback:
            return
        params = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "MessageStatus": status,
            "SmsStatus": status,
            "From": message.sender,
            "To": message.recipient,
            "AccountSid": message.account_sid,
            "ApiVersion": API_VERSION,
        }
        if status in ("undelivered", "failed"):
            params["ErrorCode"] = str(failure or 30003)
        if status == "delivered":
            params["RawDlrDoneDate"] = message.created.strftime("%y%m%d%H%M")
        if message.service_sid:
            params["MessagingServiceSid"] = message.service_sid
        try:
            self._webhooks.post(message.callback, params)
        except WebhookFailed as lost:
            self.alerts.append(str(lost))

    def _fetch_media(self, message: Message) -> None:
        """Fetch what the app attached, as Twilio does, with HEAD and then GET."""
        files = []
        for url in message.media_urls:
            try:
                self._app.call("HEAD", url, timeout=(5, 15), headers=_FETCHING)
                response = self._app.call("GET", url, timeout=(5, 15), headers=_FETCHING)
                found = response.status == 200
            except CallFailed:
                found = False
            if found:
                files.append(StoredFile(response.content, sniff(response.content)))
            else:
                self.alerts.append("11200 media not found")
        message.media = {new_sid("ME"): file for file in files}
        self._threads.change(message.recipient, message.sid, photos=tuple(files))

    def _show(
        self,
        message: Message,
        photos: tuple[StoredFile, ...],
        author: Author,
        status: str,
        pin: tuple[float, float] | None = None,
    ) -> None:
        self._threads.add(
            Entry(
                thread=message.sender if author == "resident" else message.recipient,
                id=message.sid,
                author=author,
                text=message.body,
                at=message.created,
                status=status,
                photos=photos,
                pin=pin,
                segments=segments(message.body),
            )
        )
