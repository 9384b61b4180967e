"""What an agent does in a thread: take it, answer, note, file, give it back, see the number."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from bot import desk, ownership
from bot.console import audit
from bot.console.access import Console, View, me, problem
from bot.console.conversations import PATH, messages, subject, thread_page
from bot.desk import Filled, Refused
from bot.models import Conversation
from bot.ownership import HasAgent, Within
from bot.staff_tables import Note, Staff
from bot.town import Town

MAY_FORCE = frozenset({"supervisor", "admin"})
"""Who may take a thread from the agent who has it."""

LONGEST = 1500
"""Characters of a reply: about ten texts, and less than Twilio takes in one message (1,600)."""


def add(console: Console) -> None:
    """Add what can be done."""
    town = console.town
    for name, does in (
        ("take", _take),
        ("hand_back", _hand_back),
        ("attend", _attend),
        ("reply", _reply),
        ("note", _note),
        ("report", _report),
        ("number", _number),
        ("typing", _typing),
    ):
        rule = f"{PATH}/{name.replace('_', '-')}"
        console.page(rule, name, _guarded(town, does(town)), allow="conversations", methods=("POST",))


def _guarded(town: Town, view: View) -> View:
    """Return a view that says in words why something can't be done."""

    def guarded(conversation_id: int) -> str | AnyResponse:
        with town.database.read() as session:
            if session.get(Conversation, conversation_id) is None:
                abort(404)
        try:
            return view(conversation_id)
        except HasAgent as error:
            return refused(409, whose(town, error))
        except Refused as error:
            return refused(409, str(error))

    return guarded


def whose(town: Town, error: HasAgent) -> str:
    """Return who has a thread, and what can be done about it."""
    with town.database.read() as session:
        staff = session.get(Staff, error.agent_id)
    name = staff.name if staff else "Somebody else"
    return f"{name} has this conversation. Ask them to hand it back; a supervisor can take it over."


def refused(status: int, words: str) -> AnyResponse:
    """Answer a script in words, a form with a page."""
    return Response(words, status, mimetype="text/plain") if _by_script() else problem(status, words)


def _by_script() -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _done(town: Town, conversation_id: int, anchor: str = "latest") -> str | AnyResponse:
    """Answer a script with the chat as it is now, a form with its page."""
    if _by_script():
        return messages(town, conversation_id)
    return redirect(url_for("console.thread", conversation_id=conversation_id, _anchor=anchor), 303)


def _audit(town: Town, action: str, conversation_id: int, **detail: str) -> Within:
    staff = me()
    return lambda session: audit.record(town, session, staff, action, subject(conversation_id), **detail)


def _forced() -> bool:
    return "force" in request.form and me().role in MAY_FORCE


def _take(town: Town) -> View:
    def take(conversation_id: int) -> str | AnyResponse:
        """Make it mine."""
        force = _forced()
        within = _audit(town, "conversation_taken", conversation_id, **({"by_force": "yes"} if force else {}))
        ownership.take_over(town, conversation_id, me().id, me().shown_as, by_force=force, within=within)
        return _done(town, conversation_id, "reply")

    return take


def _hand_back(town: Town) -> View:
    def hand_back(conversation_id: int) -> str | AnyResponse:
        """Give it back to the bot."""
        within = _audit(town, "conversation_handed_back", conversation_id)
        ownership.hand_back(town, conversation_id, me().id, by_force=_forced(), within=within)
        return _done(town, conversation_id)

    return hand_back


def _attend(town: Town) -> View:
    def attend(conversation_id: int) -> str | AnyResponse:
        """Take it off the list of those who wait: there is nothing to step in for."""
        within = _audit(town, "conversation_attended", conversation_id)
        ownership.attend(town, conversation_id, me().id, within=within)
        return _done(town, conversation_id)

    return attend


def _reply(town: Town) -> View:
    def reply(conversation_id: int) -> str | AnyResponse:
        """Say something to the resident."""
        text = _text("Write something first.")
        if len(text) > LONGEST:
            raise Refused(f"That is too long to text: {LONGEST} characters at most.")
        within = _audit(town, "replied", conversation_id)
        ownership.reply(town, conversation_id, text, agent_id=me().id, name=me().shown_as, within=within)
        return _done(town, conversation_id)

    return reply


def _text(otherwise: str) -> str:
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise Refused(otherwise)
    return text


def _note(town: Town) -> View:
    def note(conversation_id: int) -> str | AnyResponse:
        """Write something for staff: into a table that nothing sends from."""
        text = _text("Write the note first.")[:4000]
        with town.database.write.begin() as session:
            session.add(
                Note(conversation_id=conversation_id, staff_id=me().id, text=text, created_at=town.now())
            )
            audit.record(town, session, me(), "noted", subject(conversation_id))
        return _done(town, conversation_id)

    return note


def _report(town: Town) -> View:
    def report(conversation_id: int) -> str | AnyResponse:
        """Keep what was filled in, and file it where that was asked for."""
        filled = filled_in(request.form)
        desk.keep(town, conversation_id, filled, me().id, within=_audit(town, "draft_changed", conversation_id))
        if request.form.get("do") == "file":
            try:
                desk.file_for(town, conversation_id, me().id, me().name, within=_filed(town, conversation_id))
            except Refused:
                lacking = url_for("console.thread", conversation_id=conversation_id, lacks="", _anchor="report")
                return redirect(lacking, 303)
        return redirect(url_for("console.thread", conversation_id=conversation_id, _anchor="report"), 303)

    return report


def _filed(town: Town, conversation_id: int) -> Callable[[Session, str], object]:
    staff = me()
    return lambda session, numbers: audit.record(
        town, session, staff, "case_filed", subject(conversation_id), numbers=numbers
    )


def filled_in(form: MultiDict[str, str]) -> Filled:
    """Return what a form says of a report."""
    prefix = "attribute_"
    asked = {key for key in form if key.startswith(prefix)}
    return Filled(
        service_code=form.get("service_code", ""),
        place=form.get("place", ""),
        option=form.get("option", 0, type=int),
        as_written="as_written" in form,
        description=form.get("description", "").replace("\x00", ""),
        attributes={key.removeprefix(prefix): ",".join(filter(None, form.getlist(key))) for key in asked},
        photos=tuple(form.getlist("photo")) if "photos" in form else None,
    )


def _number(town: Town) -> View:
    def number(conversation_id: int) -> str | AnyResponse:
        """Show how the resident is reached; who looked is written down."""
        with town.database.write.begin() as session:
            contact = session.get_one(Conversation, conversation_id).contact
            audit.record(town, session, me(), "number_shown", subject(conversation_id))
            shown = contact.address.removeprefix("tel:")
        return (
            Response(shown, mimetype="text/plain")
            if _by_script()
            else thread_page(town, conversation_id, number=shown)
        )

    return number


def _typing(town: Town) -> View:
    def typing(conversation_id: int) -> AnyResponse:
        """Note that somebody types, and tell how many texts it would be; 0 where they are free."""
        text = request.form.get("text", "")[: 2 * LONGEST]
        with town.database.read() as session:
            channel = town.channels.get(session.get_one(Conversation, conversation_id).channel)
        messages(town, conversation_id, typing=True)
        return Response(str(channel.cost(text) if channel else 0), mimetype="text/plain")

    return typing
