"""What every request has to fit into before it is parsed: its body, its fields, numbers in its address."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
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


def limit(app: Flask, *, photo: int) -> None:
    """Have every route of an app refuse (413) what is larger than it takes; `photo` is the bytes of one.

    To be called before routes are added, for theirs to be checked first. A body that does not say how long
    it is counts as it comes: Werkzeug alone would cut it at the limit and go on with what is left.
    """
    app.url_map.converters["int"] = Number
    app.config.update(MAX_CONTENT_LENGTH=FORM, MAX_FORM_MEMORY_SIZE=AREA, MAX_FORM_PARTS=MOST_PARTS)

    def check() -> None:
        endpoint = request.endpoint or ""
        most = photo + BESIDE_PHOTO if endpoint in PHOTO_ROUTES else ENDPOINTS.get(endpoint, FORM)
        request.max_content_length = most
        if request.content_length is None or request.content_length > most:
            body_of(request, most)

    app.before_request(check)
