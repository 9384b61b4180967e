"""The console: what agents, crews, managers and IT staff work with, at /console.

`access` holds who may open what and is passed by every request; each page's module adds its routes there.
"""

from __future__ import annotations

from flask import Blueprint

from bot.console import account, dashboard, home, notices, operations, settings, signing_in, staff_pages
from bot.console.access import Console
from bot.town import Town


def blueprint(town: Town) -> Blueprint:
    """Return the console's routes, each with the permission that it takes."""
    console = Console(town)
    for pages in (signing_in, home, account, dashboard, notices, settings, staff_pages, operations):
        pages.add(console)
    return console.routes
