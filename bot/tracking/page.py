"""What a case's public page says: all of it from the catalogue, the map and the city's own notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.models import Photo, ServiceRequest, StatusUpdate
from bot.open311.publishing import OWN_WORDS
from bot.service_requests import overdue
from bot.statuses import CLOSED
from bot.tracking.privacy import Private
from bot.tracking.sketch import Sketch
from dialogues.cases import REOPEN_WITHIN
from dialogues.rendering import as_sentence, day, phrase
from dialogues.types import City, Param

STEPS = ("received", "assigned", "on_site", "completed")
FIRST = ("received", "reopened")  # a case that was opened again begins anew
AT_STEP = {"received": 0, "reopened": 0, "under_review": 0, "scheduled": 0}
AT_STEP |= {status: number for number, status in enumerate(STEPS)}
"""The step that a status is at. One that has none, like need_info, stays where the case was."""

LOOKS = {"need_info": "waiting", "completed": "done"} | dict.fromkeys(CLOSED - {"completed"}, "closed")

LABELS = (
    "page_languages", "page_steps", "page_next", "page_place", "page_place_unknown", "page_photos",
    "page_history", "page_note", "page_privacy", "page_emergency", "page_unknown", "page_unknown_more",
    "page_away", "page_away_more",
)  # fmt: skip
"""The sentences that the templates say by themselves."""

LOOK_NAMES = {"open": "page_open", "waiting": "page_waiting", "done": "page_done", "closed": "page_closed"}


@dataclass(frozen=True)
class Day:
    """A day in the city's zone: as people read it, and as machines do."""

    words: str
    iso: str


@dataclass(frozen=True)
class Step:
    """One step of the work. `state` is done, now or next; `words` says so."""

    name: str
    state: str
    words: str
    on: Day | None


@dataclass(frozen=True)
class Entry:
    """One line of the history; `note` is the city's word on it."""

    on: Day
    words: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page, ready to be laid out."""

    number: str
    title: str
    look: str  # open, waiting, done or closed,
    look_name: str  # and its name
    stands: str
    note: str
    steps: tuple[Step, ...]
    next: str
    place: str  # "": to be confirmed
    map_title: str
    map_words: tuple[str, ...]
    sketch: Sketch | None
    photos: tuple[tuple[Photo, str], ...]  # with the words for who can't see them
    history: tuple[Entry, ...]  # the latest first
    questions: str


class Voice:
    """How the page speaks: a city's words in one language."""

    def __init__(self, city: City, language: str) -> None:
        self.city = city
        self.language = language
        self.labels: Mapping[str, str] = {key: self.say(key) for key in LABELS}

    def say(self, key: str, **params: Param) -> str:
        """Return a sentence, filled."""
        return phrase(key, params, self.city, channel="web", language=self.language)

    def day(self, moment: datetime) -> Day:
        local = moment.astimezone(ZoneInfo(self.city.timezone))
        return Day(day(moment, self.city, self.language), local.date().isoformat())


Say = Callable[..., str]


def page_of(
    case: ServiceRequest, addresses: Iterable[str], sketch: Sketch | None, voice: Voice, now: datetime
) -> Page:
    """Return the page of a case; `addresses` are its followers', which are kept off it."""
    say, city = voice.say, voice.city
    service = city.services.get(case.service_code)
    service_name = service.service_name if service else case.service_code
    private = Private(case, addresses)
    changes = _changes(case.updates)
    look = LOOKS.get(case.status, "open")
    place = case.address_string if is_placed(case) else ""
    latest = changes[-1] if changes else None
    return Page(
        number=say("page_number", number=case.service_request_id),
        title=say("item", service=service_name),
        look=look,
        look_name=say(LOOK_NAMES[look]),
        stands=_stands(case, changes, say, city),
        note=_note(latest, private, voice) if latest else "",
        steps=tuple(_steps(case, changes, voice)),
        next=_next(case, changes, say, city, now),
        place=place,
        map_title=say("page_map", place=place),
        map_words=_in_words(sketch, say) if sketch else (),
        sketch=sketch,
        photos=tuple((photo, _alt(photo, n, say)) for n, photo in enumerate(_cleared(case), 1)),
        history=tuple(reversed(_history(case.updates, private, voice))),
        questions=say("page_questions", number=case.service_request_id),
    )


def is_placed(case: ServiceRequest) -> bool:
    """Tell whether the place is one of the map: another is in the resident's own words."""
    return case.location_confirmed and case.lat is not None and case.long is not None


