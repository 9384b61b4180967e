"""Fetching a file without being led astray."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from provider_stub import DROP, Answer, Provider, Seen, provider

from bot.bench.deployment import free_port
from webhooks.channel import FetchError
from webhooks.media import download, is_public

PHOTO = b"\xff\xd8\xff" + bytes(5000)
AUTH = ("AC1", "secret")
BASIC = "Basic " + base64.b64encode(b"AC1:secret").decode()


@pytest.fixture
def own() -> Iterator[Provider]:
    """The provider's own server: it wants to know who asks."""

    def answer(seen: Seen) -> Answer:
        return Answer(body=PHOTO) if seen.headers.get("Authorization") == BASIC else Answer(401)

    with provider(answer) as stub:
        yield stub


@pytest.fixture
def cdn() -> Iterator[Provider]:
    """Where the provider sends us for the file: it takes offence at credentials."""
    with provider(lambda seen: Answer(400) if "Authorization" in seen.headers else Answer(body=PHOTO)) as stub:
        yield stub


def fetch(stub: Provider, url: str = "", limit: int = 10_000, timeout: float = 5.0) -> bytes:
    return download(url or f"{stub.url}/media", limit=limit, allow=(stub.url,), auth=AUTH, timeout=timeout)


def refused(stub: Provider, url: str = "", **options: float) -> tuple[str, bool]:
    with pytest.raises(FetchError) as caught:
        fetch(stub, url, **options)  # type: ignore[arg-type]
    return caught.value.reason, caught.value.retryable


def test_the_provider_is_told_who_asks(own: Provider) -> None:
    assert fetch(own) == PHOTO


def test_without_credentials_it_is_forbidden(own: Provider) -> None:
    with pytest.raises(FetchError) as caught:
        download(own.url, limit=10_000, allow=(own.url,))
    assert (caught.value.reason, caught.value.retryable) == ("forbidden", False)


def test_credentials_do_not_follow_a_redirect_to_another_port(own: Provider, cdn: Provider) -> None:
    own.answer = lambda seen: Answer(307, headers={"Location": f"{cdn.url}/file?signature=a%2Fb"})
    assert fetch(own) == PHOTO
    assert own.seen[0].headers["Authorization"] == BASIC
    assert "Authorization" not in cdn.seen[0].headers
    assert cdn.seen[0].target == "/file?signature=a%2Fb"


def test_credentials_stay_within_the_provider(own: Provider) -> None:
    own.answer = lambda seen: (
        Answer(302, headers={"Location": "/there"}) if seen.path == "/media" else Answer(body=PHOTO)
    )
    assert fetch(own) == PHOTO
    assert [seen.headers["Authorization"] for seen in own.seen] == [BASIC, BASIC]


@pytest.mark.parametrize(
    "location",
    [
        "https://10.0.0.1/file",
        "https://169.254.169.254/latest/meta-data",
        "http://169.254.169.254/latest/meta-data",
        "https://[::1]/file",
        "https://[::ffff:10.0.0.1]/file",
        "https://0.0.0.0/file",
        "https://2130706433/file",  # 127.0.0.1 as one number
        "https://localhost/file",  # another name than the one configured
        "http://127.0.0.2/file",
        "http://8.8.8.8/file",  # public, but in the open
        "https://someone:secret@8.8.8.8/file",
        "https://8.8.8.8:port/file",
        "file:///etc/passwd",
        "ftp://127.0.0.1/file",
        "https:///file",
    ],
)
def test_redirects_into_the_dark_are_refused(own: Provider, location: str) -> None:
    own.answer = lambda seen: Answer(307, headers={"Location": location})
    assert refused(own) == ("refused", False)
    assert len(own.seen) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_end(own: Provider, status: int) -> None:
    own.answer = lambda seen: Answer(status, headers={"Location": "/again"})
    assert refused(own) == ("refused", False)
    assert len(own.seen) == 4


def test_this_machine_is_open_only_to_a_provider_that_is_here(own: Provider) -> None:
    with pytest.raises(FetchError) as caught:
        download(own.url, limit=10_000, allow=("https://api.twilio.com", "https://*.twilio.com"), auth=AUTH)
    assert caught.value.reason == "refused"
    assert own.seen == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, ("forbidden", False)),
        (403, ("forbidden", False)),
        (404, ("missing", True)),
        (410, ("missing", False)),
        (429, ("unavailable", True)),
        (500, ("unavailable", True)),
        (503, ("unavailable", True)),
    ],
)
def test_answers(own: Provider, status: int, expected: tuple[str, bool]) -> None:
    own.answer = lambda seen: Answer(status)
    assert refused(own) == expected


def test_the_limit_is_the_last_size_taken(own: Provider) -> None:
    assert fetch(own, limit=len(PHOTO)) == PHOTO
    assert refused(own, limit=len(PHOTO) - 1) == ("too_big", False)


def test_a_file_that_does_not_say_its_size_is_measured_as_it_comes(own: Provider) -> None:
    own.answer = lambda seen: Answer(body=bytes(1_000_000), length=False)
    assert fetch(own, limit=1_000_000) == bytes(1_000_000)
    assert refused(own, limit=999_999) == ("too_big", False)


def test_chunks_are_put_together(own: Provider) -> None:
    chunks = b"5\r\nhello\r\n6\r\n there\r\n0\r\n\r\n"
    own.answer = lambda seen: Answer(body=chunks, headers={"Transfer-Encoding": "chunked"}, length=False)
    assert fetch(own) == b"hello there"


def test_compressed_bytes_are_not_blown_up(own: Provider) -> None:
    own.answer = lambda seen: Answer(body=b"\x1f\x8bjunk", headers={"Content-Encoding": "gzip"})
    assert fetch(own) == b"\x1f\x8bjunk"
    assert own.seen[0].headers["Accept-Encoding"] == "identity"


def test_a_file_cut_short_is_asked_for_again(own: Provider) -> None:
    own.answer = lambda seen: Answer(body=b"half", headers={"Content-Length": "8"}, length=False)
    assert refused(own) == ("unavailable", True)


def test_silence_is_not_waited_for(own: Provider) -> None:
    own.answer = lambda seen: Answer(body=b"half", hang=True)
    assert refused(own, timeout=0.2) == ("unavailable", True)


def test_a_file_that_drips_is_given_up(own: Provider) -> None:
    own.answer = lambda seen: Answer(length=False, drip=True)
    assert refused(own, timeout=0.2) == ("unavailable", True)


def test_a_file_that_says_it_is_too_big_is_not_waited_for(own: Provider) -> None:
    own.answer = lambda seen: Answer(headers={"Content-Length": "10001"}, length=False, hang=True)
    assert refused(own) == ("too_big", False)


def test_a_provider_that_is_down(own: Provider) -> None:
    own.answer = lambda seen: DROP
    assert refused(own) == ("unavailable", True)
    assert refused(own, f"http://127.0.0.1:{free_port()}/") == ("unavailable", True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:192.168.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::1", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public
