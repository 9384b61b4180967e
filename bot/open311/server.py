"""The routes of GeoReport v2 under /open311/v2: who asks, in which format, and what goes wrong on the way."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from bot.config import Config
from bot.database import AWAY
from bot.journal import fault
from bot.models import ServiceRequest
from bot.open311 import catalog, posting, queries, updates
from bot.open311.documents import MIME_TYPES, write
from bot.open311.openapi import openapi
from bot.open311.parameters import given
from bot.open311.publishing import published
from bot.open311.refusals import Refused
from bot.signing import named_keys
from bot.town import Town

log = logging.getLogger(__name__)

PATH = "/open311/v2"
FORMAT = "<any(xml, json):form>"

Answer = tuple[str, Any]
"""The name of the outermost element, and what is in it."""


def blueprint(town: Town) -> Blueprint:
    """Return the endpoint; raises `ConfigError` where OPEN311_API_KEYS can't be used."""
    keys = api_keys(town.config)
    routes = Blueprint("open311", __name__, url_prefix=PATH)

    def route(rule: str, name: str, answer: Callable[..., Answer], method: str = "GET") -> None:
        def view(form: str, **found: str) -> Response:
            _check_jurisdiction(town.config)
            return _response(*answer(town, **found), form)

        routes.add_url_rule(f"{rule}.{FORMAT}", name, view, methods=[method])

    route("/discovery", "discovery", _discovery)
    route("/services", "services", _services)
    route("/services/<service_code>", "definition", _definition)
    route("/requests", "requests", _requests)
    route("/requests/<number>", "request", _request)
    route("/tokens/<token>", "token", _token)
    route("/servicerequestupdates", "updates", _updates)
    for resource, file in (("requests", _file), ("servicerequestupdates", _update)):
        view = _poster(town, keys, file)
        routes.add_url_rule(f"/{resource}.{FORMAT}", f"post_{resource}", view, methods=["POST"])
    routes.add_url_rule("/openapi.json", "openapi", lambda: _response("", openapi(town.config, PATH), "json"))
    routes.add_url_rule("/", "root", _unknown, methods=["GET", "POST"])
    routes.add_url_rule("/<path:rest>", "unknown", _unknown, methods=["GET", "POST"])
    routes.register_error_handler(Refused, _refused)
    routes.register_error_handler(HTTPException, _http_error)
    routes.register_error_handler(Exception, _broken)
    routes.after_request(_open_to_browsers)
    return routes


def api_keys(config: Config) -> Mapping[str, str]:
    """Return each client's key, by the client's name; raises `ConfigError`."""
    return named_keys("OPEN311_API_KEYS", config.settings.open311_api_keys)


def _check_jurisdiction(config: Config) -> None:
    """Refuse another city's. We serve one, so it may be left out; a city that named none takes any."""
    ours, asked = config.file.open311.jurisdiction_id, given(request.values, "jurisdiction_id")
    if ours and asked and asked.casefold() != ours.casefold():
        raise Refused(404, f"jurisdiction_id is not known here: it is {ours}, or can be left out")


# What is asked for ----------------------------------------------------------------------------------


def _discovery(town: Town) -> Answer:
    return "discovery", catalog.discovery(town.config, PATH)


def _services(town: Town) -> Answer:
    return "services", catalog.services(town.city)


def _definition(town: Town, service_code: str) -> Answer:
    return "service_definition", catalog.definition(town.city, service_code)


def _requests(town: Town) -> Answer:
    return "service_requests", _published(town, request.args)


def _request(town: Town, number: str) -> Answer:
    found = _published(town, {**request.args, "service_request_id": number.replace(",", " ")})
    if not found:
        raise Refused(404, f"there is no service request {number}")
    return "service_requests", found


def _published(town: Town, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
    extended = given(parameters, "extensions").casefold() == "true"
    query = queries.query_of(parameters, town.city, town.now())
    with town.database.read() as session:
        cases = session.scalars(query).all()
        channels = queries.channels_of(session, cases) if extended else {}
        return [published(case, town.config, channels, extended=extended) for case in cases]


def _token(town: Town, token: str) -> Answer:
    with town.database.read() as session:
        query = select(ServiceRequest).where(ServiceRequest.token == token.replace("\0", ""))
        case = session.scalars(query).first()
    if case is None:
        raise Refused(404, "there is no such token")
    return "service_requests", [{"service_request_id": case.service_request_id, "token": case.token}]


def _updates(town: Town) -> Answer:
    return "service_request_updates", updates.listed(town, request.args)


def _poster(
    town: Town, keys: Mapping[str, str], take: Callable[[Town, str], Answer]
) -> Callable[[str], Response]:
    def post(form: str) -> Response:
        """Take what is posted, for who has a key. It is read from the body alone: URLs end up in logs."""
        key = request.form.get("api_key", "").strip().encode()
        client = next((name for name, ours in keys.items() if hmac.compare_digest(key, ours.encode())), "")
        if not client:
            raise Refused(403, "api_key is missing or not known; discovery says who gives keys")
        _check_jurisdiction(town.config)
        return _response(*take(town, client), form)

    return post


def _file(town: Town, client: str) -> Answer:
    filed = posting.file(town, request.form, client)
    document = {
        "service_request_id": filed.service_request_id,
        "service_notice": filed.service_notice or None,
        "account_id": None,
    }
    return "service_requests", [document]


def _update(town: Town, client: str) -> Answer:
    return "service_request_updates", [{"update_id": updates.take(town, request.form, client)}]


# What goes wrong ------------------------------------------------------------------------------------


def _unknown(rest: str = "") -> Response:  # noqa: ARG001  (Flask names it)
    raise Refused(404, "there is no such resource, or not by this method; its address ends with .xml or .json")


def _refused(refused: Refused) -> Response:
    return _response("errors", refused.errors, _asked_format(), refused.status)


def _http_error(error: HTTPException) -> Response:
    answer = _refused(Refused(error.code or 500, error.description or error.name))
    if allowed := error.get_response().headers.get("Allow"):
        answer.headers["Allow"] = allowed
    return answer


def _broken(error: Exception) -> Response:
    """Answer for what failed in our own code, or for a database that is away."""
    if isinstance(error, AWAY):
        return _refused(Refused(503, "our database does not answer; please try again in a minute"))
    fault(log, error, "open311 failed")
    return _refused(Refused(500, "something went wrong on our side; please try again later"))


def _asked_format() -> str:
    """Return the format that the address ends with; XML, which the specification makes everybody read, else."""
    return "json" if request.path.endswith(".json") else "xml"


def _response(name: str, document: Any, form: str, status: int = 200) -> Response:
    return Response(write(name, document, form), status=status, content_type=MIME_TYPES[form])


def _open_to_browsers(response: Response) -> Response:
    """Let any web page read what is public anyway."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
