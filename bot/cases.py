"""Finding cases: by number, by who follows them, by what is near, by the message that is quoted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Connection,
    Float,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from bot.models import Conversation, Follower, Message, Photo, ServiceRequest
from bot.rows import ONE, any_row, fixed, rows
from bot.statuses import CLOSED, CLOSED_ELSEWHERE, STILL_OPEN
from bot.town import Town
from dialogues.types import Draft, OpenRequest, Place
from dialogues.which import METRES_PER_DEGREE

MOST_NEARBY = 50
"""Open cases looked at around one point."""

NO_ANSWER = "no_answer"
"""The reason of a case that was closed because the resident was asked and did not answer."""


class NotAllowed(Exception):
    """A change that the workflow or our word to the resident forbids; the message says what to do."""


class UnknownCase(NotAllowed):
    """There is no such case."""


class ReasonMissing(NotAllowed):
    """The status has to say why, and nothing was said."""


class Repeated(NotAllowed):
    """Another system's update that was taken before; nothing is to be done."""


def by_number(session: Session, number: str) -> ServiceRequest:
    """Return the case of that number, with or without the letters before it; raises `NotAllowed`."""
    query = select(ServiceRequest).where(ServiceRequest.service_request_id == number.strip().upper())
    case = session.scalars(query).first()
    if case is None:
        raise UnknownCase(f"There is no case {number}. `townline case list` shows them.")
    return case


def as_draft(case: ServiceRequest) -> Draft:
    """Return a case as the report it was."""
    place = Place(address_string=case.address_string, lat=case.lat, long=case.long)
    urgent = case.priority == "urgent"
    return Draft(
        description=case.description,
        service_code=case.service_code,
        place=place,
        attributes=case.attributes,
        urgent=urgent,
        asked=True,
    )


def _followed(thread: type[Conversation], contact: ColumnExpressionArgument[int]) -> Select[Any]:
    """Return the question for what a contact follows from any thread."""
    of_thread = thread.id == Follower.conversation_id
    return select(Follower.id).join(thread, of_thread).where(thread.contact_id == contact)


_FOLLOWED = _followed(Conversation, bindparam("contact"))
FOLLOWS_ANY = any_row(_followed(aliased(Conversation), Conversation.contact_id).correlate(Conversation))
"""Whether a contact has reported or follows a case, for a query of conversations."""

_CLEARED = (
    select(Photo.token)
    .where(Photo.service_request_id == ServiceRequest.id, Photo.state.in_(fixed("kept")))
    .where(Photo.cleared_at.is_not(None))
    .order_by(Photo.id)
    .limit(ONE)
    .scalar_subquery()
)  # a picture that anybody may see
_TALKED_OF = (
    ServiceRequest.id,
    ServiceRequest.service_request_id,
    ServiceRequest.token,
    ServiceRequest.service_code,
    ServiceRequest.address_string,
    ServiceRequest.lat,
    ServiceRequest.long,
    ServiceRequest.status,
    ServiceRequest.status_notes,
    ServiceRequest.reason,
    ServiceRequest.requested_datetime,
    ServiceRequest.status_datetime,
    ServiceRequest.expected_datetime,
    ServiceRequest.answer_by,
    _CLEARED.label("photo"),
)
"""What the talk needs of a case, as columns: an object of each would be kept for nobody."""

_OF_CONTACT = (
    _FOLLOWED.join(ServiceRequest, Follower.service_request_id == ServiceRequest.id)
    .with_only_columns(*_TALKED_OF, Follower.created_at.label("followed_at"), Follower.muted_at)
    .order_by(Follower.created_at.desc(), Follower.id.desc())
    .limit(bindparam("most"))
)
_BOXES = rows(
    "boxes", of=Integer(), services=String(), south=Float(), north=Float(), west=Float(), east=Float()
)
_THERE = (
    ServiceRequest.status.in_(fixed(*sorted(STILL_OPEN))),
    ServiceRequest.lat.between(_BOXES.c.south, _BOXES.c.north),
    ServiceRequest.long.between(_BOXES.c.west, _BOXES.c.east),
    _BOXES.c.services.contains(literal(" ").concat(ServiceRequest.service_code).concat(" ")),
)
_LATEST = ServiceRequest.id.desc()
_RANKED = (
    select(
        _BOXES.c.of,
        *_TALKED_OF,
        func.row_number().over(partition_by=_BOXES.c.of, order_by=_LATEST).label("place"),
    )
    .join(ServiceRequest, and_(*_THERE))
    .subquery()
)
_MOST: ColumnElement[int] = literal_column(str(MOST_NEARBY))
_OF_BOX = select(*_TALKED_OF).where(*_THERE).order_by(_LATEST).limit(_MOST).lateral()
_NEAR: Mapping[str, Select[Any]] = {
    "sqlite": select(_RANKED).where(_RANKED.c.place <= _MOST).order_by(_RANKED.c.id.desc()),
    # Joined, all open cases of the city are read to look for the boxes among them, once there are many.
    "postgresql": select(_BOXES.c.of, _OF_BOX).join(_OF_BOX, true()).order_by(_OF_BOX.c.id.desc()),
}
"""Built once: every turn asks them."""


