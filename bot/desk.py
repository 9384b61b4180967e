"""What staff do for a resident: complete their report, file it, begin one for somebody who called."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot import cases, contacts, outbox, service_requests
from bot.effects import carry_out
from bot.models import Contact, Conversation, Message, Photo
from bot.ownership import HasAgent as HasAgent
from bot.ownership import Within, nothing_else, owned
from bot.places.geocoder import GeocoderDown
from bot.town import Town
from dialogues import duplicates
from dialogues.prompts import prompt
from dialogues.rendering import fill
from dialogues.slots import choose_place, missing_attribute, parts, sure_place, with_answers_in
from dialogues.state import dump, restore
from dialogues.talk import apart
from dialogues.types import Draft, Heard, Place, Say, State
from dialogues.watching import WATCHED

OWN_COUNTRY = "1"
"""Of a number that is written without a country: North America's (E.164)."""


class Refused(Exception):
    """It can't be done; the message says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What staff filled in of a report. `option` is which of the offered places was picked, from 1; 0: none.

    `as_written`: the place is taken in these words though the map does not know it.
    """

    service_code: str = ""
    place: str = ""
    option: int = 0
    as_written: bool = False
    description: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[str, ...] | None = None  # None: as they are


def completed(town: Town, draft: Draft, filled: Filled) -> Draft:
    """Return a draft with what staff filled in; asks the map, and so takes seconds at the worst."""
    same_service = filled.service_code == draft.service_code
    code = filled.service_code if filled.service_code in town.city.services else ""
    changed = replace(
        draft,
        description=filled.description.strip()[:4000],
        service_code=code,
        service_options=(),
        attributes=_answers(town, filled) if same_service else {},
        photos=draft.photos if filled.photos is None else filled.photos,
        asked=draft.asked and same_service,
    )
    if code and not same_service:
        changed = with_answers_in(changed, town.city)
    return _placed(town, changed, filled)


def _answers(town: Town, filled: Filled) -> dict[str, str]:
    """Return the answers to the service's own questions; those of a list have to be one of it."""
    service = town.city.services.get(filled.service_code)
    given = {}
    for question in service.attributes if service else ():
        answer = filled.attributes.get(question.code, "").strip()[:500]
        known = {each.key for each in question.values}
        if answer and (not known or set(answer.split(",")) <= known):
            given[question.code] = answer
    return given


def _placed(town: Town, draft: Draft, filled: Filled) -> Draft:
    written = " ".join(filled.place.split())[:120]
    if draft.place is not None and written == draft.place.address_string:
        return draft
    if 0 < filled.option <= len(draft.place_options) and written == draft.place_text:
        return replace(draft, place=draft.place_options[filled.option - 1], place_text="", place_options=())
    draft = replace(draft, place=None, place_text=written, place_options=())
    if not written:
        return draft
    try:
        found = [place for place in town.places.find_places(written) if place.in_city]
    except GeocoderDown:
        found = []
    if (sure := sure_place(found)) is not None:
        return choose_place(State(draft=draft), sure).draft or draft
    if filled.as_written:
        return replace(draft, place=Place(address_string=written, precision="unconfirmed"), place_text="")
    return replace(draft, place_options=tuple(found))


def lacks(town: Town, draft: Draft) -> str:
    """Return what a draft still lacks before it can be filed, in words for staff; "" where it is whole."""
    if draft.service_code not in town.city.services:
        return "Choose what it is about."
    if draft.place is None:
        return _lacks_place(draft)
    if question := missing_attribute(draft, town.city.services[draft.service_code]):
        return f"Still needed: {question.description}"
    return next(filter(None, (_unserved(town, each) for each in apart(draft))), "")


def _unserved(town: Town, draft: Draft) -> str:
    """Return what the city says to a report that it does not take; "" where it takes it."""
    return fill(town.city.unserved(draft, town.now()), town.city, town.city.languages[0])


