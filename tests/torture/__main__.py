"""Plays the crash and fault matrix on real servers and prints what came of it.

Real PostgreSQL and Redis out of their wheels, real `townline` processes, real SIGKILL, simulated providers over
HTTP. docs/torture.md says what is promised and has the last table.

  make torture
  make torture ARGS="--haste 10 --only send"
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.config import load
from torture.nursery import Nursery
from torture.scenarios import Outcome, Scenario, Stage, matrix, play
from torture.servers import Cities

ROOT = Path(__file__).parent.parent.parent
COLUMNS = (
    "scenario", "on", "killed", "read once", "sent", "sent twice", "caught up", "longest wait", "verdict"
)  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make torture", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--haste", type=float, default=1.0, help="divide claim and sweeper's waits by this")
    parser.add_argument("--only", default="", help="only scenarios with one of these in their name: send,mark")
    parser.add_argument("--on", default="", help="only on SQLite, or only on PostgreSQL")
    parser.add_argument("--jobs", type=int, default=6, help="scenarios at once; most of the time they wait")
    parser.add_argument(
        "--redis-down", type=float, default=60.0, help="seconds without Redis; 600: ten minutes"
    )
    parser.add_argument("--markdown", type=Path, help="write the table here, too")
    parser.add_argument("--list", action="store_true", help="name the scenarios and leave")
    return parser.parse_args()


def named(scenario: Scenario, only: str) -> bool:
    return any(word in scenario.name for word in only.split(","))


def seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} s"


def cells(scenario: Scenario, seen: Outcome) -> tuple[str, ...]:
    verdict = seen.verdict
    well = "as promised" if not verdict.wrong else "; ".join(verdict.wrong)
    return (
        scenario.name,
        scenario.setup,
        seen.killed,
        str(verdict.inbound),
        str(verdict.outbound),
        str(verdict.repeated),
        seconds(seen.caught_up),
        seconds(seen.longest_wait),
        f"{well} ({seen.note})" if seen.note else well,
    )


def played(stage: Stage, scenarios: list[Scenario], jobs: int, console: Console) -> dict[int, Outcome]:
    """Play all scenarios, some at once, with a bar for it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    outcomes: dict[int, Outcome] = {}
    with Progress(*columns, console=console) as progress, ThreadPoolExecutor(jobs) as pool:
        bar = progress.add_task("Torturing", total=len(scenarios))
        playing = {pool.submit(play, stage, each): number for number, each in enumerate(scenarios)}
        for done in as_completed(playing):
            number = playing[done]
            outcomes[number] = done.result()
            wrong = outcomes[number].verdict.wrong
            mark = escape("; ".join(wrong)) or "as promised"
            progress.console.print(f"{scenarios[number].name} on {scenarios[number].setup}: {mark}")
            progress.advance(bar)
    return outcomes


def main() -> int:
    options = arguments()
    scenarios = [each for each in matrix() if named(each, options.only) and options.on in each.setup]
    console = Console()
    if options.list:
        console.print("\n".join(f"{each.name} on {each.setup}" for each in scenarios))
        return 0
    if options.haste != 1:
        console.print(f"In haste: claim and sweeper wait {options.haste:g} times less than in earnest.")
    os.chdir(ROOT)
    config = load({"TOWNLINE_CONFIG": str(ROOT / "config.yml")})
    with tempfile.TemporaryDirectory(prefix="townline-torture-") as folder:
        cities, nursery = Cities(config, Path(folder)), Nursery(options.haste)
        try:
            stage = Stage(config, cities, nursery, options.redis_down)
            with console.status("The undisturbed run"):
                stage.rehearse()
            outcomes = played(stage, scenarios, options.jobs, console)
        finally:
            nursery.close()
            cities.close()
    rows = [cells(scenario, outcomes[number]) for number, scenario in enumerate(scenarios)]
    show(console, rows, options.markdown)
    return int(any(each.verdict.wrong for each in outcomes.values()))


def show(console: Console, rows: list[tuple[str, ...]], markdown: Path | None) -> None:
    """Print the table, in Markdown where nobody looks on: a file has no width to fold it to."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows]
    written = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    if markdown:
        markdown.write_text(f"{written}\n", encoding="utf-8")
    if not console.is_terminal:
        print(written)
        return
    table = Table(box=None, padding=(0, 1, 0, 0))
    for name, *column in zip(COLUMNS[:-1], *(row[:-1] for row in rows), strict=True):
        table.add_column(name, width=max(len(word) for cell in (name, *column) for word in cell.split()))
    table.add_column(COLUMNS[-1])
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
