"""POST requests: a case from another system, checked whole, then filed the way a resident's is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

from bot import outbox, service_requests
from bot.open311.catalog import service_of, stop
from bot.open311.parameters import MOMENT, given
from bot.open311.publishing import LONGEST_DESCRIPTION
from bot.open311.refusals import Refused
from bot.places import geometry
from bot.places.geocoder import GeocoderDown
from bot.town import Town
from dialogues.rendering import phrase
from dialogues.types import Attribute, City, Draft, Place
from nlu.interpreter import Emergency

LONGEST = {"address_string": 300, "media_url": 2000}
LONGEST_FIELD = 200  # characters of whatever else is given in words

REPORTER = ("email", "phone", "first_name", "last_name", "account_id", "device_id")
"""Who reports, as far as the client says: kept with the case for staff, never published."""

SAME_PLACE = 250.0
"""Metres between a point and an address that may still mean one place: a long park, a wrong house number."""

ATTRIBUTE = re.compile(r"attribute\[([^\[\]]*)\](?:\[\])?")

Form = MultiDict[str, str]


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What a client is told: the number, and a word to the reporter where there is danger."""

    service_request_id: str
    service_notice: str


def file(town: Town, form: Form, client: str) -> Filed:
    """File what `client` (the name of its key) posted, and ring for its department; raises `Refused`."""
    code = given(form, "service_code")
    if not code:
        raise Refused(400, "service_code is missing")
    service = service_of(town.city, code)
    problems = [*_too_long(form), *_misplaced(form), *_bad_address_of_media(given(form, "media_url"))]
    attributes = _attributes(form, town.city, code, problems)
    if problems:
        raise Refused(400, *problems)
    place, described = _place(town, form), _described(form)
    danger = _danger(town, described)
    draft = Draft(
        description=described,
        service_code=service.service_code,
        place=place,
        attributes=attributes,
        urgent=danger is not None,
    )
    words = given(form, "address_string")
    if words and words.casefold() != place.address_string.casefold():
        draft = _with_words(draft, words)
    [number] = service_requests.reserve(town)
    with town.database.write.begin() as session:
        case = service_requests.file(town, session, draft, number)
        case.media_url = given(form, "media_url")
        case.reporter = {name: text for name in REPORTER if (text := given(form, name))} | {"client": client}
        department = case.department
    outbox.ring_department(town, department)
    notice = _say(town, "open311_danger") if danger in ("911", "likely") else ""
    return Filed(service_request_id=number, service_notice=notice)


def _danger(town: Town, described: str) -> Emergency | None:
    """Return the danger that a description tells of; a model's mere guess is not enough."""
    understood = town.interpreter.understand(described) if described else None
    return None if understood is None or understood.suspected else understood.emergency


def _with_words(draft: Draft, words: str) -> Draft:
    """Return the draft with how the place was written: the map's name for it may say less to a crew."""
    return replace(draft, description=f"{draft.description}\nPlace as given: {words}".strip())


def _described(form: Form) -> str:
    """Return the description with its line breaks, and no other control characters."""
    lines = form.get("description", "").splitlines()
    return "\n".join("".join(sign for sign in line if sign.isprintable()) for line in lines).strip()


def _too_long(form: Form) -> list[str]:
    limits = dict.fromkeys(REPORTER, LONGEST_FIELD) | LONGEST | {"description": LONGEST_DESCRIPTION}
    return [
        f"{name} may have {most} characters at most"
        for name, most in limits.items()
        if len(form.get(name, "").strip()) > most
    ]


def _bad_address_of_media(url: str) -> list[str]:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        usable = False
    return (
        [] if not url or (usable and " " not in url) else ["media_url has to be the http(s) URL of a picture"]
    )


# Where ----------------------------------------------------------------------------------------------


def _misplaced(form: Form) -> list[str]:
    """Return why the place can't be used: one of lat and long, address_string or both has to be there."""
    lat, long = given(form, "lat"), given(form, "long")
    if not (lat or long):
        if given(form, "address_string"):
            return []
        also = " (address_id is not in use here)" if given(form, "address_id") else ""
        return [f"a place is missing: give lat and long, or address_string{also}"]
    if not (lat and long):
        return ["lat and long have to come together"]
    return [
        f"{name} has to be degrees (WGS84) between -{most} and {most}"
        for name, text, most in (("lat", lat, 90), ("long", long, 180))
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", text) or abs(float(text)) > most
    ]


