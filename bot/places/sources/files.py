"""A city's files as sources: what each holds, which column says what, and its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.places.records import CityDataError, Record, Skipped, Unusable
from bot.places.shapes import from_wkt, points
from bot.places.sources.columns import Kind, Mapped, guess, overruled
from bot.places.sources.conversion import Converter, Project, with_lines
from bot.places.sources.delimited import open_csv
from bot.places.sources.geojson import open_geojson
from bot.places.sources.kinds import guess_kind
from bot.places.sources.layers import Feature, Layer, Seen

if TYPE_CHECKING:  # what only an import needs, only an import loads: every process would carry it
    from bot.places.sources.openstreetmap import OsmSource

CHECKED = 1000  # rows that a check looks at
SHOWN = 3  # values shown of each field


class Source(Protocol):
    """Something that yields a city's records."""

    @property
    def name(self) -> str:
        """What it is called in messages."""
        ...

    @property
    def size(self) -> int:
        """Its size, in whatever `Seen` is told."""
        ...

    @property
    def rows(self) -> str:
        """What its rows are called: "addresses.csv, line"."""
        ...

    def records(self, skipped: Skipped, seen: Seen) -> Iterator[tuple[int, Record]]:
        """Yield each record and its row; notes what it leaves out."""
        ...


@dataclass(frozen=True, kw_only=True)
class Orders:
    """What the user says of the files, against our guesses. `kinds` is by file name, "" for all."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    crs: str = ""
    city: str = ""


@dataclass(frozen=True, kw_only=True)
class TableSource:
    """One table of a file, with what we make of it."""

    layer: Layer
    kind: Kind
    mapped: Mapped
    project: Project | None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.layer.name

    @property
    def size(self) -> int:
        """Its size, in whatever `Seen` is told."""
        return self.layer.size

    @property
    def rows(self) -> str:
        """What its rows are called: "addresses.csv, line"."""
        return f"{self.name}, {self.layer.unit}"

    def records(self, skipped: Skipped, seen: Seen) -> Iterator[tuple[int, Record]]:
        """Yield each record and its row; notes what it leaves out."""
        yield from self._converted(self._features(seen), skipped)

    def fields(self) -> list[tuple[str, str, str]]:
        """Return each field, the columns it is read from, and values of these."""
        return [(role, " + ".join(columns), self._values(columns)) for role, columns in self.mapped.items()]

    def _values(self, columns: Sequence[str]) -> str:
        rows = [[str(row.values.get(column) or "").strip() for column in columns] for row in self.layer.sample]
        texts = [text for row in rows if (text := " ".join(word for word in row if word))]
        return ", ".join(text[:40] for text in list(dict.fromkeys(texts))[:SHOWN])

    def tried(self) -> tuple[list[Record], Skipped, int]:
        """Return the records of the first rows, what is left out of these, and how many rows they are."""
        skipped = Skipped()
        features = list(islice(self._features(lambda _: None), CHECKED))
        return [record for _, record in self._converted(features, skipped)], skipped, len(features)

    def _converted(self, features: Iterable[Feature], skipped: Skipped) -> Iterator[tuple[int, Record]]:
        convert = Converter(self.kind, self.mapped, self.project, self.name).records
        for feature in features:
            try:
                for record in convert(feature):
                    yield feature.row, record
            except Unusable as reason:
                skipped.add(str(reason), f"{self.rows} {feature.row}")

    def _features(self, seen: Seen) -> Iterator[Feature]:
        features = self.layer.read(seen)
        vertices = self.kind == "streets" and {"order", "lat", "long"} <= set(self.mapped)
        return with_lines(features, self.mapped) if vertices else features


def open_sources(path: Path, orders: Orders) -> list[FileSource]:
    """Return the tables of a file; raises `CityDataError`."""
    if path.name.lower().endswith((".pbf", ".osm", ".osm.gz", ".osm.bz2")):
        from bot.places.sources.openstreetmap import OsmSource

        return [OsmSource(path, orders.city)]
    return [_source(layer, orders) for layer in _layers(path)]


def _layers(path: Path) -> list[Layer]:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    ending = suffixes[-1] if suffixes else ""
    if ending in (".csv", ".tsv", ".txt"):
        return [open_csv(path)]
    if ending in (".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson", ".jsonl"):
        return [open_geojson(path)]
    if ending in (".shp", ".zip"):
        from bot.places.sources.shapefiles import open_shapefile

        return open_shapefile(path)
    raise CityDataError(
        f"{path}: we read .csv, .geojson (also one feature a line; either also as .gz), .shp, .zip with a "
        "Shapefile in it, and .osm.pbf. Export it as one of these."
    )


def _source(layer: Layer, orders: Orders) -> TableSource:
    kind = _kind(layer, orders)
    mapped = overruled(guess(kind, layer.columns), kind, layer.columns, orders.columns)
    crs = layer.crs or orders.crs
    _check(layer, kind, mapped, crs)
    return TableSource(
        layer=layer, kind=kind, mapped=mapped, project=projection(crs, layer.name) if crs else None
    )


def _kind(layer: Layer, orders: Orders) -> Kind:
    ordered = orders.kinds.get(layer.name) or orders.kinds.get("")
    return ordered if ordered else guess_kind(layer)  # type: ignore[return-value]  # click has checked it


def projection(crs: str, name: str) -> Project | None:
    """Return the way from a reference system to degrees; raises `CityDataError`."""
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError, ProjError

    try:
        transform = Transformer.from_crs(CRS.from_user_input(crs), "EPSG:4326", always_xy=True).transform
    except (CRSError, ProjError):
        raise CityDataError(
            f"{name}: {crs[:40]!r} is no coordinate system we know. Give its number, as in --crs EPSG:2248."
        ) from None
    return lambda x, y: transform(x, y)[:2]


FileSource: TypeAlias = "TableSource | OsmSource"


NEEDED: Mapping[Kind, Sequence[tuple[str, ...]]] = {
    "addresses": (("number", "address"), ("street", "address")),
    "streets": (("street",),),
    "intersections": (("street_1", "intersection"), ("street_2", "intersection")),
    "landmarks": (("name",),),
    "boundary": (),
    "neighbourhoods": (("name",),),
    "osm": (),
}


def _check(layer: Layer, kind: Kind, mapped: Mapped, crs: str) -> None:
    columns = f"Its columns are: {', '.join(layer.columns)}."
    for roles in NEEDED[kind]:
        if not any(role in mapped for role in roles):
            raise CityDataError(
                f"{layer.name}: which column is the {roles[0]}? Say so: --map {roles[0]}=COLUMN. {columns}"
            )
    if not any(feature.shape for feature in layer.sample) and not (
        "shape" in mapped or {"lat", "long"} <= set(mapped)
    ):
        raise CityDataError(
            f"{layer.name}: which columns are the coordinates? Say so: --map lat=Y --map long=X. {columns}"
        )
    if not crs and _projected(layer, mapped):
        raise CityDataError(
            f"{layer.name}: its coordinates are no degrees. Say which system they are in, as in "
            "--crs EPSG:2248; the data's page or its .prj file names it."
        )


def _projected(layer: Layer, mapped: Mapped) -> bool:
    """Tell whether all of the first rows have coordinates that no degrees can be."""
    found = [abs(x) for feature in layer.sample for x in _longitudes(feature, mapped) if x]
    return bool(found) and all(x > 180 for x in found)


def _longitudes(feature: Feature, mapped: Mapped) -> list[float]:
    values = feature.values
    shape = feature.shape or from_wkt(str(values.get(mapped.get("shape", ("",))[0]) or ""))
    try:
        if shape:
            return [float(point[0]) for point in points(shape)]
        return [float(str(values.get(mapped["long"][0])))] if "long" in mapped else []
    except (ValueError, Unusable):
        return []
