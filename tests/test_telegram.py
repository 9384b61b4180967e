"""Telegram, both directions: its updates in, the Bot API out."""

from __future__ import annotations

import copy
import gzip
import io
import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from provider_stub import DROP, Answer, Provider, Seen, answer_json, described, payloads, provider
from telegram import Update
from werkzeug.test import TestResponse

from bot.bench.deployment import free_port
from webhooks.channel import Choice, FetchError, Inbound, Media, Outbound, SendError, StoreUnavailable
from webhooks.telegram import TelegramChannel, TelegramSettings, blueprint, parse

TOKEN = "7000000001:AAabcdefghijklmnopqrstuvwxyz012345"
BOT = "7000000001"
SECRET = "correct-horse_battery"
PAYLOADS = payloads("telegram")


@pytest.mark.parametrize("name", PAYLOADS)
def test_payloads(name: str) -> None:
    payload = PAYLOADS[name]
    inbound = parse(payload["update"], BOT)
    assert described(inbound) == payload["inbound"], payload["about"]
    if inbound:
        kept = json.dumps(inbound.raw, ensure_ascii=False, allow_nan=False)
        assert "\0" not in kept.replace("\\u0000", "\0")
        assert kept.encode()


@pytest.mark.parametrize("name", [name for name in PAYLOADS if name.startswith("trimmed_")])
def test_trimmed_payloads_are_such_as_the_library_refuses(name: str) -> None:
    if name not in ("trimmed_from", "trimmed_chat"):  # these two it takes, and loses the chat
        with pytest.raises((TypeError, KeyError)):
            Update.de_json(PAYLOADS[name]["update"], None)


def test_numbers_that_json_does_not_know_are_kept_as_text() -> None:
    update = {"update_id": 1, "message": {"chat": {"id": 42}, "text": "x", "weight": float("inf")}}
    inbound = parse(update, BOT)
    assert inbound
    assert inbound.raw["message"]["weight"] == "inf"


def test_nesting_has_an_end() -> None:
    with pytest.raises(ValueError, match="deep"):
        parse({"update_id": 1, "message": json.loads('{"a":' * 70 + "1" + "}" * 70)}, BOT)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Name every member of a payload, however deep."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in items:
        yield (*path, name)
        yield from places(member, (*path, name))


junk: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just([]), st.just({})
)


@given(st.sampled_from(sorted(PAYLOADS)), st.data())
def test_a_spoilt_update_never_raises(name: str, data: st.DataObject) -> None:
    update = copy.deepcopy(PAYLOADS[name]["update"])
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(list(places(update))))
        holder = update
        for step in path:
            holder = holder[step]
        holder[last] = data.draw(junk)
    inbound = parse(update, BOT)
    assert inbound is None or json.dumps(inbound.raw, allow_nan=False)


# The webhook


class Inbox:
    """Keeps what it is given, or is down."""

    def __init__(self) -> None:
        self.down = False
        self.events: list[Inbound] = []

    def receive(self, inbound: Inbound) -> None:
        if self.down:
            raise StoreUnavailable
        self.events.append(inbound)


class Caller:
    """Calls the webhook as Telegram does."""

    def __init__(self, inbox: Inbox, secret: str = SECRET) -> None:
        app = Flask("webhook under test")
        app.register_blueprint(blueprint(settings("http://127.0.0.1:1", webhook_secret=secret), inbox.receive))
        self.client = app.test_client()

    def post(self, body: object, secret: str | None = SECRET, **options: Any) -> TestResponse:
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        return self.client.post(
            "/webhooks/telegram",
            data=body if isinstance(body, bytes) else json.dumps(body),
            content_type="application/json",
            headers=headers,
            **options,
        )


def settings(url: str, **more: Any) -> TelegramSettings:
    members = {
        "bot_token": TOKEN,
        "webhook_secret": SECRET,
        "api_base_url": url,
        "public_base_url": "https://townline.example/",
        "timeout": 5.0,
        **more,
    }
    return TelegramSettings(**members)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def telegram(inbox: Inbox) -> Caller:
    return Caller(inbox)