def of_contact(town: Town, asking: Connection, contact_id: int, most: int = 10) -> tuple[OpenRequest, ...]:
    """Return the cases a contact reported or follows as the talk needs them, the latest first."""
    found = asking.execute(_OF_CONTACT, {"contact": contact_id, "most": most})
    return tuple(
        replace(
            _as_open(town, case),
            requested_datetime=case.followed_at,
            filed_datetime=case.requested_datetime,
            muted=case.muted_at is not None,
            followed=True,
        )
        for case in found
    )


Sought = tuple[Iterable[tuple[float, float]], Mapping[str, float]]
"""Points (latitude, longitude), and within how many metres of them cases of which types are asked for."""


def near(town: Town, asking: Connection, sought: Sequence[Sought]) -> Sequence[tuple[OpenRequest, ...]]:
    """Return the open cases around the points of each report, of the types that may be the same."""
    boxes = [
        [of, f" {' '.join(reach)} ", *_box(max(reach.values()), *point)]
        for of, (points, reach) in enumerate(sought)
        for point in dict.fromkeys(points if reach else ())
    ]
    found: Sequence[dict[int, OpenRequest]] = [{} for _ in sought]
    for case in asking.execute(_NEAR[asking.dialect.name], {"boxes": boxes}) if boxes else ():
        found[case.of][case.id] = _as_open(town, case)
    return [tuple(each.values()) for each in found]


def _box(within: float, lat: float, long: float) -> tuple[float, float, float, float]:
    """Return what lies within so many metres of a point: south, north, west, east."""
    tall = within / METRES_PER_DEGREE
    wide = tall / max(math.cos(math.radians(lat)), 0.01)
    return lat - tall, lat + tall, long - wide, long + wide


def _as_open(town: Town, case: Row[Any]) -> OpenRequest:
    """Return a case (`_TALKED_OF`) as the talk needs it, of somebody else's unless said otherwise."""
    base = town.config.settings.public_base_url.rstrip("/")
    return OpenRequest(
        service_request_id=case.service_request_id,
        service_code=case.service_code,
        address_string=case.address_string,
        status=case.status,
        status_notes=why(town, case),
        requested_datetime=case.requested_datetime,
        status_datetime=case.status_datetime,
        expected_datetime=case.expected_datetime,
        answer_by=case.answer_by,
        lat=case.lat,
        long=case.long,
        closed=case.status in CLOSED,
        unanswered=case.status in CLOSED and case.reason == NO_ANSWER,
        closed_elsewhere=case.status in CLOSED and case.reason == CLOSED_ELSEWHERE,
        followed=False,
        link=town.config.page_of(case.token),
        photo=f"{base}/photos/{case.photo}.jpg" if case.photo else "",
    )


def why(town: Town, case: ServiceRequest | Row[Any]) -> str:
    """Return the code of a case's reason, to be said in each one's language, or what was said in its place."""
    reason = town.city.reasons.get(case.reason)
    said = case.reason == CLOSED_ELSEWHERE and reason and case.status_notes != reason.text["en"]
    return case.status_notes if said else case.reason or case.status_notes


def number_of(session: Session, conversation_id: int, reference: str) -> str:
    """Return the number of the case that a message of ours was about, by what its channel calls it in this
    thread; "" where there is none. Telegram's ids are "<our own>:<the chat's number of it>"."""
    within = Message.external_id.endswith(f":{reference}", autoescape=True)
    query = (
        select(ServiceRequest.service_request_id)
        .join(Message, Message.service_request_id == ServiceRequest.id)
        .where(Message.conversation_id == conversation_id, or_(Message.external_id == reference, within))
    )
    return session.scalars(query).first() or ""
