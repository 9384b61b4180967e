"""Twilio's REST API and the content network its media lives on, over HTTP."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from webhooks.simulator.files import StoredFile
from webhooks.simulator.twilio import Twilio
from webhooks.simulator.twilio_account import API_VERSION, Message, TwilioError

Json = dict[str, Any]


class TwilioApi:
    """Answers the requests of one account."""

    def __init__(self, twilio: Twilio, cdn: MediaNetwork) -> None:
        self._twilio = twilio
        self._account = twilio.account
        self._cdn = cdn

    def create_app(self) -> Flask:
        """Build the server."""
        app = Flask(__name__, static_folder=None)
        app.before_request(self._authenticate)
        app.register_error_handler(TwilioError, _refuse)
        app.register_error_handler(NotFound, lambda _: _refuse(TwilioError(20404)))
        account = f"/{API_VERSION}/Accounts/{self._account.sid}"
        media = f"{account}/Messages/<sid>/Media/<media_sid>"
        for rule, view, method in (
            (f"{account}.json", self._fetch_account, "GET"),
            (f"{account}/Messages.json", self._create_message, "POST"),
            (f"{account}/Messages.json", self._list_messages, "GET"),
            (f"{account}/Messages/<sid>.json", self._fetch_message, "GET"),
            (f"{account}/Messages/<sid>.json", self._redact_message, "POST"),
            (f"{account}/Messages/<sid>.json", self._delete_message, "DELETE"),
            (media, self._fetch_media, "GET"),
            (media, self._delete_media, "DELETE"),
            (f"{media}.json", self._delete_media, "DELETE"),
        ):
            app.add_url_rule(rule, view_func=view, methods=[method])
        return app

    def _authenticate(self) -> None:
        login = request.authorization
        user, password = (login.username, login.password) if login else ("", "")
        right = hmac.compare_digest((password or "").encode(), self._account.auth_token.encode())
        if user != self._account.sid or not right:
            raise TwilioError(20003)

    def _fetch_account(self) -> Json:
        sid = self._account.sid
        return {
            "sid": sid,
            "friendly_name": "Simulated",
            "status": "active",
            "type": "Full",
            "uri": request.path,
        }

    def _create_message(self) -> tuple[Json, int]:
        message = self._twilio.send(request.form, tuple(request.form.getlist("MediaUrl")))
        return message.resource(), 201

    def _list_messages(self) -> Json:
        found = [message for message in self._account.logged() if _matches(message)]
        size, page = request.args.get("PageSize", 50, type=int), request.args.get("Page", 0, type=int)
        shown = found[page * size : (page + 1) * size]
        more = (page + 1) * size < len(found)
        following = request.args.to_dict() | {"Page": str(page + 1), "PageSize": str(size)}
        return {
            "messages": [message.resource() for message in shown],
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": page * size + max(len(shown) - 1, 0),
            "uri": request.full_path,
            "next_page_uri": f"{request.path}?{urlencode(following)}" if more else None,
        }

    def _fetch_message(self, sid: str) -> Json:
        return self._account.message(sid).resource()

    def _redact_message(self, sid: str) -> Json:
        message = self._account.message(sid)
        if request.form.get("Body") == "":
            message.body = ""
        return message.resource()

    def _delete_message(self, sid: str) -> tuple[str, int]:
        self._account.messages.pop(self._account.message(sid).sid)
        return "", 204

    def _fetch_media(self, sid: str, media_sid: str) -> AnyResponse:
        file = _media(self._account.message(sid), media_sid)
        delivery = self._twilio.delivery
        if delivery.media_misses > 0:
            delivery.media_misses -= 1
            raise TwilioError(20404)
        return redirect(delivery.media_redirect or self._cdn.offer(file), 307)

    def _delete_media(self, sid: str, media_sid: str) -> tuple[str, int]:
        message = self._account.message(sid)
        self._cdn.withdraw(_media(message, media_sid))
        del message.media[media_sid]
        return "", 204


class MediaNetwork:
    """The content network: who has the unguessable URL gets the file, who shows credentials is refused."""

    def __init__(self) -> None:
        self.base_url = ""
        self._files: dict[str, StoredFile] = {}

    def offer(self, file: StoredFile) -> str:
        """Return a URL at which the file can be had."""
        self._files[file.key] = file
        return f"{self.base_url}/media/{file.key}"

    def withdraw(self, file: StoredFile) -> None:
        """Forget the file."""
        self._files.pop(file.key, None)

    def create_app(self) -> Flask:
        """Build the server, which belongs on another port than the API."""
        app = Flask(__name__, static_folder=None)
        app.add_url_rule("/media/<key>", view_func=self._serve)
        return app

    def _serve(self, key: str) -> Response:
        if "Authorization" in request.headers:
            return Response("<Error><Code>InvalidArgument</Code></Error>", 400, mimetype="application/xml")
        if file := self._files.get(key):
            return Response(file.content, content_type=file.content_type)
        return Response("<Error><Code>AccessDenied</Code></Error>", 403, mimetype="application/xml")


def _refuse(error: TwilioError) -> Response:
    more_info = f"https://www.twilio.com/docs/errors/{error.code}"
    response = jsonify(code=error.code, message=error.message, more_info=more_info, status=error.status)
    response.status_code = error.status
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return response


def _media(message: Message, media_sid: str) -> StoredFile:
    if file := message.media.get(media_sid):
        return file
    raise TwilioError(20404)


def _matches(message: Message) -> bool:
    """Whether a message is one the query asks for."""
    asked, created = request.args, message.created
    return (
        asked.get("To", message.recipient) == message.recipient
        and asked.get("From", message.sender) == message.sender
        and ("DateSent" not in asked or created.date() == _time(asked["DateSent"]).date())
        and ("DateSent>" not in asked or created >= _time(asked["DateSent>"]))
        and ("DateSent<" not in asked or created <= _time(asked["DateSent<"]))
    )


def _time(text: str) -> datetime:
    """Read a date or a time, in GMT as Twilio has it."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise TwilioError(20001, "Parameter 'DateSent' is not valid") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