def update(name: str) -> dict[str, Any]:
    body: dict[str, Any] = PAYLOADS[name]["update"]
    return body


def test_an_update_is_kept(telegram: Caller, inbox: Inbox) -> None:
    answer = telegram.post(update("text"))
    assert (answer.status_code, answer.data) == (200, b"")
    assert [event.external_id for event in inbox.events] == [f"{BOT}:1"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "é"])
def test_a_wrong_secret_is_refused(telegram: Caller, inbox: Inbox, secret: str | None) -> None:
    assert telegram.post(update("text"), secret).status_code == 403
    assert telegram.post(b"x" * 10_000_000, secret).status_code == 403
    assert inbox.events == []


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_secret_of_our_own_nobody_is_let_in(inbox: Inbox, secret: str | None) -> None:
    assert Caller(inbox, secret="").post(update("text"), secret).status_code == 403
    assert inbox.events == []


@pytest.mark.parametrize("name", [name for name, payload in PAYLOADS.items() if payload["inbound"] is None])
def test_what_is_not_for_us_is_done_with(telegram: Caller, inbox: Inbox, name: str) -> None:
    assert telegram.post(update(name)).status_code == 200
    assert inbox.events == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"junk",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b'{"update_id": "1", "message": {}}',
        b'{"update_id": 1' + b"0" * 5000 + b"}",
        b"[" * 100_000,
        b'{"update_id": 1, "message": ' + b'{"a":' * 500 + b"1" + b"}" * 500 + b"}",
    ],
)
def test_junk_is_set_aside_and_holds_up_nobody(telegram: Caller, inbox: Inbox, body: bytes) -> None:
    assert telegram.post(body).status_code == 200
    [event] = inbox.events
    assert event.kind == "unreadable"
    assert json.dumps(event.raw)


def test_different_junk_is_told_apart(telegram: Caller, inbox: Inbox) -> None:
    for body in (b"one", b"two", b"one"):
        telegram.post(body)
    assert len({event.external_id for event in inbox.events}) == 2


