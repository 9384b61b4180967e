"""Made-up talks for the properties: what residents may send, and the dialogue played without the world."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal, TypeAlias

from hypothesis import strategies as st

from bot.config import load
from bot.statuses import CLOSED, STATUSES
from dialogues.manager import take_turn
from dialogues.slots import parts
from dialogues.state import dump, restore
from dialogues.talk import agrees
from dialogues.types import (
    FileRequest,
    Heard,
    OpenRequest,
    Photo,
    Place,
    Precision,
    State,
    Told,
    Turn,
    Utterance,
)
from nlu.interpreter import INTENTS

CITY = load({"TOWNLINE_CONFIG": str(Path(__file__).parent.parent / "config.yml")}).city
BEGIN = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)

TOPICS = (*sorted(CITY.answers)[:2], "a topic that is gone")
CODES = sorted(CITY.services)
ASKING = ("pothole_road_damage", "missed_trash", "street_light", "noise", "other")  # with and without questions

PhotoProblem: TypeAlias = Literal["", "not_a_photo", "too_big", "unavailable"]

TEXTS = (
    "theres a huge pothole at 5th and main",
    "no, it's 6th street",
    "the light on my corner has been out since tuesday",
    "ok thanks",
    "500 Main St",
    "in the bike lane",
    "recycling",
    "not a pothole, a sinkhole",
    "311",
    "not fixed SR-10001",
    "status 10002",
    "???",
    "😡😡😡",
    "   ",
    "{place} %s \x00 <b>",
    "está oscuro, llevo 3 días sin luz ¿qué pasa?",
    "it's been like that for three weeks and nobody came, my neighbour called as well " * 6,
)
ADDRESSES = (
    "500 Main St",
    "5th St & Main St",
    "Riverside Park",
    "Main St",
    "12 Elm St",
    "X" * 58 + " 9",
    "Oak Ave",
)
PRECISIONS: tuple[Precision, ...] = (
    "address", "address", "interpolated", "intersection", "block", "street", "landmark", "area"
)  # fmt: skip
PROBLEMS: tuple[PhotoProblem, ...] = ("", "", "", "not_a_photo", "too_big", "unavailable")
BUTTONS = (
    "yes", "no", "change", "skip", "agent", "none", "change:place", "change:service", "place:1", "place:2",
    "place:9", "service:graffiti", "service:missed_trash", "answer:collection:recycling", "answer:lane:bike",
    "case:SR-10001", "case:none", "same:SR-10003", "same:none", "erase:yes", "erase:no",
)  # fmt: skip
GARBAGE = (
    "place:0", "place:-1", "place:²", "place:" + "9" * 58, "service:", "service:nothing", "answer:",
    "answer:collection:", "answer:collection:gold", "none:1", "zzz", "😡" * 16, ":",
)  # fmt: skip


class Residents:
    """Makes up what residents send, from a seed."""

    def __init__(self, seed: int) -> None:
        self.any = Random(seed)

    def place(self, *, in_city: bool | None = None) -> Place:
        return Place(
            address_string=self.any.choice(ADDRESSES),
            lat=41.6,
            long=-91.0,
            precision=self.any.choice(PRECISIONS),
            score=self.any.choice((0.6, 0.9, 1.0)),
            in_city=self.any.random() < 0.8 if in_city is None else in_city,
        )

    def photos(self, most: int) -> tuple[Photo, ...]:
        count = self.any.randint(0, most)
        return tuple(self.photo(str(n)) for n in range(count))

    def photo(self, photo_id: str) -> Photo:
        problem = self.any.choice(PROBLEMS)
        told = not problem and self.any.random() < 0.3  # few phones send where a picture was taken
        return Photo(photo_id=photo_id, problem=problem, taken_at=self.place() if told else None)

    def guesses(self) -> tuple[tuple[str, float], ...]:
        codes = self.any.sample(CODES, self.any.randint(0, 3))
        return tuple(
            zip(codes, sorted(self.any.choices((0.2, 0.4, 0.6, 0.9), k=3), reverse=True), strict=False)
        )

    def report(self) -> Utterance:
        """A problem and its place in one message."""
        code = self.any.choice(ASKING)
        place = (self.place(in_city=True),)
        return Utterance(text=f"{code} there", intent="report", services=((code, 0.9),), places=place)

    def answer(self) -> Utterance:
        """One word to what was asked."""
        yes = Utterance(text="yes", intent="affirm", polarity="yes")
        number = self.any.randint(1, 5)
        return self.any.choice(
            (
                yes,
                yes,
                Utterance(text="no", intent="deny", polarity="no"),
                Utterance(text=str(number), number=number),
                Utterance(text="skip", intent="skip"),
                Utterance(text="wrong address", intent="deny", wrong="place"),
            )
        )

    def detail(self) -> Utterance:
        """One thing at a time, as most people write."""
        place = self.place()
        written = self.any.choice(("behind the barn", "next to the mailbox"))
        return self.any.choice(
            (
                Utterance(photos=(self.photo("7"),)),
                Utterance(text=place.address_string, places=(place,)),
                Utterance(places=(place,), pin=True),
                Utterance(text=written, place_text=written),
                Utterance(text=self.any.choice(TEXTS)),
            )
        )

    def aside(self) -> Utterance:
        """A question in passing, anger, or "are you there?"."""
        return self.any.choice(
            (
                Utterance(text="is this free?", intent="help", topic=self.any.choice(TOPICS)),
                Utterance(text="you people are useless", intent="out_of_scope", mood="upset"),
                Utterance(text="hello??", intent="greet", mood="nudge"),
                Utterance(text="?", intent="help", mood="nudge"),
                Utterance(text="\N{FACE WITH TEARS OF JOY}", mood="nudge"),
            )
        )

    def command(self) -> Utterance:
        intent = self.any.choice(INTENTS)
        return Utterance(text=intent, intent=intent)

    def press(self) -> Utterance:
        """A button: the open question's, an old one's, or none that there ever was."""
        return Utterance(choice=self.any.choice(BUTTONS + GARBAGE))

    def ramble(self) -> Utterance:
        """Anything at all, in any combination."""
        return Utterance(
            text=self.any.choice(TEXTS),
            intent=self.any.choice(INTENTS),
            confidence=self.any.choice((0.2, 0.6, 1.0)),
            services=self.guesses(),
            polarity=self.any.choice((None, None, None, "yes", "no")),
            wrong=self.any.choice((None, None, None, "place", "service", "photo")),
            number=self.any.choice((None, None, 1, 2, 7)),
            emergency=self.any.choice((*[None] * 9, "911", "likely", "urgent")),
            place_text=self.any.choice(("", "", "500 main", "behind the barn")),
            places=tuple(self.place() for _ in range(self.any.randint(0, 3))),
            photos=self.photos(2),
            topic=self.any.choice(("", "", "", *TOPICS)),
            mood=self.any.choice(("", "", "", "upset", "nudge")),
            corrects=self.any.random() < 0.2,
            problems=self.any.choice(((), (), (), self.problems())),
            again=self.any.random() < 0.1,
            suspected=self.any.random() < 0.3,
            quoted=self.any.choice(("", "", "", "SR-10001", "SR-10003")),
        )

    def problems(self) -> tuple[Told, ...]:
        """Several problems in one message."""
        return tuple(
            Told(service_code=code, text=f"{code} here", place=self.any.choice((None, self.place())))
            for code in self.any.sample(ASKING, self.any.randint(2, 3))
        )

    def case(self, number: int) -> OpenRequest:
        status = self.any.choice(sorted(STATUSES))
        age = timedelta(days=self.any.randint(0, 30))
        return OpenRequest(
            service_request_id=f"SR-{number}",
            service_code=self.any.choice((*CODES, "gone_from_the_files")),
            address_string=self.any.choice(ADDRESSES),
            status=status,
            status_notes=self.any.choice(("", "Filled by crew 7.", "Route 9 is run by the State. " * 5)),
            requested_datetime=BEGIN - age - timedelta(days=1),
            status_datetime=BEGIN - age,
            closed=status in CLOSED,
            unanswered=status == "no_action" and self.any.random() < 0.5,
            muted=self.any.random() < 0.2,
            **self.any.choice(({}, {"lat": 41.6, "long": -91.0})),
        )

    def neighbours_case(self, number: int) -> OpenRequest:
        """An open case of somebody else's, at the place where everything is."""
        code = self.any.choice(ASKING)
        known = replace(self.case(number), service_code=code, lat=41.6, long=-91.0, followed=False)
        return replace(known, status="received", closed=False, unanswered=False)


