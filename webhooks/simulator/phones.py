"""The phone page: two phones and a small city desk in the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, render_template, request

from webhooks.simulator.files import Photo
from webhooks.simulator.pictures import PICTURES, draw
from webhooks.simulator.telegram import Telegram
from webhooks.simulator.threads import Threads
from webhooks.simulator.twilio import Twilio

City = Mapping[str, Any] | Callable[[], Mapping[str, Any]]
"""What the map shows, points being [lat, long]: {"boundary": [point, ...], "streets": [{"name": ...,
"points": [point, ...]}], "landmarks": [{"name": ..., "lat": ..., "long": ...}]}."""

SUGGESTIONS = (
    "theres a huge pothole at 5th and main",
    "Street light is out on my block",
    "trash was not picked up today",
    "STATUS",
)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEARTBEAT = 15.0  # seconds between signs of life on an idle stream


class Desk(Protocol):
    """The city's side, as the desk panel needs it."""

    def cases(self) -> list[dict[str, Any]]:
        """Return open cases: number, service_name, address_string, status, department, opened."""
        ...

    def statuses(self, number: str) -> Sequence[Any]:
        """Return the statuses a case may move to: codes, or mappings with `code` and `label`."""
        ...

    def update(self, number: str, status: str, note: str) -> dict[str, Any]:
        """Move a case; raises `ValueError` with a sentence for the user, `LookupError` when unknown."""
        ...


class PhonePage:
    """The page's server. Each resident, by a small number, has a phone of each kind."""

    def __init__(
        self,
        threads: Threads,
        twilio: Twilio,
        telegram: Telegram,
        *,
        city: City | None,
        city_name: str,
        desk: Desk | None,
        suggestions: Sequence[str],
    ) -> None:
        self._threads = threads
        self._twilio = twilio
        self._telegram = telegram
        self._city = city
        self._city_name = city_name
        self.desk = desk
        self._suggestions = suggestions or SUGGESTIONS

    def create_app(self) -> Flask:
        """Build the server."""
        app = Flask(__name__)
        app.config["MAX_CONTENT_LENGTH"] = 32 * 1024 * 1024
        app.before_request(_refuse_other_sites)
        app.after_request(_add_policy)
        app.add_url_rule("/", view_func=self._page)
        app.add_url_rule("/events", view_func=self._events)
        app.add_url_rule("/sms", view_func=self._send_sms, methods=["POST"])
        app.add_url_rule("/telegram", view_func=self._send_telegram, methods=["POST"])
        app.add_url_rule("/samples/<name>.jpg", view_func=_sample)
        app.add_url_rule("/files/<key>", view_func=self._file)
        app.add_url_rule("/city.json", view_func=self._city_json)
        app.add_url_rule("/desk", view_func=self._cases)
        app.add_url_rule("/desk/<number>", view_func=self._update_case, methods=["POST"])
        return app

    def _page(self) -> str:
        resident = _resident()
        self._telegram.chat(_chat_id(resident))  # the bot may write here after a restart, too
        return render_template(
            "phones.html",
            city_name=self._city_name,
            number=self._twilio.account.number,
            resident=resident,
            resident_number=_phone_number(resident),
            chat=_chat_id(resident),
            samples=list(PICTURES),
            suggestions=self._suggestions,
            has_desk=self.desk is not None,
            has_city=self._city is not None,
        )

    def _events(self) -> Response:
        """Stream the changes to one resident's threads as server-sent events, from a revision on."""
        resident = _resident()
        threads = (_phone_number(resident), str(_chat_id(resident)))
        since = request.headers.get("Last-Event-ID", 0, type=int)

        def stream() -> Iterator[str]:
            revision = since
            yield "retry: 1000\n\n"
            while not self._threads.closed:
                entries = self._threads.changed_since(revision, threads, _HEARTBEAT)
                revision = entries[-1].revision if entries else revision
                data = json.dumps([entry.as_json() for entry in entries])
                yield f"id: {revision}\ndata: {data}\n\n" if entries else ": still here\n\n"

        return Response(stream(), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})

    def _send_sms(self) -> tuple[str, int]:
        text = request.form.get("text", "")
        self._twilio.receive(_phone_number(_resident()), text, _photos(), wait=False)
        return "", 204

    def _send_telegram(self) -> tuple[str, int]:
        chat, form = _chat_id(_resident()), request.form
        location = (float(form["lat"]), float(form["long"])) if "lat" in form else None
        if press := form.get("press"):
            try:
                self._telegram.press(chat, press, location=location, wait=False)
            except LookupError:
                abort(409)
        else:
            self._telegram.write(chat, form.get("text", ""), _photos(), location=location, wait=False)
        return "", 204

    def _file(self, key: str) -> Response:
        file = self._threads.files.get(key)
        if file is None or not file.content_type.startswith("image/"):
            abort(404)
        return Response(file.content, content_type=file.content_type, headers={"Cache-Control": "max-age=3600"})

    def _city_json(self) -> Response:
        if self._city is None:
            abort(404)
        return jsonify(self._city() if callable(self._city) else self._city)

    def _cases(self) -> Response:
        if self.desk is None:
            abort(404)
        return jsonify([_with_statuses(self.desk, case) for case in self.desk.cases()])

    def _update_case(self, number: str) -> tuple[Response, int]:
        if self.desk is None:
            abort(404)
        try:
            case = self.desk.update(number, request.form.get("status", ""), request.form.get("note", ""))
        except LookupError:
            return jsonify(error="There is no such case."), 404
        except ValueError as refused:
            return jsonify(error=str(refused)), 400
        return jsonify(case), 200


def _resident() -> int:
    """Return which resident's phones are meant, 1 to 98."""
    return min(max(request.values.get("resident", 1, type=int), 1), 98)


def _phone_number(resident: int) -> str:
    return f"+155501{resident:02}"


def _chat_id(resident: int) -> int:
    return 1000 + resident


def _photos() -> list[Photo]:
    photos: list[Photo] = [upload.read() for upload in request.files.getlist("photo")]
    return photos + [draw(name) for name in request.form.getlist("sample") if name in PICTURES]


def _sample(name: str) -> Response:
    if name not in PICTURES:
        abort(404)
    return Response(draw(name), content_type="image/jpeg", headers={"Cache-Control": "max-age=3600"})


def _with_statuses(desk: Desk, case: dict[str, Any]) -> dict[str, Any]:
    return case | {"statuses": _labelled(desk.statuses(case["number"]))}


def _labelled(statuses: Sequence[Any]) -> list[dict[str, str]]:
    """Return statuses as code and label, the label made of the code where there is none."""
    return [
        {"code": str(status["code"]), "label": str(status["label"])}
        if isinstance(status, Mapping)
        else {"code": str(status), "label": str(status).replace("_", " ").capitalize()}
        for status in statuses
    ]


def _refuse_other_sites() -> None:
    """Answer this page alone: not another site's script, nor a name that was made to point here."""
    if urlsplit(request.host_url).hostname not in ("127.0.0.1", "localhost"):
        abort(403)
    if request.headers.get("Origin", request.host_url.rstrip("/")) != request.host_url.rstrip("/"):
        abort(403)


def _add_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
