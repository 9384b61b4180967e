"""The public page of one case, at an address that nobody can guess: docs/tracking.md."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from flask import Blueprint, Response, make_response, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bot.database import AWAY
from bot.models import ServiceRequest
from bot.places.surroundings import surroundings
from bot.town import Town
from bot.tracking.page import Page, Voice, is_placed, page_of
from bot.tracking.sketch import Sketch, draw
from dialogues import catalogue

HEADERS = {
    # Only what the page has: a stylesheet, an icon and photos of this server. No script, no form, no frame.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    # Whoever has the address may read the page: it goes into no search engine and to no other site.
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    # The case may have moved since, and what staff took back has to be gone: no copy is kept anywhere, also
    # not on a library's computer.
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Language",
}


@dataclass(frozen=True)
class Language:
    """One that the page can be read in; `name` is in the language itself."""

    code: str
    name: str
    direction: str


def blueprint(town: Town) -> Blueprint:
    """Return the page's route, and that of its stylesheet."""
    routes = Blueprint(
        "tracking", __name__, template_folder="templates", static_folder="static", static_url_path="/tracking"
    )

    def case_page(token: str) -> Response:
        """The page of the case that has this token; a kind one for every other token."""
        voice = Voice(town.city, _language(town.city.languages))
        try:
            page = _read(town, token, voice)
        except AWAY:
            return _answer("away.html", voice, 503)
        return _answer("case.html", voice, 200, page) if page else _answer("unknown.html", voice, 404)

    routes.add_url_rule("/r/<token>", "page", case_page)
    return routes


def _read(town: Town, token: str, voice: Voice) -> Page | None:
    """Return the page of the case; None where no case has this token, whatever it looks like."""
    query = select(ServiceRequest).where(
        ServiceRequest.token == token.replace("\0", "")
    )  # PostgreSQL has no NUL
    everything = query.options(selectinload(ServiceRequest.updates), selectinload(ServiceRequest.photos))
    with town.database.read() as session:
        case = session.scalars(everything).first()
        if case is None:
            return None
        addresses = [follower.conversation.contact.address for follower in case.followers]
        sketch = _sketch(session, case) if is_placed(case) else None
        return page_of(case, addresses, sketch, voice, town.now())


def _sketch(session: Session, case: ServiceRequest) -> Sketch | None:
    assert case.lat is not None
    assert case.long is not None
    return draw(surroundings(session, case.lat, case.long), (case.lat, case.long))


def _language(served: tuple[str, ...]) -> str:
    """Return what to answer in: what `?lang=` asks for, else what the browser prefers, else the city's own."""
    asked = request.args.get("lang", "")
    return asked if asked in served else request.accept_languages.best_match(served) or served[0]


def _described(code: str) -> Language:
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Language(code, code, "ltr")
    name = locale.get_display_name(code) or code
    return Language(code, name[:1].upper() + name[1:], "rtl" if locale.text_direction == "rtl" else "ltr")


def _answer(template: str, voice: Voice, status: int, page: Page | None = None) -> Response:
    html = render_template(
        f"tracking/{template}",
        page=page,
        words=voice.labels,
        city=voice.city,
        language=_described(voice.language),
        languages=[_described(code) for code in voice.city.languages],
        own=voice.city.languages[0] if voice.city.languages else catalogue.ENGLISH,
    )
    response = make_response(html, status)
    response.headers.update(HEADERS)
    response.headers["Content-Language"] = voice.language
    return response