def _lacks_place(draft: Draft) -> str:
    if draft.place_options:
        return f'"{draft.place_text}" may be one of several places: pick one.'
    if draft.place_text:
        return f'"{draft.place_text}" is not on the map: write it in another way, or have it filed as written.'
    return "Say where it is: an address, two cross streets or a landmark."


def draft_of(conversation: Conversation) -> Draft:
    """Return the report of a thread as far as it is known, also one that was left half-way."""
    state = restore(conversation.state)
    return state.draft or state.kept or Draft()


def keep(
    town: Town, conversation_id: int, filled: Filled, agent_id: int, *, within: Within = nothing_else
) -> Draft:
    """Write into a thread's draft what staff filled in: the bot goes on with it. Raises `HasAgent`."""
    with town.database.read() as session:
        before = session.get_one(Conversation, conversation_id)
        photos = _own(session, conversation_id, filled.photos)
    draft = completed(town, draft_of(before), replace(filled, photos=photos))
    with town.database.write.begin() as session:
        conversation = owned(session, conversation_id, agent_id)
        _unchanged(conversation, before)
        state = restore(conversation.state)
        # Nothing that the resident has not read may be filed by their YES.
        _set_state(town, conversation, replace(state, draft=draft, kept=None, read_back=None, awaiting=""))
        conversation.draft_since = conversation.draft_since or town.now()
        within(session)
    return draft


