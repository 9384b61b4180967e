"""One table of a file, whatever the format: rows with named values and, mostly, a shape."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeAlias

from bot.places.records import CityDataError
from bot.places.shapes import Shape

SAMPLE = 200  # rows looked at before the loading starts
EVERY = 2000  # rows between two signs of life

Seen: TypeAlias = Callable[[int], None]
"""Told, now and then, how far we are into the file, in the unit of `Layer.size`."""


class Feature(NamedTuple):
    """A row: where it stands in its file ("line 12"), its values and its shape."""

    row: int
    values: dict[str, Any]
    shape: Shape | None


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A table that can be read from its beginning any number of times."""

    name: str
    unit: str  # what its rows are counted in: "line", "feature", "record"
    columns: list[str]
    sample: list[Feature]
    size: int  # bytes or rows
    read: Callable[[Seen], Iterator[Feature]]
    crs: str = ""  # of its coordinates; empty: not said, mostly degrees


@contextmanager
def opened(path: Path) -> Iterator[tuple[io.TextIOWrapper, Callable[[], int]]]:
    """Open a text file, gzipped or not, in UTF-8 or what Windows writes; gives a look at the position, too."""
    with path.open("rb") as raw, _explained(path):
        data: BinaryIO = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw  # type: ignore[assignment]
        encoding = _encoding(data.read(1 << 20))
        data.seek(0)
        yield io.TextIOWrapper(data, encoding=encoding, errors="replace", newline=""), raw.tell


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error, csv.Error) as error:
        raise CityDataError(f"{path} can't be read: {error}. Download it again.") from None


def _encoding(start: bytes) -> str:
    for cut in range(4):  # the piece may end within a letter
        try:
            start[: len(start) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "utf-8-sig"
    return "cp1252"
