"""Forgetting a contact who asks for it: what they said and showed is deleted, their cases stay without them.

In two steps: `erase` within the turn, all but the address, which the last word still needs; `forget` when
that word is out.
"""

from __future__ import annotations

from sqlalchemy import ColumnExpressionArgument, delete, select, update
from sqlalchemy.orm import Session

from bot import outbox, photos
from bot.announcement_tables import NoticeFollower
from bot.models import (
    Contact,
    Conversation,
    Follower,
    Message,
    Misreading,
    OutboxEntry,
    Photo,
    ServiceRequest,
    StatusUpdate,
)
from bot.staff_tables import CaseLink, Note
from bot.town import Town


def erase(town: Town, session: Session, contact: Contact) -> None:
    """Delete what a contact said and showed, in the caller's transaction; what waits to be sent is not.

    A case keeps its type, place and choices of a list: the city works on those. What staff wrote to one another
    goes, whatever it says: nobody can tell by rule which note names somebody. Of a note on a case it stays who
    wrote one and when. Mails and notices that its department got are out of our hands.
    """
    now = town.now()
    threads = session.scalars(select(Conversation).where(Conversation.contact_id == contact.id)).all()
    own = Message.conversation_id.in_([thread.id for thread in threads])
    outbox.withdraw(
        session, now, OutboxEntry.destination.in_(outbox.destination_of(each.id) for each in threads)
    )
    session.execute(delete(Misreading).where(Misreading.text.in_(select(Message.text).where(own))))
    drop_pictures(session, Photo.message_id.in_(select(Message.id).where(own)))
    clear(session, own)
    session.execute(delete(Note).where(Note.conversation_id.in_([thread.id for thread in threads])))
    for case in session.scalars(select(ServiceRequest).where(ServiceRequest.contact_id == contact.id)):
        leave(town, session, case)
    for following in (Follower, NoticeFollower):
        session.execute(
            delete(following).where(following.conversation_id.in_([thread.id for thread in threads]))
        )
    for thread in threads:
        thread.draft_since = thread.waiting_since = None
        thread.owner, thread.agent_id, thread.waiting_reason, thread.state = "bot", None, "", {}
    contact.erased_at = now


def drop_pictures(session: Session, which: ColumnExpressionArgument[bool]) -> None:
    """Note pictures as erased, in the caller's transaction; `remove_pictures` deletes them after it."""
    session.execute(
        update(Photo)
        .where(which)
        .values(state="erased", problem="", ref="", lat=None, long=None, due_at=None)
        .execution_options(synchronize_session=False)
    )


def clear(session: Session, which: ColumnExpressionArgument[bool]) -> None:
    """Empty messages; that there were some, when and what they cost, stays."""
    session.execute(
        update(Message)
        .where(which)
        .values(text="", gloss="", raw={}, inbound={}, language="", understood="")
        .execution_options(synchronize_session=False)
    )


def leave(town: Town, session: Session, case: ServiceRequest) -> None:
    """Take a contact out of a case: who they are, and what they said in their own words."""
    service = town.city.services.get(case.service_code)
    case.reporter = {}
    chosen = {each.code for each in service.attributes if each.values} if service else set[str]()
    case.description, case.contact_id, case.conversation_id = "", None, None
    case.attributes = {code: said for code, said in case.attributes.items() if code in chosen}
    session.execute(
        update(StatusUpdate)
        .where(StatusUpdate.service_request_id == case.id, StatusUpdate.author == "resident")
        .values(status_notes="")
    )
    session.execute(update(Note).where(Note.service_request_id == case.id).values(text=""))
    session.execute(update(CaseLink).where(CaseLink.service_request_id == case.id).values(instructions=""))


def forget(town: Town) -> int:
    """Let go of the addresses of those whose last word is out, and of their pictures; returns of how many."""
    with town.database.write.begin() as session:
        query = select(Contact).where(Contact.erased_at.is_not(None), Contact.address != "")
        gone = [contact for contact in session.scalars(query) if not _awaits(session, contact)]
        for contact in gone:
            threads = select(Conversation.id).where(Conversation.contact_id == contact.id)
            clear(session, Message.conversation_id.in_(threads))
            contact.address = contact.language = ""
    remove_pictures(town)
    return len(gone)


def remove_pictures(town: Town) -> None:
    """Delete the pictures that are noted as erased: first the files, so that none is left whatever happens."""
    with town.database.read() as session:
        erased = session.scalars(select(Photo).where(Photo.state == "erased")).all()
    for photo in erased:
        photos.path(town.config.photos, photo.token).unlink(missing_ok=True)
    if erased:
        with town.database.write.begin() as session:
            session.execute(delete(Photo).where(Photo.id.in_([photo.id for photo in erased])))


def _awaits(session: Session, contact: Contact) -> bool:
    """Tell whether something is still to be sent, or heard, in a contact's threads."""
    threads = list(session.scalars(select(Conversation.id).where(Conversation.contact_id == contact.id)))
    waiting = select(OutboxEntry.id).where(
        OutboxEntry.destination.in_([outbox.destination_of(each) for each in threads]),
        OutboxEntry.done_at.is_(None),
    )
    unread = select(Message.id).where(Message.conversation_id.in_(threads), Message.read_at.is_(None))
    return session.scalars(waiting).first() is not None or session.scalars(unread).first() is not None