# Drawn from pools made once: quick to draw from, and a failure still shrinks to few and simple messages.
_MADE_UP = Residents(seed=311)
reports = st.sampled_from([_MADE_UP.report() for _ in range(40)])
details = st.sampled_from([_MADE_UP.detail() for _ in range(60)])
rambles = st.sampled_from([_MADE_UP.ramble() for _ in range(300)])
_answers = st.sampled_from([_MADE_UP.answer() for _ in range(20)])
_commands = st.sampled_from([_MADE_UP.command() for _ in range(40)])
_asides = st.sampled_from([_MADE_UP.aside() for _ in range(20)])
_presses = st.sampled_from([_MADE_UP.press() for _ in range(60)])
_kinds = (_answers, _answers, _answers, reports, reports, details, _asides, _commands, _presses, rambles)
utterances = st.integers(0, len(_kinds) - 1).flatmap(_kinds.__getitem__)
bursts = st.one_of(utterances.map(lambda one: (one,)), st.lists(utterances, min_size=1, max_size=4).map(tuple))
cases = st.sampled_from(
    [
        (),
        *(
            tuple(_MADE_UP.case(10001 + n) for n in range(size))
            for size in (1, 1, 1, 2, 3, 4)
            for _ in range(5)
        ),
    ]
)
nearby = st.sampled_from(
    [(), (), *(tuple(_MADE_UP.neighbours_case(10003 + n) for n in range(size)) for size in (1, 1, 2, 4, 8))]
)


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A whole conversation, as one resident may have it."""

    turns: tuple[tuple[Utterance, ...], ...]
    cases: tuple[OpenRequest, ...] = ()
    nearby: tuple[OpenRequest, ...] = ()
    geocoder_down: bool = False


talks = st.builds(
    Talk,
    turns=st.one_of(
        st.lists(bursts, min_size=1, max_size=6).map(tuple),
        st.tuples(reports.map(lambda one: (one,)), bursts, bursts, bursts),
    ),
    cases=cases,
    nearby=nearby,
    geocoder_down=st.sampled_from((False, False, False, True)),
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One turn of a talk: what was, what was heard, what follows."""

    before: State
    heard: Heard
    turn: Turn


