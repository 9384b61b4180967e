"""Has thousands of made-up residents talk to the bot through the webhooks, and tells how they fared.

python scripts/simulated_residents.py --count 3000 --seed 1 --failures failures.txt
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.config import load
from bot.limit_rules import Limits
from bot.rehearsal import Rehearsal

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from residents import report
from residents.crowd import crowd


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--count", type=int, default=3000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--failures", type=Path, default=Path("failures.txt"))
    options = arguments.parse_args()
    console = Console()
    config, unlimited = load(), Limits(cases_at_one_place=None, cases_of_one_service=None)
    config = replace(
        config, file=config.file.model_copy(update={"limits": unlimited})
    )  # they share a few places
    with Rehearsal(config, "sms") as stage:
        talks = list(track(crowd(stage, options.count, options.seed), "Residents talk", options.count))
    console.print(report.table(talks))
    options.failures.write_text(report.failures(talks), encoding="utf-8")
    console.print(f"{sum(not talk.is_well for talk in talks)} failures are in {options.failures}")


if __name__ == "__main__":
    main()
