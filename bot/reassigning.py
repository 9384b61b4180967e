"""Staff put a case right: another department, another issue type, another priority."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot import cases, outbox, service_requests
from bot.cases import NotAllowed
from bot.models import ServiceRequest, StatusUpdate
from bot.routing import PRIORITIES
from bot.service_requests import Also
from bot.town import Town


def reassign(
    town: Town,
    number: str,
    *,
    author: str,
    department: str = "",
    service_code: str = "",
    priority: str = "",
    also: Also = None,
) -> list[str]:
    """Change what is given of a case; returns what changed in words, nothing where it was so already.

    A new type goes where the routing sends it, unless a department is given too; the day that was promised
    to the resident stays. The new department hears of it as of a new case, the old one that it is no longer
    theirs. `also` is done in the same transaction. Raises `UnknownCase`, or `NotAllowed` on what config.yml
    doesn't know.
    """
    _check(town, department, service_code, priority)
    with town.database.write.begin() as session:
        case = cases.by_number(session, number)
        session.refresh(case, with_for_update=True)
        before = case.department
        said = _retype(town, case, service_code)
        if said and not department:
            department = town.routing.route(cases.as_draft(case), town.now()).department
        said += _move(town, case, department)
        for words in said:
            _record(town, session, case, words, author)
        if priority not in ("", case.priority):
            words = f"Priority {priority}, was {case.priority}."
            case.priority = priority
            _record(town, session, case, words, "bot")  # an order among ourselves, not the public's
            said.append(words)
        if case.department != before:
            _tell_both(town, session, case, before)
        if said and also is not None:
            also(session, case)
    for code in {before, case.department}:
        outbox.ring_department(town, code)
    return said


def _check(town: Town, department: str, service_code: str, priority: str) -> None:
    for what, given, known in (
        ("department", department, town.city.departments),
        ("issue type", service_code, town.city.services),
        ("priority", priority, PRIORITIES),
    ):
        if given and given not in known:
            raise NotAllowed(f"There is no {what} {given!r}. Known: {', '.join(known)}.")


def _retype(town: Town, case: ServiceRequest, code: str) -> list[str]:
    if code in ("", case.service_code):
        return []
    old = town.city.services.get(case.service_code)
    words = (
        f"Type {town.city.services[code].service_name}, was {old.service_name if old else case.service_code}."
    )
    case.service_code = code
    return [words]


def _move(town: Town, case: ServiceRequest, department: str) -> list[str]:
    if department in ("", case.department):
        return []
    names = town.city.departments
    words = f"Now with {names[department]}, was with {names.get(case.department, case.department)}."
    case.department = department
    case.warned_of = case.alerted_of = None  # who has it now was told of no deadline
    return [words]


def _record(town: Town, session: Session, case: ServiceRequest, words: str, author: str) -> None:
    case.updated_datetime = town.now()
    session.add(
        StatusUpdate(
            service_request_id=case.id,
            status=case.status,
            status_notes=words,
            author=author,
            updated_datetime=case.updated_datetime,
        )
    )


def _tell_both(town: Town, session: Session, case: ServiceRequest, before: str) -> None:
    """Tell the new department of a case, and the old one that it has it no more."""
    now_with = case.department
    service_requests.notify_department(town, session, case, "filed")
    case.department = before  # whom the notice goes to
    note = f"Now with {town.city.departments[now_with]}: nothing more to do here."
    service_requests.notify_department(town, session, case, "added", note=note)
    case.department = now_with
