"""Blocking a sender from their thread, and the list of who is blocked: for supervisors."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot import limits
from bot.console import audit
from bot.console.access import Console, View, me, opaque_name, problem
from bot.console.conversations import PATH
from bot.models import Contact
from bot.town import Town


def add(console: Console) -> None:
    """Add the page, and what can be done."""
    town = console.town
    console.page("/blocked", "blocked", _blocked(town), allow="block")
    console.page(f"{PATH}/block", "block", _block(town), allow="block", methods=("POST",))


def _blocked(town: Town) -> View:
    def blocked() -> str:
        """Show who is blocked."""
        with town.database.read() as session:
            rows = [
                (opaque_name(contact.id, town.config), contact.blocked_at, thread)
                for contact, thread in limits.blocked(session)
            ]
        return render_template("console/blocked.html", rows=rows)

    return blocked


def _block(town: Town) -> View:
    def block(conversation_id: int) -> Response:
        """Block the sender of a thread, or answer them again."""
        blocked, staff = request.form.get("undo") != "yes", me()

        def also(session: Session, contact: Contact) -> None:
            audit.record(town, session, staff, "blocked" if blocked else "unblocked", f"contact:{contact.id}")

        try:
            limits.block_thread(town, conversation_id, also, blocked=blocked)
        except NoResultFound:
            return problem(404, "There is no such conversation.")
        return redirect(url_for("console.thread", conversation_id=conversation_id), 303)

    return block