def test_a_huge_body_is_refused(telegram: Caller, inbox: Inbox) -> None:
    assert telegram.post(b"x" * 1_100_000).status_code == 413
    chunked = telegram.client.post(
        "/webhooks/telegram",
        input_stream=io.BytesIO(b'{"update_id": 1}' + b" " * 1_100_000),
        headers={"X-Telegram-Bot-Api-Secret-Token": SECRET, "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert chunked.status_code == 413
    assert inbox.events == []


def test_telegram_is_asked_to_come_again_only_while_the_store_is_down(telegram: Caller, inbox: Inbox) -> None:
    inbox.down = True
    answer = telegram.post(update("text"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    inbox.down = False
    assert telegram.post(update("text")).status_code == 200


@pytest.mark.parametrize("name", ["button", "button_without_data", "button_without_message"])
def test_buttons_are_always_answered(telegram: Caller, name: str) -> None:
    pressed = update(name)
    assert telegram.post(pressed).get_json() == {
        "method": "answerCallbackQuery",
        "callback_query_id": pressed["callback_query"]["id"],
    }


def test_no_personal_data_is_logged(telegram: Caller, inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.post(update("text"))
    telegram.post(update("text"), "wrong")
    telegram.post(update("unreadable_date"))
    telegram.post(b"streetlight junk")
    inbox.down = True
    telegram.post(update("text"))
    assert len(caplog.records) == 4
    assert not any(word in caplog.text for word in ("streetlight", "Pat", "42", SECRET, TOKEN))


def test_settings_hide_their_secrets() -> None:
    shown = repr(settings("https://api.telegram.org"))
    assert TOKEN not in shown
    assert SECRET not in shown


# Sending


def sent(seen: Seen) -> Answer:
    return answer_json({"ok": True, "result": {"message_id": 9, "chat": {"id": 42}, "date": 0}})


@pytest.fixture
def api() -> Iterator[Provider]:
    with provider(sent) as stub:
        yield stub


def channel(url: str, **more: Any) -> TelegramChannel:
    return TelegramChannel(settings(url, **more))


def outbound(text: str = "Where is it?", recipient: str = "telegram:42", **more: Any) -> Outbound:
    members = {"outbox_id": "o-7", "recipient": recipient, "sender": f"telegram:{BOT}", "text": text, **more}
    return Outbound(**members)


@pytest.mark.parametrize("base", ["{}", "{}/", "{}/bot", "{}/bot/"])
def test_a_message_is_sent_as_plain_text(api: Provider, base: str) -> None:
    text = "Filed: <b> & *stars* _and_ all “that” 🌳"
    assert channel(base.format(api.url)).send(outbound(text)) == "o-7:9"
    [seen] = api.seen
    assert seen.path == f"/bot{TOKEN}/sendMessage"
    assert (seen.json["chat_id"], seen.json["text"]) == (42, text)
    assert seen.json["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in seen.json


def keyboard(api: Provider, **more: Any) -> Any:
    channel(api.url).send(outbound(**more))
    return api.seen[-1].json["reply_markup"]


def test_choices_are_buttons(api: Provider) -> None:
    short = (Choice(label="Yes", value="yes"), Choice(label="No", value="no"))
    assert keyboard(api, choices=short) == {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}]]
    }
    long = (Choice(label="Street light out", value="a"), Choice(label="Traffic signal", value="b"))
    assert keyboard(api, choices=long, ask_location=True) == {
        "inline_keyboard": [
            [{"text": "Street light out", "callback_data": "a"}],
            [{"text": "Traffic signal", "callback_data": "b"}],
        ]
    }


def test_the_place_is_asked_for_with_a_button_that_goes_again(api: Provider) -> None:
    asked = keyboard(api, ask_location=True)
    [[button]] = asked["keyboard"]
    assert button["request_location"] is True
    assert asked["one_time_keyboard"] is True
    assert asked["resize_keyboard"] is True
    assert keyboard(api) == {"remove_keyboard": True}


def test_pictures_are_sent(api: Provider) -> None:
    channel(api.url).send(outbound("Done", media_urls=("https://c.example/1",)))
    assert api.seen[0].path.endswith("/sendPhoto")
    assert (api.seen[0].json["photo"], api.seen[0].json["caption"]) == ("https://c.example/1", "Done")
    album = [{"message_id": 9, "chat": {"id": 42}}, {"message_id": 10, "chat": {"id": 42}}]
    api.answer = lambda seen: answer_json({"ok": True, "result": album})
    two = outbound("Done", media_urls=("https://c.example/1", "https://c.example/2"))
    assert channel(api.url).send(two) == "o-7:9"
    assert [part["media"] for part in api.seen[1].json["media"]] == list(two.media_urls)


def flags(error: SendError) -> set[str]:
    return {name for name in ("retryable", "unknown", "unreachable", "operator") if getattr(error, name)}


def failure(url: str, message: Outbound | None = None, **more: Any) -> SendError:
    with pytest.raises(SendError) as caught:
        channel(url, **more).send(message or outbound())
    assert TOKEN not in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in shown
    return caught.value


def problem(status: int, description: str, **parameters: int) -> Answer:
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return answer_json(answer | ({"parameters": parameters} if parameters else {}), status)


@pytest.mark.parametrize(
    ("status", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", {"unreachable"}),
        (403, "Forbidden: user is deactivated", {"unreachable"}),
        (403, "Forbidden: bot was kicked from the group chat", {"unreachable"}),
        (400, "Bad Request: chat not found", {"unreachable"}),
        (400, "Bad Request: message is too long", set()),
        (400, "Bad Request: can't parse entities", set()),
        (400, "Bad Request: BUTTON_DATA_INVALID", set()),
        (401, "Unauthorized", {"operator"}),
        (404, "Not Found", {"operator"}),
        (500, "Internal Server Error", {"retryable", "unknown"}),
        (502, "Bad Gateway", {"retryable", "unknown"}),
    ],
)
def test_errors(api: Provider, status: int, description: str, expected: set[str]) -> None:
    api.answer = lambda seen: problem(status, description)
    error = failure(api.url)
    assert flags(error) == expected
    assert len(api.seen) == 1  # none is repeated by itself


def test_what_telegram_quotes_is_not_repeated(api: Provider) -> None:
    api.answer = lambda seen: problem(400, 'Bad Request: unsupported start tag "500 Main St" at offset 3')
    assert failure(api.url).reason == 'Telegram: Unsupported start tag "..." at offset 3'


def test_too_many_requests_say_when_to_come_again(api: Provider) -> None:
    api.answer = lambda seen: problem(429, "Too Many Requests: retry after 17", retry_after=17)
    error = failure(api.url)
    assert (flags(error), error.retry_after) == ({"retryable"}, 17)


def test_a_chat_that_has_moved(api: Provider) -> None:
    api.answer = lambda seen: problem(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007)
    error = failure(api.url)
    assert (flags(error), error.moved_to) == ({"retryable"}, "telegram:-1007")


def test_answers_that_make_no_sense(api: Provider) -> None:
    for answer in (
        Answer(200, b"<h1>Welcome to our proxy</h1>"),
        Answer(502, b"<h1>Bad gateway</h1>"),
        answer_json([]),
        answer_json({"ok": True, "result": True}),
        answer_json({"ok": True}),
    ):
        api.answer = lambda seen, answer=answer: answer  # type: ignore[misc]
        assert flags(failure(api.url)) == {"retryable", "unknown"}


def test_no_answer_is_an_unknown_outcome(api: Provider) -> None:
    api.answer = lambda seen: DROP
    assert flags(failure(api.url)) == {"retryable", "unknown"}
    api.answer = lambda seen: Answer(body=b"{", hang=True)
    assert flags(failure(api.url, timeout=0.2)) == {"retryable", "unknown"}
    assert channel(api.url).find_sent(outbound()) is None


def test_nobody_leads_us_elsewhere(api: Provider) -> None:
    api.answer = lambda seen: Answer(302, headers={"Location": f"{api.url}/elsewhere"})
    assert flags(failure(api.url)) == {"retryable", "unknown"}
    assert len(api.seen) == 1


def test_no_connection_is_nothing_sent() -> None:
    assert flags(failure(f"http://127.0.0.1:{free_port()}")) == {"retryable"}


def test_what_cannot_be_sent_is_not_tried(api: Provider) -> None:
    assert flags(failure(api.url, outbound("x" * 4097))) == set()
    assert flags(failure(api.url, outbound(recipient="telegram:nobody"))) == {"unreachable"}
    assert api.seen == []
    channel(api.url).send(outbound("x" * 4096))
    assert len(api.seen) == 1


def test_cost() -> None:
    assert channel("http://127.0.0.1:1").cost("x" * 4096) == 0


# Files


def files(seen: Seen) -> Answer:
    """Serve one file under a path to be quoted, and know no other."""
    if seen.path.endswith("/getFile"):
        known = seen.json["file_id"] == "photo-3"
        path = {"file_id": "photo-3", "file_path": "photos/file #3.jpg"}
        return (
            answer_json({"ok": True, "result": path}) if known else problem(400, "Bad Request: wrong file_id")
        )
    return Answer(body=b"photo") if seen.path == f"/file/bot{TOKEN}/photos/file%20%233.jpg" else Answer(404)


def fetch_failure(url: str, media: Media, limit: int = 100) -> tuple[str, bool]:
    with pytest.raises(FetchError) as caught:
        channel(url).fetch(media, limit)
    return caught.value.reason, caught.value.retryable


def test_a_file_is_fetched(api: Provider) -> None:
    api.answer = files
    assert channel(api.url).fetch(Media(ref="photo-3"), 100) == b"photo"
    assert channel(api.url + "/bot").fetch(Media(ref="photo-3", size=5), 5) == b"photo"


def test_files_that_cannot_be_fetched(api: Provider) -> None:
    api.answer = files
    assert fetch_failure(api.url, Media(ref="photo-4")) == ("missing", False)
    assert fetch_failure(api.url, Media(ref="photo-3"), limit=4) == ("too_big", False)
    asked = len(api.seen)
    assert fetch_failure(api.url, Media(ref="photo-3", size=101)) == ("too_big", False)
    assert fetch_failure(api.url, Media(ref="x", size=21_000_000), limit=50_000_000) == ("too_big", False)
    assert len(api.seen) == asked


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (problem(400, "Bad Request: file is too big"), ("too_big", False)),
        (problem(401, "Unauthorized"), ("forbidden", False)),
        (problem(429, "Too Many Requests", retry_after=3), ("unavailable", True)),
        (problem(500, "Internal Server Error"), ("unavailable", True)),
        (answer_json({"ok": True, "result": {"file_id": "x"}}), ("missing", False)),
        (DROP, ("unavailable", True)),
    ],
)
def test_files_that_telegram_does_not_give(api: Provider, answer: Answer, expected: tuple[str, bool]) -> None:
    api.answer = lambda seen: answer
    assert fetch_failure(api.url, Media(ref="x")) == expected


# The set-up


def test_the_webhook_is_set(api: Provider) -> None:
    api.answer = lambda seen: answer_json({"ok": True, "result": True})
    channel(api.url).set_webhook(max_connections=10)
    assert api.seen[0].path == f"/bot{TOKEN}/setWebhook"
    assert api.seen[0].json == {
        "url": "https://townline.example/webhooks/telegram",
        "secret_token": SECRET,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        "max_connections": 10,
    }


def test_a_webhook_that_telegram_does_not_like(api: Provider) -> None:
    api.answer = lambda seen: problem(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
    with pytest.raises(SendError, match="https") as caught:
        channel(api.url).set_webhook()
    assert flags(caught.value) == {"operator"}
    api.answer = lambda seen: problem(404, "Not Found")
    with pytest.raises(SendError, match="token") as caught:
        channel(api.url).set_webhook()
    assert flags(caught.value) == {"operator"}


HOOK = {"url": "https://townline.example/webhooks/telegram", "pending_update_count": 0}


@pytest.mark.parametrize(
    ("hook", "words"),
    [
        (HOOK, ""),
        ({**HOOK, "last_error_message": "Connection timed out"}, ""),  # since then all has arrived
        ({**HOOK, "pending_update_count": 3}, ""),
        ({**HOOK, "pending_update_count": 3, "last_error_message": "403 Forbidden"}, "403 Forbidden"),
        ({"url": ""}, "set-webhook"),
        ({**HOOK, "url": "https://old.example/"}, "set-webhook"),
    ],
)
def test_health(api: Provider, hook: Mapping[str, Any], words: str) -> None:
    api.answer = lambda seen: answer_json({"ok": True, "result": hook if "Webhook" in seen.path else {"id": 1}})
    sentence = channel(api.url).health()
    assert (words in sentence) if words else sentence == ""


def test_bad_health(api: Provider) -> None:
    api.answer = lambda seen: problem(401, "Unauthorized")
    assert "TELEGRAM_BOT_TOKEN" in channel(api.url).health()
    api.answer = lambda seen: DROP
    assert "cannot be reached" in channel(api.url).health()


def test_the_token_is_never_logged(api: Provider, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    api.answer = files
    channel(api.url).fetch(Media(ref="photo-3"), 100)
    api.answer = sent
    channel(api.url).send(outbound("a pothole"))
    api.answer = lambda seen: DROP
    failure(api.url)
    assert not any(word in caplog.text for word in (TOKEN, "pothole", "AAabc"))


def test_compressed_updates_are_not_taken_for_text(telegram: Caller, inbox: Inbox) -> None:
    assert telegram.post(gzip.compress(b"{}")).status_code == 200
    assert inbox.events[0].kind == "unreadable"
