"""The first page: what waits for whoever signed in."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from bot.console.access import PERMISSIONS, Console, me

FIRST = (("conversations", "console.queue"), ("work", "console.work"), ("dashboard", "console.dashboard"))
"""Where each kind of work begins; the first that one may open is their home."""


def add(console: Console) -> None:
    """Add the page."""

    def home() -> str | Response:
        """Go to where the work is."""
        for permission, endpoint in FIRST:
            if permission in PERMISSIONS[me().role] and endpoint in console.allowed:
                return redirect(url_for(endpoint))
        return render_template("console/home.html")

    console.page("/", "home", home, allow="home")
