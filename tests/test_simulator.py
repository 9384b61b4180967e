"""The simulated providers against real clients, and a small bot that answers through them as an app would."""

from __future__ import annotations

import base64
import gzip
import io
import itertools
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import requests
import telegram
from flask import Flask, Response, request
from PIL import Image
from servers import wait_until
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from webhooks.simulator import Fault, Simulator, Venue, WebhookFailed
from webhooks.simulator.loopback import ApiServer, LoopbackServer
from webhooks.simulator.pictures import PICTURES, draw
from webhooks.simulator.segments import segments
from webhooks.simulator.telegram_updates import backoff

SID = "AC" + "5" * 32
TOKEN = "a-token-of-this-test"
AUTHORIZED = "Basic " + base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
BOT = "77:bot-token"
SECRET = "webhook-secret_1"
CITY = "+15550100"
ANA = "+15550101"
BEN = "+15550102"
PATIENT = 60.0  # seconds before a wait that never ends fails


@dataclass
class Seen:
    """A webhook as the bot got it."""

    url: str
    headers: dict[str, str]
    form: dict[str, str] = field(default_factory=dict)
    update: dict[str, Any] = field(default_factory=dict)


class TinyBot:
    """An app of a dozen lines: checks who calls, answers "You said ...", and fails as it is told."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.refuse: Callable[[Seen], int] = lambda _: 200  # the status to answer with
        self.twiml = "<Response/>"
        self.webhook_reply: dict[str, Any] | None = None
        self.public = ""
        self.arrived = threading.Condition()
        self.app = Flask("tiny-bot")
        self.app.add_url_rule("/webhooks/twilio", view_func=self.twilio, methods=["POST"])
        self.app.add_url_rule("/webhooks/twilio/status", view_func=self.status, methods=["POST"])
        self.app.add_url_rule("/webhooks/telegram", view_func=self.telegram, methods=["POST"])
        self.app.add_url_rule("/elsewhere", view_func=self.telegram, methods=["POST"])
        self.app.add_url_rule("/photo.jpg", view_func=lambda: Response(draw("trash"), mimetype="image/jpeg"))
        self.server = LoopbackServer(self.app)

    def twilio(self) -> Response:
        status = self._note(Seen(self._url(), dict(request.headers), form=request.form.to_dict()))
        return Response(self.twiml if status == 200 else "", status, mimetype="text/xml")

    def status(self) -> Response:
        return Response(
            status=self._note(Seen(self._url(), dict(request.headers), form=request.form.to_dict()))
        )

    def telegram(self) -> Response | tuple[dict[str, Any], int]:
        status = self._note(Seen(self._url(), dict(request.headers), update=request.get_json()))
        return (self.webhook_reply, 200) if self.webhook_reply and status == 200 else Response(status=status)

    def _url(self) -> str:
        path = request.full_path if request.query_string else request.path
        return (self.public or self.server.url) + path

    def _note(self, seen: Seen) -> int:
        if seen.form and not RequestValidator(TOKEN).validate(
            seen.url, seen.form, seen.headers["X-Twilio-Signature"]
        ):
            return 403
        if seen.update and seen.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return 403
        with self.arrived:
            self.seen.append(seen)
            self.arrived.notify_all()
        return self.refuse(seen)

    def wait_until(self, happened: Callable[[], bool]) -> None:
        with self.arrived:
            assert self.arrived.wait_for(happened, PATIENT)

    @property
    def texts(self) -> list[str]:
        return [s.form.get("Body") or s.update.get("message", {}).get("text", "") for s in self.seen]

    @property
    def statuses(self) -> list[str]:
        return [seen.form["MessageStatus"] for seen in self.seen if "MessageStatus" in seen.form]


@pytest.fixture
def bot() -> Iterator[TinyBot]:
    tiny = TinyBot()
    tiny.server.start()
    yield tiny
    tiny.server.stop()


@contextmanager
def serving(server: LoopbackServer) -> Iterator[LoopbackServer]:
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sim(bot: TinyBot) -> Iterator[Simulator]:
    with make_simulator(bot) as simulator:
        yield simulator


def make_simulator(bot: TinyBot, **options: Any) -> Simulator:
    return Simulator(
        webhook_base_url=bot.server.url,
        account_sid=SID,
        auth_token=TOKEN,
        bot_token=BOT,
        webhook_secret=SECRET,
        twilio_number=CITY,
        **{"telegram_speed": 1000.0} | options,
    )


def twilio_client(sim: Simulator) -> Client:
    client = Client(SID, TOKEN)
    client.api.base_url = sim.twilio_base_url
    return client


def post_message(sim: Simulator, **form: str) -> requests.Response:
    url = f"{sim.twilio_base_url}/2010-04-01/Accounts/{SID}/Messages.json"
    complete = {"To": ANA, "From": CITY, "Body": "hello"} | form
    return requests.post(url, data={k: v for k, v in complete.items() if v}, auth=(SID, TOKEN), timeout=PATIENT)


def call(sim: Simulator, method: str, token: str = BOT, **params: Any) -> requests.Response:
    return requests.post(f"{sim.telegram_base_url}/bot{token}/{method}", json=params, timeout=PATIENT)


def result(sim: Simulator, method: str, **params: Any) -> Any:
    answer = call(sim, method, **params).json()
    assert answer["ok"], answer
    return answer["result"]


def refusal(sim: Simulator, method: str, **params: Any) -> tuple[int, str]:
    response = call(sim, method, **params)
    answer = response.json()
    assert not answer["ok"]
    assert answer["error_code"] == response.status_code
    return answer["error_code"], answer["description"]


# -- Twilio's REST API


def test_twilios_own_client_sends_and_reads_back(sim: Simulator) -> None:
    client = twilio_client(sim)
    sent = client.messages.create(to=ANA, from_=CITY, body="The crew is on its way")
    assert (sent.status, sent.num_segments, sent.direction) == ("queued", "1", "outbound-api")
    sim.settle()
    read = client.messages(sent.sid).fetch()
    assert (read.status, read.body, read.error_code) == ("delivered", "The crew is on its way", None)
    assert client.api.accounts(SID).fetch().status == "active"
    assert [entry.text for entry in sim.thread(ANA)] == ["The crew is on its way"]


def test_an_error_has_twilios_four_members(sim: Simulator) -> None:
    url = f"{sim.twilio_base_url}/2010-04-01/Accounts/{SID}/Messages.json"
    response = requests.post(url, auth=(SID, "wrong"), timeout=PATIENT)
    assert response.status_code == 401
    more_info = "https://www.twilio.com/docs/errors/20003"
    assert response.json() == {"code": 20003, "message": "Authenticate", "more_info": more_info, "status": 401}
    assert requests.get(url, timeout=PATIENT).status_code == 401
    with pytest.raises(TwilioRestException) as refused:
        twilio_client(sim).messages("SM" + "0" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"To": ""}, 21604),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21602),
        ({"To": "5550101"}, 21211),
        ({"From": "+15550199"}, 21606),
        ({"To": f"whatsapp:{ANA}"}, 21612),
        ({"Body": "x" * 1601}, 21617),
        ({"StatusCallback": "not-a-url"}, 21609),
        ({"MediaUrl": "file:///etc/hosts"}, 21620),
    ],
)
def test_what_twilio_refuses(sim: Simulator, form: dict[str, str], code: int) -> None:
    response = post_message(sim, **form)
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert sim.thread(ANA) == []


def test_a_messaging_service_picks_the_number(sim: Simulator) -> None:
    message = post_message(sim, From="", MessagingServiceSid="MG" + "0" * 32).json()
    assert (message["status"], message["from"]) == ("accepted", CITY)


def test_messages_are_listed_latest_first_by_recipient_and_time(sim: Simulator) -> None:
    client = twilio_client(sim)
    for number, text in ((ANA, "one"), (BEN, "two"), (ANA, "three")):
        client.messages.create(to=number, from_=CITY, body=text)
    now = datetime.now(UTC)
    assert [m.body for m in client.messages.list(to=ANA)] == ["three", "one"]
    assert len(client.messages.list(date_sent_after=now - timedelta(minutes=1))) == 3
    assert client.messages.list(date_sent_after=now + timedelta(minutes=1)) == []
    assert client.messages.list(date_sent_before=now - timedelta(minutes=1)) == []
    assert len(client.messages.list(date_sent=now.date())) == 3
    assert [m.body for m in client.messages.list(page_size=2)] == ["three", "two", "one"]
    url = f"{sim.twilio_base_url}/2010-04-01/Accounts/{SID}/Messages.json?DateSent>=soon"
    assert requests.get(url, auth=(SID, TOKEN), timeout=PATIENT).status_code == 400


def test_a_message_can_be_redacted_and_deleted(sim: Simulator, bot: TinyBot) -> None:
    sid = sim.sms(ANA, "my address is 12 Oak St")
    message = twilio_client(sim).messages(sid)
    assert message.update(body="").body == ""
    assert message.delete()
    assert twilio_client(sim).messages.list(from_=ANA) == []


# -- Twilio's media


def test_media_leads_to_another_port_which_refuses_credentials(sim: Simulator, bot: TinyBot) -> None:
    sid = sim.sms(ANA, "look", [draw("pothole")])
    form = bot.seen[0].form
    assert (form["NumMedia"], form["MediaContentType0"]) == ("1", "image/jpeg")
    url = form["MediaUrl0"]
    assert requests.get(url, timeout=PATIENT).status_code == 401
    hop = requests.get(url, auth=(SID, TOKEN), allow_redirects=False, timeout=PATIENT)
    target = hop.headers["Location"]
    assert hop.status_code == 307
    assert urlsplit(target).port != urlsplit(url).port
    assert requests.get(target, auth=(SID, TOKEN), timeout=PATIENT).status_code == 400
    assert requests.get(url, auth=(SID, TOKEN), timeout=PATIENT).content == draw("pothole")
    assert twilio_client(sim).messages(sid).media(url.rpartition("/")[2]).delete()
    assert requests.get(url, auth=(SID, TOKEN), timeout=PATIENT).status_code == 404
    assert requests.get(target, timeout=PATIENT).status_code == 403


def test_media_may_be_late_may_lie_and_may_lead_elsewhere(sim: Simulator, bot: TinyBot) -> None:
    sim.twilio_delivery.media_misses = 1
    sim.sms(ANA, photos=[b"no picture"], media_type="image/png")
    form = bot.seen[0].form
    assert form["MediaContentType0"] == "image/png"
    statuses = [
        requests.get(form["MediaUrl0"], auth=(SID, TOKEN), timeout=PATIENT).status_code for _ in range(2)
    ]
    assert statuses == [404, 200]
    sim.twilio_delivery.media_redirect = "http://10.0.0.1/inside"
    hop = requests.get(form["MediaUrl0"], auth=(SID, TOKEN), allow_redirects=False, timeout=PATIENT)
    assert hop.headers["Location"] == "http://10.0.0.1/inside"


def test_the_apps_pictures_are_fetched_and_shown(sim: Simulator, bot: TinyBot) -> None:
    post_message(sim, MediaUrl=f"{bot.server.url}/photo.jpg")
    sim.settle()
    assert [photo.content for photo in sim.thread(ANA)[-1].photos] == [draw("trash")]
    post_message(sim, MediaUrl=f"{bot.server.url}/missing.jpg")
    sim.settle()
    assert sim.alerts == ["11200 media not found"]


# -- Twilio's webhooks


def test_a_text_arrives_signed_with_blank_place_params(sim: Simulator, bot: TinyBot) -> None:
    sid = sim.sms(ANA, "theres a huge pothole é 😀")
    (seen,) = bot.seen  # which the bot noted only because its signature was right
    assert seen.form["MessageSid"] == seen.form["SmsSid"] == seen.form["SmsMessageSid"] == sid
    assert (seen.form["From"], seen.form["To"], seen.form["AccountSid"]) == (ANA, CITY, SID)
    assert seen.form["Body"] == "theres a huge pothole é 😀"
    assert seen.form["SmsStatus"] == "received"
    blank = [s + part for s in ("From", "To") for part in ("City", "State", "Zip", "Country")]
    assert [seen.form[name] for name in blank] == [""] * 8
    assert seen.headers["I-Twilio-Idempotency-Token"]
    signature = seen.headers["X-Twilio-Signature"]
    assert not RequestValidator(TOKEN).validate(seen.url + "?x=1", seen.form, signature)
    assert [(e.author, e.text, e.status) for e in sim.thread(ANA)] == [
        ("resident", seen.form["Body"], "delivered")
    ]


def test_the_public_address_is_signed_and_the_private_one_called(bot: TinyBot) -> None:
    bot.public = "https://311.riverton.example"
    with make_simulator(bot, public_base_url=bot.public) as sim:
        sim.sms(ANA, "hello")
        sim.telegram(1001, "hello")
        post_message(sim, StatusCallback=f"{bot.public}/webhooks/twilio/status?outbox=7")
        sim.settle()
    assert bot.texts[:2] == ["hello", "hello"]
    assert bot.statuses == ["sent", "delivered"]
    assert {seen.headers["Host"] for seen in bot.seen} == {"311.riverton.example"}


def test_a_failed_webhook_is_repeated_with_the_same_token(sim: Simulator, bot: TinyBot) -> None:
    bot.refuse = lambda _: 200 if len(bot.seen) == 3 else 500
    sim.sms(ANA, "hello")
    assert len(bot.seen) == 3
    assert len({seen.headers["I-Twilio-Idempotency-Token"] for seen in bot.seen}) == 1
    assert len({seen.form["MessageSid"] for seen in bot.seen}) == 1


@pytest.mark.parametrize(
    ("fragment", "status", "tries"),
    [
        ("", 500, 1),
        ("#rc=2&rp=5xx", 500, 3),
        ("#rc=2&rp=5xx", 404, 1),
        ("#rc=1&rp=4xx", 404, 2),
        ("#rc=9&rp=all", 400, 6),
    ],
)
def test_the_fragment_says_what_is_repeated(bot: TinyBot, fragment: str, status: int, tries: int) -> None:
    bot.refuse = lambda _: status
    with make_simulator(bot, twilio_webhook=f"/webhooks/twilio{fragment}") as sim:
        with pytest.raises(WebhookFailed) as failed:
            sim.sms(ANA, "hello")
        assert sim.thread(ANA)[0].status == "failed"
    assert (failed.value.status, len(bot.seen)) == (status, tries)


def test_nobody_listening_is_a_failure_without_a_status() -> None:
    with Simulator() as sim:
        with pytest.raises(WebhookFailed) as failed:
            sim.sms(ANA, "hello")
        assert failed.value.status is None
        sim.sms(ANA, "unwaited", wait=False)
        sim.settle()
        assert len(sim.alerts) == 1


@pytest.mark.parametrize(
    ("status", "form"), [(301, {}), (302, {}), (303, {}), (307, {"Body": "hi"}), (308, {"Body": "hi"})]
)
def test_a_redirect_is_followed_and_may_lose_the_form(status: int, form: dict[str, str]) -> None:
    landed = []
    app = Flask("moved")

    @app.post("/webhooks/twilio")
    def moved() -> Response:
        return Response(status=status, headers={"Location": "/now?here=1"})

    @app.route("/now", methods=["GET", "POST"])
    def now() -> str:
        landed.append((request.full_path, request.form.to_dict()))
        return ""

    with serving(LoopbackServer(app)) as server, Simulator(server.url) as sim:
        sim.sms(ANA, "hi")
    ((path, arrived),) = landed
    assert (path, {name: arrived[name] for name in arrived if name == "Body"}) == ("/now?here=1", form)
    assert ("MessageSid" in arrived) == bool(form)


def test_what_the_app_has_not_taken_yet_is_counted() -> None:
    app, released = Flask("slow"), threading.Event()

    @app.post("/webhooks/twilio")
    def take() -> str:
        released.wait(30)
        return ""

    with serving(LoopbackServer(app)) as server, Simulator(server.url) as sim:
        sim.sms(ANA, "hi", wait=False)
        with pytest.raises(TimeoutError):
            sim.settle(0.1)
        assert sim.outstanding == 1
        released.set()
        sim.settle()
        assert sim.outstanding == 0


def test_an_endless_redirect_is_a_failure() -> None:
    app = Flask("in circles")
    app.add_url_rule(
        "/webhooks/twilio",
        view_func=lambda: Response(status=307, headers={"Location": "/webhooks/twilio"}),
        methods=["POST"],
    )
    with serving(LoopbackServer(app)) as server, Simulator(server.url) as sim, pytest.raises(WebhookFailed):
        sim.sms(ANA, "hi")


def test_calls_keep_their_connection_until_the_app_closes_it(bot: TinyBot) -> None:
    ports = []
    bot.app.before_request(lambda: ports.append(request.environ["REMOTE_PORT"]))
    with serving(ApiServer(bot.app)) as server:
        bot.public = server.url
        with make_simulator(bot) as sim:
            sim.webhook_base_url = server.url
            sim.sms(ANA, "one")
            sim.telegram(1001, "two")
            sim.sms(ANA, "three")
            server.stop()
            server.start()
            sim.sms(ANA, "four")
    assert bot.texts == ["one", "two", "three", "four"]
    assert len(set(ports[:3])) == 1
    assert ports[3] != ports[0]


def test_a_compressed_answer_is_read(sim: Simulator, bot: TinyBot) -> None:
    bot.twiml = "<Response><Message>Thank you!</Message></Response>"

    @bot.app.after_request
    def compress(response: Response) -> Response:
        response.set_data(gzip.compress(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        return response

    sim.sms(ANA, "hello")
    assert sim.wait_for_reply(ANA).text == "Thank you!"


def test_duplicates_bear_one_sid_and_several_tokens(sim: Simulator, bot: TinyBot) -> None:
    sim.twilio_delivery.duplicates = 2
    sim.sms(ANA, "hello")
    assert len({seen.form["MessageSid"] for seen in bot.seen}) == 1
    assert len({seen.headers["I-Twilio-Idempotency-Token"] for seen in bot.seen}) == 3


def test_texts_can_overtake_one_another(bot: TinyBot) -> None:
    with make_simulator(bot) as sim:
        sim.twilio_delivery.reorder = 3
        sim.sms(ANA, "one", wait=False)
        sim.sms(ANA, "two", wait=False)
        sim.settle()
        assert bot.seen == []
        sim.flush()
        sim.settle()
        assert bot.texts == ["two", "one"]
    assert [entry.text for entry in sim.thread(ANA)] == ["one", "two"]


def test_a_twiml_answer_is_sent_and_a_broken_one_is_an_alert(sim: Simulator, bot: TinyBot) -> None:
    bot.twiml = "<Response><Message>Thanks &amp; bye</Message></Response>"
    sim.sms(ANA, "hello")
    assert sim.wait_for_reply(ANA).text == "Thanks & bye"
    bot.twiml = "OK"
    sim.sms(ANA, "again")
    assert sim.alerts == ["12100 Document parse failure"]


def test_extra_parameters_are_signed_too(sim: Simulator, bot: TinyBot) -> None:
    sim.sms(ANA, "hello", extra={"Body": "nul \0 here", "NewParameter": "surprise"})
    assert (bot.seen[0].form["Body"], bot.seen[0].form["NewParameter"]) == ("nul \0 here", "surprise")


def test_whatsapp_comes_through_the_same_door(sim: Simulator, bot: TinyBot) -> None:
    sim.sms(ANA, channel="whatsapp", location=(41.5, -90.25))
    form = bot.seen[0].form
    assert (form["From"], form["To"]) == (f"whatsapp:{ANA}", f"whatsapp:{CITY}")
    assert (form["Latitude"], form["Longitude"], form["MessageType"]) == ("41.5", "-90.25", "location")
    assert (form["WaId"], form["ProfileName"]) == (ANA[1:], "Resident")
    post_message(sim, To=f"whatsapp:{ANA}", From=f"whatsapp:{CITY}")
    post_message(sim, To=f"whatsapp:{BEN}", From=f"whatsapp:{CITY}")  # who has not written to us
    sim.settle()
    assert sim.thread(f"whatsapp:{ANA}")[-1].status == "delivered"
    assert twilio_client(sim).messages.list(to=f"whatsapp:{BEN}")[0].error_code == 63016


# -- Twilio's status callbacks


@pytest.mark.parametrize(
    ("fault", "told", "status"),
    [
        (Fault(), ["sent", "delivered"], "delivered"),
        (Fault(callbacks=("delivered", "sent", "sent")), ["delivered", "sent", "sent"], "delivered"),
        (Fault(callbacks=()), [], "delivered"),
        (Fault(undelivered=30006), ["sent", "undelivered"], "undelivered"),
    ],
)
def test_callbacks(sim: Simulator, bot: TinyBot, fault: Fault, told: list[str], status: str) -> None:
    sim.twilio_faults.put(fault, ANA)
    sid = post_message(sim, StatusCallback=f"{bot.server.url}/webhooks/twilio/status?outbox=7").json()["sid"]
    sim.settle()
    assert bot.statuses == told  # never "queued": there is no callback for the initial state
    assert all(seen.form["MessageSid"] == sid and seen.url.endswith("?outbox=7") for seen in bot.seen)
    assert twilio_client(sim).messages(sid).fetch().status == status
    if fault.undelivered:
        assert bot.seen[-1].form["ErrorCode"] == "30006"
        assert sim.thread(ANA)[-1].error == "Error 30006"


# -- opting out


def test_stop_blocks_until_start(sim: Simulator, bot: TinyBot) -> None:
    sim.sms(ANA, " stop ")
    assert bot.texts == [" stop "]  # the webhook comes all the same
    assert "OptOutType" not in bot.seen[0].form
    assert post_message(sim).json()["code"] == 21610
    assert post_message(sim, To=BEN).status_code == 201
    sim.sms(ANA, "YES")
    assert post_message(sim).status_code == 201
    answers = [entry.text for entry in sim.thread(ANA) if entry.author == "carrier"]
    assert ["unsubscribed" in answers[0], "re-subscribed" in answers[1]] == [True, True]


@pytest.mark.parametrize("word", ["STOPALL", "Unsubscribe", "cancel", "END", "quit", "REVOKE", "OptOut"])
def test_the_whole_family_of_stop(sim: Simulator, word: str) -> None:
    sim.sms(ANA, word)
    assert post_message(sim).json()["code"] == 21610


@pytest.mark.parametrize("text", ["please stop", "OPT OUT", "yes", "stop the noise at 5th and main"])
def test_other_texts_are_no_keywords(sim: Simulator, text: str) -> None:
    sim.sms(ANA, text)
    assert post_message(sim).status_code == 201
    assert all(entry.author != "carrier" for entry in sim.thread(ANA))


def test_advanced_opt_out_names_the_keyword(bot: TinyBot) -> None:
    with make_simulator(bot, opt_out="advanced") as sim:
        for text in ("STOP", "START", "help", "yes", "hello"):
            sim.sms(ANA, text)
    assert [seen.form.get("OptOutType") for seen in bot.seen] == ["STOP", "START", "HELP", None, None]


# -- what goes wrong with sending


def test_throttled_once_then_sent(sim: Simulator) -> None:
    sim.twilio_faults.put(Fault(refuse=20429, times=1))
    first, second = post_message(sim), post_message(sim)
    assert (first.status_code, first.json()["code"]) == (429, 20429)
    assert second.status_code == 201
    assert len(sim.thread(ANA)) == 1


def test_faults_by_number_come_before_faults_for_all(sim: Simulator) -> None:
    sim.twilio_faults.put(Fault(refuse=20500))
    sim.twilio_faults.put(Fault(refuse=21614), ANA)
    assert post_message(sim).json()["code"] == 21614
    assert post_message(sim, To=BEN).status_code == 500
    sim.twilio_faults.clear(ANA)
    assert post_message(sim).status_code == 500
    sim.twilio_faults.clear()
    assert post_message(sim).status_code == 201


def test_silence_after_a_message_was_accepted(sim: Simulator) -> None:
    sim.twilio_faults.put(Fault(hang=3600, times=1))
    url = f"{sim.twilio_base_url}/2010-04-01/Accounts/{SID}/Messages.json"
    with pytest.raises(requests.ReadTimeout):
        requests.post(url, data={"To": ANA, "From": CITY, "Body": "hi"}, auth=(SID, TOKEN), timeout=0.3)
    wait_until(lambda: twilio_client(sim).messages.list(to=ANA), "Twilio takes the message")
    sim.settle()
    (taken,) = twilio_client(sim).messages.list(to=ANA)
    assert (taken.body, taken.status) == ("hi", "delivered")


# -- the Bot API


def test_get_me_by_get_and_post_and_bad_tokens(sim: Simulator) -> None:
    url = f"{sim.telegram_base_url}/bot{BOT}/getMe"
    assert requests.get(url, timeout=PATIENT).json() == requests.post(url, timeout=PATIENT).json()
    assert result(sim, "GETME")["id"] == 77  # method names in any case
    assert call(sim, "getMe", token="77:wrong").json() == {
        "ok": False,
        "error_code": 401,
        "description": "Unauthorized",
    }
    assert refusal(sim, "sendFax") == (404, "Not Found")


def test_parameters_come_in_four_ways(sim: Simulator) -> None:
    sim.open_chat(1001)
    url = f"{sim.telegram_base_url}/bot{BOT}/sendMessage"
    markup = '{"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}'
    flat = {"chat_id": "1001", "text": "Right?", "reply_markup": markup}
    nested = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    answers = [
        requests.get(url, params=flat, timeout=PATIENT),
        requests.post(url, data=flat, timeout=PATIENT),
        requests.post(url, files={name: (None, value) for name, value in flat.items()}, timeout=PATIENT),
        requests.post(url, json={"chat_id": 1001, "text": "Right?", "reply_markup": nested}, timeout=PATIENT),
    ]
    assert [answer.json()["result"]["message_id"] for answer in answers] == [1, 2, 3, 4]
    assert {entry.buttons[0][0].data for entry in sim.thread(1001)} == {"y"}


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": " "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"chat_id": 9999}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"reply_markup": inline(text="Yes", callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": inline(text="Yes", callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": inline(text="Yes", callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": inline(text="Yes")}, "unallowed"),
        ({"reply_markup": inline(callback_data="y")}, "must be of type String"),
        ({"reply_markup": "{not json"}, "can't parse reply_markup"),
        ({"reply_markup": {"inline_keyboard": "rows"}}, "Array of Arrays"),
        ({"text": "<b>bold", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "a </i> b", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "5 <em & 6 <blink>", "parse_mode": "HTML"}, "can't parse entities"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"chat_id": -5, "reply_markup": {"keyboard": [[{"text": "Here", "request_location": True}]]}},
            "location can be requested in private chats only",
        ),
    ],
)
def test_what_the_bot_api_refuses(sim: Simulator, params: dict[str, Any], words: str) -> None:
    sim.open_chat(1001)
    sim.open_chat(-5)
    code, description = refusal(sim, "sendMessage", **{"chat_id": 1001, "text": "hello"} | params)
    assert code == 400
    assert description.startswith("Bad Request: ")
    assert words in description
    assert sim.thread(1001) == []


def test_the_longest_that_is_allowed(sim: Simulator) -> None:
    sim.open_chat(1001)
    markup = inline(text="Yes", callback_data="é" * 32)
    text = f"<b>{'&amp;' * 4096}</b>"  # counted after entity parsing
    sent = result(sim, "sendMessage", chat_id=1001, text=text, parse_mode="HTML", reply_markup=markup)
    assert sent["text"] == "&" * 4096


def test_entities_are_counted_in_utf16(sim: Simulator) -> None:
    sim.open_chat(1001)
    sent = result(sim, "sendMessage", chat_id=1001, text="😀 <b>SR-1 😀</b>", parse_mode="HTML")
    assert sent["text"] == "😀 SR-1 😀"
    assert sent["entities"] == [{"type": "bold", "offset": 3, "length": 7}]


def test_send_photo_by_upload_and_by_address(sim: Simulator, bot: TinyBot) -> None:
    sim.open_chat(1001)
    url = f"{sim.telegram_base_url}/bot{BOT}/sendPhoto"
    form = {"chat_id": "1001", "caption": "Filled"}
    sent = requests.post(url, data=form, files={"photo": draw("pothole")}, timeout=PATIENT).json()["result"]
    assert [size["width"] for size in sent["photo"]] == [90, 320, 800, 1024]
    result(sim, "sendPhoto", chat_id=1001, photo=f"{bot.server.url}/photo.jpg")
    assert [entry.photos[0].content for entry in sim.thread(1001)] == [draw("pothole"), draw("trash")]
    code, words = refusal(sim, "sendPhoto", chat_id=1001, photo=f"{bot.server.url}/missing.jpg")
    assert (code, words) == (400, "Bad Request: failed to get HTTP URL content")
    assert refusal(sim, "sendPhoto", chat_id=1001, photo="x", caption="x" * 1025)[0] == 400


def test_messages_can_be_edited_by_who_sent_them(sim: Simulator, bot: TinyBot) -> None:
    theirs = sim.telegram(1001, "hello")
    mine = result(
        sim, "sendMessage", chat_id=1001, text="Right?", reply_markup=inline(text="Y", callback_data="y")
    )
    at = {"chat_id": 1001, "message_id": mine["message_id"]}
    result(sim, "editMessageText", **at, text="Filed.", reply_markup=inline(text="Undo", callback_data="u"))
    assert (sim.thread(1001)[-1].text, sim.thread(1001)[-1].buttons[0][0].label) == ("Filed.", "Undo")
    result(sim, "editMessageReplyMarkup", **at)
    assert sim.thread(1001)[-1].buttons == ()
    assert "message is not modified" in refusal(sim, "editMessageText", **at, text="Filed.")[1]
    assert "can't be edited" in refusal(sim, "editMessageText", chat_id=1001, message_id=theirs, text="x")[1]
    assert "not found" in refusal(sim, "editMessageText", chat_id=1001, message_id=99, text="x")[1]


def test_429_says_when_to_come_back(sim: Simulator) -> None:
    sim.open_chat(1001)
    sim.telegram_faults.put(Fault(refuse=429, retry_after=7, times=1))
    answer = call(sim, "sendMessage", chat_id=1001, text="hello").json()
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    assert sim.thread(1001) == []
    assert call(sim, "sendMessage", chat_id=1001, text="hello").json()["ok"]
    sim.telegram_faults.put(Fault(refuse=403), 1001)
    assert refusal(sim, "sendMessage", chat_id=1001, text="x") == (403, "Forbidden: user is deactivated")


def test_silence_after_telegram_took_a_message(sim: Simulator) -> None:
    sim.open_chat(1001)
    sim.telegram_faults.put(Fault(hang=3600, times=1))
    url = f"{sim.telegram_base_url}/bot{BOT}/sendMessage"
    with pytest.raises(requests.ReadTimeout):
        requests.post(url, json={"chat_id": 1001, "text": "hi"}, timeout=0.3)
    wait_until(lambda: sim.thread(1001), "Telegram takes the message")
    assert [entry.text for entry in sim.thread(1001)] == ["hi"]


def test_a_group_that_became_a_supergroup(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(-5, "hello")
    sim.migrate(-5, -1005)
    moved = {message["chat"]["id"]: message for message in (seen.update["message"] for seen in bot.seen[1:])}
    assert moved[-5]["migrate_to_chat_id"] == -1005
    assert moved[-1005]["migrate_from_chat_id"] == -5
    answer = call(sim, "sendMessage", chat_id=-5, text="x").json()
    assert (answer["error_code"], answer["parameters"]) == (400, {"migrate_to_chat_id": -1005})
    assert call(sim, "sendMessage", chat_id=-1005, text="x").json()["ok"]


# -- Telegram's updates


def test_updates_bear_the_secret_and_ids_of_their_own(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(1001, "/start now")
    sim.telegram(1002, "hello")
    first, second = (seen.update for seen in bot.seen)
    assert second["update_id"] == first["update_id"] + 1
    assert first["message"]["message_id"] == second["message"]["message_id"] == 1  # unique per chat only
    assert first["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert first["message"]["chat"] == {"id": 1001, "first_name": "Resident", "type": "private"}
    assert "User-Agent" not in bot.seen[0].headers or bot.seen[0].headers["User-Agent"] == ""


def test_set_webhook_points_updates_elsewhere(sim: Simulator, bot: TinyBot) -> None:
    elsewhere = f"{bot.server.url}/elsewhere"
    result(sim, "setWebhook", url=elsewhere, secret_token=SECRET, allowed_updates=["message"])
    sim.telegram(1001, "hello")
    assert bot.seen[0].url == elsewhere
    sim.block(1001)  # my_chat_member was not asked for
    assert len(bot.seen) == 1
    result(sim, "setWebhook", url=elsewhere, secret_token=SECRET)  # allowed_updates stays when left out
    info = result(sim, "getWebhookInfo")
    assert (info["url"], info["allowed_updates"], info["pending_update_count"]) == (elsewhere, ["message"], 0)
    result(sim, "setWebhook", url=elsewhere, secret_token="another")
    with pytest.raises(WebhookFailed) as failed:
        sim.telegram(1001, "with the wrong secret")
    assert failed.value.status == 403
    assert "403" in result(sim, "getWebhookInfo")["last_error_message"]


@pytest.mark.parametrize(
    "params",
    [
        {"url": "http://311.riverton.example/webhooks/telegram"},
        {"url": "https://311.riverton.example:5000/"},
        {"url": "https://311.riverton.example/", "secret_token": "no spaces"},
        {"url": "https://311.riverton.example/", "secret_token": "x" * 257},
    ],
)
def test_webhooks_telegram_would_not_call(sim: Simulator, params: dict[str, str]) -> None:
    assert refusal(sim, "setWebhook", **params)[0] == 400


def test_get_updates_only_without_a_webhook(sim: Simulator, bot: TinyBot) -> None:
    assert refusal(sim, "getUpdates")[0] == 409
    result(sim, "deleteWebhook")
    sim.telegram(1001, "one", wait=False)
    sim.telegram(1001, "two", wait=False)
    updates = result(sim, "getUpdates")
    assert [update["message"]["text"] for update in updates] == ["one", "two"]
    assert len(result(sim, "getUpdates", offset=updates[1]["update_id"])) == 1
    assert bot.seen == []
    result(sim, "setWebhook", url=f"{bot.server.url}/elsewhere", secret_token=SECRET)
    sim.settle()
    assert bot.texts == ["two"]


def test_a_poison_update_blocks_its_chat_and_no_other(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(1001, "hello")
    result(sim, "sendMessage", chat_id=1001, text="Right?", reply_markup=inline(text="Yes", callback_data="y"))
    healed = threading.Event()

    def is_poison(seen: Seen) -> bool:
        return bool(seen.update.get("message", {}).get("text") == "poison")

    bot.refuse = lambda seen: 500 if is_poison(seen) and not healed.is_set() else 200
    sim.telegram(1001, "poison", wait=False)
    sim.telegram(1001, "after", wait=False)
    bot.wait_until(lambda: bot.texts.count("poison") >= 4)
    sim.telegram(1002, "elsewhere")
    sim.telegram(1001, press="Yes")  # callback queries have a queue of their own
    assert "after" not in bot.texts
    assert sim.pending_updates == 2
    healed.set()
    sim.settle()
    texts = bot.texts
    assert texts.index("after") > max(i for i, text in enumerate(texts) if text == "poison")
    poison = {
        seen.update["update_id"] for seen in bot.seen if seen.update.get("message", {}).get("text") == "poison"
    }
    assert len(poison) == 1


def test_an_update_expires_and_lets_the_next_one_through(bot: TinyBot) -> None:
    bot.refuse = lambda seen: 500 if "poison" in str(seen.update) else 200
    with make_simulator(bot, telegram_speed=24 * 3600.0, telegram_patience=10**6) as sim:
        sim.telegram(1001, "poison", wait=False)  # lives a second at this speed
        bot.wait_until(lambda: len(bot.seen) >= 8)
        sim.telegram(1001, "after")
        assert sim.thread(1001)[0].status == "failed"
        assert sim.thread(1001)[0].error == "The update expired."


def test_back_off_grows_from_two_seconds_to_two_minutes() -> None:
    assert [backoff(attempts) for attempts in range(1, 10)] == [0, 2, 4, 8, 16, 32, 64, 120, 120]


def test_who_waits_is_told_after_some_attempts_while_telegram_goes_on(sim: Simulator, bot: TinyBot) -> None:
    bot.refuse = lambda _: 500
    with pytest.raises(WebhookFailed) as failed:
        sim.telegram(1001, "hello")
    assert failed.value.status == 500
    bot.wait_until(lambda: len(bot.seen) >= 6)
    bot.refuse = lambda _: 200
    sim.settle()
    assert sim.pending_updates == 0


def test_duplicate_updates_bear_one_id(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram_delivery.duplicates = 1
    sim.telegram(1001, "hello")
    assert [seen.update["update_id"] for seen in bot.seen] == [bot.seen[0].update["update_id"]] * 2


def test_a_pressed_button_and_its_answer(sim: Simulator, bot: TinyBot) -> None:
    sim.open_chat(1001)
    markup = inline(text="Yes, send it", callback_data="confirm:1")
    asked = result(sim, "sendMessage", chat_id=1001, text="Right?", reply_markup=markup)
    sim.telegram(1001, press="yes, send it")
    query = bot.seen[0].update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("confirm:1", asked["message_id"])
    assert sim.unanswered_presses == 1
    result(sim, "answerCallbackQuery", callback_query_id=query["id"], text="Filed")
    assert (sim.unanswered_presses, sim.thread(1001)[-1].answer) == (0, "Filed")
    assert "query is too old" in refusal(sim, "answerCallbackQuery", callback_query_id=query["id"])[1]
    with pytest.raises(LookupError):
        sim.telegram(1001, press="No")


def test_a_webhook_answer_may_name_a_method(sim: Simulator, bot: TinyBot) -> None:
    sim.open_chat(1001)
    result(sim, "sendMessage", chat_id=1001, text="Right?", reply_markup=inline(text="Yes", callback_data="y"))
    bot.webhook_reply = {"method": "answerCallbackQuery", "callback_query_id": "unknown"}
    sim.telegram(1001, press="y")
    assert sim.unanswered_presses == 1  # nobody learns that it failed
    bot.webhook_reply = {"method": "sendMessage", "chat_id": 1001, "text": "said in the answer"}
    sim.telegram(1001, "hello")
    assert sim.wait_for_reply(1001).text == "said in the answer"


def test_a_webhook_answer_answers_its_query(sim: Simulator, bot: TinyBot) -> None:
    sim.open_chat(1001)
    result(sim, "sendMessage", chat_id=1001, text="Right?", reply_markup=inline(text="Yes", callback_data="y"))

    def answer_it(seen: Seen) -> int:
        query = seen.update["callback_query"]["id"]
        bot.webhook_reply = {"method": "answerCallbackQuery", "callback_query_id": query}
        return 200

    bot.refuse = answer_it
    sim.telegram(1001, press="Yes")
    assert sim.unanswered_presses == 0


def test_a_keyboard_button_shares_the_location(sim: Simulator, bot: TinyBot) -> None:
    sim.open_chat(1001)
    keyboard = {"keyboard": [[{"text": "Share", "request_location": True}, "Skip"]]}
    result(sim, "sendMessage", chat_id=1001, text="Where?", reply_markup=keyboard)
    sim.telegram(1001, press="Share", location=(41.5, -90.25))
    assert bot.seen[0].update["message"]["location"] == {"latitude": 41.5, "longitude": -90.25}
    sim.telegram(1001, press="Skip")
    assert bot.texts[-1] == "Skip"


def test_an_album_is_split(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(1001, "three views", [draw("pothole"), draw("trash"), draw("graffiti")])
    messages = [seen.update["message"] for seen in bot.seen]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["three views", None, None]
    assert len({seen.update["update_id"] for seen in bot.seen}) == 3


def test_a_photo_comes_in_sizes_and_is_fetched_by_path(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(1001, photos=[draw("street-light")])
    sizes = bot.seen[0].update["message"]["photo"]
    assert [max(size["width"], size["height"]) for size in sizes] == [90, 320, 800, 1024]
    assert "media_group_id" not in bot.seen[0].update["message"]
    path = result(sim, "getFile", file_id=sizes[-1]["file_id"])["file_path"]
    content = requests.get(f"{sim.telegram_base_url}/file/bot{BOT}/{path}", timeout=PATIENT).content
    assert len(content) == sizes[-1]["file_size"]
    assert Image.open(io.BytesIO(content)).size == (1024, 768)
    assert requests.get(f"{sim.telegram_base_url}/file/bot77:wrong/{path}", timeout=PATIENT).status_code == 401
    assert (
        requests.get(f"{sim.telegram_base_url}/file/bot{BOT}/photos/no.jpg", timeout=PATIENT).status_code == 404
    )
    assert refusal(sim, "getFile", file_id="unknown")[0] == 400


def test_files_over_20_mb_cannot_be_fetched(sim: Simulator, bot: TinyBot) -> None:
    for size in (20 * 1024 * 1024, 20 * 1024 * 1024 + 1):
        sim.telegram(1001, document=b"\0" * size)
    fits, too_big = (seen.update["message"]["document"] for seen in bot.seen)
    assert result(sim, "getFile", file_id=fits["file_id"])["file_size"] == 20 * 1024 * 1024
    assert refusal(sim, "getFile", file_id=too_big["file_id"]) == (400, "Bad Request: file is too big")


def test_venues_edits_and_quotes(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(1001, venue=Venue(lat=41.5, long=-90.25, title="City Hall", address="1 Main St"))
    first = sim.telegram(1001, "pothole on 5th")
    sim.telegram(1001, edit=(first, "pothole on 6th"))
    sim.telegram(1001, "this one", reply_to=first)
    venue, _, edit, quote = (seen.update for seen in bot.seen)
    assert venue["message"]["venue"]["title"] == "City Hall"
    assert venue["message"]["location"] == {"latitude": 41.5, "longitude": -90.25}
    assert (edit["edited_message"]["message_id"], edit["edited_message"]["text"]) == (first, "pothole on 6th")
    assert quote["message"]["reply_to_message"]["text"] == "pothole on 6th"
    assert [(e.text, e.edited) for e in sim.thread(1001)][1] == ("pothole on 6th", True)


def test_a_blocked_bot_is_told_and_refused(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(1001, "hello")
    sim.block(1001)
    sim.unblock(1001)
    states = [seen.update["my_chat_member"]["new_chat_member"]["status"] for seen in bot.seen[1:]]
    assert states == ["kicked", "member"]
    assert call(sim, "sendMessage", chat_id=1001, text="x").json()["ok"]
    sim.block(1001)
    code, words = refusal(sim, "sendMessage", chat_id=1001, text="x")
    assert (code, words) == (403, "Forbidden: bot was blocked by the user")


def test_updates_of_any_kind(sim: Simulator, bot: TinyBot) -> None:
    update_id = sim.update("sent_from_the_future", {"what": "?"}, 1001)
    assert bot.seen[0].update == {"update_id": update_id, "sent_from_the_future": {"what": "?"}}


def test_python_telegram_bot_reads_all_of_it(sim: Simulator, bot: TinyBot) -> None:
    sim.telegram(1001, "/start")
    sim.telegram(1001, "look", [draw("trash"), draw("pothole")])
    sim.telegram(1001, venue=Venue(lat=1.0, long=2.0, title="Park", address="Oak St"))
    sim.telegram(1001, document=draw("graffiti"))
    sim.telegram(1001, edit=(1, "/help"), reply_to=1)
    markup = inline(text="Yes", callback_data="y")
    sent = result(
        sim, "sendMessage", chat_id=1001, text="<b>Right?</b>", parse_mode="HTML", reply_markup=markup
    )
    sim.telegram(1001, press="y")
    sim.block(1001)
    parsed = [telegram.Update.de_json(seen.update, None) for seen in bot.seen]
    kinds = ["message"] * 5 + ["edited_message", "callback_query", "my_chat_member"]
    assert all(getattr(update, kind) for update, kind in zip(parsed, kinds, strict=True))
    keyboard = telegram.Message.de_json(sent, None).reply_markup
    assert keyboard
    assert keyboard.inline_keyboard[0][0].callback_data == "y"
    assert not any(update.api_kwargs for update in parsed)


# -- the simulator as a whole


def test_a_conversation_in_one_thread(sim: Simulator, bot: TinyBot) -> None:
    def answer(seen: Seen) -> int:
        if "Body" in seen.form:
            post_message(sim, To=seen.form["From"], Body=f"You said {seen.form['Body']}")
        return 200

    bot.refuse = answer
    sim.sms(ANA, "hello")
    first = sim.wait_for_reply(ANA)
    sim.sms(ANA, "pothole")
    second = sim.wait_for_reply(ANA, containing="pothole")
    assert (first.text, second.text) == ("You said hello", "You said pothole")
    assert [entry.author for entry in sim.thread(ANA)] == ["resident", "bot"] * 2
    assert [entry.at for entry in sim.thread(ANA)] == sorted(entry.at for entry in sim.thread(ANA))
    with pytest.raises(TimeoutError, match="You said pothole"):
        sim.wait_for_reply(ANA, after=second, timeout=0.05)


def test_the_apps_address_may_be_set_late(bot: TinyBot) -> None:
    with Simulator(auth_token=TOKEN, webhook_secret=SECRET) as sim:
        sim.webhook_base_url = bot.server.url
        sim.sms(ANA, "by text")
        sim.telegram(1001, "by chat")
    assert bot.texts == ["by text", "by chat"]


def test_it_comes_back_at_the_same_address(bot: TinyBot) -> None:
    sim = make_simulator(bot).start()
    addresses = (sim.twilio_base_url, sim.telegram_base_url, sim.phones_url)
    sim.stop()
    with sim:
        assert (sim.twilio_base_url, sim.telegram_base_url, sim.phones_url) == addresses
        sim.telegram(1001, "still here")
    assert bot.texts == ["still here"]


def test_its_apis_keep_a_clients_connection(sim: Simulator) -> None:
    for url in (sim.twilio_base_url, sim.telegram_base_url):
        client = HTTPConnection(urlsplit(url).netloc, timeout=PATIENT)
        kept = []
        for _ in range(2):
            client.request("GET", "/nothing")
            client.getresponse().read()
            kept.append(client.sock)
        client.close()
        assert kept[0] is kept[1] is not None


def test_it_leaves_no_thread(bot: TinyBot) -> None:
    before = set(threading.enumerate())
    with make_simulator(bot) as sim:
        sim.twilio_faults.put(Fault(hang=3600))
        client = HTTPConnection(urlsplit(sim.twilio_base_url).netloc, timeout=PATIENT)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": AUTHORIZED}
        form = urlencode({"To": ANA, "From": CITY, "Body": "hello"})
        client.request("POST", f"/2010-04-01/Accounts/{SID}/Messages.json", form, headers)
        wait_until(lambda: sim.thread(ANA), "Twilio takes the message")
    assert client.getresponse().status == 201  # what was being answered when it closed
    client.close()
    wait_until(lambda: set(threading.enumerate()) <= before, "all threads end")


def test_it_calls_nothing_beyond_this_machine() -> None:
    with Simulator("https://311.riverton.example") as sim:
        with pytest.raises(WebhookFailed):
            sim.sms(ANA, "hello")
        sim.open_chat(1001)
        assert (
            call(
                sim, "sendPhoto", token="4242:simulated-bot-token", chat_id=1001, photo="http://10.0.0.1/x"
            ).status_code
            == 400
        )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ß" * 160, 1),
        ("’" * 70, 1),
        ("’" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize("name", PICTURES)
def test_sample_pictures(name: str) -> None:
    assert Image.open(io.BytesIO(draw(name))).size == (1024, 768)


# -- the phone page


class PaperDesk:
    """A city desk of one case."""

    def __init__(self) -> None:
        self.case = {
            "number": "SR-7",
            "service_name": "Pothole <i>",
            "address_string": "5th Ave & Main St",
            "status": "received",
            "department": "Streets",
            "opened": "2026-05-04T09:00:00+00:00",
        }

    def cases(self) -> list[dict[str, Any]]:
        return [self.case]

    def statuses(self, number: str) -> list[Any]:
        return ["on_site", {"code": "completed", "label": "Done"}]

    def update(self, number: str, status: str, note: str) -> dict[str, Any]:
        if number != self.case["number"]:
            raise LookupError(number)
        if status == "completed" and not note:
            raise ValueError("Say what was done.")
        self.case = self.case | {"status": status}
        return self.case


def events(sim: Simulator, since: int = 0) -> list[dict[str, Any]]:
    """Read the first event of resident 1's stream."""
    headers = {"Last-Event-ID": str(since)}
    with requests.get(
        f"{sim.phones_url}/events?resident=1", headers=headers, stream=True, timeout=10
    ) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        data = next(line for line in lines if line.startswith("data: "))
        found: list[dict[str, Any]] = json.loads(data.removeprefix("data: "))
        return found


