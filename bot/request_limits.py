"""What every request has to fit into: its body, its fields, its address, and the numbers in that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter

from webhooks.wire import body_of

SMALL = 64 * 1024
"""Bytes of what other systems report; Twilio's and Telegram's webhooks have such a limit of their own."""

FORM = 256 * 1024
"""Bytes of a form: hundreds of fields, or the longest note in any script, many times over."""

MOST_PARTS = 500
"""Fields and files of a form with files: a thread's report has about twenty."""

PHOTO_ROUTES = frozenset({"console.work_step", "console.guest_step"})
"""Where a photo comes with the form."""

BESIDE_PHOTO = 100_000
"""Bytes of such a form beside its photo."""

AREA = 1_000_000
"""Bytes of a form with an area's outline in it: some thirty thousand corners."""

ENDPOINTS: Mapping[str, int] = {
    "work_orders.status": SMALL,
    "console.sign_in": SMALL,
    "console.code": SMALL,
    "console.notice_new": AREA,
}
"""Routes that take less than `FORM`, or more."""


class Number(IntegerConverter):
    """A number in an address, as large as a row's may become: more, and SQLite or int() would raise."""

    regex = r"[0-9]{1,18}"


class WholeForm(FormDataParser):
    """Reads a form wholly, or answers 400.

    Werkzeug's own takes one that breaks off, or is no UTF-8, for an empty one, which a signature over no
    fields would fit; and it calls a field None that RFC 7578 (section 4.2) wants a name of.
    """

    def parse(self, *received: Any, **more: Any) -> Any:
        """Return the stream and what was read from it: the fields, and the files."""
        self.silent = False
        try:
            stream, fields, files = super().parse(*received, **more)
        except ValueError:
            abort(400, "The form can not be read: it has to be whole, and its names and values UTF-8.")
        if None in fields or None in files:
            for _, file in files.items(multi=True):
                file.close()
            abort(400, "Every field and file of the form has to have a name.")
        return stream, fields, files


class WholeRequest(Request):
    """Flask's, but for how it reads a form: when a route asks for it, behind what the route refuses unread."""

    form_data_parser_class = WholeForm


def limit(app: Flask, *, photo: int) -> None:
    """Have every route of an app refuse what it can't take: too large (413), or nothing that can be read (400).

    `photo` is the bytes of one. To be called before routes are added, for theirs to be checked first. A body
    that does not say how long it is counts as it comes: Werkzeug alone would cut it at the limit and go on
    with what is left.
    """
    app.request_class = WholeRequest
    app.url_map.converters["int"] = Number
    app.config.update(MAX_CONTENT_LENGTH=FORM, MAX_FORM_MEMORY_SIZE=AREA, MAX_FORM_PARTS=MOST_PARTS)

    def check() -> None:
        _check_query(request.query_string)
        endpoint = request.endpoint or ""
        most = photo + BESIDE_PHOTO if endpoint in PHOTO_ROUTES else ENDPOINTS.get(endpoint, FORM)
        request.max_content_length = most
        if request.content_length is None or request.content_length > most:
            body_of(request, most)

    app.before_request(check)


def _check_query(query: bytes) -> None:
    """Refuse an address whose bytes after "?" are no UTF-8: Werkzeug raises on them, wherever one looks."""
    try:
        query.decode()
    except UnicodeDecodeError:
        abort(400, "The address is not in UTF-8.")
