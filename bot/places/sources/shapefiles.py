"""Shapefiles: a .shp with its neighbours, or all of them in one .zip."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import shapefile

from bot.places.records import CityDataError
from bot.places.sources.layers import EVERY, SAMPLE, Feature, Layer, Seen

KINDS = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def open_shapefile(path: Path) -> list[Layer]:
    """Return the tables of a Shapefile or of a .zip of such; raises `CityDataError`."""
    if path.suffix.lower() != ".zip":
        return [_layer(path, path.name, path.with_suffix(".prj"))]
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".shp")]
    except zipfile.BadZipFile:
        raise CityDataError(f"{path} is no .zip, or a part of one. Download it again.") from None
    if not names:
        raise CityDataError(
            f"{path}: there is no Shapefile in it. Unpack it and give the files in it one by one."
        )
    return [_layer(path / name, name if len(names) > 1 else path.name, None) for name in names]


def _open(path: Path) -> Any:
    return shapefile.Reader(str(path), encodingErrors="replace")


def _layer(path: Path, name: str, projection: Path | None) -> Layer:
    try:
        with _open(path) as reader:
            columns = [field[0] for field in reader.fields if field[0] != "DeletionFlag"]
            count = len(reader)
    except (shapefile.ShapefileException, struct.error, OSError) as error:
        raise CityDataError(f"{path} can't be read as a Shapefile: {error}. Is its .dbf with it?") from None

    def read(seen: Seen) -> Iterator[Feature]:
        with _open(path) as reader:
            for i, both in enumerate(reader.iterShapeRecords()):
                if i % EVERY == 0:
                    seen(i)
                yield Feature(i + 1, both.record.as_dict(), _shape(both.shape))

    return Layer(
        name=name,
        unit="record",
        columns=columns,
        sample=list(islice(read(lambda _: None), SAMPLE)),
        size=count,
        read=read,
        crs=_crs(path, projection),
    )


def _shape(shape: Any) -> dict[str, Any] | None:
    if not shape.points:
        return None
    found = shape.__geo_interface__
    return dict(found) if found["type"] in KINDS else None


def _crs(path: Path, projection: Path | None) -> str:
    """Return the text of the .prj beside it, "" where there is none."""
    if projection:
        return projection.read_text("utf-8", errors="replace").strip() if projection.exists() else ""
    archive, member = _inside(path)
    wanted = member[: -len(".shp")].lower() + ".prj"
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if name.lower() == wanted:
                return opened.read(name).decode("utf-8", errors="replace").strip()
    return ""


def _inside(path: Path) -> tuple[Path, str]:
    """Return a member's archive and its name in it."""
    archive = next(parent for parent in path.parents if parent.suffix.lower() == ".zip" and parent.is_file())
    return archive, path.relative_to(archive).as_posix()
