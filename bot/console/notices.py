"""Notices for an area, announced, moved on and ended from the console; storm mode."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot import area_notices, notice_checks, storms
from bot.announcement_tables import AreaNotice
from bot.area_notices import NoSuchNotice
from bot.console.access import Console, View, me
from bot.console.audit import record
from bot.console.city_map import CityMaps
from bot.notice_checks import BadNotice
from bot.places.shapes import Shape, polygons_of
from bot.town import Town

MOST_SHOWN = 200
LARGEST_AREA = 500_000
"""Characters of GeoJSON; a county's boundary has fewer."""


@dataclass(frozen=True)
class Shown:
    """A notice as the list shows it. `state` is holds, to come or over."""

    notice: AreaNotice
    state: str
    followers: int
    starts: str
    until: str


@dataclass(frozen=True)
class Written:
    """A form as it was filled in: it comes back as it was where something is wrong."""

    text: dict[str, str] = field(default_factory=dict)
    area_name: str = ""
    area: str = ""
    services: tuple[str, ...] = ()
    until: str = ""
    safety: bool = False


def add(console: Console) -> None:
    """Add the pages."""
    town, maps = console.town, CityMaps(console.town)
    console.page("/notices", "notices", _notices(town), allow="notices")
    console.page("/notices/new", "notice_new", _new(town, maps), allow="notices", methods=("GET", "POST"))
    console.page(
        "/notices/<int:notice_id>", "notice", _notice(town, maps), allow="notices", methods=("GET", "POST")
    )
    console.page("/notices/storm", "storm", _storm(town), allow="notices", methods=("POST",))


def _notices(town: Town) -> View:
    def notices() -> str:
        """List the notices; show whether there is a storm."""
        return _list(town)

    return notices


def _list(town: Town, refused: str = "") -> str:
    with town.database.read() as session:
        latest = session.scalars(select(AreaNotice).order_by(AreaNotice.id.desc()).limit(MOST_SHOWN))
        found = [_shown(town, session, each) for each in latest]
        storm = storms.current(session, town.now())
    rules = town.config.file.storm
    taken = (
        sorted(town.city.services[code].service_name for code in rules.taken(town.city.services))
        if rules
        else []
    )
    return render_template(
        "console/notices.html",
        current=[each for each in found if each.state != "over"],
        over=[each for each in found if each.state == "over"],
        storm=storm,
        storm_until=_local(town, storm.until) if storm and storm.until else "",
        storm_known=rules is not None,
        storm_taken=taken,
        own=town.city.languages[0],
        refused=refused,
    )


def _shown(town: Town, session: Session, notice: AreaNotice) -> Shown:
    now = town.now()
    over = notice.ended_at is not None or notice.expires <= now
    state = "over" if over else "holds" if notice.starts <= now else "to come"
    ends = notice.ended_at or notice.expires
    count = area_notices.followers(session, notice.id)
    return Shown(notice, state, count, _local(town, notice.starts), _local(town, ends))


def _local(town: Town, moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(town.city.timezone)):%a %b %-d, %Y %H:%M}"


# A new one ------------------------------------------------------------------------------------------


def _new(town: Town, maps: CityMaps) -> View:
    def notice_new() -> str | Response:
        """Ask for a notice; announce it."""
        if request.method == "GET":
            return _form(town, maps, Written())
        written = _read()
        try:
            fields = _checked(town, written)
        except BadNotice as error:
            return Response(_form(town, maps, written, str(error)), status=400, mimetype="text/html")
        added = area_notices.add(town, **fields, also=_noted(town, "notice_added"))
        return redirect(url_for("console.notice", notice_id=added.id), 303)

    return notice_new


def _read() -> Written:
    form = request.form
    upload = request.files.get("file")
    area = upload.stream.read(LARGEST_AREA + 1).decode("utf-8", "replace") if upload else ""
    return Written(
        text=_texts_given(),
        area_name=form.get("area_name", "").strip(),
        area=area or form.get("area", "").strip(),
        services=tuple(form.getlist("services")),
        until=form.get("until", ""),
        safety="safety" in form,
    )


def _texts_given() -> dict[str, str]:
    given = {
        name.removeprefix("text_"): words for name, words in request.form.items() if name.startswith("text_")
    }
    return {language: " ".join(words.split()) for language, words in given.items() if words.strip()}


