"""One case for somebody without an account, by a link: nothing personal, and the crews' buttons.

Nobody is signed in here: what allows a change is the token in the address, which no other site knows, so a
forged form could not name it. That is all the protection against forgery that a form's token would give.
"""

from __future__ import annotations

from flask import make_response, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot.cases import NotAllowed
from bot.console import audit, case_links, crew_steps
from bot.console.access import ANYBODY, Console, View
from bot.console.case_page import sketch_of
from bot.console.case_words import CaseWords
from bot.console.crew_steps import Signature
from bot.models import ServiceRequest
from bot.staff_tables import CaseLink
from bot.statuses import CLOSED
from bot.town import Town
from bot.tracking.page import is_placed


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    console.page("/guest/<token>", "guest", _guest(town), allow=ANYBODY)
    console.page("/guest/<token>/step", "guest_step", _step(town), allow=ANYBODY, methods=("POST",))


def _open(town: Town, session: Session, token: str) -> tuple[CaseLink, ServiceRequest] | None:
    """Return what a token opens: its link, and the one case of it."""
    link = case_links.find(town, session, token)
    return (link, session.get_one(ServiceRequest, link.service_request_id)) if link else None


def _shown(town: Town, token: str, refused: str = "") -> Response:
    with town.database.read() as session:
        opened = _open(town, session, token)
        if opened is None:
            return make_response(render_template("console/guest_over.html"), 404)
        link, case = opened
        sketch = sketch_of(session, case)
        cleared = [photo for photo in case.photos if photo.state == "kept" and photo.cleared_at]
    with town.database.write.begin() as session:
        subject = f"case:{case.service_request_id}"
        audit.record(town, session, None, "link_used", subject, link=str(link.id))
    words = CaseWords(town)
    service = town.city.services.get(case.service_code)
    chosen = {each.description for each in service.attributes if each.values} if service else set()
    html = render_template(
        "console/guest.html",
        case=case,
        place=case.address_string if is_placed(case) else "",
        answers=[(question, said) for question, said in words.answers(case) if question in chosen],
        link=link,
        token=token,
        photos=cleared,
        sketch=sketch,
        words=words,
        closed=case.status in CLOSED,
        reasons=words.reasons("completed"),
        refused=refused,
    )
    return make_response(html, 409 if refused else 200)


def _guest(town: Town) -> View:
    def guest(token: str) -> Response:
        """Show the case that the link is for."""
        return _shown(town, token)

    return guest


def _step(town: Town) -> View:
    def step(token: str) -> Response:
        """Take a step of the case that the link is for, whatever else the form names."""
        with town.database.read() as session:
            opened = _open(town, session, token)
        if opened is None:
            return make_response(render_template("console/guest_over.html"), 404)
        link, case = opened
        detail = {"link": str(link.id), "given_to": link.given_to}
        try:
            by = Signature(author=f"{link.given_to} (link)", staff=None, detail=detail)
            crew_steps.take(town, case.service_request_id, by)
        except NotAllowed as refused:
            return _shown(town, token, str(refused))
        return redirect(url_for("console.guest", token=token), 303)

    return step
