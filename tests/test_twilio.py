"""Twilio, both directions: its webhooks in, its REST API out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from provider_stub import DROP, Answer, Provider, answer_json, described, payloads, provider
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from bot.bench.deployment import free_port
from webhooks.channel import FetchError, Inbound, Media, Outbound, Receipt, SendError, StoreUnavailable
from webhooks.twilio import TwilioChannel, TwilioSettings, blueprint, parse, parse_status

TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC00000000000000000000000000000001"
RESIDENT, CITY = "+15550142", "+15550100"
PUBLIC = "https://townline.example"
PAYLOADS = payloads("twilio")


@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads(name: str) -> None:
    payload = PAYLOADS[name]
    inbound = parse(MultiDict(payload["form"]))
    assert described(inbound) == payload["inbound"], payload["about"]
    assert "\0" not in json.dumps(dict(inbound.raw)).replace("\\u0000", "\0")


def test_raw_keeps_everything() -> None:
    form = MultiDict([("MessageSid", "SM1"), ("A", "1"), ("A", "2"), ("New", "\0x")])
    assert parse(form).raw == {"MessageSid": "SM1", "A": ["1", "2"], "New": "x"}


def test_what_has_no_id_is_known_by_its_content() -> None:
    ids = {parse({"Body": body}).external_id for body in ("a", "b", "a")}
    assert len(ids) == 2


# The webhooks


class Inbox:
    """Keeps what it is given, or is down."""

    def __init__(self) -> None:
        self.down = False
        self.events: list[Inbound] = []
        self.receipts: list[Receipt] = []

    def receive(self, inbound: Inbound) -> None:
        if self.down:
            raise StoreUnavailable
        self.events.append(inbound)

    def report(self, receipt: Receipt) -> None:
        if self.down:
            raise StoreUnavailable
        self.receipts.append(receipt)


def sign(url: str, values: list[tuple[str, str]], algorithm: Any = hashlib.sha1, token: str = TOKEN) -> str:
    """Sign as Twilio documents it: URL, then sorted names with their sorted, distinct values."""
    text = url + "".join(name + value for name, value in sorted(set(values)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), algorithm).digest()).decode()


class Caller:
    """Calls the webhooks as Twilio does: http inside, https and another host outside."""

    def __init__(self, inbox: Inbox) -> None:
        app = Flask("webhooks under test")
        settings = TwilioSettings(
            account_sid=ACCOUNT, auth_token=TOKEN, sender=CITY, public_base_url=PUBLIC + "/"
        )
        app.register_blueprint(blueprint(settings, inbox.receive, inbox.report))
        self.client = app.test_client()

    def post(
        self,
        values: Mapping[str, str] | list[tuple[str, str]],
        path: str = "/webhooks/twilio",
        *,
        signature: str | None = "right",
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> TestResponse:
        pairs = list(values.items()) if isinstance(values, Mapping) else values
        sent = dict(headers or {})
        if signature is not None:
            sent["X-Twilio-Signature"] = sign(PUBLIC + path, pairs) if signature == "right" else signature
        return self.client.post(
            path,
            data=urlencode(pairs),
            content_type="application/x-www-form-urlencoded; charset=UTF-8",
            headers=sent,
            base_url="http://10.1.2.3:8000",
            **options,
        )


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def twilio(inbox: Inbox) -> Caller:
    return Caller(inbox)


FORM = PAYLOADS["sms_text"]["form"]


def test_a_signed_message_is_kept_and_answered_with_empty_twiml(twilio: Caller, inbox: Inbox) -> None:
    answer = twilio.post(FORM)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "text/xml", b"<Response/>")
    assert [event.external_id for event in inbox.events] == [FORM["MessageSid"]]


@pytest.mark.parametrize("signature", [None, "", "wrong", "é", sign(PUBLIC + "/webhooks/twilio", [])])
def test_a_wrong_signature_is_refused(twilio: Caller, inbox: Inbox, signature: str | None) -> None:
    assert twilio.post(FORM, signature=signature).status_code == 403
    assert twilio.post(FORM, "/webhooks/twilio/status", signature=signature).status_code == 403
    assert inbox.events == []
    assert inbox.receipts == []


def test_another_accounts_signature_is_refused(twilio: Caller) -> None:
    forged = sign(PUBLIC + "/webhooks/twilio", list(FORM.items()), token="another")
    assert twilio.post(FORM, signature=forged).status_code == 403


def test_a_changed_word_is_refused(twilio: Caller) -> None:
    signature = sign(PUBLIC + "/webhooks/twilio", list(FORM.items()))
    assert twilio.post({**FORM, "Body": "changed"}, signature=signature).status_code == 403
    assert twilio.post({**FORM, "Extra": "1"}, signature=signature).status_code == 403


def test_the_signature_is_over_the_configured_url_whatever_a_proxy_says(twilio: Caller) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    assert twilio.post(FORM, headers=forwarded).status_code == 200
    evil = sign("https://evil.example/webhooks/twilio", list(FORM.items()))
    assert twilio.post(FORM, headers=forwarded, signature=evil).status_code == 403


def test_the_query_is_signed_too(twilio: Caller) -> None:
    path = "/webhooks/twilio?number=1&name=a%20b"
    assert twilio.post(FORM, path).status_code == 200
    unsigned = sign(PUBLIC + "/webhooks/twilio", list(FORM.items()))
    assert twilio.post(FORM, path, signature=unsigned).status_code == 403


def test_the_url_may_be_signed_with_its_port(twilio: Caller) -> None:
    with_port = sign("https://townline.example:443/webhooks/twilio", list(FORM.items()))
    assert twilio.post(FORM, signature=with_port).status_code == 200


def test_repeated_names_and_any_script_are_signed(twilio: Caller, inbox: Inbox) -> None:
    values = [("MessageSid", "SM1"), ("Body", "¿Dónde? 🌊"), ("Tag", "b"), ("Tag", "a"), ("Tag", "b")]
    assert twilio.post(values).status_code == 200
    assert inbox.events[0].text == "¿Dónde? 🌊"
    assert inbox.events[0].raw["Tag"] == ["b", "a", "b"]


def test_sha256_counts_where_the_header_says_so(twilio: Caller) -> None:
    url, pairs = PUBLIC + "/webhooks/twilio", list(FORM.items())
    modern = {"X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"}
    stronger = sign(url, pairs, hashlib.sha256)
    assert twilio.post(FORM, signature=stronger, headers=modern).status_code == 200
    assert twilio.post(FORM, signature=stronger).status_code == 403
    assert twilio.post(FORM, signature=sign(url, pairs), headers=modern).status_code == 403
    unknown = {"X-Twilio-Webhooks-Signature-Settings": "algorithm=HMAC_MD5"}
    assert twilio.post(FORM, signature=stronger, headers=unknown).status_code == 403


def post_json(twilio: Caller, body: bytes, digest: str | None) -> TestResponse:
    path = "/webhooks/twilio" + (f"?bodySHA256={digest}" if digest else "")
    headers = {"X-Twilio-Signature": sign(PUBLIC + path, [])}
    return twilio.client.post(path, data=body, content_type="application/json", headers=headers)


def test_a_json_body_is_signed_by_its_hash(twilio: Caller, inbox: Inbox) -> None:
    body = json.dumps({"MessageSid": "SM1", "From": RESIDENT, "Body": "pothole"}).encode()
    assert post_json(twilio, body, hashlib.sha256(body).hexdigest()).status_code == 200
    assert (inbox.events[0].external_id, inbox.events[0].text) == ("SM1", "pothole")
    assert post_json(twilio, body, hashlib.sha256(b"another").hexdigest()).status_code == 403
    assert post_json(twilio, body, None).status_code == 403
    assert len(inbox.events) == 1


@pytest.mark.parametrize("body", [b"junk", b"[]", b"null", b"{}"])
def test_json_that_is_no_object_is_set_aside(twilio: Caller, inbox: Inbox, body: bytes) -> None:
    assert post_json(twilio, body, hashlib.sha256(body).hexdigest()).status_code == 200
    assert [event.kind for event in inbox.events] == ["unreadable"]


def test_what_nobody_sent_is_set_aside(twilio: Caller, inbox: Inbox) -> None:
    body = json.dumps({"MessageSid": "SM1", "Body": "pothole"}).encode()
    assert post_json(twilio, body, hashlib.sha256(body).hexdigest()).status_code == 200
    assert [(event.kind, event.external_id) for event in inbox.events] == [("unreadable", "SM1")]


def test_a_text_of_1600_emoji_and_ten_photos_is_kept(twilio: Caller, inbox: Inbox) -> None:
    photos = {f"MediaUrl{n}": f"https://api.twilio.com/{'x' * 200}/{n}" for n in range(10)}
    assert twilio.post({**FORM, "Body": "🌊" * 1600, **photos}).status_code == 200
    assert inbox.events[0].text == "🌊" * 1600
    assert len(inbox.events[0].media) == 10


def test_a_huge_body_is_refused_unread(twilio: Caller, inbox: Inbox) -> None:
    assert twilio.post({**FORM, "Body": "x" * 10_000_000}).status_code == 413
    assert twilio.post({**FORM, "Body": "x" * 70_000}, "/webhooks/twilio/status").status_code == 413
    assert inbox.events == []


def test_a_huge_body_that_hides_its_size_is_refused(twilio: Caller, inbox: Inbox) -> None:
    answer = twilio.client.post(
        "/webhooks/twilio",
        input_stream=io.BytesIO(b"Body=" + b"x" * 70_000),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": "any", "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert inbox.events == []


def test_twilio_is_asked_to_come_again_while_the_store_is_down(twilio: Caller, inbox: Inbox) -> None:
    inbox.down = True
    assert twilio.post(FORM).status_code == 503
    callback = {"MessageSid": "SM1", "MessageStatus": "sent"}
    assert twilio.post(callback, "/webhooks/twilio/status?outbox=7").status_code == 503


def test_only_post(twilio: Caller) -> None:
    assert twilio.client.get("/webhooks/twilio").status_code in (403, 405)


def test_no_personal_data_is_logged(twilio: Caller, inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    twilio.post(FORM)
    twilio.post(FORM, signature="wrong")
    twilio.post({"Body": FORM["Body"], "From": RESIDENT})
    inbox.down = True
    twilio.post(FORM)
    assert len(caplog.records) == 3
    assert not any(word in caplog.text for word in (RESIDENT, RESIDENT[1:], "pothole", TOKEN))


def test_the_urls_to_configure() -> None:
    settings = TwilioSettings(
        account_sid=ACCOUNT, auth_token=TOKEN, sender=CITY, public_base_url="https://c.example/"
    )
    assert settings.webhook_urls() == (
        "https://c.example/webhooks/twilio#rc=3&rp=5xx,ct,rt",
        "https://c.example/webhooks/twilio/status#rc=3&rp=5xx,ct,rt",
    )
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("accepted", "queued"),
        ("sending", "queued"),
        ("sent", "sent"),
        ("Delivered", "delivered"),
        ("undelivered", "undelivered"),
        ("failed", "failed"),
        ("canceled", "failed"),
        ("read", "read"),
    ],
)
def test_receipts(twilio: Caller, inbox: Inbox, status: str, state: str) -> None:
    callback = {
        "MessageSid": "SM1",
        "MessageStatus": status,
        "To": f"whatsapp:{RESIDENT}",
        "ErrorCode": "30003",
    }
    answer = twilio.post(callback, "/webhooks/twilio/status?outbox=o-7")
    assert (answer.status_code, answer.data) == (200, b"<Response/>")
    assert [(r.channel, r.external_id, r.outbox_id, r.state, r.error_code) for r in inbox.receipts] == [
        ("whatsapp", "SM1", "o-7", state, "30003")
    ]


@pytest.mark.parametrize("callback", [{"MessageSid": "SM1", "MessageStatus": "teleported"}, {}])
def test_unknown_statuses_are_ignored(twilio: Caller, inbox: Inbox, callback: dict[str, str]) -> None:
    assert twilio.post(callback, "/webhooks/twilio/status").status_code == 200
    assert inbox.receipts == []


def test_a_receipt_without_our_id() -> None:
    receipt = parse_status({"SmsSid": "SM1", "SmsStatus": "sent", "To": RESIDENT}, "")
    assert receipt == Receipt(channel="sms", external_id="SM1", outbox_id="", state="sent")


# Sending


@pytest.fixture
def api() -> Iterator[Provider]:
    with provider(lambda seen: answer_json({"sid": "SM9", "status": "queued"}, 201)) as stub:
        yield stub


def channel(url: str, sender: str = CITY, timeout: float = 5.0) -> TwilioChannel:
    return TwilioChannel(
        TwilioSettings(
            account_sid=ACCOUNT,
            auth_token=TOKEN,
            sender=sender,
            api_base_url=url,
            public_base_url=PUBLIC,
            timeout=timeout,
        )
    )


def outbound(text: str = "Where is it?", recipient: str = f"tel:{RESIDENT}", **more: Any) -> Outbound:
    members = {"outbox_id": "o-7", "recipient": recipient, "sender": f"tel:{CITY}", "text": text, **more}
    return Outbound(**members)


def test_a_message_is_created(api: Provider) -> None:
    assert channel(api.url).send(outbound("It’s filed…")) == "SM9"
    [seen] = api.seen
    assert seen.target == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert seen.headers["Authorization"].startswith("Basic ")
    assert seen.form == {
        "To": [RESIDENT],
        "From": [CITY],
        "Body": ["It's filed..."],
        "StatusCallback": [f"{PUBLIC}/webhooks/twilio/status?outbox=o-7"],
    }


def test_a_messaging_service_is_named_instead_of_a_number(api: Provider) -> None:
    channel(api.url, sender="MG1").send(outbound())
    assert api.seen[0].form["MessagingServiceSid"] == ["MG1"]
    assert "From" not in api.seen[0].form


def test_the_answer_comes_from_the_number_that_was_written_to(api: Provider) -> None:
    channel(api.url).send(outbound(sender="tel:+15550199"))
    channel(api.url).send(outbound(sender=""))
    assert [seen.form["From"] for seen in api.seen] == [["+15550199"], [CITY]]


def test_whatsapp_is_sent_as_it_stands(api: Provider) -> None:
    channel(api.url).send(outbound("It’s filed…", f"whatsapp:{RESIDENT}"))
    form = api.seen[0].form
    assert (form["To"], form["From"]) == ([f"whatsapp:{RESIDENT}"], [f"whatsapp:{CITY}"])
    assert form["Body"] == ["It’s filed…"]


def test_pictures_are_sent(api: Provider) -> None:
    channel(api.url).send(outbound(media_urls=("https://c.example/1", "https://c.example/2")))
    assert api.seen[0].form["MediaUrl"] == ["https://c.example/1", "https://c.example/2"]


def flags(error: SendError) -> set[str]:
    return {name for name in ("retryable", "unknown", "unreachable", "operator") if getattr(error, name)}


def failure(stub: Provider) -> SendError:
    with pytest.raises(SendError) as caught:
        channel(stub.url).send(outbound())
    assert RESIDENT not in "".join(traceback.format_exception(caught.value))
    return caught.value


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (429, 20429, {"retryable"}),
        (400, 63018, {"retryable"}),
        (400, 30022, {"retryable"}),
        (400, 21610, {"unreachable"}),
        (400, 21211, {"unreachable"}),
        (400, 21614, {"unreachable"}),
        (400, 21612, {"unreachable"}),
        (401, 20003, {"operator"}),
        (403, 20003, {"operator"}),
        (404, 20404, {"operator"}),
        (400, 21408, {"operator"}),
        (400, 21606, {"operator"}),
        (400, 21704, {"operator"}),
        (400, 21617, set()),
        (400, 63016, set()),
        (400, 99999, set()),
        (500, 20500, {"retryable", "unknown"}),
        (503, 20503, {"retryable", "unknown"}),
    ],
)
def test_errors(api: Provider, status: int, code: int, expected: set[str]) -> None:
    problem = {"code": code, "message": f"The number {RESIDENT} ...", "status": status}
    api.answer = lambda seen: answer_json(problem, status)
    error = failure(api)
    assert (flags(error), error.code) == (expected, str(code))
    modern = {"type": "https://t.example", "title": RESIDENT, "status": status, "code": code}
    api.answer = lambda seen: answer_json(modern, status)
    assert flags(failure(api)) == expected
    assert len(api.seen) == 2  # none is repeated by itself


def test_errors_that_are_no_json(api: Provider) -> None:
    api.answer = lambda seen: Answer(502, b"<h1>Bad gateway</h1>")
    assert flags(failure(api)) == {"retryable", "unknown"}
    api.answer = lambda seen: Answer(200, b"<h1>Welcome to our proxy</h1>")
    assert flags(failure(api)) == {"retryable", "unknown"}
    api.answer = lambda seen: Answer(429, b"slow down")
    assert flags(failure(api)) == {"retryable"}


def test_no_answer_is_an_unknown_outcome(api: Provider) -> None:
    api.answer = lambda seen: DROP
    assert flags(failure(api)) == {"retryable", "unknown"}
    api.answer = lambda seen: Answer(body=b"{", hang=True)
    with pytest.raises(SendError) as caught:
        channel(api.url, timeout=0.2).send(outbound())
    assert flags(caught.value) == {"retryable", "unknown"}


def test_a_proxy_is_asked_where_the_environment_names_one(
    api: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", api.url.replace("http://", "http://gate:open@"))
    monkeypatch.setenv("NO_PROXY", "other.example")
    assert channel("http://twilio.example").send(outbound())
    assert api.seen[0].headers["Host"] == "twilio.example"
    assert api.seen[0].headers["Proxy-Authorization"] == "Basic Z2F0ZTpvcGVu"
    monkeypatch.setenv("HTTP_PROXY", f"127.0.0.1:{free_port()}")
    with pytest.raises(SendError):
        channel("http://twilio.example").send(outbound())


def test_no_connection_is_nothing_sent() -> None:
    with pytest.raises(SendError) as caught:
        channel(f"http://127.0.0.1:{free_port()}").send(outbound())
    assert flags(caught.value) == {"retryable"}


NOW = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)


def listed(sid: str, body: str, seconds: int, direction: str = "outbound-api") -> dict[str, Any]:
    created = (NOW + timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return {"sid": sid, "body": body, "direction": direction, "date_created": created, "date_sent": None}


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([], None),
        ([listed("SM1", "Where is it?", 1)], "SM1"),
        ([listed("SM1", "Where is it?", -1)], "SM1"),  # to the second, by another clock
        ([listed("SM1", "Where is it?", -60)], None),  # the same question, asked before
        ([listed("SM1", "Another text", 1), listed("SM2", "Where is it?", 1)], "SM2"),
        ([listed("SM1", "Where is it?", 1, "inbound")], None),
        ([listed("SM1", "Sent from your Twilio trial account - Where is it?", 1)], "SM1"),
    ],
)
def test_a_message_of_unknown_outcome_is_looked_for(
    api: Provider, messages: list[dict[str, Any]], found: str | None
) -> None:
    api.answer = lambda seen: answer_json({"messages": messages, "page": 0, "page_size": 50})
    assert channel(api.url).find_sent(outbound(sent_after=NOW)) == found
    assert api.seen[0].method == "GET"
    assert api.seen[0].query["To"] == [RESIDENT]


def test_curly_quotes_do_not_hide_a_message(api: Provider) -> None:
    api.answer = lambda seen: answer_json({"messages": [listed("SM1", "It's filed", 1)]})
    assert channel(api.url).find_sent(outbound("It’s filed", sent_after=NOW)) == "SM1"


def test_twilio_cannot_be_asked(api: Provider) -> None:
    for answer in (Answer(500), DROP, answer_json({"code": 20003}, 401)):
        api.answer = lambda seen, answer=answer: answer  # type: ignore[misc]
        with pytest.raises(SendError) as caught:
            channel(api.url).find_sent(outbound(sent_after=NOW))
        assert flags(caught.value) == {"retryable"}


def test_a_first_attempt_is_not_looked_for(api: Provider) -> None:
    assert channel(api.url).find_sent(outbound()) is None
    assert api.seen == []


def test_media_is_fetched_with_our_credentials(api: Provider) -> None:
    api.answer = lambda seen: Answer(200 if "Authorization" in seen.headers else 401, b"photo")
    assert channel(api.url).fetch(Media(ref=f"{api.url}/media/1"), 10) == b"photo"
    api.answer = lambda seen: Answer(404)
    with pytest.raises(FetchError) as caught:
        channel(api.url).fetch(Media(ref=f"{api.url}/media/1"), 10)
    assert (caught.value.reason, caught.value.retryable) == ("missing", True)


def test_media_of_nowhere_is_refused(api: Provider) -> None:
    with pytest.raises(FetchError) as caught:
        channel(api.url).fetch(Media(ref="https://169.254.169.254/latest"), 10)
    assert (caught.value.reason, caught.value.retryable) == ("refused", False)


def test_cost() -> None:
    twilio = channel("http://127.0.0.1:1")
    assert twilio.cost("’" * 160) == 1
    assert twilio.cost("🌊" * 36) == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (answer_json({"status": "active"}), ""),
        (answer_json({"status": "suspended"}), "suspended"),
        (answer_json({"code": 20003}, 401), "TWILIO_AUTH_TOKEN"),
        (answer_json({"code": 20404}, 404), "TWILIO_ACCOUNT_SID"),
        (Answer(500), "error"),
        (DROP, "cannot be reached"),
    ],
)
def test_health(api: Provider, answer: Answer, words: str) -> None:
    api.answer = lambda seen: answer
    sentence = channel(api.url).health()
    assert (words in sentence) if words else sentence == ""
    assert api.seen[0].path == f"/2010-04-01/Accounts/{ACCOUNT}.json"


def test_sending_logs_nothing_personal(api: Provider, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    channel(api.url).send(outbound("a pothole"))
    api.answer = lambda seen: DROP
    for attempt in (channel(api.url).send, channel(api.url).find_sent):
        with pytest.raises(SendError):
            attempt(outbound("a pothole", sent_after=NOW))
    assert not any(word in caplog.text for word in (RESIDENT[1:], "pothole", TOKEN, ACCOUNT))