def _cleared(case: ServiceRequest) -> Sequence[Photo]:
    return [photo for photo in case.photos if photo.state == "kept" and photo.cleared_at is not None]


def _alt(photo: Photo, number: int, say: Say) -> str:
    """Return a photo in words: the resident's of the place, or the crew's of the work done."""
    if photo.kind == "after":
        return say("page_photo_after", count=str(number))
    return say("page_photo", count=str(number))


# What happened --------------------------------------------------------------------------------------


def _changes(updates: Sequence[StatusUpdate]) -> list[StatusUpdate]:
    """Return the updates that changed the status."""
    return [
        update
        for number, update in enumerate(updates)
        if number == 0 or update.status != updates[number - 1].status
    ]


def _history(updates: Sequence[StatusUpdate], private: Private, voice: Voice) -> list[Entry]:
    """Return what happened; our own notes to crews are none of the public's."""
    changes, entries = _changes(updates), []
    for update in updates:
        note = _note(update, private, voice)
        if update in changes:
            words = voice.say(f"state_{update.status}")
        elif update.author == "resident":
            words = voice.say("page_added")
        elif note:
            words = voice.say("page_note")
        else:
            continue
        entries.append(Entry(voice.day(update.updated_datetime), words, note))
    return entries


def _note(update: StatusUpdate, private: Private, voice: Voice) -> str:
    """Return the city's note; "" where it is a resident's or ours to a crew, or repeats what is private."""
    if update.reason in voice.city.reasons:
        return as_sentence(update.reason, voice.city, voice.language)
    note = update.status_notes.strip()
    return "" if update.author in OWN_WORDS or private.is_in(note) else note


# Where it stands ------------------------------------------------------------------------------------


def _department(case: ServiceRequest, city: City) -> str:
    return city.departments.get(case.department, case.department)


def _since(case: ServiceRequest, changes: Sequence[StatusUpdate]) -> datetime:
    return changes[-1].updated_datetime if changes else case.updated_datetime


def _stands(case: ServiceRequest, changes: Sequence[StatusUpdate], say: Say, city: City) -> str:
    department = _department(case, city)
    if case.status == "need_info":  # the thread's own sentence speaks to the resident
        return say("page_need_info")
    if case.status == "received" and case.expected_datetime is None:
        return say("page_sent", department=department)
    due, since = case.expected_datetime or case.requested_datetime, _since(case, changes)
    return say(f"stands_{case.status}", department=department, due=due, since=since, until=due, note="")


def _next(case: ServiceRequest, changes: Sequence[StatusUpdate], say: Say, city: City, now: datetime) -> str:
    """Return what comes next, and by when."""
    department, due = _department(case, city), case.expected_datetime
    until = _since(case, changes) + REOPEN_WITHIN
    if case.status == "completed" and until < now:
        return say("page_too_late")
    if case.status not in CLOSED and case.status != "need_info":
        if due is None:
            return say("page_undated", department=department)
        if overdue(case, now):
            return say("page_late", department=department, due=due)
    return say(f"next_{case.status}", department=department, due=due or now, until=until)


def _steps(case: ServiceRequest, changes: Sequence[StatusUpdate], voice: Voice) -> list[Step]:
    """Return the steps taken and to come; none where the case was closed without work.

    A step that was passed over is left out: nobody was there.
    """
    if case.status in CLOSED - {"completed"}:
        return []
    begun = max((n for n, change in enumerate(changes) if change.status in FIRST), default=0)
    reached: dict[int, StatusUpdate] = {}
    at = 0
    for change in changes[begun:]:
        at = AT_STEP.get(change.status, at)
        if change.status in (*STEPS, *FIRST):
            reached.setdefault(at, change)
    steps = []
    for number, status in enumerate(STEPS):
        change_there = reached.get(number) if number <= at else None
        if number < at and change_there is None:
            continue
        name = voice.say(f"state_{change_there.status if change_there else status}")
        finished = number < at or case.status == "completed"
        state = "done" if finished else "now" if number == at else "next"
        on = voice.day(change_there.updated_datetime) if change_there else None
        steps.append(Step(name, state, voice.say(f"page_step_{state}"), on))
    return steps


def _in_words(sketch: Sketch, say: Say) -> tuple[str, ...]:
    streets = say("page_streets", names=", ".join(sketch.seen))
    return (streets, say("page_landmarks", names=", ".join(sketch.nearby))) if sketch.nearby else (streets,)
