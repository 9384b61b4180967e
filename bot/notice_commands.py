"""`townline notice` and `townline storm`: what staff announce for an area, and the shorter list of a storm."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import select

from bot import area_notices, notice_checks, storms
from bot.announcement_tables import AreaNotice
from bot.config import Config, load
from bot.first_run import CONSOLE, with_database, with_town
from bot.notice_checks import BadNotice
from bot.places.shapes import Shape
from bot.routing import open_routing
from bot.terminal import console, example, fail
from bot.town import Town, utcnow
from dialogues.catalogue import languages

Command = Callable[..., Any]


def texts(required: bool) -> Callable[[Command], Command]:
    """Give a command the text in the city's own language, and one option for each other that there is."""

    def put(command: Command) -> Command:
        for code in reversed(languages()):
            command = click.option(f"--text-{code}", metavar="TEXT", help=f"The same in {code!r}.")(command)
        said = "In the city's own language, one text at most."
        return click.option("--text", metavar="TEXT", required=required, help=said)(command)

    return put


# Notices --------------------------------------------------------------------------------------------


@click.group()
def notice() -> None:
    """Announce something for an area: whoever reports it there is told, and may follow it."""


@notice.command()
@click.option(
    "--area", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A GeoJSON polygon."
)
@click.option("--area-name", default="", help="What people call it; without --area, one of config.yml's areas.")
@click.option("--service", "codes", multiple=True, metavar="CODE", help="An issue type it is about; repeat.")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="All issue types of a group; repeat.")
@texts(required=True)
@click.option("--from", "starts", metavar="TIME", help="In the city's zone. Default: now.")
@click.option("--until", required=True, metavar="TIME", help="In the city's zone, as '2026-06-01 18:00'.")
@click.option("--safety", is_flag=True, help="Its updates go out in the quiet hours, too: boil water, say.")
@click.option("--author", default="city", show_default=True, help="Who announces it.")
@example(
    "townline notice add --area-name Downtown --service water_leak --until '2026-06-01 18:00' "
    "--text 'Main break on Elm St, crews on site, water back by 6 pm.'"
)
def add(
    file: Path | None,
    area_name: str,
    codes: tuple[str, ...],
    groups: tuple[str, ...],
    starts: str | None,
    until: str,
    safety: bool,
    author: str,
    **text: str | None,
) -> None:
    """Announce something. Nobody is written to: whoever reports it from now on is told."""
    town = with_town(load())
    config = town.config
    begin, expires = _moment(config, "--from", starts), _moment(config, "--until", until)
    assert expires is not None
    if expires <= max(town.now(), begin or town.now()):
        fail(f"--until {until}: that is over before it begins; write a later time of the city's clock.")
    added = area_notices.add(
        town,
        _texts(config, text),
        _from_file(file) if file else _named(config, area_name),
        area_name or (file.stem if file else ""),
        _services(config, codes, groups),
        expires,
        starts=begin,
        safety=safety,
        author=author,
    )
    console.print(f"Notice {added.id} holds until {_shown(config, expires)}.", highlight=False)


@notice.command()
@click.argument("notice_id", type=int)
@texts(required=True)
@click.option("--until", metavar="TIME", help="Until when it holds now, in the city's zone.")
@example("townline notice update 3 --text 'The pipe is in. Water is back by 8 pm.'")
def update(notice_id: int, until: str | None, **text: str | None) -> None:
    """Say what is known now; every follower hears of it."""
    town = with_town(load())
    words = _texts(town.config, text)
    _run(lambda: area_notices.change(town, notice_id, words, _moment(town.config, "--until", until)))
    _tell(town, notice_id)


@notice.command()
@click.argument("notice_id", type=int)
@texts(required=False)
@example("townline notice end 3 --text 'Water is back on Elm St.'")
def end(notice_id: int, **text: str | None) -> None:
    """End a notice, with a last word or without; every follower hears of it."""
    town = with_town(load())
    words = _texts(town.config, text) if any(text.values()) else None
    _run(lambda: area_notices.end(town, notice_id, words))
    _tell(town, notice_id)


def _run(action: Callable[[], object]) -> None:
    try:
        action()
    except area_notices.NoSuchNotice as error:
        fail(str(error))


def _tell(town: Town, notice_id: int) -> None:
    """Post to the followers with a progress bar; a running server sends it, each channel at its rate."""
    with town.database.read() as session:
        count = area_notices.untold(session, notice_id)
    with Progress(console=CONSOLE, transient=True) as progress:
        task = progress.add_task("Telling the followers", total=count or 1)
        told = area_notices.tell_followers(town, notice_id, lambda passed: progress.advance(task, passed))
    console.print(f"Told {told} follower{'' if told == 1 else 's'} of notice {notice_id}.", highlight=False)


@notice.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--all", "everything", is_flag=True, help="Those that are over, too.")
@example("townline notice list")
def list_notices(as_json: bool, everything: bool) -> None:
    """List the notices, the latest first."""
    config = load()
    with with_database(config).read() as session:
        latest = session.scalars(select(AreaNotice).order_by(AreaNotice.id.desc()))
        listed = [_as_dict(each, area_notices.followers(session, each.id)) for each in latest]
    found = [each for each in listed if everything or each["state"] != "over"]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("id", "state", "where", "services", "until", "followers", "text", box=None)
    own = config.city.languages[0]
    for each in found:
        until = _shown(config, datetime.fromisoformat(each["expires"]))
        row = (str(each["id"]), each["state"], each["area_name"], ", ".join(each["services"]), until)
        table.add_row(*row, str(each["followers"]), each["text"][own])
    console.print(table)