def test_the_page_runs_no_inline_code(sim: Simulator) -> None:
    response = requests.get(sim.phones_url, timeout=PATIENT)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in response.text
    assert response.text.count("<script") == response.text.count('<script type="module" src=') == 1
    assert "https://" not in response.text


def test_the_page_escapes_what_it_is_given(bot: TinyBot) -> None:
    with make_simulator(bot, city_name="<b>", suggestions=["<script>alert(1)</script>"]) as sim:
        page = requests.get(sim.phones_url, timeout=PATIENT).text
    assert "<b>" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_page_sends_texts_and_samples_and_streams_the_threads(sim: Simulator, bot: TinyBot) -> None:
    form = {"text": "hello", "sample": "pothole"}
    assert requests.post(f"{sim.phones_url}/sms", data=form, timeout=PATIENT).status_code == 204
    sim.settle()
    (entry,) = events(sim)
    assert (entry["text"], entry["status"], entry["segments"]) == ("hello", "delivered", 1)
    picture = requests.get(f"{sim.phones_url}/files/{entry['photos'][0]}", timeout=PATIENT)
    assert picture.content == requests.get(f"{sim.phones_url}/samples/pothole.jpg", timeout=PATIENT).content
    requests.post(f"{sim.phones_url}/telegram", data={"text": "hi", "resident": 1}, timeout=PATIENT)
    sim.settle()
    assert [later["text"] for later in events(sim, entry["revision"])] == ["hi"]
    assert {later["thread"] for later in events(sim)} == {ANA, "1001"}


