"""What a crew says of its work: I have it, I am there, done, can't find it. Each reaches the resident."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from bot import cases, photos, service_requests
from bot.cases import NotAllowed
from bot.console import audit
from bot.console.case_page import LONGEST_NOTE, once
from bot.console.forms import field
from bot.models import ServiceRequest
from bot.photos import Developed, NotAPhoto
from bot.staff_tables import Staff
from bot.town import Town

STEPS: Mapping[str, str] = {
    "assigned": "I have it",
    "on_site": "I am there",
    "completed": "Done",
    "need_info": "Can't find it",
}
"""Statuses that a crew may give, with what its buttons say."""

CANT_FIND = "cant_find"
"""The reason (data/reasons.yml) that stands for the question; without it each question is typed."""

ONCE_IS_ENOUGH = frozenset({"assigned", "on_site"})
"""What is not said again: the resident knows."""

BAD_PICTURE: Mapping[str, str] = {
    "too_big": "That photo is too large. Take it again with a smaller size.",
    "not_a_photo": "That file is no photo that can be opened. Take a photo, or send the form without one.",
}


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who takes a step: somebody of the staff, or whoever was given a link."""

    author: str
    staff: Staff | None
    detail: Mapping[str, str]


def take(town: Town, number: str, by: Signature) -> None:
    """Carry out the step that the form of this request asks for; raises `NotAllowed`, saying what to do."""
    step = field("step")
    if step not in STEPS:
        raise NotAllowed("Choose one of the buttons.")
    with town.database.read() as session:
        case = cases.by_number(session, number)
    if step in ONCE_IS_ENOUGH and case.status == step:
        return
    picture = _picture(town) if step == "completed" else None

    def also(session: Session, case: ServiceRequest) -> None:
        if picture is not None:
            photos.keep_after(town, session, case.id, picture)
        detail = {**by.detail, "photo": "yes" if picture else "no"}
        audit.record(town, session, by.staff, f"crew_{step}", f"case:{case.service_request_id}", **detail)

    with suppress(cases.Repeated):  # the button was pressed twice
        service_requests.update_status(
            town,
            number,
            step,
            field("note", LONGEST_NOTE),
            by.author,
            reason=_reason(town, step),
            update_id=once(step, field("seen")),
            also=also,
        )


def _reason(town: Town, step: str) -> str:
    """Return what is said in the resident's language: the reason chosen, or the crew's standing question."""
    if step == "need_info":
        return CANT_FIND if CANT_FIND in town.city.reasons else ""
    return field("reason") if step == "completed" else ""


def _picture(town: Town) -> Developed | None:
    """Return the photo that came with the form, fit to keep; raises `NotAllowed` where it is none."""
    file = request.files.get("photo")
    data = file.read() if file else b""
    if not data:
        return None
    try:
        return photos.develop(data, longest_side=town.config.file.photos.longest_side)
    except NotAPhoto as error:
        raise NotAllowed(BAD_PICTURE[error.problem]) from None
