"""`townline language`: what translators start from, and what is still to be done."""

from __future__ import annotations

import re
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from bot import translations
from bot.config import load
from bot.terminal import console, example, fail
from bot.translations import Problem
from dialogues.catalogue import ENGLISH, LOCALES, catalogue_of, languages

CODE = re.compile(r"[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?")  # ISO 639, and a country or script where one is needed

locales_option = click.option(
    "--locales",
    type=click.Path(path_type=Path, file_okay=False),
    default=LOCALES,
    help="Another folder of catalogues than the bot's own.",
)


@click.group()
def language() -> None:
    """What the bot says in other languages."""


@language.command()
@click.argument("code")
@locales_option
@example("townline language new fr")
def new(code: str, locales: Path) -> None:
    """Write an empty catalogue with every message. CODE is the language's, as in fr or ht."""
    if code == ENGLISH or not CODE.fullmatch(code):
        fail(f"{code!r} can't be added: write another language's code, as in fr, ht or zh.")
    if catalogue_of(code, locales).exists():
        fail(f"there is a catalogue for {code}. `townline language update {code}` adds what is new to it.")
    path = translations.write(load(locales=locales).city, code, locales)
    console.print(f"Translate {escape(str(path))}, then run `townline language check {code}`.", soft_wrap=True)


@language.command()
@click.argument("code")
@locales_option
@example("townline language update es")
def update(code: str, locales: Path) -> None:
    """Bring a catalogue up to date: what is new is added, what changed is marked, what is gone goes."""
    _insist(code, locales)
    translations.write(load(locales=locales).city, code, locales)
    console.print(f"Run `townline language check {code}` to see what is left to do.")


@language.command()
@click.argument("code", required=False)
@locales_option
@example("townline language check es")
def check(code: str | None, locales: Path) -> None:
    """List what is missing, misfilled or unfit for a text; leaves with 1 if anything is. No CODE: all."""
    if code:
        _insist(code, locales)
    city = load(locales=locales).city
    found = {
        each: translations.check(city, each, locales)
        for each in ([code] if code else languages(locales))
        if each != ENGLISH
    }
    for each, problems in found.items():
        console.print(_table(each, problems) if problems else f"{each}: complete.")
    if any(found.values()):
        raise SystemExit(1)


def _table(code: str, problems: list[Problem]) -> Table:
    table = Table("what", "where", "English", "why", title=f"{code}: {len(problems)} to do", box=None)
    for each in problems:
        table.add_row(each.kind, *map(escape, (each.context, each.english, each.reason)))
    return table


def _insist(code: str, locales: Path) -> None:
    if code == ENGLISH or not catalogue_of(code, locales).exists():
        fail(f"there is no catalogue for {code!r}. `townline language new {code}` writes one.")
