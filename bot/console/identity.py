"""Signing in by the city's own identity provider: OpenID Connect, where OIDC_ISSUER is set.

Authorization code with PKCE, state and nonce; the library checks the provider's signature (OpenID Connect
Core 1.0, section 3.1.3.7). Who may come in stays ours: an account of that name has to be there.
"""

from __future__ import annotations

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Response, redirect, render_template, session
from joserfc.errors import JoseError
from requests import RequestException
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from bot.config import Config, ConfigError
from bot.console import accounts
from bot.console.access import ANYBODY, PATH, Console, View, keep_cookie, next_page
from bot.staff_tables import Staff
from bot.town import Town

NAME = "city"


def add(console: Console) -> None:
    """Add the routes, where a provider is set up; raises `ConfigError` where it can't be used."""
    settings = console.town.config.settings
    if not settings.oidc_issuer:
        return
    _check(console.town.config)
    oauth = OAuth()
    oauth.register(
        NAME,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "timeout": 10},
    )
    console.routes.record_once(lambda state: oauth.init_app(state.app))
    console.page("/oidc", "oidc", _leave(console.town, oauth), allow=ANYBODY)
    console.page("/oidc/back", "oidc_back", _come_back(console.town, oauth), allow=ANYBODY)


def _check(config: Config) -> None:
    if len(config.settings.secret_key) < 32:
        raise ConfigError("OIDC_ISSUER needs a SECRET_KEY of 32 characters or more, to sign what comes back")
    if not (config.settings.oidc_client_id and config.settings.oidc_client_secret):
        raise ConfigError(
            "OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, which your provider gives you"
        )


def _leave(town: Town, oauth: OAuth) -> View:
    def oidc() -> AnyResponse:
        """Go to the provider."""
        base = town.config.settings.public_base_url.rstrip("/")
        try:
            away: AnyResponse = oauth.create_client(NAME).authorize_redirect(f"{base}{PATH}/oidc/back")
        except (RequestException, OAuthError):
            return _refused("The city's sign-in does not answer. Try again in a minute.", 503)
        return away

    return oidc


def _come_back(town: Town, oauth: OAuth) -> View:
    def oidc_back() -> AnyResponse:
        """Let in who comes back from the provider with an account here."""
        try:
            claims = oauth.create_client(NAME).authorize_access_token()["userinfo"]
        except (OAuthError, JoseError, RequestException, KeyError, ValueError):
            return _refused("That sign-in could not be checked. Please start again.", 400)
        finally:
            session.clear()
        token = _let_in(town, dict(claims))
        if not token:
            mail = claims.get("email") or "your address"
            return _refused(f"There is no account here for {mail}. Ask an administrator to add it.", 403)
        response = redirect(next_page(""), 303)
        keep_cookie(response, token, town.config)
        return response

    return oidc_back


def _let_in(town: Town, claims: dict[str, object]) -> str:
    """Return the token of a new session for whom the provider names; "" where they have no account.

    The first time an account is known by its name, the verified address; from then on by the provider's own,
    which stays when an address changes hands.
    """
    subject = f"{claims['iss']} {claims['sub']}"
    with town.database.write.begin() as database:
        staff = database.scalars(select(Staff).where(Staff.subject == subject)).first()
        if staff is None and claims.get("email_verified") is True:
            query = select(Staff).where(Staff.name == str(claims.get("email", "")), Staff.subject.is_(None))
            staff = database.scalars(query).first()
        if staff is None or staff.disabled_at is not None:
            return ""
        staff.subject = subject
        return accounts.open_session(town, database, staff, code_given=True)


def _refused(words: str, status: int) -> Response:
    page = render_template("console/sign_in.html", next="", refused=words)
    return Response(page, status=status, mimetype="text/html")
