"""The console: what agents, crews, managers and IT staff work with, at /console.

`access` holds who may open what and is passed by every request; each page's module adds its routes there.
"""

from __future__ import annotations

from flask import Blueprint

from bot.console import (
    account,
    answering,
    blocking,
    calls,
    case_page,
    case_photos,
    cases,
    conversations,
    dashboard,
    guest,
    home,
    identity,
    notices,
    operations,
    settings,
    signing_in,
    staff_pages,
    work,
)
from bot.console.access import Console
from bot.town import Town


def blueprint(town: Town) -> Blueprint:
    """Return the console's routes, each with the permission that it takes."""
    console = Console(town)
    pages = (
        signing_in, identity, home, account, conversations, answering, blocking, calls, cases, case_page,
        case_photos, work, guest, dashboard, notices, settings, staff_pages, operations,
    )  # fmt: skip
    for page in pages:
        page.add(console)
    return console.routes