def _checked(town: Town, written: Written) -> dict[str, Any]:
    """Return what `area_notices.add` takes; raises `BadNotice`, beginning with the field's name."""
    expires = _until(town, written.until)
    services = [code for code in town.city.services if code in written.services]
    if not services:
        raise BadNotice("Services: choose at least one that it is about.")
    if not written.area_name:
        raise BadNotice("Where: choose an area, or give the one you draw a name that people use.")
    return {
        "text": _texts(town, written.text),
        "area": _area(town, written),
        "area_name": written.area_name[:80],
        "services": services,
        "expires": expires,
        "safety": written.safety,
        "author": me().name,
    }


def _until(town: Town, written: str) -> datetime:
    try:
        expires = notice_checks.moment(town.config, written)
    except BadNotice as error:
        raise BadNotice(f"Until: {error}") from None
    if expires <= town.now():
        raise BadNotice("Until: that is over already; choose a later time of the city's clock.")
    return expires


def _texts(town: Town, given: dict[str, str]) -> dict[str, str]:
    own = town.city.languages[0]
    if own not in given:
        raise BadNotice(f"Text: what is to be said in {own!r}, the city's own language, is missing.")
    for language, words in given.items():
        try:
            notice_checks.check_text(town.config, language, words)
        except BadNotice as error:
            raise BadNotice(f"Text: {error}") from None
    return given


def _area(town: Town, written: Written) -> Shape:
    try:
        if not written.area:
            return notice_checks.named(town.routing.areas, written.area_name)
        if len(written.area) > LARGEST_AREA:
            raise BadNotice("it is too large; draw it with fewer corners.")
        return notice_checks.drawn(written.area)
    except BadNotice as error:
        raise BadNotice(f"Area: {error} Choose a named area, draw one, or paste GeoJSON.") from None


def _form(town: Town, maps: CityMaps, written: Written, refused: str = "") -> str:
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, service in town.city.services.items():
        groups.setdefault(service.group, []).append((code, service.service_name))
    return render_template(
        "console/notice_new.html",
        written=written,
        refused=refused,
        groups=groups,
        areas=tuple(town.routing.areas),
        map=maps.get(),
        longest=notice_checks.ONE_TEXT,
        zone=town.city.timezone,
    )


# One of them ----------------------------------------------------------------------------------------


def _notice(town: Town, maps: CityMaps) -> View:
    def notice(notice_id: int) -> str | Response:
        """Show a notice; say what is known now, or end it."""
        if request.method == "GET":
            return _one(town, maps, notice_id)
        given = _texts_given()
        try:
            if request.form.get("act") == "end":
                area_notices.end(
                    town, notice_id, _texts(town, given) if given else None, also=_noted(town, "notice_ended")
                )
            else:
                until = request.form.get("until", "")
                expires = _until(town, until) if until else None
                area_notices.change(
                    town, notice_id, _texts(town, given), expires, also=_noted(town, "notice_changed")
                )
        except (BadNotice, NoSuchNotice) as error:
            page = _one(town, maps, notice_id, given, str(error))
            return Response(page, status=400, mimetype="text/html")
        area_notices.tell_followers(town, notice_id)
        return redirect(url_for("console.notice", notice_id=notice_id), 303)

    return notice


def _one(
    town: Town, maps: CityMaps, notice_id: int, given: dict[str, str] | None = None, refused: str = ""
) -> str:
    with town.database.read() as session:
        found = session.get(AreaNotice, notice_id)
        if found is None:
            abort(404)
        shown = _shown(town, session, found)
    city = maps.get()
    return render_template(
        "console/notice.html",
        shown=shown,
        services=[
            town.city.services[code].service_name if code in town.city.services else code
            for code in found.services
        ],
        map=city,
        area=city.path(polygons_of(found.area)) if city else "",
        geojson=json.dumps(found.area),
        text=given if given is not None else {},
        refused=refused,
        longest=notice_checks.ONE_TEXT,
    )


def _noted(town: Town, action: str) -> area_notices.Also:
    staff = me()
    return lambda session, notice_id: record(town, session, staff, action, f"notice:{notice_id}")


# Storms ---------------------------------------------------------------------------------------------


def _storm(town: Town) -> View:
    def storm() -> str | Response:
        """Switch storm mode on or off."""
        try:
            if request.form.get("act") == "on":
                _begin(town)
            else:
                storms.end(town, also=lambda session: record(town, session, me(), "storm_off", "storm"))
        except BadNotice as error:
            return Response(_list(town, str(error)), status=400, mimetype="text/html")
        return redirect(url_for("console.notices"), 303)

    return storm


def _begin(town: Town) -> None:
    if town.config.file.storm is None:
        raise BadNotice("config.yml has no storm, the list of what is taken then: docs/notices.md.")
    until = request.form.get("until", "")
    ends = _until(town, until) if until else None
    storms.begin(town, ends, also=lambda session: record(town, session, me(), "storm_on", "storm"))