def _own(session: Session, conversation_id: int, photos: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Return those of the photos that came in this thread: a form can name any."""
    query = select(Photo.id).join(Message).where(Message.conversation_id == conversation_id)
    known = {str(each) for each in session.scalars(query)} if photos else set()
    return photos and tuple(photo for photo in photos if photo in known)


def file_for(
    town: Town,
    conversation_id: int,
    agent_id: int,
    author: str,
    *,
    within: Callable[[Session, str], object] = nothing_else,
) -> tuple[str, ...]:
    """File a thread's draft for the resident, who is told; returns the numbers of its cases.

    `author` is who filed it, for the cases' history; `within` is told the numbers.
    Raises `Refused` where the draft lacks something, `HasAgent` where the thread is another's.
    """
    with town.database.read() as session:
        before = session.get_one(Conversation, conversation_id)
    draft = draft_of(before)
    if lack := lacks(town, draft):
        raise Refused(lack)
    numbers = tuple(service_requests.reserve(town, len(parts(draft))))
    with town.database.write.begin() as session:
        conversation = owned(session, conversation_id, agent_id)
        _unchanged(conversation, before)
        outbox.withdraw_prompts(session, conversation.id, town.now())
        filed = [
            service_requests.file(town, session, each, number, conversation)
            for number, each in zip(numbers, apart(draft), strict=True)
        ]
        _set_state(town, conversation, State(last_request=numbers[0]))
        conversation.draft_since = None
        if conversation.waiting_reason in WATCHED | {"incomplete"}:
            conversation.waiting_since, conversation.waiting_reason = None, ""
        for update in [each for case in filed for each in case.updates]:
            update.author = author
        within(session, ", ".join(numbers))
    for case in filed:
        outbox.ring_department(town, case.department)
    town.bell.ring("deliver", outbox.destination_of(conversation_id))
    return numbers


def _unchanged(conversation: Conversation, before: Conversation) -> None:
    if conversation.version != before.version:
        raise Refused("Something came in meanwhile. Look at it, then try again.")


def _set_state(town: Town, conversation: Conversation, state: State) -> None:
    conversation.state, conversation.touched_at = dump(state), town.now()
    flag_modified(conversation, "touched_at")  # a turn under way comes too late


# From a call ----------------------------------------------------------------------------------------


def normalised(number: str) -> str:
    """Return a phone number as in E.164, "+15550142"; one without a country is of ours. Raises `Refused`."""
    digits = re.sub(r"[\s().\-/]", "", number)
    if re.fullmatch(r"\+\d{8,15}", digits):
        return digits
    if re.fullmatch(r"\d{10}", digits):
        return f"+{OWN_COUNTRY}{digits}"
    if re.fullmatch(rf"{OWN_COUNTRY}\d{{10}}", digits):
        return f"+{digits}"
    raise Refused("Write the phone number with its area code, ten digits, or with + and its country.")


def begin_from_call(
    town: Town,
    number: str,
    filled: Filled,
    agent_id: int,
    language: str = "",
    *,
    within: Callable[[Session, int], None] = nothing_else,
) -> int:
    """Begin a report for somebody on the phone, or go on with theirs: the bot carries on by text.

    Returns the conversation. Raises `Refused`, and `HasAgent` where another agent has their thread.
    """
    address = f"tel:{normalised(number)}"
    draft = completed(town, Draft(), filled)
    if not draft.holds_anything:
        raise Refused("Fill in what it is about, or where: the bot asks for the rest.")
    if draft.service_code and (words := _unserved(town, draft)):
        raise Refused(words)
    try:
        with town.database.write.begin() as session:
            conversation = _thread(town, session, address, language)
            owned(session, conversation.id, agent_id)
            _carry_on(town, session, conversation, draft)
            within(session, conversation.id)
    except IntegrityError:  # their own first text came in at this very moment
        raise Refused("They texted us just now. Send the form again to go on in their thread.") from None
    town.bell.ring("deliver", outbox.destination_of(conversation.id))
    return conversation.id


def _thread(town: Town, session: Session, address: str, language: str) -> Conversation:
    """Return the thread of a number by SMS, a new one where there is none."""
    if "sms" not in town.channels:
        raise Refused("Texting is not set up here: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are missing.")
    now = town.now()
    contact = contacts.at(session, address)
    if contact is None:
        contact = Contact(address=address, created_at=now, language=language)
        session.add(contact)
        session.flush()
    if contact.opted_out_at is not None:
        raise Refused("This number has opted out of our texts. They have to text us START first.")
    if contact.unreachable_at is not None:
        raise Refused("This number can't get texts. File the case yourself, or ask for a mobile number.")
    contact.language, contact.erased_at = language or contact.language, None
    query = select(Conversation).where(Conversation.contact_id == contact.id, Conversation.channel == "sms")
    conversation = session.scalars(query).first()
    if conversation is None:
        ours = town.config.settings.twilio_from
        conversation = Conversation(
            contact_id=contact.id, channel="sms", our_address=f"tel:{ours}" if ours else "", touched_at=now
        )
        session.add(conversation)
        session.flush()
    return conversation


def _carry_on(town: Town, session: Session, conversation: Conversation, draft: Draft) -> None:
    """Hand the draft to the bot and say what it asks next, after a word of thanks for the call."""
    now = town.now()
    points = [(draft.place.lat, draft.place.long)] if draft.place else []
    known = [(lat, long) for lat, long in points if lat is not None and long is not None]
    asking = session.connection()
    theirs = cases.of_contact(town, asking, conversation.contact_id)
    sought = (known, duplicates.sought(State(draft=draft), (), theirs, town.city))
    heard = Heard(
        at=now,
        utterances=(),
        contact_requests=theirs,
        nearby=cases.near(town, asking, [sought])[0],
        language=conversation.contact.language,
    )
    outbox.withdraw_prompts(session, conversation.id, now)
    before = draft_of(conversation)  # what they had begun by text is offered again afterwards
    begun = State(draft=draft, kept=before if before.holds_anything else None)
    state, question = prompt(begun, town.city, heard)
    conversation.owner, conversation.agent_id = "bot", None
    conversation.waiting_since, conversation.waiting_reason = None, ""
    _set_state(town, conversation, state)
    conversation.draft_since = now
    # The thanks go with the question: the first text has to say who writes.
    carry_out(town, session, conversation, [Say(sentence="called"), question])
