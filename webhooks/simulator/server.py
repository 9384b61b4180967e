"""The simulator: both providers, the media network and the phone page, on ports of this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

from webhooks.simulator.calling import AppAddress
from webhooks.simulator.faults import Delivery, Faults
from webhooks.simulator.files import Photo
from webhooks.simulator.loopback import ApiServer, LoopbackServer
from webhooks.simulator.phones import City, Desk, PhonePage
from webhooks.simulator.scheduler import Scheduler
from webhooks.simulator.telegram import Telegram, Venue
from webhooks.simulator.telegram_api import BotApi
from webhooks.simulator.telegram_updates import Webhook
from webhooks.simulator.threads import Entry, Threads
from webhooks.simulator.twilio import Twilio
from webhooks.simulator.twilio_account import OptOut, TwilioAccount
from webhooks.simulator.twilio_api import MediaNetwork, TwilioApi

TELEGRAM_PATH = "/webhooks/telegram"


class Simulator:
    """A Twilio and a Telegram for one app, and the residents who use them.

    `webhook_base_url` is where the app listens and may be set later; `public_base_url` is what the
    app believes its address to be, where that differs. Threads go by the resident's address:
    "+15550101", "whatsapp:+15550101" or a Telegram chat id. Use it as a context manager, or `start`
    and `stop`.

    `twilio_webhook` is the path Twilio is configured with, its retries in the fragment; `status_delay`
    the seconds between the states of a text. Telegram's back-off and lifetimes are divided by
    `telegram_speed`; who waits for an update is told of failure after `telegram_patience` attempts.
    `callers` is how many of their requests may be on the way to the app at a time. `port` is the phone page's.
    """

    def __init__(
        self,
        webhook_base_url: str = "",
        *,
        public_base_url: str = "",
        account_sid: str = "AC" + "0" * 32,
        auth_token: str = "simulated-auth-token",  # noqa: S107 - opens nothing
        bot_token: str = "4242:simulated-bot-token",  # noqa: S107 - opens nothing
        webhook_secret: str = "",
        twilio_number: str = "+15550100",
        opt_out: OptOut = "default",
        twilio_webhook: str = "/webhooks/twilio#rc=3&rp=5xx,ct,rt",
        status_delay: float = 0.0,
        telegram_speed: float = 1.0,
        telegram_patience: int = 4,
        callers: int = 16,
        port: int = 0,
        city: City | None = None,
        city_name: str = "Riverton",
        desk: Desk | None = None,
        suggestions: Sequence[str] = (),
    ) -> None:
        self._secret = webhook_secret
        self._threads = Threads()
        self._scheduler = Scheduler(callers)
        self._app = AppAddress(webhook_base_url, public_base_url)
        account = TwilioAccount(account_sid, auth_token, twilio_number, opt_out)
        self._twilio = Twilio(account, self._app, self._threads, self._scheduler)
        self._twilio.webhook_path = twilio_webhook
        self._twilio.status_delay = status_delay
        self._telegram = Telegram(bot_token, self._app, self._threads, self._scheduler)
        self._telegram.updates.speed = telegram_speed
        self._telegram.updates.patience = telegram_patience
        self._cdn = MediaNetwork()
        self._page = PhonePage(
            self._threads,
            self._twilio,
            self._telegram,
            city=city,
            city_name=city_name,
            desk=desk,
            suggestions=suggestions,
        )
        self._twilio_server = ApiServer(TwilioApi(self._twilio, self._cdn).create_app())
        self._cdn_server = LoopbackServer(self._cdn.create_app())
        self._telegram_server = ApiServer(BotApi(self._telegram.bot, self._telegram.methods).create_app())
        self._page_server = LoopbackServer(self._page.create_app(), port)
        self._point_telegram()

    # -- running

    def start(self) -> Simulator:
        """Open the ports and begin to deliver."""
        self._threads.open()
        self._scheduler.start()
        for server in self._servers:
            server.start()
        self._twilio.base_url = self._twilio_server.url
        self._cdn.base_url = self._cdn_server.url
        return self

    def stop(self) -> None:
        """Close everything; what has not been delivered is lost."""
        self._threads.close()
        self._scheduler.stop()
        for server in self._servers:
            server.stop()
        self._app.close()

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _servers(self) -> tuple[LoopbackServer, ...]:
        return (self._twilio_server, self._cdn_server, self._telegram_server, self._page_server)

    @property
    def twilio_base_url(self) -> str:
        """What TWILIO_API_BASE_URL is to be."""
        return self._twilio_server.url

    @property
    def telegram_base_url(self) -> str:
        """What TELEGRAM_API_BASE_URL is to be."""
        return self._telegram_server.url

    @property
    def phones_url(self) -> str:
        """Where the phone page is."""
        return self._page_server.url

    @property
    def webhook_base_url(self) -> str:
        """Where the app listens."""
        return self._app.private

    @webhook_base_url.setter
    def webhook_base_url(self, url: str) -> None:
        self._app.private = url.rstrip("/")
        self._point_telegram()

    @property
    def desk(self) -> Desk | None:
        """The city's side of the phone page; may be set later, as the app's address may."""
        return self._page.desk

    @desk.setter
    def desk(self, desk: Desk) -> None:
        self._page.desk = desk

    def _point_telegram(self) -> None:
        """Send updates to the app's usual path; an app that calls setWebhook overrules it."""
        if self._app.public:
            self._telegram.updates.set_webhook(
                Webhook(url=self._app.public + TELEGRAM_PATH, secret=self._secret)
            )

    # -- residents

    def sms(
        self,
        from_: str,
        text: str = "",
        photos: Sequence[Photo] = (),
        *,
        channel: str = "sms",
        location: tuple[float, float] | None = None,
        media_type: str = "",
        extra: Mapping[str, str] | None = None,
        wait: bool = True,
    ) -> str:
        """Text the city's number, by "sms" or "whatsapp"; returns the MessageSid.

        `media_type` is declared for the photos instead of their own; `extra` replaces or adds form
        parameters. With `wait` it returns when the app has answered and raises `WebhookFailed` when
        that, after Twilio's retries, was no 2xx.
        """
        sender = f"whatsapp:{from_}" if channel == "whatsapp" else from_
        return self._twilio.receive(
            sender, text, photos, location=location, media_type=media_type, extra=extra, wait=wait
        )

    def telegram(
        self,
        chat: int,
        text: str = "",
        photos: Sequence[Photo] = (),
        *,
        document: Photo | None = None,
        location: tuple[float, float] | None = None,
        venue: Venue | None = None,
        press: str = "",
        edit: tuple[int, str] | None = None,
        reply_to: int | None = None,
        wait: bool = True,
    ) -> int:
        """Write to the bot, press a button or edit a message; returns the message id.

        With `wait` it returns when the app has answered and raises `WebhookFailed` after
        `telegram_patience` answers that were no 2xx; Telegram itself goes on trying.
        """
        if press:
            return self._telegram.press(chat, press, location=location, wait=wait)
        if edit:
            return self._telegram.edit(chat, *edit, wait=wait)
        return self._telegram.write(
            chat, text, photos, document=document, location=location, venue=venue, reply_to=reply_to, wait=wait
        )

    def block(self, chat: int, *, wait: bool = True) -> None:
        """Have a Telegram resident block the bot."""
        self._telegram.block(chat, wait=wait)

    def unblock(self, chat: int, *, wait: bool = True) -> None:
        """Have a Telegram resident unblock the bot."""
        self._telegram.block(chat, blocked=False, wait=wait)

    def migrate(self, old: int, new: int, *, wait: bool = True) -> None:
        """Turn a Telegram group into a supergroup with another id."""
        self._telegram.migrate(old, new, wait=wait)

    def update(self, kind: str, payload: dict[str, object], chat: int, *, wait: bool = True) -> int:
        """Send any Telegram update, known or not; returns its update_id."""
        return self._telegram.raw(kind, payload, chat, wait=wait)

    def open_chat(self, chat: int) -> None:
        """Let the bot know a Telegram chat in which nobody has written yet."""
        self._telegram.chat(chat)

    # -- what they see

    def thread(self, address: str | int) -> list[Entry]:
        """Return a thread's messages in order, both directions."""
        return self._threads.of(str(address))

    def wait_for_reply(
        self, address: str | int, *, containing: str = "", after: Entry | None = None, timeout: float = 60.0
    ) -> Entry:
        """Return the bot's first message since `after`, or since the resident last did something.

        Raises `TimeoutError` after `timeout` seconds.
        """
        return self._threads.wait_for_reply(str(address), containing=containing, after=after, timeout=timeout)

    def listen(self, listener: Callable[[Entry], None]) -> None:
        """Have `listener` called with every message that comes into a thread; it must not wait."""
        self._threads.listener = listener

    def settle(self, timeout: float = 60.0) -> None:
        """Wait until every webhook and callback has been taken; raises `TimeoutError`."""
        self._scheduler.settle(timeout)

    @property
    def outstanding(self) -> int:
        """Webhooks and callbacks the app has not taken yet."""
        return self._scheduler.left

    # -- what goes wrong

    @property
    def twilio_faults(self) -> Faults:
        """What goes wrong when the app sends by Twilio, by recipient."""
        return self._twilio.faults

    @property
    def telegram_faults(self) -> Faults:
        """What goes wrong when the app sends by Telegram, by chat."""
        return self._telegram.faults

    @property
    def twilio_delivery(self) -> Delivery:
        """How residents' texts are delivered to the app."""
        return self._twilio.delivery

    @property
    def telegram_delivery(self) -> Delivery:
        """How Telegram's updates are delivered to the app."""
        return self._telegram.updates.delivery

    def flush(self) -> None:
        """Send the texts still held back for reordering."""
        self._twilio.flush()

    @property
    def alerts(self) -> list[str]:
        """What Twilio's debugger shows: webhooks and callbacks that failed, bad TwiML."""
        return self._twilio.alerts

    @property
    def pending_updates(self) -> int:
        """How many Telegram updates the app has not taken."""
        return len(self._telegram.updates.pending())

    @property
    def unanswered_presses(self) -> int:
        """How many pressed Telegram buttons still show their clock."""
        return len(self._telegram.bot.queries)
