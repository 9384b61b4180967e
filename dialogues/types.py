"""The nouns of the talk: what came in, where we are, what follows. All frozen, all JSON-ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from dialogues.announcements import FollowNotice, MuteNotice, Notice, Storm, Worded
from dialogues.effects import AddToRequest as AddToRequest
from dialogues.effects import Alert as Alert
from dialogues.effects import Erase as Erase
from dialogues.effects import Follow as Follow
from dialogues.effects import HandOff as HandOff
from dialogues.effects import Misheard as Misheard
from dialogues.effects import Mute as Mute
from dialogues.effects import Reopen as Reopen
from dialogues.effects import Speak as Speak
from dialogues.effects import Unmute as Unmute
from dialogues.effects import Verdict as Verdict
from dialogues.services import Attribute as Attribute
from dialogues.services import AttributeValue as AttributeValue
from dialogues.services import Reason as Reason
from dialogues.services import Service as Service

Precision = Literal[
    "address", "interpolated", "intersection", "block", "street", "landmark", "area", "unconfirmed"
]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A geocoded location and how precise it is. Degrees are WGS84; `score` is 0 to 1.

    An *unconfirmed* place has no coordinates: it is what the resident wrote, to be found by people.
    A *hint* is where a photo was taken: nobody has said that it is the place, so it is read back as a question.
    A *spot* is a pin within a landmark, whose name it bears. `neighbour` names the city beside ours that a
    place outside lies in, where that is known. `ends` are those of a stretch, (latitude, longitude) both, of
    which `lat` and `long` are the middle.
    """

    address_string: str
    lat: float | None = None
    long: float | None = None
    precision: Precision = "address"
    score: float = 1.0
    in_city: bool = True
    hint: bool = False
    spot: bool = False
    neighbour: str = ""
    ends: tuple[tuple[float, float], ...] = ()


def _takes_all(*_: object) -> str:
    return ""


def _is_there(_: object) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class City:
    """What the talk has to know of the city. `phone` is how people there say their number.

    `languages` are those the city serves; the first is the default.
    `answers` are the city's own, by topic and language, to what residents ask in passing.
    `unserved` says where to turn with a report that the city does not take, at an aware moment; "" where it
    takes it. It is pure, and `turned_away` is all it may say. `back_at` says when a person will be there, in
    the city's zone; None where one is there already. It is pure, too.
    """

    name: str
    program: str
    phone: str
    timezone: str
    services: Mapping[str, Service]
    departments: Mapping[str, str]  # code -> name as a resident reads it
    emergency_number: str = "911"
    neighbours: Mapping[str, str] = field(default_factory=dict)  # name -> phone
    languages: tuple[str, ...] = ("en",)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    turned_away: tuple[str, ...] = ()
    unserved: Callable[[Draft, datetime], str] = field(default=_takes_all, compare=False)
    back_at: Callable[[datetime], datetime | None] = field(default=_is_there, compare=False)


