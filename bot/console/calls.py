"""From a phone call: what the caller says becomes a report, and the bot goes on with it by text."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot import desk
from bot.console import audit
from bot.console.access import Console, View, me
from bot.console.answering import filled_in, whose
from bot.console.conversations import subject
from bot.desk import Refused
from bot.ownership import HasAgent
from bot.town import Town
from dialogues.catalogue import names


def add(console: Console) -> None:
    """Add the page."""
    console.page("/calls/new", "call", _call(console.town), allow="conversations", methods=("GET", "POST"))


def _call(town: Town) -> View:
    def call() -> str | Response:
        """Ask what the caller says, then let the bot carry on."""
        if request.method == "GET":
            return _form(town)
        try:
            conversation_id = _begin(town)
        except HasAgent as error:
            return Response(_form(town, whose(town, error)), status=409, mimetype="text/html")
        except Refused as refused:
            return Response(_form(town, str(refused)), status=400, mimetype="text/html")
        return redirect(url_for("console.thread", conversation_id=conversation_id), 303)

    return call


def _begin(town: Town) -> int:
    staff = me()

    def within(session: Session, conversation_id: int) -> None:
        audit.record(town, session, staff, "call_begun", subject(conversation_id), consent="given on the phone")

    if "consent" not in request.form:
        raise Refused("Ask the caller whether they agree to get texts, and tick the box.")
    language = request.form.get("language", "")
    return desk.begin_from_call(
        town,
        request.form.get("number", ""),
        filled_in(request.form),
        staff.id,
        language if language in town.city.languages else "",
        within=within,
    )


def _form(town: Town, refused: str = "") -> str:
    return render_template(
        "console/call.html",
        refused=refused,
        given=request.form,
        services=sorted(town.city.services.values(), key=lambda service: service.service_name),
        languages=[(code, names((code,), "en")) for code in town.city.languages],
    )
