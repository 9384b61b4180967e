"""The pages of the queue and of one thread, and what they ask for every other second while looked at."""

from __future__ import annotations

import hashlib

from flask import abort, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot.console import audit, thread
from bot.console.access import Console, View, me
from bot.console.queue import queue
from bot.desk import lacks
from bot.models import Conversation
from bot.town import Town

PATH = "/conversations/<int(max=9223372036854775807):conversation_id>"


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    console.page("/conversations", "queue", _queue(town), allow="conversations")
    console.page(
        "/conversations/latest", "queue_latest", _queue_latest(town), allow="conversations", polled=True
    )
    console.page(PATH, "thread", _thread(town), allow="conversations")
    console.page(f"{PATH}/latest", "thread_latest", _thread_latest(town), allow="conversations", polled=True)


def subject(conversation_id: int) -> str:
    """Return what the audit calls a conversation."""
    return f"conversation:{conversation_id}"


def _queue(town: Town) -> View:
    def page() -> str:
        """Show who waits."""
        with town.database.write.begin() as session:
            audit.record(town, session, me(), "queue_viewed", "conversations")
        return render_template("console/queue.html", rows=_rows(town))

    return page


def _rows(town: Town) -> str:
    with town.database.read() as session:
        return render_template("console/_queue.html", queue=queue(town, session))


def _queue_latest(town: Town) -> View:
    return lambda: _if_changed(_rows(town))


def _thread(town: Town) -> View:
    def page(conversation_id: int) -> str:
        """Show a thread."""
        with town.database.write.begin() as session:
            audit.record(town, session, me(), "conversation_viewed", subject(conversation_id))
            thread.be_here(town, session, _found(session, conversation_id).id, me())
        return thread_page(town, conversation_id)

    return page


def thread_page(town: Town, conversation_id: int, *, number: str = "") -> str:
    """Return a thread's page; `number` is the resident's, where it was asked for."""
    with town.database.read() as session:
        conversation = _found(session, conversation_id)
        beside = thread.beside(town, session, conversation)
        return render_template(
            "console/thread.html",
            chat=(chat := thread.chat(town, session, conversation, me())),
            messages=render_template("console/_messages.html", chat=chat),
            beside=beside,
            services=sorted(town.city.services.values(), key=lambda service: service.service_name),
            lack=lacks(town, beside.draft),
            asked="lacks" in request.args,
            number=number,
        )


def _thread_latest(town: Town) -> View:
    def latest(conversation_id: int) -> Response:
        """Return the chat if it is another than the page has."""
        return _if_changed(messages(town, conversation_id))

    return latest


def messages(town: Town, conversation_id: int, *, typing: bool = False) -> str:
    """Return the chat as it stands, and note that somebody looks at it."""
    with town.database.read() as session:
        conversation = _found(session, conversation_id)
        noted = thread.is_noted(town, session, conversation_id, me())
        html = render_template("console/_messages.html", chat=thread.chat(town, session, conversation, me()))
    if typing or not noted:
        with town.database.write.begin() as session:
            thread.be_here(town, session, conversation_id, me(), typing=typing)
    return html


def _found(session: Session, conversation_id: int) -> Conversation:
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        abort(404)
    return conversation


def _if_changed(html: str) -> Response:
    """Answer with a part of a page, or that it is the one that the page has."""
    response = make_response(html)
    response.set_etag(hashlib.sha256(html.encode()).hexdigest()[:32])
    return response.make_conditional(request)
