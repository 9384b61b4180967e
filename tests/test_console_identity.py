"""Signing in by the city's own identity provider: a small OpenID Connect provider on this machine plays it."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey
from provider_stub import Answer, Provider, Seen, answer_json, provider
from servers import Office, OpenOffice
from staff_desk import Browser, browser, hire

from bot.config import ConfigError
from bot.console import accounts
from bot.database import Database

MAIL = "kim@riverton.example"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
CLIENT = {"oidc_client_id": "townline", "oidc_client_secret": "known-to-both", "secret_key": "k" * 32}


@dataclass
class Issuer:
    """The provider: who signs in there, and what it says of them."""

    stub: Provider
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "7", "email": MAIL, "email_verified": True})
    key: RSAKey = field(default_factory=lambda: KEY)
    challenges: dict[str, tuple[str, str]] = field(default_factory=dict)

    def answer(self, seen: Seen) -> Answer:
        url = self.stub.url
        if seen.path == "/.well-known/openid-configuration":
            known = {name: f"{url}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return answer_json({"issuer": url, "id_token_signing_alg_values_supported": ["RS256"], **known})
        if seen.path == "/jwks_uri":
            return answer_json({"keys": [KEY.as_dict(private=False)]})
        assert seen.path == "/token_endpoint", seen.path
        form = {name: values[0] for name, values in seen.form.items()}
        challenge, nonce = self.challenges.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
        now = int(time.time())
        said = {"iss": url, "aud": "townline", "iat": now, "exp": now + 60, "nonce": nonce, **self.claims}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, said, self.key)
        return answer_json({"access_token": "a", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with provider(lambda seen: Answer(500)) as stub:
        made = Issuer(stub)
        stub.answer = made.answer
        yield made


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database, issuer: Issuer) -> Office:
    office = open_office(sqlite, oidc_issuer=issuer.stub.url, **CLIENT)
    hire(office, MAIL, "agent")
    return office


def leave(mine: Browser) -> dict[str, str]:
    """Go to the provider; returns what it is asked."""
    answer = mine.get("/oidc", allow_redirects=False)
    assert answer.status_code == 302
    _keep(mine, answer)
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def come_back(mine: Browser, **query: str) -> requests.Response:
    answer = mine.get("/oidc/back", params=query, allow_redirects=False)
    _keep(mine, answer)
    return answer


def _keep(mine: Browser, answer: requests.Response) -> None:
    for cookie in answer.cookies:  # meant for https only; the tests' server is reached without
        mine.session.cookies.set(cookie.name, cookie.value, path="/console", secure=False)


def sign_in(mine: Browser, issuer: Issuer, **query: str) -> requests.Response:
    asked = leave(mine)
    issuer.challenges["code-1"] = (asked["code_challenge"], asked["nonce"])
    return come_back(mine, **{"code": "code-1", "state": asked["state"]} | query)


def test_whoever_has_an_account_comes_in(office: Office, issuer: Issuer) -> None:
    mine = browser(office)
    assert "Riverton's own account" in mine.open("/sign-in")
    asked = leave(mine)
    assert asked["redirect_uri"] == "https://311.riverton.example/console/oidc/back"
    assert asked["code_challenge_method"] == "S256"
    assert sign_in(mine, issuer).status_code == 303
    assert MAIL in mine.open("/account")


def test_an_account_is_known_by_the_provider_s_own_name_from_then_on(office: Office, issuer: Issuer) -> None:
    sign_in(browser(office), issuer)
    issuer.claims["email"] = "kim.new@riverton.example"
    assert sign_in(browser(office), issuer).status_code == 303
    issuer.claims = {"sub": "8", "email": MAIL, "email_verified": True}  # the old address, in other hands
    assert sign_in(browser(office), issuer).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "7", "email": "lee@riverton.example", "email_verified": True},
        {"sub": "7", "email": MAIL, "email_verified": False},
        {"sub": "7", "email": MAIL},
        {"sub": "7"},
    ],
    ids=["unknown", "unverified", "unsaid", "nameless"],
)
def test_nobody_else_comes_in(office: Office, issuer: Issuer, claims: dict[str, Any]) -> None:
    issuer.claims = claims
    mine = browser(office)
    answer = sign_in(mine, issuer)
    assert answer.status_code == 403
    assert "There is no account here for" in answer.text
    assert "sign-in" in mine.get("/account").url


def test_whoever_is_disabled_stays_out(office: Office, issuer: Issuer) -> None:
    sign_in(browser(office), issuer)
    accounts.disable(office.town, MAIL)
    assert sign_in(browser(office), issuer).status_code == 403


def test_what_was_not_asked_for_is_refused(office: Office, issuer: Issuer) -> None:
    mine = browser(office)
    assert sign_in(mine, issuer, state="made-up").status_code == 400
    assert come_back(browser(office), code="code-1", state="x").status_code == 400
    assert come_back(mine, error="access_denied", state="x").status_code == 400


def test_what_another_signed_is_refused(office: Office, issuer: Issuer) -> None:
    issuer.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert sign_in(browser(office), issuer).status_code == 400


def test_what_is_for_somebody_else_or_too_old_is_refused(office: Office, issuer: Issuer) -> None:
    for wrong in ({"aud": "another"}, {"exp": 1}, {"iss": "https://evil.example"}, {"nonce": "x"}):
        issuer.claims = {"sub": "7", "email": MAIL, "email_verified": True, **wrong}
        assert sign_in(browser(office), issuer).status_code == 400, wrong


def test_a_provider_that_is_away_is_said_to_be(office: Office, issuer: Issuer) -> None:
    issuer.stub.answer = lambda seen: Answer(503)
    answer = browser(office).get("/oidc", allow_redirects=False)
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)


@pytest.mark.parametrize("missing", sorted(CLIENT))
def test_half_a_setting_is_a_mistake(open_office: OpenOffice, sqlite: Database, missing: str) -> None:
    given = {"oidc_issuer": "https://id.riverton.example", **CLIENT, missing: ""}
    with pytest.raises(ConfigError, match="OIDC_ISSUER needs"):
        open_office(sqlite, **given)


def test_without_a_provider_there_is_no_such_door(open_office: OpenOffice, sqlite: Database) -> None:
    mine = browser(open_office(sqlite))
    assert "own account" not in mine.open("/sign-in")
    assert mine.get("/oidc").status_code == 404
