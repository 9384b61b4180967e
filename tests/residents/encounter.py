"""One resident's talk with the bot: played through the phone, checked by message, judged by what is on file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import groupby

from sqlalchemy import ColumnElement, select

from bot import jobs
from bot.models import Contact, Conversation, ServiceRequest
from bot.rehearsal import PATIENCE, Rehearsal
from residents.resident import Act, Resident
from residents.wordings import LANGUAGES, PHRASES, Goal
from webhooks.gsm7 import is_gsm7
from webhooks.simulator import Entry
from webhooks.simulator.pictures import draw

RIGHT, PERSON, WRONG, GAVE_UP = "right", "person", "wrong", "gave up"
SILENCE, LOOP = "silence", "loop"
TWO_TEXTS = 320
PLACEHOLDER = re.compile(r"[{}]|%\(|%s")
QUOTED = re.compile(r'"[^"]*"')
TONGUES = {language: frozenset(PHRASES[language]["marks"]) for language in LANGUAGES}


@dataclass(kw_only=True)
class Encounter:
    """How it went. `faults` are broken promises about single messages, silence and loops; `detours` what was
    needless or lost on the way: alarms over nothing, a report dropped, a late detail not kept."""

    persona: str
    language: str
    channel: str
    address: str | int
    transcript: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    detours: list[str] = field(default_factory=list)
    outcome: str = ""
    messages: int = 0
    to_file: int | None = None

    @property
    def is_well(self) -> bool:
        return self.outcome in (RIGHT, PERSON) and not self.faults and not self.detours


def meet(stage: Rehearsal, resident: Resident, address: str | int) -> Encounter:
    """Let a resident talk until it has what it came for, is with a person, or has had enough."""
    name, language = type(resident).__name__, resident.speaker.language
    talk = Encounter(persona=name, language=language, channel=resident.channel, address=address)
    seen: set[str] = set()
    acts = resident.opening()
    while acts:
        for act in acts:
            _do(stage, talk, act)
        _react(stage)
        came = [
            entry for entry in stage.simulator.thread(address) if entry.author == "bot" and entry.id not in seen
        ]
        seen |= {entry.id for entry in came}
        talk.transcript.extend(line for entry in came for line in _lines(entry))
        if not came:
            if not _with_person(stage, talk):
                talk.faults.append(SILENCE)
            break
        acts = resident.hear(came)
        if talk.to_file is None and len(resident.open_goals) < len(resident.goals):
            talk.to_file = talk.messages
        if acts and talk.messages >= resident.most_messages:
            talk.faults.append(LOOP)
            break
    talk.detours = resident.detours
    _check(stage, talk)
    _judge(stage, talk, resident)
    return talk


def _do(stage: Rehearsal, talk: Encounter, act: Act) -> None:
    if act.hours:
        talk.transcript.append(f"clock> {act.hours} hours")
        stage.clock.now += timedelta(hours=act.hours)
        jobs.sweep(stage.town)
        _react(stage)
        return
    talk.messages += 1
    talk.transcript.append(f"resident> {_written(act)}")
    photos = [_picture()] if act.photo else []
    if isinstance(talk.address, str):
        stage.simulator.sms(talk.address, act.text, photos)
    elif act.edits:
        mine = [
            entry
            for entry in stage.simulator.thread(talk.address)
            if entry.author == "resident" and entry.text and not entry.pressed
        ]
        stage.simulator.telegram(talk.address, edit=(int(mine[-1].id), act.text))
    else:
        stage.simulator.telegram(talk.address, act.text, photos, location=act.pin, press=act.press)


def _written(act: Act) -> str:
    if act.pin:
        return f"[pin {act.pin[0]}, {act.pin[1]}]"
    if act.press:
        return f"[press {act.press}]"
    order = "[photo hole.jpg] " if act.photo else "[edit] " if act.edits else ""
    return (order + act.text).strip()


@cache
def _picture() -> bytes:
    return draw("pothole")


def _react(stage: Rehearsal) -> None:
    stage.simulator.settle()
    stage.bell.answer(stage.town, PATIENCE)
    stage.simulator.settle()
    stage.clock.pass_by(20)


def _lines(entry: Entry) -> Iterator[str]:
    first, *rest = entry.text.split("\n")
    yield f"bot> {first}"
    yield from (f"    {line}" for line in rest)
    for row in (*entry.buttons, *entry.keyboard):
        yield "    " + " ".join(f"[{button.label}]" for button in row)


# Checking


def _check(stage: Rehearsal, talk: Encounter) -> None:
    """Hold every message of the bot to what it promises."""
    expected = ""
    said: list[str] = []
    for entry in stage.simulator.thread(talk.address):
        if entry.author == "resident":
            expected = expected or (talk.language if _tongue(entry.text) == talk.language else "")
        elif entry.author == "bot":
            said.append(entry.text)
            talk.faults.extend(faults_of(entry.text, talk.channel, expected))
            expected = expected or (talk.language if _tongue(entry.text) == talk.language else "")
    if any(len(list(same)) > 2 for _, same in groupby(said)):
        talk.faults.append(LOOP)


def faults_of(text: str, channel: str, expected: str) -> Iterator[str]:
    if not text.strip():
        yield "empty"
    if PLACEHOLDER.search(text):
        yield "placeholder"
    if channel == "sms" and not is_gsm7(text):
        yield "not GSM-7"
    if channel == "sms" and len(text) > TWO_TEXTS:
        yield "too long"
    if expected in TONGUES and _foreign(text, expected):
        yield "wrong language"


def _foreign(text: str, expected: str) -> bool:
    """Tell whether a sentence of it is in the other language; what it quotes may be in any."""
    own, other = (_words_of(tongue, QUOTED.sub("", text)) for tongue in sorted(TONGUES, key=expected.__ne__))
    return other > own or other > 2


def _tongue(text: str) -> str:
    """Return the language that a text shows to be in; "" where names and single words do not show any."""
    counts = {tongue: _words_of(tongue, text) for tongue in TONGUES}
    best = max(counts, key=lambda tongue: counts[tongue])
    return best if counts[best] else ""


def _words_of(tongue: str, text: str) -> int:
    return sum(word in TONGUES[tongue] for word in re.findall(r"\w+", text.casefold()))


# Judging


def _is_theirs(talk: Encounter) -> ColumnElement[bool]:
    prefix = "tel:" if isinstance(talk.address, str) else "telegram:"
    return Contact.address_hash == f"{prefix}{talk.address}"


def _with_person(stage: Rehearsal, talk: Encounter) -> bool:
    with stage.town.database.read() as session:
        query = select(Conversation.owner).join(Contact).where(_is_theirs(talk))
        return session.scalars(query).first() == "agent"


def _judge(stage: Rehearsal, talk: Encounter, resident: Resident) -> None:
    with stage.town.database.read() as session:
        query = select(ServiceRequest).join(Contact, Contact.id == ServiceRequest.contact_id)
        cases = session.scalars(query.where(_is_theirs(talk))).all()
        for case in cases:
            what = f"{case.service_code}, {case.address_string}"
            talk.transcript.append(f"files> {what} -> {case.department}, {case.service_request_id}")
    wanted = resident.goals if resident.wants_case else []
    if are_filed(wanted, cases):
        talk.outcome = RIGHT
    elif _with_person(stage, talk) or _is_left_to_people(wanted, cases):
        talk.outcome = PERSON
    else:
        talk.outcome = WRONG if cases else GAVE_UP


def are_filed(wanted: Sequence[Goal], cases: Sequence[ServiceRequest]) -> bool:
    """Tell whether every goal has its case, and nothing else has."""
    return len(cases) == len(wanted) and all(any(_is_of(case, goal) for case in cases) for goal in wanted)


def _is_of(case: ServiceRequest, goal: Goal) -> bool:
    return case.service_code in goal.codes and goal.spot.is_at(case.lat, case.long, case.address_string)


def _is_left_to_people(wanted: Sequence[Goal], cases: Sequence[ServiceRequest]) -> bool:
    """Tell whether all is filed, with a place that people will look for."""
    types = [case.service_code for case in cases if not case.location_confirmed]
    return len(cases) == len(wanted) and bool(types) and all(types[0] in goal.codes for goal in wanted)
