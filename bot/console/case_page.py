"""The page of one case, for staff: all that is known of it, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, make_response, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot import cases, service_requests
from bot.cases import NotAllowed, UnknownCase
from bot.console import audit, case_links
from bot.console.access import Console, View, me
from bot.console.case_words import CaseWords
from bot.console.forms import field
from bot.models import Photo, ServiceRequest
from bot.places.surroundings import surroundings
from bot.reassigning import reassign
from bot.service_requests import Also
from bot.staff_tables import CaseLink, Note
from bot.statuses import STATUSES
from bot.town import Town
from bot.tracking.page import is_placed
from bot.tracking.sketch import Sketch, draw

LONGEST_NOTE = 500  # characters that a resident is told
LONGEST_STAFF_NOTE = 4000


@dataclass(frozen=True)
class File:
    """All that a case's page shows."""

    case: ServiceRequest
    photos: Sequence[Photo]
    notes: Sequence[Note]
    links: Sequence[CaseLink]
    followers: int
    sketch: Sketch | None


def add(console: Console) -> None:
    """Add the page and what it sends."""
    town = console.town
    console.page("/cases/<number>", "case", _case(town), allow="cases")
    for what, change in (
        ("status", _change_status),
        ("assignment", _reassign),
        ("notes", _write_note),
        ("links", _make_link),
        ("links/revoke", _revoke_link),
    ):
        view = _changing(town, change)
        console.page(
            f"/cases/<number>/{what}",
            f"case_{what.replace('/', '_')}",
            view,
            allow="cases",
            methods=("POST",),
        )


def open_case(session: Session, number: str) -> ServiceRequest:
    """Return a case, or answer that there is none."""
    try:
        return cases.by_number(session, number.replace("\0", ""))
    except UnknownCase:
        abort(404)


def sketch_of(session: Session, case: ServiceRequest) -> Sketch | None:
    """Return the map around a case; None where its place is not on the map."""
    if not is_placed(case) or case.lat is None or case.long is None:
        return None
    return draw(surroundings(session, case.lat, case.long), (case.lat, case.long))


def _read(town: Town, number: str) -> File:
    """Return what is known of a case; that somebody looked at it is written down."""
    with town.database.write.begin() as session:
        case = open_case(session, number)
        audit.record(town, session, me(), "case_viewed", f"case:{case.service_request_id}")
    with town.database.read() as session:
        case = open_case(session, number)
        _ = case.updates
        notes = session.scalars(select(Note).where(Note.service_request_id == case.id).order_by(Note.id)).all()
        kept = [photo for photo in case.photos if photo.state == "kept"]
        links = case_links.of_case(session, case.id)
        return File(case, kept, notes, links, len(case.followers), sketch_of(session, case))


def _shown(town: Town, number: str, refused: str = "", link: str = "") -> str:
    file, words = _read(town, number), CaseWords(town)
    allowed = STATUSES[file.case.status].may_become
    return render_template(
        "console/case.html",
        file=file,
        case=file.case,
        words=words,
        allowed=allowed,
        reasons={status: words.reasons(status) for status in allowed if words.reasons(status)},
        public_page=town.config.page_of(file.case.token),
        refused=refused,
        link=link,
        today=town.routing.calendar.local(town.now()).date().isoformat(),
        now=town.now(),
    )


def _case(town: Town) -> View:
    def case(number: str) -> str:
        """Show the case."""
        return _shown(town, number)

    return case


Change = Callable[[Town, str], str]
"""Carries out what a form of the page asks for; returns a link that is to be shown now or never, or ""."""


def _changing(town: Town, change: Change) -> View:
    def changed(number: str) -> Response:
        """Change the case and show it again, or say why not."""
        with town.database.read() as session:
            number = open_case(session, number).service_request_id
        try:
            link = change(town, number)
        except NotAllowed as refused:
            return make_response(_shown(town, number, refused=str(refused)), 409)
        if link:  # its token is kept nowhere: this page is the only one that shows it
            return make_response(_shown(town, number, link=link), 201)
        return redirect(url_for("console.case", number=number), 303)

    return changed


def noted(town: Town, action: str, **detail: str) -> Also:
    """Return what writes down, with a change of a case, that one made it."""
    staff = me()

    def write(session: Session, case: ServiceRequest) -> None:
        audit.record(town, session, staff, action, f"case:{case.service_request_id}", **detail)

    return write


def _change_status(town: Town, number: str) -> str:
    status, reason = field("status"), field("reason")
    with suppress(cases.Repeated):  # the button was pressed twice
        service_requests.update_status(
            town,
            number,
            status,
            field("note", LONGEST_NOTE),
            me().name,
            reason=reason,
            expected=_due(town, field("due")),
            update_id=once(status, field("seen")),
            original=field("original") if status == "duplicate" else "",
            also=noted(town, "status_changed", to=status, reason=reason),
        )
    return ""


def once(status: str, seen: str) -> str | None:
    """Return a name for what a form sends: sent twice from one page, it is carried out once.

    `seen` is the case's last change that the page knew of.
    """
    return f"console:{status}:{seen[:40]}" if seen else None


def _due(town: Town, text: str) -> datetime | None:
    """Return when the work of a day ends; None where none was given. Raises `NotAllowed`."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        due = town.routing.calendar.end_of(day, town.now())
    except (ValueError, OverflowError):
        raise NotAllowed("Write the day as in 2026-06-30.") from None
    if due < town.now():
        raise NotAllowed("The new day is in the past. Choose today or a later day.")
    return due


def _reassign(town: Town, number: str) -> str:
    wanted = {name: field(name) for name in ("department", "service_code", "priority")}
    given = {name: value for name, value in wanted.items() if value != field(f"{name}_was")}
    reassign(town, number, author=me().name, also=noted(town, "case_reassigned", **given), **given)
    return ""


def _write_note(town: Town, number: str) -> str:
    text = field("text", LONGEST_STAFF_NOTE)
    if not text:
        raise NotAllowed("The note is empty. Write it first.")
    with town.database.write.begin() as session:
        case = open_case(session, number)
        session.add(Note(service_request_id=case.id, staff_id=me().id, text=text, created_at=town.now()))
        audit.record(town, session, me(), "note_added", f"case:{number}")
    return ""


def _make_link(town: Town, number: str) -> str:
    given_to, days = field("given_to", 80), field("days") or "7"
    if not given_to:
        raise NotAllowed("Say who gets the link.")
    if days not in case_links.DAYS:
        raise NotAllowed(f"A link lasts {', '.join(case_links.DAYS)} days.")
    token = case_links.make(
        town, number, me(), given_to=given_to, instructions=field("instructions", 1000), days=int(days)
    )
    return f"{town.config.settings.public_base_url.rstrip('/')}{url_for('console.guest', token=token)}"


def _revoke_link(town: Town, number: str) -> str:
    link_id = field("link")
    if link_id.isascii() and link_id.isdecimal() and len(link_id) < 16:
        case_links.revoke(town, number, int(link_id), me())
    return ""