def test_the_page_sends_uploads_pins_and_presses(sim: Simulator, bot: TinyBot) -> None:
    url = f"{sim.phones_url}/telegram"
    requests.get(sim.phones_url, timeout=PATIENT)
    result(sim, "sendMessage", chat_id=1001, text="Right?", reply_markup=inline(text="Yes", callback_data="y"))
    requests.post(url, data={"text": "see"}, files={"photo": draw("trash")}, timeout=PATIENT)
    requests.post(url, data={"lat": "41.5", "long": "-90.25"}, timeout=PATIENT)
    sim.settle()
    assert requests.post(url, data={"press": "y"}, timeout=PATIENT).status_code == 204
    sim.settle()
    assert requests.post(url, data={"press": "no such button"}, timeout=PATIENT).status_code == 409
    photo, pin, press = (seen.update for seen in bot.seen)
    assert photo["message"]["caption"] == "see"
    assert pin["message"]["location"] == {"latitude": 41.5, "longitude": -90.25}
    assert press["callback_query"]["data"] == "y"


def test_each_resident_has_phones_of_their_own(sim: Simulator, bot: TinyBot) -> None:
    requests.post(f"{sim.phones_url}/sms", data={"text": "hello", "resident": "2"}, timeout=PATIENT)
    sim.settle()
    assert (sim.thread(ANA), sim.thread(BEN)[0].text) == ([], "hello")