@dataclass(frozen=True, kw_only=True)
class OpenRequest:
    """A case this contact reported or follows, as the talk needs it. Times are aware, in UTC.

    `status_notes` may be the code of a reason (`City.reasons`). `unanswered`: it was closed because a question
    to the resident was not answered.
    `link` is the address of its public page; "" where it has none.
    """

    service_request_id: str
    service_code: str
    address_string: str
    status: str
    status_notes: str = ""
    requested_datetime: datetime
    status_datetime: datetime
    expected_datetime: datetime | None = None
    answer_by: datetime | None = None
    lat: float | None = None
    long: float | None = None
    closed: bool = False
    unanswered: bool = False
    closed_elsewhere: bool = False  # by another system, which did not say that the work is done
    muted: bool = False
    followed: bool = True  # false: somebody else's, nearby
    filed_datetime: datetime | None = None  # where it was filed before they followed it
    photo: str = ""  # the address of one that anybody may see
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture the resident sent: kept, refused (`problem` says why), or still on its way.

    `taken_at` is what is near the position in the picture's own EXIF: a hint, never a place by itself.
    """

    photo_id: str
    problem: Literal["", "not_a_photo", "too_big", "unavailable"] = ""
    taken_at: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """One of several problems that a message tells of. `place_text` is how its own place was written."""

    service_code: str
    text: str
    place_text: str = ""
    place: Place | None = None


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """One message, understood: what was said, meant, pointed at and shown.

    `services` are (service_code, confidence), best first. `place_text` is how the place was
    written; `places` what the geocoder made of it. `choice` is a pressed button's value. `topic`
    is what it asks about that the city has an answer to; `mood` that it is angry ("upset"), only wants a
    sign of life ("nudge"), or says that what was wrong is right ("content").
    """

    text: str = ""
    intent: str = "inform"
    confidence: float = 1.0
    services: tuple[tuple[str, float], ...] = ()
    polarity: Literal["yes", "no"] | None = None
    wrong: Literal["place", "service", "photo"] | None = None
    number: int | None = None
    emergency: Literal["911", "likely", "urgent"] | None = None
    place_text: str = ""
    places: tuple[Place, ...] = ()
    pin: bool = False  # the place is a point the resident set, not words
    photos: tuple[Photo, ...] = ()
    choice: str = ""
    topic: str = ""
    mood: Literal["", "upset", "nudge", "content"] = ""
    corrects: bool = False  # an edited message: it replaces what it said before
    problems: tuple[Told, ...] = ()  # two or three it tells of
    suspected: bool = False  # that an emergency is likely is a guess
    again: bool = False  # what they reported last, elsewhere
    quoted: str = ""  # the number of the case whose message it answers
    language: str = ""  # that it is written in
    asked_language: str = ""  # that it asks for

    @property
    def kept_photos(self) -> tuple[str, ...]:
        """The ids of the photos that came, or are still on their way."""
        return tuple(photo.photo_id for photo in self.photos if photo.problem in ("", "unavailable"))


@dataclass(frozen=True, kw_only=True)
class Heard:
    """All a turn may need of the world: asked for beforehand, so that the turn itself is pure.

    `references` are fresh case numbers, there in case the turn files. `contact_requests` holds the
    contact's cases, the latest first. `unread`: what we said last never reached the resident. `language` is
    what we have spoken with them; "" before the first word. `quiet_for` is how long ago the last turn was.
    `nearby` are open cases of others around the places that are talked of.
    """

    at: datetime
    utterances: tuple[Utterance, ...]
    references: tuple[str, ...] = ()
    contact_requests: tuple[OpenRequest, ...] = ()
    nearby: tuple[OpenRequest, ...] = ()
    geocoder_down: bool = False
    unread: bool = False
    language: str = ""
    quiet_for: timedelta = timedelta(0)
    notices: tuple[Notice, ...] = ()  # that hold now, the latest first
    storm: Storm | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The report as far as we have it. `asked`: its optional questions were put, and won't be again.
    `distinct`: it is none of the cases that were offered as the same.

    `also` are other problems that go with it; those without a place are at its own.
    """

    description: str = ""
    service_code: str = ""
    service_options: tuple[str, ...] = ()
    place: Place | None = None
    place_text: str = ""
    place_options: tuple[Place, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    asked: bool = False
    distinct: bool = False
    photos: tuple[str, ...] = ()
    photo_skipped: bool = False
    urgent: bool = False
    first_words: str = ""  # what the type was first heard from,
    first_guess: str = ""  # as what,
    first_confidence: float = 1.0  # and how surely: what was misheard is kept for review
    later: bool = False  # kept until after the storm
    also: tuple[Draft, ...] = ()

    @property
    def essence(self) -> tuple[object, ...]:
        """What has to be read back before filing."""
        others = tuple(other.essence for other in self.also)
        return (self.service_code, self.place, tuple(sorted(self.attributes.items())), *others)

    @property
    def holds_anything(self) -> bool:
        """Whether there is something in it that somebody could go on with."""
        said = self.service_code or self.service_options or self.description or self.place_text
        return bool(said or self.place or self.place_options or self.photos)


Slot = Literal[
    "", "service", "service_options", "place", "place_options", "attribute", "confirm", "change", "danger",
    "correction", "resume", "case", "erase", "duplicate", "notice", "storm",
]  # fmt: skip


About = Literal["not_fixed", "add", "mute", "unmute"]


@dataclass(frozen=True, kw_only=True)
class AskingWhich:
    """Which of these cases is meant, we asked: what is to be done with it, and what was said and shown."""

    about: About
    cases: tuple[str, ...]
    note: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class State:
    """Where a conversation is. `awaiting` is the slot our last question was about.

    `read_back` is the draft as the resident last read it: only what it says may be filed.
    `misses` counts the turns in a row that brought nothing, `place_misses` the places we could
    not find for this draft. `last_request` is the case that a late photo most likely belongs to. `kept` is
    a report left half-way, to be offered once more.
    """

    draft: Draft | None = None
    awaiting: Slot = ""
    attribute: str = ""
    read_back: Draft | None = None
    misses: int = 0
    place_misses: int = 0
    danger_asked: int = 0
    said: str = ""  # a mark of the last answer,
    repeats: int = 0  # and how often it was given again
    alarmed: bool = False
    calm: bool = False  # nobody is in danger, they said
    consoled: bool = False  # somebody upset was offered a person
    last_request: str = ""
    asking: AskingWhich | None = None
    offered: tuple[str, ...] = ()  # cases that may be the same as the draft
    kept: Draft | None = None
    kept_offered: bool = False
    notices_told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to pick: a button on Telegram, "1. label" by SMS. `value` comes back as a choice.

    A label that is a key of `wording.py` is said in the resident's language. A `quiet` option is a
    button only: by SMS the sentence itself says what to reply.
    """

    label: str
    value: str
    quiet: bool = False
    params: Mapping[str, str] = field(default_factory=dict)  # of a sentence


@dataclass(frozen=True, kw_only=True)
class Described:
    """An issue type with the answers that were given: "Missed trash (Recycling)"."""

    service_name: str
    answers: tuple[str, ...] = ()


Param: TypeAlias = "str | datetime | Described | Say | Worded"


@dataclass(frozen=True, kw_only=True)
class Say:
    """Say a sentence of `wording.py` (by its key), filled with `params`: words, a moment shown as a
    day in the city's zone, an issue type with its answers, or another sentence. A prompt asks
    something: a newer prompt makes an unsent older one pointless. `shorter` is said instead where
    this would take more than one SMS."""

    sentence: str
    params: Mapping[str, Param] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    ask_location: bool = False
    prompt: bool = False
    photo: str = ""  # the address of a picture to show with it, where that costs nothing
    shorter: Say | None = None


@dataclass(frozen=True, kw_only=True)
class FileRequest:
    """File this draft under this number."""

    draft: Draft
    service_request_id: str


Effect = (
    Say
    | FileRequest
    | Follow
    | AddToRequest
    | Reopen
    | Verdict
    | Mute
    | Unmute
    | FollowNotice
    | MuteNotice
    | Erase
    | HandOff
    | Alert
    | Misheard
    | Speak
)


Concern = Literal["", "angry", "unsure"]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What follows from what was heard: the new state, and what to do, in order. `concern` is why people
    should keep an eye on the talk from here on (see `watching`)."""

    state: State
    effects: tuple[Effect, ...] = ()
    concern: Concern = ""
