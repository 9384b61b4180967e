"""How long the dashboard takes over made-up cases: `PYTHONPATH=.:tests python scripts/bench_dashboard.py`."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from made_up_cases import fill

from bot import schema
from bot.app import create_app, open_town
from bot.config import load
from bot.console import accounts
from bot.database import open_database

PASSWORD = "correct horse battery"  # noqa: S105 - opens nothing
PAGES = ("/console/dashboard", "/console/dashboard?department=streets", "/console/dashboard/week")


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
    client = create_app(town).test_client()
    client.post("/console/sign-in", data={"name": "manager", "password": PASSWORD})
    for page in PAGES:
        times = []
        for _ in range(6):
            begun = time.perf_counter()
            answer = client.get(page)
            times.append(time.perf_counter() - begun)
            assert answer.status_code == 200, answer.status_code
        first, rest = times[0], statistics.median(times[1:])
        print(f"{page}: {len(answer.data) / 1000:.0f} kB, first {first:.2f} s, then {rest:.2f} s")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
