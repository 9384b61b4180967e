"""CSV files, separated by comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bot.places.records import CityDataError
from bot.places.sources.layers import EVERY, SAMPLE, Feature, Layer, Seen, opened

csv.field_size_limit(1 << 28)  # a boundary as WKT in one field


def open_csv(path: Path) -> Layer:
    """Return the table of a CSV file; raises `CityDataError`."""
    with opened(path) as (text, _):
        header = text.readline()
    delimiter = max(",;\t|", key=header.count)
    columns = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if len(columns) < 2:
        raise CityDataError(f"{path}: its first line names no columns, so this is no CSV file we can read.")

    def read(seen: Seen) -> Iterator[Feature]:
        with opened(path) as (text, position):
            rows = csv.reader(text, delimiter=delimiter)
            next(rows)
            for count, values in enumerate(rows):
                if count % EVERY == 0:
                    seen(position())
                if values:
                    yield Feature(rows.line_num, dict(zip(columns, values, strict=False)), None)

    return Layer(
        name=path.name,
        unit="line",
        columns=columns,
        sample=list(islice(read(lambda _: None), SAMPLE)),
        size=path.stat().st_size,
        read=read,
    )
