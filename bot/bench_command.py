"""`townline bench`: what a deployment on this machine can take."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click
from rich.progress import Progress
from sqlalchemy import func, select

from bot.bench import like_work, past, rasa_bot, report
from bot.bench.crowd import Crowd, Night
from bot.bench.deployment import Deployment, NotStarted, Part, free_port, running
from bot.config import Config, load
from bot.database import Database
from bot.encryption import new_key
from bot.first_run import with_database
from bot.models import Contact, Message, OutboxEntry, ServiceRequest
from bot.stage import at_simulator
from bot.terminal import console, example, fail
from nlu.rasa_training import RasaFailed
from webhooks.simulator.pictures import draw
from webhooks.simulator.server import Simulator

ROUNDS, TALKS = 6, 16
"""So many times Rasa's form bot and ours have so many conversations of three messages, one after the other."""

Parts = Mapping[str, Part]


@click.command()
@click.option("--rate", default=10.0, show_default=True, help="Texts a second, of all residents together.")
@click.option("--seconds", default=60.0, show_default=True, help="How long they keep coming.")
@click.option("--workers", default=2, show_default=True, help="Worker processes, where REDIS_URL is set.")
@click.option("--stored", default=0, show_default=True, help="Closed cases to put into the database before.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another crowd.")
@click.option(
    "--rasa",
    type=click.Choice(list(rasa_bot.PIPELINES)),
    help="Measure Rasa's form bot with this pipeline afterwards, and like work by ours; needs `make rasa`.",
)
@click.option("--json", "written", type=click.Path(path_type=Path), help="Write the figures here, too.")
@example("DATABASE_URL=postgresql://... REDIS_URL=redis://localhost townline bench --rate 60 --seconds 600")
def bench(
    rate: float, seconds: float, workers: int, stored: int, seed: int, rasa: str | None, written: Path | None
) -> None:
    """Have a crowd of simulated residents text a deployment on this machine, and measure it.

    Web, workers and clock are started as real processes, with a simulated Twilio; with nothing set it is
    the embedded mode, on SQLite. Every text has to be answered once: leaves with 1 where one was not.
    The database has to be empty of residents.
    """
    config = load()
    # Of 100 texts a second 200 receipts tell, each held for the tenth of a second in which they are gathered.
    with tempfile.TemporaryDirectory() as folder, Simulator(status_delay=0.2, callers=64) as simulator:
        config = _at_simulator(config, simulator, Path(folder), port := free_port())
        database = with_database(config)
        _refuse_the_living(database)
        _fill(config, database, stored)
        try:
            with running(config, port, workers=workers) as deployment:
                crowd = Crowd(simulator, doors(config), draw("pothole"), seed=seed)
                night, before, after = _measured(deployment, crowd, simulator, rate, seconds)
                left = {"untaken": simulator.outstanding}
            left |= _left(database, night.filed, stored)
            found = report.figures(night, before, after, left)
        except NotStarted as error:
            fail(str(error))
    if rasa:
        found["rasa"] = _beside(config, rasa)
    console.print(report.table(found))
    if written:
        written.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if not report.is_whole(found):
        raise SystemExit(1)


def _at_simulator(config: Config, simulator: Simulator, folder: Path, port: int) -> Config:
    given = config.settings
    settings = replace(
        at_simulator(given, simulator, public_base_url=f"http://127.0.0.1:{port}"),
        redis_url=given.redis_url,
        townline_encryption_keys=given.townline_encryption_keys or new_key(),
        database_url=given.database_url or f"sqlite:///{folder / 'townline.db'}",
        photos_url=(folder / "photos").as_uri(),
        smtp_url=(folder / "mail").as_uri(),
    )
    return replace(config, settings=settings)


def _refuse_the_living(database: Database) -> None:
    with database.read() as session:
        if session.scalar(select(func.count(Contact.id))):
            fail("this database holds residents. Give the benchmark an empty one by DATABASE_URL.")


def _fill(config: Config, database: Database, stored: int) -> None:
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Making up the past", total=stored)
        past.fill(config, database, stored, lambda done: progress.update(task, completed=done))


def _measured(
    deployment: Deployment, crowd: Crowd, simulator: Simulator, rate: float, seconds: float
) -> tuple[Night, Parts, Parts]:
    """Have the crowd text; return how it went, and what the deployment had used before and after."""
    simulator.webhook_base_url = deployment.url
    before = deployment.parts()
    with Progress(console=console, transient=True, refresh_per_second=2) as progress:
        task = progress.add_task("Residents text", total=int(rate * seconds))
        night = crowd.play(rate, seconds, lambda done: progress.update(task, completed=done))
    with suppress(TimeoutError):  # it is counted, and loses no figure
        simulator.settle(60)
    return night, before, deployment.parts()


def _beside(config: Config, pipeline: str) -> report.Figures:
    """Have Rasa's form bot and ours do like work: understand, decide, save; nothing is sent.

    They take turns, some conversations each: however fast the machine is just now, it is so for both.
    """
    folder = rasa_bot.folder_of(pipeline)
    said = like_work.conversations(doors(config), TALKS * (ROUNDS + 1))
    rounds = [said[first : first + TALKS] for first in range(0, len(said), TALKS)]
    own, theirs = [], []
    try:
        with console.status("Rasa") as status:
            rasa_bot.train(
                folder,
                config=rasa_bot.PIPELINES[pipeline],
                progress=lambda now: status.update(f"Rasa: {now}"),
            )
            with rasa_bot.serving(folder, free_port()) as bot, like_work.opened(config) as ours:
                for number, part in enumerate(rounds):
                    status.update(f"Rasa and ours: {number} of {ROUNDS}")
                    own.append(ours.talk(part))
                    theirs.append(rasa_bot.talk(bot, rasa_bot.conversations(TALKS), concurrency=1))
    except (RasaFailed, rasa_bot.Unfinished) as error:
        fail(str(error))
    return report.beside(pipeline, own[1:], theirs[1:])  # the first round is for warming up


def doors(config: Config) -> list[str]:
    """Return the addresses of the city's doors, in the order of its file."""
    with (config.city_data / "addresses.csv").open(encoding="utf-8", newline="") as lines:
        return [f"{each['number']} {each['street']}" for each in csv.DictReader(lines) if not each["unit"]]


def _left(database: Database, filed: int, stored: int) -> Mapping[str, int]:
    """Return what is undone in the database, and how many cases it holds that no resident was told of."""
    counts = {
        "unread": select(func.count(Message.id)).where(Message.read_at.is_(None)),
        "unsent": select(func.count(OutboxEntry.id)).where(OutboxEntry.done_at.is_(None)),
        "failed": select(func.count(OutboxEntry.id)).where(OutboxEntry.outcome == "failed"),
    }
    with database.read() as session:
        left = {name: session.scalar(query) or 0 for name, query in counts.items()}
        cases = session.scalar(select(func.count(ServiceRequest.id))) or 0
    return left | {"untold": abs(cases - stored - filed)}
