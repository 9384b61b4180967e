"""The Bot API over HTTP: methods and files, taken in any of Telegram's ways."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import NotFound

from webhooks.simulator.files import store
from webhooks.simulator.telegram import Bot
from webhooks.simulator.telegram_chats import Json
from webhooks.simulator.telegram_markup import BotError
from webhooks.simulator.telegram_methods import BotMethods


class BotApi:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>` for one bot."""

    def __init__(self, bot: Bot, methods: BotMethods) -> None:
        self._bot = bot
        self._methods = methods

    def create_app(self) -> Flask:
        """Build the server."""
        app = Flask(__name__, static_folder=None)
        app.register_error_handler(BotError, _refuse)
        app.register_error_handler(NotFound, lambda _: _refuse(BotError(404, "Not Found")))
        app.add_url_rule("/bot<token>/<method>", view_func=self._call, methods=["GET", "POST"])
        app.add_url_rule("/file/bot<token>/<path:path>", view_func=self._download)
        return app

    def _call(self, token: str, method: str) -> Response:
        self._check(token)
        files = {name: store(upload.read()) for name, upload in request.files.items()}
        return jsonify(ok=True, result=self._methods.execute(method, _values(), files))

    def _download(self, token: str, path: str) -> Response:
        self._check(token)
        file = self._bot.files.at(path)
        if file is None:
            raise BotError(404, "Not Found")
        return Response(file.content, content_type="application/octet-stream")

    def _check(self, token: str) -> None:
        if token != self._bot.token:
            raise BotError(401, "Unauthorized")


def _values() -> Json:
    """Gather the parameters of the query, the form and the JSON body."""
    body = request.get_json(silent=True) if request.is_json else None
    return request.args.to_dict() | request.form.to_dict() | (body if isinstance(body, dict) else {})


def _refuse(error: BotError) -> Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    response = jsonify(body)
    response.status_code = error.code
    return response
