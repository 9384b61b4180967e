"""Work-order systems report what crews did: signed POST requests to /hooks/status (docs/work-orders.md)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from flask import Blueprint, Response, jsonify, request
from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError
from sqlalchemy.exc import IntegrityError

from bot import cases, service_requests
from bot.cases import NotAllowed, Repeated, UnknownCase
from bot.config import Config
from bot.database import AWAY
from bot.models import ServiceRequest
from bot.signing import TOLERANCE, named_keys, signer
from bot.statuses import STATUSES
from bot.town import Town
from webhooks.wire import body_of, storable

log = logging.getLogger(__name__)

PATH = "/hooks/status"
LARGEST_BODY = 64 * 1024  # bytes
LONGEST_NOTE = 2000  # characters

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Report(BaseModel):
    """What a system posts: a change of a case, by its own number of the change. Times have their zone."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)
    update_id: Word
    service_request_id: Word
    status: Annotated[Word, StringConstraints(to_lower=True)]
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE)] = ""
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""  # of data/reasons.yml
    updated_datetime: AwareDatetime
    expected_datetime: AwareDatetime | None = None


class Refused(Exception):
    """A report that is not taken: the HTTP status, what is wrong, and what would be right."""

    def __init__(self, status: int, error: str, **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.document = {"error": error, **more}


def blueprint(town: Town) -> Blueprint:
    """Return the route for work-order systems; raises `ConfigError` where WORK_ORDER_KEYS can't be used."""
    keys = work_order_keys(town.config)
    routes = Blueprint("work_orders", __name__)
    routes.add_url_rule(PATH, "status", _status(town, keys), methods=["POST"])
    routes.register_error_handler(Refused, _refused)
    for kind in (*AWAY, IntegrityError):  # of two at once with one number, the later finds it taken next time
        routes.register_error_handler(kind, _away)
    return routes


def work_order_keys(config: Config) -> Mapping[str, str]:
    """Return each system's secret, by the system's name; raises `ConfigError`."""
    return named_keys("WORK_ORDER_KEYS", config.settings.work_order_keys)


def _status(town: Town, keys: Mapping[str, str]) -> Callable[[], Response]:
    def status() -> Response:
        """A change of a case's status, by the work-order system whose key signed it."""
        body = body_of(request, LARGEST_BODY)
        system = signer(keys, dict(request.headers), body, town.now())
        if system is None:
            minutes = TOLERANCE.total_seconds() / 60
            raise Refused(
                401,
                f"not signed with a key we know, or more than {minutes:.0f} minutes off: docs/work-orders.md",
            )
        report = _read(body, town.now())
        _check_reason(town, report)
        return _answer(report, _carry_out(town, report, system))

    return status


def _read(body: bytes, now: datetime) -> Report:
    """Return what was posted; raises `Refused`, naming fields but never quoting what is in them."""
    try:
        report = Report.model_validate(storable(json.loads(body)))
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}" for each in error.errors()]
        raise Refused(400, "; ".join(wrong)) from None
    except (ValueError, RecursionError):
        raise Refused(400, "the body is no JSON in UTF-8") from None
    if report.status not in STATUSES:
        raise Refused(400, "status is none of ours", known=list(STATUSES))
    if report.updated_datetime > now + TOLERANCE:
        raise Refused(400, "updated_datetime is in the future")
    return report


def _check_reason(town: Town, report: Report) -> None:
    """Refuse a closing without a word, and a reason that is none of the status's."""
    known = [code for code, reason in town.city.reasons.items() if reason.status == report.status]
    if report.reason and report.reason not in known:
        raise Refused(422, f"reason is none for {report.status}", known=known)
    if STATUSES[report.status].asks and not (report.note or report.reason):
        why = f"say why in note or reason: the resident is told; a bare {report.status} is not sent"
        raise Refused(422, why, known=known)


def _carry_out(town: Town, report: Report, system: str) -> ServiceRequest | None:
    """Make the change; returns the case, or None where it had that update already. Raises `Refused`."""
    case = _case(town, report.service_request_id)
    number = case.service_request_id
    try:
        return service_requests.update_status(
            town,
            number,
            report.status,
            note=report.note,
            reason=report.reason,
            author=system,
            at=min(report.updated_datetime, town.now()),
            expected=report.expected_datetime,
            update_id=f"{system}:{report.update_id}",
        )
    except Repeated:
        return None
    except NotAllowed:
        now = _case(town, number).status
        allowed = list(STATUSES[now].may_become)
        raise Refused(409, f"{number} is {now}, which can't become {report.status}", allowed=allowed) from None


def _case(town: Town, number: str) -> ServiceRequest:
    with town.database.read() as session:
        try:
            return cases.by_number(session, number)
        except UnknownCase:
            raise Refused(404, "there is no case of that number") from None


def _answer(report: Report, case: ServiceRequest | None) -> Response:
    found = {"update_id": report.update_id, "service_request_id": report.service_request_id}
    return jsonify(found | {"repeated": True} if case is None else found | {"status": case.status})


def _refused(refusal: Refused) -> Response:
    log.warning("a work-order system's report was refused: HTTP %s", refusal.status)
    response = jsonify(refusal.document)
    response.status_code = refusal.status
    return response


def _away(error: Exception) -> Response:
    log.error(
        "a work-order system's report could not be kept (%s): it is to send it again", type(error).__name__
    )
    response = jsonify({"error": "the database does not answer just now: send it again"})
    response.status_code = 503
    response.headers["Retry-After"] = "30"
    return response