def _place(town: Town, form: Form) -> Place:
    """Return the place that is meant; raises `Refused` where it is outside the city.

    A point outdoes words; words name it where the map has them close by.
    """
    words, lat, long = (given(form, name) for name in ("address_string", "lat", "long"))
    found = _look_up(town, words) if words else []
    if lat:
        point = (float(lat), float(long))
        place = _named(found, point) or town.places.place_at(*point)
    else:
        here = [each for each in found if each.in_city]
        # One of several is for people to decide: nobody is there to be asked.
        unsure = Place(address_string=words, precision="unconfirmed", score=0.0)
        place = here[0] if len(here) == 1 else unsure if here or not found else found[0]
    assert place is not None  # the degrees were checked
    if not place.in_city:
        raise Refused(400, _say(town, "open311_outside", place=place.address_string))
    return place


def _look_up(town: Town, words: str) -> list[Place]:
    try:
        return town.places.find_places(words)
    except GeocoderDown:
        return []  # it is looked for again: see bot.locating


def _named(found: list[Place], point: tuple[float, float]) -> Place | None:
    """Return the point under the name of the one place that was found by it."""
    near = [
        each
        for each in found
        if each.lat is not None
        and each.long is not None
        and geometry.distance(point, (each.lat, each.long)) <= SAME_PLACE
    ]
    if len(near) != 1:
        return None
    lat, long = point
    return Place(
        address_string=near[0].address_string,
        lat=lat,
        long=long,
        precision=near[0].precision,
        in_city=near[0].in_city,
    )


# The service's questions ----------------------------------------------------------------------------


def _attributes(form: Form, city: City, code: str, problems: list[str]) -> Mapping[str, str]:
    """Return the answers, a multivaluelist's keys joined by commas; what is wrong goes to `problems`."""
    service, answers = city.services[code], dict[str, str]()
    for name, said in _answered(form).items():
        question = service.answer(name)
        if question is None:
            problems.append(f"attribute[{name}] is not in the definition of {code}")
            continue
        if reason := _stopped(question, said, city):
            problems.append(reason)
        elif reason := _mistake(question, said):
            problems.append(f"attribute[{name}] {reason}")
        answers[name] = ",".join(said)
    for question in service.attributes:
        if question.required and question.code not in answers:
            problems.append(f"attribute[{question.code}] is missing: {question.description}")
    return answers


def _answered(form: Form) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for key, values in form.lists():
        if match := ATTRIBUTE.fullmatch(key):
            kept = (given({"value": value}, "value") for value in values)
            said.setdefault(match.group(1), []).extend(dict.fromkeys(filter(None, kept)))
    return {code: values for code, values in said.items() if values}


def _stopped(question: Attribute, said: list[str], city: City) -> str:
    """Return what an answer says that means that it is not the city's to fix; "" where none does."""
    return next((stop(city, value) for value in question.values if value.key in said and value.stop), "")


def _mistake(question: Attribute, said: list[str]) -> str:
    """Return why an answer can't be used; "" where it can."""
    keys = [value.key for value in question.values]
    if len(said) > 1 and question.datatype != "multivaluelist":
        return "may be given once"
    if keys:
        return "" if set(said) <= set(keys) else f"has to be one of: {', '.join(keys)}"
    if len(said[0]) > LONGEST_FIELD:
        return f"may have {LONGEST_FIELD} characters at most"
    if question.datatype == "number" and not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", said[0]):
        return "has to be a number"
    if question.datatype == "datetime" and not _is_moment(said[0]):
        return "has to be a moment with a time zone: 2026-06-01T09:30:00Z"
    return ""


def _is_moment(text: str) -> bool:
    try:
        return bool(MOMENT.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def _say(town: Town, sentence: str, **params: str) -> str:
    """Return a sentence in the city's own language."""
    return phrase(sentence, params, town.city, channel="", language=town.city.languages[0])