def play(talk: Talk) -> Iterator[Step]:
    """Play a talk as the shell does, with the state saved and read back between turns."""
    state, open_cases = State(), talk.cases
    for number, spoken in enumerate(talk.turns, start=1):
        heard = Heard(
            at=BEGIN + timedelta(minutes=number),
            utterances=spoken,
            references=references(state, spoken, number),
            contact_requests=open_cases,
            nearby=talk.nearby,
            geocoder_down=talk.geocoder_down,
        )
        turn = take_turn(state, heard, CITY)
        yield Step(before=state, heard=heard, turn=turn)
        open_cases = (*filed(turn, heard.at), *open_cases)
        state = restore(json.loads(json.dumps(dump(turn.state))))


def references(state: State, spoken: Sequence[Utterance], number: int) -> tuple[str, ...]:
    """Return fresh case numbers where the shell would have taken some."""
    filing = parts(state.read_back) if state.read_back and any(map(agrees, spoken)) else ()
    return tuple(f"SR-{20000 + 10 * number + each}" for each in range(len(filing)))


def filed(turn: Turn, at: datetime) -> tuple[OpenRequest, ...]:
    """Return the cases that a turn filed, as the next turn will hear of them."""
    return tuple(
        OpenRequest(
            service_request_id=effect.service_request_id,
            service_code=effect.draft.service_code,
            address_string=effect.draft.place.address_string if effect.draft.place else "",
            status="received",
            requested_datetime=at,
            status_datetime=at,
        )
        for effect in turn.effects
        if isinstance(effect, FileRequest)
    )
