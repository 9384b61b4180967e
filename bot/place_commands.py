"""`townline places`: the map from the command line."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from bot.app import open_map
from bot.config import load
from bot.first_run import with_database, with_town
from bot.hearing import EXPLICIT, by_preference, street_of
from bot.places import evaluate
from bot.places.geocoder import GeocoderDown, Places
from bot.terminal import console, example, fail
from dialogues.types import Place
from nlu.addresses import find_mentions
from nlu.interpreter import Lexicon

SLOW = 2.0  # seconds after which we show how far we are
Item = TypeVar("Item")


@click.group()
def places() -> None:
    """The map: where things are."""


@places.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--count", default=30, show_default=True, help="How many places in all.")
@click.option("--seed", default=1, show_default=True, help="Another seed, other places.")
@example("townline places sample --json --count 3")
def sample(as_json: bool, count: int, seed: int) -> None:
    """Show some addresses, intersections and landmarks of the city with their coordinates."""
    found = with_town(load()).places.sample(count, seed)
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("kind", "address", "lat", "long", box=None)
    for place in found:
        table.add_row(place["kind"], place["address_string"], f"{place['lat']:.5f}", f"{place['long']:.5f}")
    console.print(table)


# Finding --------------------------------------------------------------------------------------------


@places.command()
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@example("""echo '{"id": 1, "text": "5th and main"}' | townline places find""")
def find(file: TextIO) -> None:
    """Find places: JSON lines in, JSON lines out.

    A line of FILE, or of what is piped in, is {"id", "text"} or, for a pin, {"id", "lat", "long"}; beside a
    text "near": [lat, long] decides between equals. Each is answered by a line {"id", "candidates"}, best
    candidate first: "address_string", "lat", "long", "precision", "score". Where nothing was found because a
    geocoder is down, the line has "geocoder_down", too.
    """
    known = _map()
    lines = [(number, line) for number, line in enumerate(file, 1) if line.strip()]
    for number, line in _watched(lines, "Finding"):
        click.echo(json.dumps(_answered(known, number, line), ensure_ascii=False))


def _map() -> Places:
    config = load()
    return open_map(config, with_database(config))


def _answered(known: Places, number: int, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        found, down = _found(known, asked)
        answer = {"id": asked.get("id"), "candidates": [_candidate(place) for place in found]}
    except (ValueError, KeyError, TypeError, AttributeError):
        fail(f'line {number} is neither {{"id", "text"}} nor {{"id", "lat", "long"}} in JSON.')
    return answer | ({"geocoder_down": True} if down else {})


def _found(known: Places, asked: Mapping[str, Any]) -> tuple[Sequence[Place], bool]:
    """Return the candidates, and whether a geocoder that might have had some is down."""
    if "text" not in asked:
        pin = known.place_at(float(asked["lat"]), float(asked["long"]))
        return ([pin] if pin else []), False
    near = asked.get("near")
    try:
        return known.find_places(str(asked["text"]), (float(near[0]), float(near[1])) if near else None), False
    except GeocoderDown:
        return [], True


def _candidate(place: Place) -> dict[str, Any]:
    return {
        "address_string": place.address_string,
        "lat": place.lat,
        "long": place.long,
        "precision": place.precision,
        "score": place.score,
    }


def _watched(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Yield the items, with a bar on standard error once it has taken two seconds."""
    began = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=len(items), visible=False)
        for done, item in enumerate(items):
            progress.update(task, completed=done, visible=time.monotonic() - began > SLOW)
            yield item


# Measuring ------------------------------------------------------------------------------------------


@places.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", multiple=True, metavar="COLUMN=VALUE", help="Only such rows; repeat for other values.")
@click.option("--within", type=int, multiple=True, default=evaluate.WITHIN, show_default=True, metavar="METRES")
@click.option("--heard", is_flag=True, help="Look for the place in the column text first, as the bot does.")
@click.option("--save", type=click.Path(path_type=Path), help="A CSV file for every candidate, with distances.")
@example("townline places evaluate addresses.csv --only kind=intersection --only kind=between --within 150")
def evaluate_file(
    file: Path, only: Sequence[str], within: Sequence[int], heard: bool, save: Path | None
) -> None:
    """Compare what is found with known points: the share of rows within some distances, by kind.

    FILE is CSV with the columns text or expected_address, lat and long (or pin_lat and pin_lon) and, if rows
    are to be told apart, kind. "first" counts the first candidate, "best of 4" the nearest of all.
    """
    try:
        known, left_out = evaluate.read_known(file, _pairs(only))
    except ValueError as error:
        fail(f"{error}.")
    look_up = _by_ear(_map()) if heard else _by_text(_map())
    answers = [evaluate.answer(one, look_up(one)) for one in _watched(known, "Looking up")]
    console.print(_table(evaluate.tally(answers, within), within))
    if left_out:
        console.print(f"{left_out} rows left out: they have no text or no point.")
    if save:
        evaluate.save(save, answers)
        console.print(f"Every candidate is in {save}", markup=False)


def _pairs(only: Iterable[str]) -> dict[str, list[str]]:
    pairs = defaultdict(list)
    for pair in only:
        column, equals, value = pair.partition("=")
        if not equals:
            fail(f"--only {pair}: expected COLUMN=VALUE.")
        pairs[column].append(value)
    return pairs


LookUp = Callable[[evaluate.Known], Sequence[Place]]


def _by_text(known: Places) -> LookUp:
    return lambda one: _found(known, {"text": one.text})[0]


def _by_ear(known: Places) -> LookUp:
    """Return what looks for a mention of a place in the message, as a conversation does."""
    lexicon = Lexicon(streets=tuple(known.streets()), landmarks=tuple(known.landmarks()))

    def look_up(one: evaluate.Known) -> Sequence[Place]:
        mentions = find_mentions(one.message, lexicon)
        for mention in by_preference(mentions):
            found, _ = _found(known, {"text": street_of(mention, mentions) + mention.text})
            if found or mention.kind in EXPLICIT:
                return found
        return ()

    return look_up


def _table(tallies: Iterable[evaluate.Tally], within: Sequence[int]) -> Table:
    first = [f"first\n{metres} m" for metres in within]
    best = [f"best of 4\n{metres} m" for metres in within]
    table = Table(Column("kind", no_wrap=True), "rows", "answered", *first, *best, box=None)
    for tally in tallies:
        shares = (tally.answered, *tally.first, *tally.best)
        table.add_row(tally.kind, str(tally.rows), *(f"{share:.3f}" for share in shares))
    return table
