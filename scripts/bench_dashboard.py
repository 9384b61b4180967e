"""How long the dashboard takes over made-up cases: `PYTHONPATH=.:tests python scripts/bench_dashboard.py`.

How many cases may follow. Says what the server takes, and what passes in a real Chromium, where there is one,
until the page is whole.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from chromium import CHROMIUM, opened
from flask import Flask
from made_up_cases import fill

from bot import schema
from bot.app import create_app, open_town
from bot.config import load
from bot.console import accounts
from bot.database import open_database
from webhooks.simulator.loopback import LoopbackServer

PASSWORD = "correct horse battery"  # noqa: S105 - opens nothing
PAGES = ("/console/dashboard", "/console/dashboard?department=streets", "/console/dashboard/week")
TIMES = 6
UNTIL_WHOLE = "performance.getEntriesByType('navigation')[0].duration / 1000"


def main(count: int) -> None:
    """Make the cases in a database of their own, open the pages, print the times."""
    root, folder = Path(__file__).parent.parent, Path(tempfile.mkdtemp(prefix="townline-bench-"))
    url = f"sqlite:///{folder / 'townline.db'}"
    config = load({"TOWNLINE_CONFIG": str(root / "config.yml"), "DATABASE_URL": url})
    database = open_database(url)
    schema.migrate(config, database)
    town = open_town(config, database=database)
    fill(town, count)
    accounts.add(town, "manager", "manager", password=PASSWORD)
    app = create_app(town)
    by_the_server(app)
    if CHROMIUM:
        in_chromium(app)
    shutil.rmtree(folder)


def by_the_server(app: Flask) -> None:
    """Ask for the pages, no browser between."""
    client = app.test_client()
    client.post("/console/sign-in", data={"name": "manager", "password": PASSWORD})

    def seconds(page: str) -> float:
        begun = time.perf_counter()
        answer = client.get(page)
        assert answer.status_code == 200, answer.status_code
        return time.perf_counter() - begun

    report("server", seconds)


def in_chromium(app: Flask) -> None:
    """Open the pages as a manager does."""
    server = LoopbackServer(app)
    server.start()
    with opened() as browser:
        window = browser.new_page(viewport={"width": 1280, "height": 900})
        window.goto(f"{server.url}/console/sign-in")
        window.fill("[name=name]", "manager")
        window.fill("[name=password]", PASSWORD)
        window.keyboard.press("Enter")
        window.wait_for_url("**/dashboard")

        def seconds(page: str) -> float:
            window.goto(f"{server.url}{page}")
            whole: float = window.evaluate(UNTIL_WHOLE)
            return whole

        report("Chromium", seconds)
    server.stop()


def report(where: str, seconds: Callable[[str], float]) -> None:
    """Print how long each page takes, the first time and then."""
    for page in PAGES:
        first, *rest = [seconds(page) for _ in range(TIMES)]
        print(f"{where}: {page}: first {first:.2f} s, then {statistics.median(rest):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
