"""A backup of the embedded deployment in one file: the database as of one moment, the photos, no keys."""

from __future__ import annotations

import os
import secrets
import sqlite3
import tarfile
from contextlib import closing, suppress
from pathlib import Path

DATABASE, PHOTOS = "townline.db", "photos"
"""What is in the archive."""


def backup(database: Path, photos: Path, target: Path) -> int:
    """Write a gzipped tar of database and photos, readable by its owner alone; returns how many photos.

    Whoever serves goes on: SQLite's own backup takes a snapshot, and no writer waits for it. A picture that is
    kept while the backup runs may be in it without its row, never the other way round unless it was erased.
    An older file at `target` is replaced when the new one is whole. Raises `OSError` and `sqlite3.Error`.
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    snapshot = part.with_name(f"{part.name}.db")
    try:
        _snapshot(database, snapshot)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(handle, "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as archive,
        ):
            archive.add(snapshot, DATABASE)
            count = sum(_add(archive, photos, path) for path in sorted(photos.rglob("*.jpg")))
        part.replace(target)
    finally:
        snapshot.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    return count


def _snapshot(database: Path, copy: Path) -> None:
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)  # in one go: page by page it would begin anew at every write
        target.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself


def _add(archive: tarfile.TarFile, photos: Path, path: Path) -> int:
    with suppress(FileNotFoundError):  # erased meanwhile
        archive.add(path, f"{PHOTOS}/{path.relative_to(photos)}")
        return 1
    return 0