@notice.command()
@click.argument("notice_id", type=int)
@example("townline notice show 3")
def show(notice_id: int) -> None:
    """Show one notice, its area included, as JSON."""
    with with_database(load()).read() as session:
        found = session.get(AreaNotice, notice_id)
        if found is None:
            fail(f"there is no notice {notice_id}. `townline notice list --all` shows them.")
        shown = _as_dict(found, area_notices.followers(session, notice_id)) | {"area": found.area}
    click.echo(json.dumps(shown, indent=1))


def _as_dict(each: AreaNotice, followers: int) -> dict[str, Any]:
    over = each.ended_at is not None or each.expires <= utcnow()
    state = "over" if over else "holds" if each.starts <= utcnow() else "to come"
    return {
        "id": each.id,
        "state": state,
        "text": each.text,
        "area_name": each.area_name,
        "services": each.services,
        "starts": each.starts.isoformat(),
        "expires": each.expires.isoformat(),
        "safety": each.safety,
        "author": each.author,
        "ended": each.ended_at.isoformat() if each.ended_at else None,
        "followers": followers,
    }


# What was written -----------------------------------------------------------------------------------


def _texts(config: Config, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the texts by language; leaves with what to do where one can't be sent."""
    own = config.city.languages[0]
    written = {name.removeprefix("text_"): words for name, words in given.items() if words and name != "text"}
    if not given["text"]:
        fail(f"--text: what is to be said in {own!r}, the city's own language, is missing.")
    texts = {own: given["text"], **{code: words for code, words in written.items() if code != own}}
    for code, words in texts.items():
        try:
            notice_checks.check_text(config, code, words)
        except BadNotice as error:
            fail(f"--text-{code}: {error}" if code not in config.city.languages else str(error))
    return texts


def _services(config: Config, codes: tuple[str, ...], groups: tuple[str, ...]) -> list[str]:
    known = config.city.services
    for code in codes:
        if code not in known:
            fail(f"--service {code}: there is no such service; there are: {', '.join(known)}.")
    named = sorted({each.group for each in known.values()})
    for group in groups:
        if group not in named:
            fail(f"--group {group}: no service is of that group; there are: {', '.join(named)}.")
    if not codes and not groups:
        fail("say what it is about: --service CODE or --group NAME, as often as needed.")
    return [code for code, each in known.items() if code in codes or each.group in groups]


def _from_file(path: Path) -> Shape:
    """Return the polygons of a GeoJSON file as one multipolygon."""
    try:
        return notice_checks.drawn(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, BadNotice):
        fail(f"--area {path.name}: no GeoJSON of polygons in degrees.")


def _named(config: Config, name: str) -> Shape:
    try:
        return notice_checks.named(open_routing(config).areas, name)
    except BadNotice as error:
        fail(f"--area-name {name}: {error} Or give --area FILE.")


def _moment(config: Config, option: str, written: str | None) -> datetime | None:
    """Return a time of the city's clock in UTC."""
    if not written:
        return None
    try:
        return notice_checks.moment(config, written)
    except BadNotice as error:
        fail(f"{option} {written}: {error}")


def _shown(config: Config, moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(config.city.timezone)):%a %b %-d, %Y %H:%M}"


# Storms ---------------------------------------------------------------------------------------------


@click.group()
def storm() -> None:
    """Take only what config.yml's `storm` lists, for as long as it lasts. Nobody is written to."""


@storm.command()
@click.option("--until", metavar="TIME", help="In the city's zone. Default: until `townline storm off`.")
@example("townline storm on --until '2026-06-02 08:00'")
def on(until: str | None) -> None:
    """Switch storm mode on; every talk follows it from its next turn."""
    town = with_town(load())
    config = town.config
    if config.file.storm is None:
        fail(f"{config.config_file.name} has no storm, the list of what is taken then: docs/notices.md")
    ends = _moment(config, "--until", until)
    if ends is not None and ends <= town.now():
        fail(f"--until {until}: that is over already; write a later time of the city's clock.")
    storms.begin(town, ends)
    taken = sorted(config.file.storm.taken(config.city.services))
    lasts = f"until {_shown(config, ends)}" if ends else "until `townline storm off`"
    console.print(f"Storm mode is on {lasts}. Taken: {', '.join(taken)}.", highlight=False)


@storm.command()
@example("townline storm off")
def off() -> None:
    """Switch storm mode off."""
    was_on = storms.end(with_town(load()))
    console.print(f"Storm mode {'is' if was_on else 'was'} off{'' if was_on else ' already'}.")


@storm.command("show")
@example("townline storm show")
def show_storm() -> None:
    """Say whether storm mode is on."""
    config = load()
    with with_database(config).read() as session:
        mode = storms.current(session, utcnow())
    if mode is None:
        console.print("Storm mode is off.")
        return
    lasts = f"until {_shown(config, mode.until)}" if mode.until else "until `townline storm off`"
    console.print(f"Storm mode is on {lasts}.", highlight=False)