def test_only_pictures_are_served(sim: Simulator, bot: TinyBot) -> None:
    sim.sms(ANA, photos=[b"<script>alert(1)</script>"])
    (photo,) = sim.thread(ANA)[0].photos
    assert requests.get(f"{sim.phones_url}/files/{photo.key}", timeout=PATIENT).status_code == 404


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}])
def test_other_sites_cannot_use_the_page(sim: Simulator, bot: TinyBot, headers: dict[str, str]) -> None:
    response = requests.post(f"{sim.phones_url}/sms", data={"text": "x"}, headers=headers, timeout=PATIENT)
    assert response.status_code == 403
    assert sim.thread(ANA) == []


def test_the_city_is_drawn_when_it_is_known(sim: Simulator, bot: TinyBot) -> None:
    assert requests.get(f"{sim.phones_url}/city.json", timeout=PATIENT).status_code == 404
    city = {"boundary": [[41.0, -90.0]], "streets": [], "landmarks": []}
    with make_simulator(bot, city=lambda: city) as drawn:
        assert requests.get(f"{drawn.phones_url}/city.json", timeout=PATIENT).json() == city


def test_the_desk_is_there_only_when_there_is_one(sim: Simulator) -> None:
    assert "City desk" not in requests.get(sim.phones_url, timeout=PATIENT).text
    assert requests.get(f"{sim.phones_url}/desk", timeout=PATIENT).status_code == 404
    assert requests.post(f"{sim.phones_url}/desk/SR-7", timeout=PATIENT).status_code == 404


