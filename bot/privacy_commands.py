"""`townline privacy`: keys, retention, and what is held about somebody. `townline backup`."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import sleep

import click
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import make_url

from bot import backup as backups
from bot import desk, disclosure, encryption, retention, rotation
from bot.config import Config, load
from bot.console import audit
from bot.database import key_path, open_database
from bot.first_run import with_database, with_town
from bot.terminal import console, example, fail
from bot.town import Town

BREATH = 0.02  # seconds between batches: SQLite's other writers get their turn


@click.group()
def privacy() -> None:
    """Personal data: its keys, how long it is kept, and what is held about somebody."""


# Keys -----------------------------------------------------------------------------------------------


@privacy.command("new-key")
@example("townline privacy new-key")
def new_key() -> None:
    """Print a new key for TOWNLINE_ENCRYPTION_KEYS."""
    click.echo(encryption.new_key())


@privacy.command()
@click.option("--new-key", "new", is_flag=True, help="Where the keys are in a file: put a new one before them.")
@example("townline privacy rotate")
def rotate(new: bool) -> None:
    """Encrypt anew, with the newest key, whatever an older one encrypted.

    Broken off, it goes on where it was when run again. Keys of a file that nothing needs any more are removed
    from it. docs/privacy.md says in which order to do things.
    """
    config = load()
    with_database(config).close()  # the tables are there, and the keys fit
    own = None if config.settings.townline_encryption_keys else key_path(config.database_url)
    if new and own is None:
        fail("put the new key before the others in TOWNLINE_ENCRYPTION_KEYS, then run this without --new-key.")
    if new and own is not None:
        encryption.add_key(own)
    database = open_database(config.database_url, config.settings.townline_encryption_keys)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Encrypting", total=rotation.stale(database))
        count = 0
        for done in rotation.rotate(database):
            count += done
            progress.advance(task, done)
            sleep(BREATH)
    if own is not None:
        encryption.keep_newest(own)
    console.print(f"{count} rows encrypted anew; the newest key reads everything.")


# Retention ------------------------------------------------------------------------------------------


@privacy.command()
@click.option("--dry-run", is_flag=True, help="Only count what would go.")
@example("townline privacy purge --dry-run")
def purge(dry_run: bool) -> None:
    """Let go of what is older than `privacy` in config.yml says. The server does it every night."""
    town = with_town(load())
    gone: Counter[str] = Counter(retention.counts(town) if dry_run else {})
    if not dry_run:
        for name, count in retention.purge(town):
            gone[name] += count
            sleep(BREATH)
    table = Table("", "would go" if dry_run else "gone", box=None)
    for name in retention.RULES:
        table.add_row(name, str(gone[name]))
    console.print(table)


# About somebody -------------------------------------------------------------------------------------


def _addresses(number: str) -> Sequence[str]:
    """Return where a phone number, or somebody given as in "telegram:142", may write from."""
    if number.startswith("telegram:"):
        return (number,)
    try:
        written = desk.normalised(number)
    except desk.Refused as refused:
        fail(str(refused))
    return (f"tel:{written}", f"whatsapp:{written}")


def _audit(town: Town, action: str, ids: Sequence[int]) -> None:
    with town.database.write.begin() as session:
        for contact_id in ids or ("unknown",):
            audit.record(town, session, None, action, f"contact:{contact_id}")


@privacy.command()
@click.argument("number")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A zip file, with the photos.")
@example("townline privacy export 555-0142 --out held.zip")
def export(number: str, out: Path | None) -> None:
    """Write all that is held about a number (or telegram:ID), as JSON. It is noted in the audit log."""
    town, addresses = with_town(load()), _addresses(number)
    with town.database.read() as session:
        known = disclosure.of_number(session, addresses)
        data = disclosure.held(session, known, addresses)
        pictures = disclosure.pictures(session, data)
    _audit(town, "data_exported", [contact.id for contact in known])
    if not (known or data["posted_by_other_systems"]):
        fail("nothing is held about this number.")
    if out is None:
        click.echo(disclosure.as_json(data))
        return
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            disclosure.write_zip(file, data, town.config.photos, pictures)
    except OSError as error:
        fail(f"{out}: can't be written ({error.strerror}).")
    console.print(f"{out}: {len(data['messages'])} messages, {len(pictures)} photos.")


@privacy.command()
@click.argument("number")
@click.option("--yes", is_flag=True, help="Don't ask whether you are sure.")
@example("townline privacy erase 555-0142")
def erase(number: str, yes: bool) -> None:
    """Erase a number (or telegram:ID): what it wrote and showed, and itself. Cases stay, without it.

    They are not told. It is noted in the audit log.
    """
    town, addresses = with_town(load()), _addresses(number)
    if not yes:
        click.confirm("Erase all that this number wrote and showed, for good?", abort=True)
    ids = disclosure.erase(town, addresses)
    _audit(town, "data_erased", ids)
    console.print(
        "Erased." if ids else "Nobody is known at this number. Cases that were posted for it are without it."
    )


# Backup ---------------------------------------------------------------------------------------------


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@example("townline backup /srv/backups/townline.tar.gz")
def backup(file: Path) -> None:
    """Write SQLite's database and the photos into one file, while the server runs.

    The keys are not in it: keep them apart. docs/operations.md has PostgreSQL, and how to restore.
    """
    config = load()
    _backed_up(config, file)
    own = None if config.settings.townline_encryption_keys else key_path(config.database_url)
    where = own or encryption.SETTING
    sys.stderr.write(f"The keys are not in it, and it is of no use without: keep {where} too, elsewhere.\n")


def _backed_up(config: Config, file: Path) -> None:
    url = make_url(config.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        fail("this is for SQLite; PostgreSQL has pg_dump: docs/operations.md.")
    if not Path(url.database).is_file():
        fail("there is no database yet.")
    try:
        count = backups.backup(Path(url.database), config.photos, file)
    except (OSError, sqlite3.Error) as error:
        fail(f"{file}: not written ({error}).")
    console.print(f"{file}: the database and {count} photos.")
