"""`townline case export`: the cases as files for maps and spreadsheets."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import click

from bot.config import load
from bot.exports import FORMATS, Wanted, columns, rows
from bot.first_run import with_database
from bot.statuses import STATUSES
from bot.terminal import example, fail


@click.command("export")
@click.option("--format", "kind", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Reported on this day or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Reported on this day or earlier.")
@click.option("--status", multiple=True, type=click.Choice(["open", "closed", *STATUSES]), help="Only these.")
@click.option("--service", multiple=True, help="Only these service codes.")
@click.option("--department", multiple=True, help="Only these departments, by their codes in config.yml.")
@click.option("--with-descriptions", is_flag=True, help="With what people wrote, who may name people in it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@example("townline case export --format geojson --status open --out open.geojson")
def export(
    kind: str,
    since: datetime | None,
    until: datetime | None,
    status: tuple[str, ...],
    service: tuple[str, ...],
    department: tuple[str, ...],
    with_descriptions: bool,
    out: Path | None,
) -> None:
    """Write the cases in Open311's words, oldest first. Nothing in it says who reported.

    Days are the city's. An option that may be given several times takes any of its values.
    """
    config = load()
    _check("service", service, config.city.services)
    _check("department", department, config.departments)
    zone = ZoneInfo(config.city.timezone)
    wanted = Wanted(
        since=since.replace(tzinfo=zone) if since else None,
        until=(until + timedelta(days=1)).replace(tzinfo=zone) if until else None,
        status=status,
        service=service,
        department=department,
    )
    cases = rows(with_database(config), config, wanted, descriptions=with_descriptions)
    try:
        with _opened(out) as file:
            FORMATS[kind](cases, file, columns(with_descriptions))
    except BrokenPipeError:
        raise  # the reader, head or less, has seen enough: click ends quietly
    except OSError as error:
        fail(f"{out or 'standard output'}: {error.strerror}. Choose another --out.")


def _check(option: str, given: tuple[str, ...], known: Any) -> None:
    for name in given:
        if name not in known:
            fail(f"there is no {option} {name!r}. Known: {', '.join(known)}.")


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    """Open where to write, in UTF-8 with line ends as they are written; a file is there whole or not at all."""
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        return
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
