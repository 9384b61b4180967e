"""Throws requests that nobody sends who means well at every route; leaves with 1 where one broke.

python scripts/fuzz.py --count 100000 --seed 1
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot import schema
from bot.app import open_interpreter
from bot.config import load
from bot.database import open_database
from bot.places.geocoder import Places

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from besieged import besieged
from fuzzing import Outcome, Range

VOLLEY = 500
"""Requests between which everything is put back as it was; each volley has a seed of its own."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1, help="of the first volley; the others' follow")
    options = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    outcome, console = Outcome(), Console()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):  # what was found is told
        throw(outcome, options.count, options.seed, Path(folder))
    for status, count in sorted(outcome.statuses.items()):
        console.print(f"{status}: {count}")
    for where, shot in outcome.broken.items():
        console.print(f"\n{where}\n  {shot}", markup=False, highlight=False)
    console.print(f"{sum(outcome.statuses.values())} requests, {len(outcome.broken)} places broke")
    raise SystemExit(1 if outcome.broken else 0)


def throw(outcome: Outcome, count: int, seed: int, folder: Path) -> None:
    """Throw `count` requests at a deployment whose files are in `folder`."""
    config, template = load({}), folder / "city.db"
    database = open_database(f"sqlite:///{template}")
    schema.migrate(config, database)
    database.close()
    places = Places(database.read)
    interpreter = open_interpreter(config, places)
    database.close()
    (folder / "deployment").mkdir()
    with besieged(config, template, folder / "deployment", interpreter, places) as city:
        for number, done in enumerate(track(range(0, count, VOLLEY), "Requests are thrown")):
            Range(city, outcome).volley(min(VOLLEY, count - done), seed + number)


if __name__ == "__main__":
    main()
