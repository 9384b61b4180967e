"""Who may open what: every route names its permission, every request passes here, every change a check more."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.config import Config
from bot.console.accounts import AT_MOST, find_session
from bot.staff_tables import Staff, StaffSession
from bot.town import Town

COOKIE = "townline_staff"
PATH = "/console"

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "agent": frozenset({"home", "conversations", "cases"}),
    "crew": frozenset({"home", "work"}),
    "supervisor": frozenset({"home", "conversations", "block", "cases", "bulk", "notices", "dashboard"}),
    "manager": frozenset({"home", "cases", "dashboard"}),
    "admin": frozenset(
        {"home", "conversations", "block", "cases", "bulk", "notices", "dashboard", "work"}
        | {"settings", "operations"}
    ),
}
"""What each role may open. A route that names none of these is for nobody."""

ANYBODY = "anybody"

View = Callable[..., str | AnyResponse]

HEADERS = {
    # All of it is ours: no other site's script, frame, form or picture; no script and no style in the page.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Console:
    """The console's routes in the making. `allowed` says which permission each endpoint takes; `polled` are
    those that pages ask by themselves."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.allowed: dict[str, str] = {}
        self.polled: set[str] = set()
        self.routes = Blueprint(
            "console", __name__, url_prefix=PATH, template_folder="templates", static_folder="static"
        )
        self.routes.before_request(self._pass)
        self.routes.after_request(_guard)
        self.routes.context_processor(self._known)

    def page(
        self,
        rule: str,
        name: str,
        view: View,
        *,
        allow: str,
        methods: tuple[str, ...] = ("GET",),
        polled: bool = False,
    ) -> None:
        """Add a route that whoever has the permission `allow` may use; `ANYBODY` needs no signing in.

        One that is `polled` does not count as somebody being there.
        """
        if polled:
            self.polled.add(f"console.{name}")
        self.allowed[f"console.{name}"] = allow
        self.routes.add_url_rule(rule, name, view, methods=list(methods))

    def _pass(self) -> AnyResponse | None:
        """Let a request through, or send it to sign in; a change needs its token, and has to come from us."""
        active = request.endpoint not in self.polled
        g.session = find_session(self.town, request.cookies.get(COOKIE, ""), active=active)
        permission = self.allowed.get(request.endpoint or "")
        if request.method == "POST":
            _check_origin(self.town.config)
        if permission == ANYBODY or request.endpoint == "console.static":
            return None
        if g.session is None:
            if request.method == "GET":
                return redirect(url_for("console.sign_in", next=request.full_path.rstrip("?")))
            abort(401)
        if not g.session.code_given:
            return redirect(url_for("console.code"))
        if permission not in PERMISSIONS.get(me().role, ()):
            abort(403)
        if request.method == "POST":
            check_csrf()
        return None

    def _known(self) -> dict[str, Any]:
        """Return what every template may use."""
        session: StaffSession | None = g.get("session")
        signed_in = session is not None and session.code_given
        return {
            "city": self.town.city,
            "me": session.staff if session and signed_in else None,
            "csrf": session.csrf if session else "",
            "routes": self.allowed,
            "may": lambda permission: bool(signed_in) and permission in PERMISSIONS.get(me().role, ()),
        }


def me() -> Staff:
    """Return who is signed in; only within a route that needs it."""
    session: StaffSession | None = g.session
    if session is None:
        abort(401)
    return session.staff


def check_csrf() -> None:
    """Refuse a change that was not sent by a page of this session."""
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), g.session.csrf.encode()):
        abort(400, "This page is too old. Load it again and repeat what you did.")


def _check_origin(config: Config) -> None:
    """Refuse what another site's page sends; browsers say where a form comes from (Fetch, section 3.2)."""
    origin = request.headers.get("Origin", "")
    ours = {urlsplit(config.settings.public_base_url).netloc, request.host}
    if origin and urlsplit(origin).netloc not in ours:
        abort(400, "This was not sent from a page of ours.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(400, "This was not sent from a page of ours.")


def keep_cookie(response: AnyResponse, token: str, config: Config) -> None:
    """Give a browser its session; no script can read it, no other site's form sends it along."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(AT_MOST.total_seconds()),
        path=PATH,
        secure=config.settings.public_base_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )


def next_page(wanted: str) -> str:
    """Return where to go after signing in: a page of the console, never another site."""
    plain = wanted.startswith(f"{PATH}/") and "\\" not in wanted and "//" not in wanted
    return wanted if plain else url_for("console.home")


def opaque_name(contact_id: int, config: Config) -> str:
    """Return the name by which ordinary staff know a resident: the same every time, telling nothing."""
    key = config.settings.secret_key.encode()
    digest = hmac.digest(key, str(contact_id).encode(), hashlib.sha256)
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "Resident " + "".join(letters[byte % len(letters)] for byte in digest[:5])


def _guard(response: Response) -> Response:
    if request.endpoint != "console.static":
        response.headers.update(HEADERS)
    return response


def problem(status: int, words: str) -> Response:
    """Return a page that says what went wrong."""
    return make_response(render_template("console/problem.html", status=status, words=words), status)
