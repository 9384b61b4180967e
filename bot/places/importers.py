"""Fills the gazetteer: from a city's folder (data/city), or from whatever files a city has."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database import Database
from bot.places.building import Builder, Counts
from bot.places.gathering import Gathering
from bot.places.publishing import first_street_id, publish, replace, stamp
from bot.places.records import CityDataError, Skipped
from bot.places.scratch import Scratch
from bot.places.sources.files import Source
from bot.places.sources.folder import checksum, read_folder
from bot.places.sources.live import LiveSource
from bot.places.tables import AddressPoint, CityImport, Intersection, Landmark, Street

__all__ = ["CityDataError", "Counts", "city_imported", "city_loaded", "import_sources", "load_city"]


class Teller(Protocol):
    """Is told how an import gets on."""

    def step(self, what: str, size: int = 0) -> None:
        """Begin with something; `size` is what `seen` will count to, 0 where nobody knows."""
        ...

    def seen(self, position: int) -> None:
        """Tell how far it is."""
        ...


def city_loaded(session: Session, folder: Path) -> bool:
    """Tell whether the tables hold exactly what the files of `folder` say."""
    return session.scalar(select(CityImport.checksum)) == checksum(folder)


def city_imported(session: Session) -> bool:
    """Tell whether the city was imported from files of the user's, and not from the folder."""
    return bool(session.scalar(select(CityImport.source)))


def load_city(session: Session, folder: Path) -> Counts:
    """Replace the gazetteer by the files of `folder`, unless it holds them already; the caller commits.

    Raises `CityDataError`.
    """
    if city_loaded(session, folder):
        return _counts(session)
    with closing(Scratch()) as scratch:
        gathering = Gathering(scratch, Skipped())
        gathering.take(enumerate(read_folder(folder), 1), f"{folder.name}, record")
        builder = Builder(gathering, first_street=first_street_id(session), only_drawn=True)
        counts = builder.build(lambda _: None)
        stamp(scratch, "", checksum(folder))
        replace(session, scratch)
    return counts


def import_sources(
    database: Database, sources: Sequence[Source], teller: Teller, *, add: bool = False
) -> tuple[Counts, Skipped]:
    """Replace the gazetteer by what the sources hold, or `add` that to it; raises `CityDataError`.

    The city that serves is not touched until all is ready, and is then replaced at once.
    """
    skipped = Skipped()
    with closing(Scratch()) as scratch:
        gathering = Gathering(scratch, skipped)
        for source in [LiveSource(database), *sources] if add else sources:
            teller.step(f"Reading {source.name}", source.size)
            gathering.take(source.records(skipped, teller.seen), source.rows)
        with database.read() as session:
            first = first_street_id(session)
            names = [session.scalar(select(CityImport.source)) or ""] if add else []
        counts = Builder(gathering, first_street=first).build(teller.step)
        stamp(scratch, ", ".join(filter(None, [*names, *(source.name for source in sources)])))
        teller.step("Putting it in the place of the old one")
        publish(database, scratch)
    return counts, skipped


def _counts(session: Session) -> Counts:
    streets, addresses, intersections, landmarks = (
        session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Street, AddressPoint, Intersection, Landmark)
    )
    return Counts(streets=streets, addresses=addresses, intersections=intersections, landmarks=landmarks)
