"""hear(): ask the world all that a turn may need. Slow, and so with no transaction open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from bot import area_notices, cases, photos, service_requests, storms
from bot.journal import about
from bot.models import Conversation, Message
from bot.models import Photo as KeptPhoto
from bot.places.choosing import picked
from bot.places.geocoder import GeocoderDown
from bot.rows import ONE
from bot.town import Town
from dialogues import duplicates
from dialogues.slots import needs_closer, parts, sure_place
from dialogues.talk import agrees
from dialogues.types import Heard, OpenRequest, Photo, Place, State, Told, Utterance
from nlu.interpreter import MentionKind, PlaceMention, Problem, Understanding

_SAID = aliased(Message)
_LAST_STATE = (
    select(_SAID.state)
    .where(_SAID.conversation_id == Conversation.id, _SAID.author == "bot")
    .order_by(_SAID.id.desc())
    .limit(ONE)
    .correlate(Conversation)
    .scalar_subquery()
)
GLANCE = (
    _LAST_STATE.label("last_state"),
    cases.FOLLOWS_ANY.label("has_cases"),
    area_notices.ANY_HOLD.label("has_notices"),
    storms.LASTS.label("has_storm"),
)
"""The columns of a `Glance`, for a query of conversations; `now` is a parameter."""

COMMANDS = {"/start": "hello", "/help": "help", "/ayuda": "ayuda"}

# Which mention to believe where a message holds several: the closest to a door.
PREFERENCE: tuple[MentionKind, ...] = ("address", "intersection", "between", "block", "landmark", "street")

# Mentions that are surely meant as a place, even if the map does not know it.
EXPLICIT = frozenset({"address", "intersection", "between", "block"})

# A point pasted as text or within a map's link: "41.59948, -91.00657", ".../@41.59948,-91.00657,17z".
COORDINATES = re.compile(r"(?<![\d.])(-?[1-8]?\d\.\d{4,}),\s*(-?1?\d?\d\.\d{4,})(?![\d.])")

# "between 5th and 6th", "entre la 5 y la 6", and no third street.
STRETCH_ALONE = re.compile(
    r"(?:between|btwn|betwn|btw|bet|entre)\b(?!.* (?:on|of|off|along|en|sobre|de|por) )", re.IGNORECASE
)

NOT_RECEIVED = ("failed", "suppressed", "undelivered")

HOUSE_NUMBER = re.compile(
    r"(?:(?:es|at|en|near|around|by|close to|como|por|cerca|a la altura) )*(?:el |del |de )?"
    r"(?:no\.?|number|nr|n[uú]mero|n[uú]m\.?|nro\.?|#)? ?(\d{1,6}[a-z]?)",
    re.IGNORECASE,
)

# What may answer "where is it?" without being understood as a place.
MAYBE_PLACE = frozenset({"inform", "report", "out_of_scope", "deny", "greet"})


def by_preference(mentions: Iterable[PlaceMention]) -> list[PlaceMention]:
    """Return the mentions of a message, the one to believe first."""
    return sorted(mentions, key=lambda mention: PREFERENCE.index(mention.kind))


def street_of(mention: PlaceMention, mentions: Iterable[PlaceMention]) -> str:
    """Return what "between A and B" leaves out: the one street that the message names elsewhere."""
    streets = [each.text for each in mentions if each.kind == "street"]
    alone = mention.kind == "between" and STRETCH_ALONE.match(mention.text)
    return f"{streets[0]} " if alone and len(streets) == 1 else ""


@dataclass(frozen=True)
class Glance:
    """What became of our last message, and whether there is anything of the rest: most often there is not."""

    last_state: str | None
    has_cases: bool
    has_notices: bool
    has_storm: bool


@dataclass(frozen=True)
class Unread:
    """A message that came in and waits for its answer; `photos` are the ids of its pictures."""

    id: int
    kind: str
    text: str
    inbound: Mapping[str, Any]
    created_at: datetime
    failures: int
    photos: Sequence[int]


@dataclass(frozen=True)
class Talk:
    """A conversation with what is to be heard in it, as it was before: `batch` is oldest first, never empty."""

    conversation: Conversation
    state: State
    batch: Sequence[Unread]
    glance: Glance


def hear(town: Town, talks: Sequence[Talk]) -> Sequence[Heard]:
    """Return everything that the turns may need to answer each batch; what can be asked at once for all, is.

    A failed look-up is data, not an exception.
    """
    listened = [_listen(town, talk) for talk in talks]
    files = [_files(talk.state, ears.utterances) for talk, ears in zip(talks, listened, strict=True)]
    numbers = iter(service_requests.reserve(town, sum(files)))
    references = [tuple(islice(numbers, count)) for count in files]
    with town.database.asking.connect() as asking:
        known = [_known(town, asking, talk) for talk in talks]
        nearby = cases.near(town, asking, [*map(partial(_sought, town), talks, listened, known)])
        heard = map(partial(_heard, town, asking), talks, listened, known, nearby, references)
        return list(heard)


def _listen(town: Town, talk: Talk) -> _Ears:
    conversation = talk.conversation
    with about(conversation.id):
        quoted = {message.id: _quoted(town, conversation, message) for message in talk.batch}
        ears = _Ears(town, talk.state, conversation.contact.language, quoted)
        ears.listen(talk.batch)
        return ears


def _heard(
    town: Town,
    asking: Connection,
    talk: Talk,
    ears: _Ears,
    known: tuple[OpenRequest, ...],
    nearby: tuple[OpenRequest, ...],
    references: tuple[str, ...],
) -> Heard:
    conversation, glance = talk.conversation, talk.glance
    notices = area_notices.holding(asking, conversation.id, town.now()) if glance.has_notices else ()
    return Heard(
        at=town.now(),
        utterances=ears.utterances,
        references=references,
        contact_requests=known,
        nearby=nearby,
        geocoder_down=ears.geocoder_down,
        unread=glance.last_state in NOT_RECEIVED,
        language=conversation.contact.language,
        quiet_for=town.now() - conversation.touched_at,
        notices=notices,
        storm=storms.heard(town) if glance.has_storm else None,
    )


def _files(state: State, utterances: Sequence[Utterance]) -> int:
    """Return how many cases may be filed: they need numbers."""
    return len(parts(state.read_back)) if state.read_back and any(map(agrees, utterances)) else 0


def _known(town: Town, asking: Connection, talk: Talk) -> tuple[OpenRequest, ...]:
    return cases.of_contact(town, asking, talk.conversation.contact_id) if talk.glance.has_cases else ()


def _sought(town: Town, talk: Talk, ears: _Ears, known: Sequence[OpenRequest]) -> cases.Sought:
    reach = duplicates.sought(talk.state, ears.utterances, known, town.city)
    return _points(talk.state, ears.utterances), reach


def _points(state: State, utterances: Sequence[Utterance]) -> Iterable[tuple[float, float]]:
    """Yield where the report under way may be, as far as it is known: (latitude, longitude)."""
    known = state.draft or state.kept
    places = [*((known.place, *known.place_options) if known else ())]
    places += [place for utterance in utterances for place in utterance.places]
    for place in places:
        if place is not None and place.in_city and place.lat is not None and place.long is not None:
            yield place.lat, place.long


def _quoted(town: Town, conversation: Conversation, message: Unread) -> str:
    """Return the number of the case whose message this one answers; "" where it answers none."""
    if not (quotes := message.inbound["quotes"]):
        return ""
    with town.database.read() as session:
        return cases.number_of(session, conversation.id, quotes)


class _Ears:
    """Hears one batch, `utterances`; remembers whether a geocoder failed on the way."""

    def __init__(self, town: Town, state: State, language: str, quoted: Mapping[int, str]) -> None:
        self.town = town
        self.state = state
        self.language = language
        self.quoted = quoted
        self.geocoder_down = False
        self.utterances: tuple[Utterance, ...] = ()

    def listen(self, batch: Sequence[Unread]) -> None:
        """Hear the messages, oldest first."""
        self.utterances = tuple(self.utterance(message) for message in batch)

    def utterance(self, message: Unread) -> Utterance:
        # A pressed button comes with its label as text; what counts is the value behind it.
        text = "" if message.inbound["choice"] else COMMANDS.get(message.text.strip().lower(), message.text)
        meant = self.town.interpreter.understand(text, self.language or None)
        if not message.photos and (choice := self.picked(text, meant)):
            return Utterance(text=text, choice=choice)
        place_text, found = self.where(message, text, meant)
        answers = bool(found and self.language and self.state.awaiting in ("place", "place_options"))
        if re.search(r"[^\W\d_]", text) and not answers:  # names of streets are in no language
            self.language = meant.language
        heard = Utterance(
            text=text,
            intent=meant.intent,
            confidence=meant.confidence,
            services=tuple((guess.service_code, guess.confidence) for guess in meant.services),
            polarity=meant.polarity,
            wrong=meant.wrong,
            number=meant.number,
            emergency=meant.emergency,
            place_text=place_text,
            places=found,
            pin=message.inbound["pin"] is not None or COORDINATES.search(text) is not None,
            photos=tuple(self.photo(photo_id) for photo_id in message.photos),
            choice=message.inbound["choice"],
            topic=meant.topic,
            mood=meant.mood,
            corrects=message.kind == "edit",
            problems=tuple(self.told(problem, meant.places) for problem in meant.problems),
            suspected=meant.suspected,
            again=meant.again,
            quoted=self.quoted[message.id],
            language=self.language,
            asked_language=meant.asked_language,
        )
        silent = not text.strip()  # a bare photo, pin or button says nothing in words
        return replace(heard, intent="inform", services=(), number=None, mood="") if silent else heard

    def picked(self, text: str, meant: Understanding) -> str:
        """Return the choice that words make among the places we offered: "the ave"; "" where they make none."""
        draft = self.state.draft
        if draft is None or self.state.awaiting != "place_options" or meant.emergency == "911":
            return ""
        number = picked(text, [place.address_string for place in draft.place_options])
        return f"place:{number}" if number else ""

    def where(self, message: Unread, text: str, meant: Understanding) -> tuple[str, tuple[Place, ...]]:
        """Return how the place was written, and what the map makes of it, best first.

        A bare number completes the street we asked it for.
        """
        if message.inbound["pin"] is not None:
            return self.pinned(*message.inbound["pin"])
        if point := COORDINATES.search(text):
            return self.pinned(float(point.group(1)), float(point.group(2)), "")
        streets, number = self.streets_so_far(), HOUSE_NUMBER.fullmatch(text.strip())
        if streets and number:
            found = tuple(place for street in streets for place in self.look_up(f"{number.group(1)} {street}"))
            doors = tuple(place for place in found if not needs_closer(place))
            return (text, doors or found[:1]) if found else ("", ())
        for mention in by_preference(meant.places):
            written = self.town.places.with_neighbour(text, mention.start, mention.end)
            found = self.look_up(street_of(mention, meant.places) + written)
            if found or mention.kind in EXPLICIT:
                return mention.text, found
        return self.answer_to_where(text, meant)

    def told(self, problem: Problem, mentions: Iterable[PlaceMention]) -> Told:
        """Return one of several problems with the place that its own words name, where that is clear."""
        told = Told(service_code=problem.service_code, text=problem.text)
        for mention in by_preference(each for each in mentions if each.text in problem.text):
            place = sure_place(self.look_up(mention.text))
            return replace(told, place_text=mention.text, place=place)
        return told

    def answer_to_where(self, text: str, meant: Understanding) -> tuple[str, tuple[Place, ...]]:
        """While we wait for a place, the whole message may be one."""
        asked = self.state.awaiting in ("place", "place_options", "change")
        other = meant.number is not None or meant.topic or meant.mood == "nudge"
        if not asked or meant.intent not in MAYBE_PLACE or other:
            return "", ()
        found = self.look_up(text)
        if found:
            return text, found
        sure = self.state.awaiting == "place" and not meant.wrong and meant.intent in ("inform", "report")
        return (text, ()) if sure else ("", ())

    def streets_so_far(self) -> list[str]:
        """Return the street we asked a house number for, or the streets we offered, if we did."""
        draft = self.state.draft
        if draft is None or self.state.awaiting not in ("place", "place_options"):
            return []
        known = draft.place_options if self.state.awaiting == "place_options" else (draft.place,)
        return [place.address_string for place in known if place and needs_closer(place)]

    def look_up(self, text: str) -> tuple[Place, ...]:
        try:
            return tuple(self.town.places.find_places(text))
        except GeocoderDown:
            self.geocoder_down = True
            return ()

    def pinned(self, lat: float, long: float, label: str) -> tuple[str, tuple[Place, ...]]:
        """Return the place at a pin: near something we know, or just the point."""
        known = self.state.draft.place if self.state.draft else None
        park = known.address_string if known and known.precision == "landmark" else ""
        place = self.town.places.place_at(lat, long, within=park)
        if place is None:
            inside = self.town.places.in_city(lat, long)
            name = label.strip() or f"{lat:.5f}, {long:.5f}"
            place = Place(address_string=name, lat=lat, long=long, precision="landmark", in_city=inside)
        return label, (place,)

    def photo(self, photo_id: int) -> Photo:
        kept = photos.fetch(self.town, photo_id)
        problem = {"not_a_photo": "not_a_photo", "too_big": "too_big", "": ""}.get(kept.problem, "unavailable")
        return Photo(photo_id=str(kept.id), problem=problem, taken_at=self.taken_at(kept))  # type: ignore[arg-type]

    def taken_at(self, photo: KeptPhoto) -> Place | None:
        """Return what is near where the picture's EXIF says it was taken, if that is a place to drive to."""
        if photo.lat is None or photo.long is None:
            return None
        place = self.town.places.place_at(photo.lat, photo.long)
        return place if place and place.in_city and not needs_closer(place) else None
