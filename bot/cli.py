"""The `townline` command."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from redis import RedisError
from rich.markup import escape
from rich.table import Table
from sqlalchemy.exc import NoResultFound, SQLAlchemyError

from bot import cases, error_reports, journal, schema
from bot.app import listening, telegram_settings
from bot.bench_command import bench
from bot.block_commands import block
from bot.case_commands import case, conversation
from bot.config import ConfigError, load
from bot.console.accounts import BadAccount
from bot.database import open_database
from bot.embedded import EmbeddedLoop
from bot.export_command import export
from bot.first_run import to_stay
from bot.import_command import import_city
from bot.language_commands import language
from bot.metrics import published
from bot.nlu_commands import nlu
from bot.notice_commands import notice, storm
from bot.open311_commands import open311
from bot.place_commands import places
from bot.privacy_commands import backup, privacy
from bot.routing_commands import routing
from bot.settings import Settings
from bot.staff_commands import staff
from bot.terminal import console, example, fail
from bot.town import Town
from nlu.interpreter import ModelMissing
from webhooks.channel import SendError


def main() -> None:
    """Run the command; an error that the user can mend is one sentence, not a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as Ctrl-C: what is under way is finished
    try:
        _watch(journal.PROCESSES.get("".join(sys.argv[1:2]), "command"))
        townline()
    except (ConfigError, cases.NotAllowed, BadAccount, schema.OutOfDate, ModelMissing) as error:
        fail(str(error) or (error.__doc__ or "").strip())
    except NoResultFound:
        fail("there is no such conversation. `townline conversation list` shows them.")
    except (SQLAlchemyError, RedisError) as error:
        server = "Redis" if isinstance(error, RedisError) else "The database"
        fail(f"{server} does not answer as expected ({type(error).__name__}). `townline check` says more.")


def _watch(process: str) -> None:
    """Have this process log as LOG_FORMAT says and, if it runs on, report its errors; raises `ConfigError`."""
    settings = Settings.from_environment(os.environ)
    journal.start(settings.log_format, process)
    if process != "command":
        error_reports.start(settings.sentry_dsn, process)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="townline")
def townline() -> None:
    """A city's front door in a text thread.

    \b
    Try it:      townline demo
    Run it:      townline migrate && townline serve --port 8000
    Grown up:    DATABASE_URL=... REDIS_URL=... townline serve|worker|clock
    """


# Setting up ---------------------------------------------------------------------------------------


@townline.command()
@example("DATABASE_URL=postgresql://townline@db/townline townline migrate")
def migrate() -> None:
    """Bring the database up to date: tables, and the city's streets when their files changed."""
    config = load()
    with console.status("Bringing the database up to date"):
        loaded = schema.migrate(
            config, open_database(config.database_url, config.settings.townline_encryption_keys)
        )
    console.print(f"The database is up to date{'; the city was loaded' if loaded else ''}.")


@townline.command()
@example("townline check")
def check() -> None:
    """Say, setting by setting, what is missing or wrong and what to do. Leaves with 1 on anything wrong."""
    from bot.checkup import findings

    config = load()
    table = Table("", "setting", "finding", box=None, pad_edge=False)
    wrong = False
    marks = {"ok": "[green]ok[/]", "note": "[yellow]--[/]", "wrong": "[red]!![/]"}
    for finding in findings(config):
        table.add_row(marks[finding.level], escape(finding.setting), escape(finding.text))
        wrong = wrong or finding.level == "wrong"
    console.print(table)
    if wrong:
        raise SystemExit(1)


townline.add_command(nlu)
townline.add_command(language)


places.add_command(import_city, "import")
townline.add_command(places)
townline.add_command(routing)
townline.add_command(staff)
townline.add_command(open311)
townline.add_command(privacy)
townline.add_command(backup)


@townline.group()
def telegram() -> None:
    """The Telegram bot."""


@telegram.command("set-webhook")
@example("townline telegram set-webhook")
def set_webhook() -> None:
    """Tell Telegram to send the bot's updates to PUBLIC_BASE_URL, with our secret."""
    from webhooks.telegram import TelegramChannel

    settings = telegram_settings(load())
    if settings is None:
        fail("set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET first; `townline check` says more.")
    try:
        TelegramChannel(settings).set_webhook()
    except SendError as error:
        fail(f"{error.reason}. `townline check` says more.")
    console.print(f"Telegram now sends updates to {settings.webhook_url}")


# Running ------------------------------------------------------------------------------------------


@contextmanager
def embedded(town: Town) -> Iterator[None]:
    """Answer rings in this process, where there is no Redis."""
    loop = town.bell
    if not isinstance(loop, EmbeddedLoop):
        yield
        return
    loop.start(town)
    try:
        yield
    finally:
        loop.stop()


metrics_port = click.option(
    "--metrics-port", type=int, help="Numbers for Prometheus at 127.0.0.1, this port, /metrics."
)


@townline.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--threads", default=32, show_default=True, help="Requests served at once.")
@metrics_port
@example("townline serve --port 8000")
def serve(port: int, host: str, threads: int, metrics_port: int | None) -> None:
    """Serve the web, and answer messages too where no REDIS_URL is set."""
    town = to_stay(load())
    with (
        published(town, metrics_port),
        embedded(town),
        listening(town, host=host, port=port, threads=threads) as server,
    ):
        console.print(f"Serving {town.city.program} at http://{host}:{port}")
        server.run()


@townline.command()
@click.option("--burst", is_flag=True, help="Leave when there is nothing left to do.")
@metrics_port
@example("REDIS_URL=redis://localhost:6379 townline worker")
def worker(burst: bool, metrics_port: int | None) -> None:
    """Answer messages and send, from Redis. Run as many as you need."""
    from bot.rq_bell import work

    config = load()
    if not config.settings.redis_url:
        fail("REDIS_URL is not set. Without Redis `townline serve` does the worker's job.")
    town = to_stay(config)
    with published(town, metrics_port):
        work(town, config.settings.redis_url, burst=burst)


@townline.command()
@metrics_port
@example("REDIS_URL=redis://localhost:6379 townline clock")
def clock(metrics_port: int | None) -> None:
    """Sweep twice a minute: ring for whatever was left lying. Run one; a second does no harm."""
    from bot.rq_bell import tick

    config = load()
    if not config.settings.redis_url:
        fail("REDIS_URL is not set. Without Redis `townline serve` does the clock's job.")
    town = to_stay(config)
    with published(town, metrics_port):
        tick(town)


@townline.command()
@click.option("--port", default=8000, show_default=True, help="Port of Townline; the phones take the next one.")
@click.option("--empty", is_flag=True, help="Without the made-up week of cases.")
@example("townline demo")
def demo(port: int, empty: bool) -> None:
    """Run everything on this machine: two simulated phones, a small city desk and the console."""
    from bot.demo import run

    run(load(), port, console, empty=empty)


@townline.command()
@click.option("--channel", type=click.Choice(["sms", "telegram"]), default="sms", show_default=True)
@click.argument("script", required=False, type=click.File())
@example("townline chat --channel telegram")
def chat(channel: str, script: Any) -> None:
    """Talk to the bot here; what is printed can be pasted as a test (tests/transcripts)."""
    from bot.chat import run

    run(load(), channel, script)


townline.add_command(bench)
case.add_command(export)
townline.add_command(case)
townline.add_command(conversation)
townline.add_command(block)
townline.add_command(notice)
townline.add_command(storm)
