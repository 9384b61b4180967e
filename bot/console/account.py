"""One's own account: the password, and the authenticator."""

from __future__ import annotations

import segno
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import accounts
from bot.console.access import Console, me


def add(console: Console) -> None:
    """Add the page."""
    town = console.town

    def show(refused: str = "", secret: str = "") -> str:
        secret = secret if accounts.SECRET.fullmatch(secret) else accounts.new_secret()
        address = accounts.address_of(secret, me().name, town.city.program)
        return render_template(
            "console/account.html", secret=secret, address=address, picture=_picture(address), refused=refused
        )

    def account() -> str | Response:
        """Show the account; set up an authenticator with a first code."""
        if request.method == "GET":
            return show()
        secret = request.form.get("secret", "")
        try:
            accounts.set_authenticator(town, me().id, secret, request.form.get("code", ""))
        except (accounts.Refused, ValueError) as refused:
            return Response(show(str(refused), secret), status=400, mimetype="text/html")
        return redirect(url_for("console.account"), 303)

    console.page("/account", "account", account, allow="home", methods=("GET", "POST"))


def _picture(address: str) -> str:
    """Return the address as a picture that a phone reads: a data URL, made here and sent nowhere."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2)