def test_the_desk_moves_a_case(sim: Simulator) -> None:
    sim.desk = PaperDesk()
    url = f"{sim.phones_url}/desk"
    (case,) = requests.get(url, timeout=PATIENT).json()
    assert case["statuses"] == [{"code": "on_site", "label": "On site"}, {"code": "completed", "label": "Done"}]
    refused = requests.post(f"{url}/SR-7", data={"status": "completed"}, timeout=PATIENT)
    assert (refused.status_code, refused.json()) == (400, {"error": "Say what was done."})
    assert requests.post(f"{url}/SR-8", data={"status": "on_site"}, timeout=PATIENT).status_code == 404
    done = requests.post(f"{url}/SR-7", data={"status": "completed", "note": "Filled."}, timeout=PATIENT)
    assert done.json()["status"] == "completed"


@pytest.mark.skipif(
    not shutil.which("chromium") and not os.environ.get("TOWNLINE_CI"), reason="needs the system's chromium"
)
def test_in_a_browser_a_resident_texts_presses_and_sees_the_answer(sim: Simulator, bot: TinyBot) -> None:
    from playwright.sync_api import sync_playwright

    sim.desk = PaperDesk()
    numbers = itertools.count(1)

    def answer(seen: Seen) -> int:
        if "Body" in seen.form:
            post_message(sim, To=seen.form["From"], Body=f"Case SR-{next(numbers)} <b>filed</b>")
        elif "message" in seen.update:
            markup = inline(text="Yes", callback_data="y")
            call(sim, "sendMessage", chat_id=1001, text="Right?", reply_markup=markup)
        return 200

    bot.refuse = answer
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        page = browser.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text))
        page.goto(sim.phones_url)
        sms, chat = page.locator(".phone.sms"), page.locator(".phone.telegram")
        sms.get_by_role("button", name="theres a huge pothole").click()
        sms.get_by_role("button", name="Attach").click()
        sms.locator("[data-sample=pothole]").click()
        sms.get_by_role("button", name="Send").click()
        sms.get_by_text("Case SR-1 <b>filed</b>").wait_for()
        sms.get_by_text("1 segment").first.wait_for()
        chat.get_by_label("Message", exact=True).fill("dark street")
        chat.get_by_label("Message", exact=True).press("Enter")
        chat.get_by_role("button", name="Yes").click()
        chat.get_by_text("You tapped Yes").wait_for()
        page.get_by_role("button", name="On site").click()
        page.locator(".status", has_text="On site").wait_for()
        browser.close()
    assert problems == []
    assert bot.seen[0].form["NumMedia"] == "1"
