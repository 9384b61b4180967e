"""A case's photos: let onto its public page or taken back, and blacked out in part for good."""

from __future__ import annotations

from itertools import zip_longest

from flask import abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot import photos
from bot.console import audit
from bot.console.access import Console, View, me
from bot.console.case_page import open_case
from bot.models import Photo, ServiceRequest
from bot.photos import Box
from bot.town import Town

MOST_BOXES = 30
SIDES = ("left", "top", "width", "height")


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    here = "/cases/<number>/photos/<int(max=999999999999):photo_id>"
    console.page(f"{here}/clear", "clear_photo", _clear(town), allow="cases", methods=("POST",))
    console.page(f"{here}/redact", "redact_photo", _redact(town), allow="cases", methods=("GET", "POST"))


def _photo(session: Session, number: str, photo_id: int) -> tuple[ServiceRequest, Photo]:
    """Return a kept photo of this case and of no other, or answer that there is none."""
    case, photo = open_case(session, number), session.get(Photo, photo_id)
    if photo is None or photo.service_request_id != case.id or photo.state != "kept":
        abort(404)
    return case, photo


def _clear(town: Town) -> View:
    def clear(number: str, photo_id: int) -> Response:
        """Let the public see a photo, or see it no more."""
        cleared = request.form.get("cleared") == "1"
        with town.database.write.begin() as session:
            case, photo = _photo(session, number, photo_id)
            photo.cleared_at = town.now() if cleared else None
            action = "photo_cleared" if cleared else "photo_taken_back"
            audit.record(town, session, me(), action, f"case:{case.service_request_id}", photo=str(photo.id))
        return redirect(url_for("console.case", number=case.service_request_id, _anchor="photos"), 303)

    return clear


def _redact(town: Town) -> View:
    def show(number: str, photo_id: int, refused: str = "") -> str:
        with town.database.write.begin() as session:
            case, photo = _photo(session, number, photo_id)
            subject = f"case:{case.service_request_id}"
            audit.record(town, session, me(), "photo_viewed", subject, photo=str(photo.id))
        return render_template("console/redact.html", case=case, photo=photo, sides=SIDES, refused=refused)

    def redact(number: str, photo_id: int) -> str | Response:
        """Ask for the parts to be blacked out, and black them out."""
        if request.method == "GET":
            return show(number, photo_id)
        with town.database.read() as session:
            case, _ = _photo(session, number, photo_id)
        number, staff = case.service_request_id, me()
        try:
            boxes = _boxes()
            photos.redact(
                town,
                photo_id,
                boxes,
                also=lambda session: audit.record(
                    town,
                    session,
                    staff,
                    "photo_redacted",
                    f"case:{number}",
                    photo=str(photo_id),
                    boxes=str(len(boxes)),
                ),
            )
        except ValueError as error:
            return make_response(show(number, photo_id, str(error)), 400)
        except LookupError:
            abort(404)
        return redirect(url_for("console.case", number=number, _anchor="photos"), 303)

    return redact


def _boxes() -> list[Box]:
    """Return the form's boxes, whose sides are in percent; raises `ValueError` where there is none to draw."""
    columns = [request.form.getlist(side) for side in SIDES]
    rows = [row for row in zip_longest(*columns, fillvalue="") if any(each.strip() for each in row)]
    if not rows:
        raise ValueError("Draw a box over what is to be blacked out, or give its four numbers.")
    if len(rows) > MOST_BOXES:
        raise ValueError(f"At most {MOST_BOXES} boxes at once.")
    try:
        shares = [[float(each) / 100 for each in row] for row in rows]
    except ValueError:
        raise ValueError("A box takes four numbers, in percent of the photo.") from None
    return [Box(*row) for row in shares]
