"""Signing in and out: name and password, then the authenticator's code where one is set."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from bot.console import accounts
from bot.console.access import (
    ANYBODY,
    COOKIE,
    PATH,
    Console,
    View,
    check_csrf,
    keep_cookie,
    next_page,
    problem,
)
from bot.town import Town

SAYS = {
    400: "This request can't be taken. Load the page again and repeat what you did.",
    401: "Please sign in first.",
    403: "Your role can't open this page. Ask an administrator if you need it.",
    404: "There is no such page.",
    405: "This page can't be used that way.",
    413: "That is more than can be taken at once. Go back and send a smaller photo.",
}


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    accounts.nobodys_hash()
    console.page("/sign-in", "sign_in", _sign_in(town), allow=ANYBODY, methods=("GET", "POST"))
    console.page("/code", "code", _code(town), allow=ANYBODY, methods=("GET", "POST"))
    console.page("/sign-out", "sign_out", _sign_out(town), allow=ANYBODY, methods=("POST",))
    console.routes.register_error_handler(HTTPException, _refused)


def _sign_in(town: Town) -> View:
    def sign_in() -> str | Response:
        """Ask for name and password."""
        wanted = request.values.get("next", "")
        if request.method == "GET":
            if g.session is not None and g.session.code_given:
                return redirect(next_page(wanted))
            return render_template("console/sign_in.html", next=wanted, refused="")
        try:
            token = accounts.sign_in(town, request.form.get("name", ""), request.form.get("password", ""))
        except accounts.Refused as refused:
            return _again("console/sign_in.html", wanted, str(refused))
        session = accounts.find_session(town, token)
        assert session is not None
        target = next_page(wanted) if session.code_given else url_for("console.code", next=wanted)
        response = redirect(target, 303)
        keep_cookie(response, token, town.config)
        return response

    return sign_in


def _code(town: Town) -> View:
    def code() -> str | Response:
        """Ask for the authenticator's code."""
        wanted = request.values.get("next", "")
        if g.session is None:
            return redirect(url_for("console.sign_in"))
        if g.session.code_given:
            return redirect(next_page(wanted))
        if request.method == "GET":
            return render_template("console/code.html", next=wanted, refused="")
        check_csrf()
        try:
            accounts.give_code(town, g.session.id, request.form.get("code", ""))
        except accounts.Refused as refused:
            return _again("console/code.html", wanted, str(refused))
        return redirect(next_page(wanted), 303)

    return code


def _sign_out(town: Town) -> View:
    def sign_out() -> Response:
        """End the session."""
        if g.session is not None:
            check_csrf()
            accounts.sign_out(town, g.session.id)
        response = redirect(url_for("console.sign_in"), 303)
        response.delete_cookie(COOKIE, path=PATH)
        return response

    return sign_out


def _again(template: str, wanted: str, refused: str) -> Response:
    return Response(render_template(template, next=wanted, refused=refused), status=401, mimetype="text/html")


def _refused(error: HTTPException) -> Response:
    status = error.code or 500
    own = error.description if status == 400 and error.description else ""
    return problem(status, own or SAYS.get(status, "Something went wrong. Please try again."))
