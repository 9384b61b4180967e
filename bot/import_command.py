"""`townline places import`: fills the map from whatever files a city has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.config import Config, load
from bot.first_run import with_database
from bot.places.importers import CityDataError, Counts, import_sources, load_city
from bot.places.records import Centreline, Corner, Door, Mark, Record, Skipped
from bot.places.sources.columns import ROLES
from bot.places.sources.files import FileSource, Orders, TableSource, open_sources
from bot.terminal import console, example, fail

ERRORS = Console(stderr=True)
SHOWN = 3  # records that a check prints of each file


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE..."
)
@click.option("--add", is_flag=True, help="Add to the city that is there instead of replacing it.")
@click.option("--check", is_flag=True, help="Show what would be read, and change nothing.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="[FILE=]KIND",
    help=f"What a file holds, if our guess is wrong: {', '.join(ROLES)}.",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column says what, if our guess is wrong; PREDIR+NAME+TYPE joins several.",
)
@click.option("--crs", default="", help="System of projected coordinates, if the file names none: EPSG:2248.")
@click.option("--city", default="", help="Of an OpenStreetMap extract, take what lies in this city only.")
@example("townline places import addresses.csv streets.geojson boundary.zip --map number=HOUSE_NO")
def import_city(files: Sequence[Path], add: bool, check: bool, **orders: Any) -> None:
    """Load a city: its addresses, streets, intersections, landmarks and boundary.

    Several FILEs make one city, and take the place of the one that is there. Reads OpenAddresses, a city's own
    CSV, GeoJSON and Shapefiles, and OpenStreetMap extracts (.osm.pbf). The map that is in use stays until all
    is ready; after an interruption run the same command again. See docs/places.md.
    """
    try:
        config = load()
        if [file.resolve() for file in files] == [config.city_data.resolve()] and not (add or check):
            _load_folder(config)
            return
        sources = _sources(files, _orders(**orders))
        for source in sources:
            _show(source)
            if check:
                _try(source)
        if not check:
            _import(config, sources, add)
    except CityDataError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}.")


def _sources(files: Sequence[Path], orders: Orders) -> list[FileSource]:
    paths = [path for file in files for path in (sorted(file.iterdir()) if file.is_dir() else [file])]
    sources = [source for path in paths for source in open_sources(path, orders)]
    _unused_orders(sources, orders)
    return sources


def _load_folder(config: Config) -> None:
    """Go back to the city's own folder, which `townline migrate` keeps an eye on."""
    database = with_database(config)
    with database.write.begin() as session:
        counts = load_city(session, config.city_data)
    database.close()
    _report(counts, Skipped())


def _import(config: Config, sources: Sequence[FileSource], add: bool) -> None:
    database = with_database(config)
    try:
        with _progress() as teller:
            counts, skipped = import_sources(database, sources, teller, add=add)
    except KeyboardInterrupt:
        fail("interrupted: nothing was changed, and the map in use stays. Run the same command again.")
    finally:
        database.close()
    _report(counts, skipped)


# What the user says -------------------------------------------------------------------------------


def _orders(kinds: Sequence[str], columns: Sequence[str], crs: str, city: str) -> Orders:
    return Orders(kinds=_kinds(kinds), columns=_pairs(columns, "--map"), crs=crs, city=city)


def _pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    for name, equals, value in pairs:
        if not (name and equals and value):
            fail(f"{option} {name}: write it as in {option} number=HOUSE_NO.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _kinds(texts: Sequence[str]) -> dict[str, str]:
    kinds = {name.strip(): kind.strip() for name, _, kind in (text.rpartition("=") for text in texts)}
    for kind in kinds.values():
        if kind not in ROLES:
            fail(f"--kind {kind}: there is no such kind. There are: {', '.join(ROLES)}.")
    return kinds


def _unused_orders(sources: Sequence[FileSource], orders: Orders) -> None:
    """Refuse an order that fits no file: a slip in a column's name must not go unseen."""
    for field, text in orders.columns.items():
        wanted = tuple(part.strip() for part in text.split("+"))
        tables = [source for source in sources if isinstance(source, TableSource)]
        if not any(table.mapped.get(field) == wanted for table in tables):
            columns = "; ".join(f"{table.name}: {', '.join(table.layer.columns)}" for table in tables)
            fail(f"--map {field}={text}: no file has these columns and this field. Columns are: {columns}.")


# What is shown ------------------------------------------------------------------------------------


def _show(source: FileSource) -> None:
    console.print(f"[bold]{escape(source.name)}[/]: {source.kind}", highlight=False)
    if fields := source.fields():
        table = Table("field", "read from", "for example", box=None, padding=(0, 2))
        for field in fields:
            table.add_row(*map(escape, field))
        console.print(table)


def _try(source: FileSource) -> None:
    records, skipped, rows = source.tried()
    left_out = sum(skipped.counts.values())
    console.print(
        f"  Of the first {rows:,} rows {rows - left_out:,} can be used. They begin with:", highlight=False
    )
    for record in records[:SHOWN]:
        console.print(f"    {_in_words(record)}", highlight=False, markup=False)
    _show_skipped(skipped)


def _in_words(record: Record) -> str:
    if isinstance(record, Door):
        parts = (f"{record.number} {record.street}", record.unit, record.community, record.zipcode)
        return f"{', '.join(part for part in parts if part)} at {record.lat:.5f}, {record.long:.5f}"
    if isinstance(record, Centreline):
        return f"{record.name}: {len(record.lines)} lines"
    if isinstance(record, Corner):
        return f"{' & '.join(record.streets)} at {record.lat:.5f}, {record.long:.5f}"
    if isinstance(record, Mark):
        return f"{record.name} ({record.kind}) at {record.lat:.5f}, {record.long:.5f}, {record.radius} m around"
    return f"{record.name or 'the boundary'}: {len(record.polygons)} polygons"


def _report(counts: Counts, skipped: Skipped) -> None:
    console.print(
        f"The map now has {counts.streets:,} streets, {counts.addresses:,} addresses, {counts.intersections:,} "
        f"intersections and {counts.landmarks:,} landmarks.",
        highlight=False,
    )
    _show_skipped(skipped)


def _show_skipped(skipped: Skipped) -> None:
    if not skipped.counts:
        return
    table = Table("left out", "why", "for example", box=None, padding=(0, 2))
    for reason, count in skipped.counts.most_common():
        table.add_row(f"{count:,}", escape(reason), escape("; ".join(skipped.examples[reason])))
    console.print(table)


class _Bar:
    """An import's progress as a bar, with steps whose size is not known as a pulse."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def step(self, what: str, size: int = 0) -> None:
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(escape(what), total=size or None)

    def seen(self, position: int) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=position)


@contextmanager
def _progress() -> Iterator[_Bar]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERRORS, transient=True) as progress:
        yield _Bar(progress)
