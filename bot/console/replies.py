"""Canned replies: written once by administrators, filled with a case's data where an agent uses them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.console.audit import record
from bot.staff_tables import CannedReply, Staff
from bot.town import Town
from dialogues.rendering import unaccented
from webhooks.gsm7 import is_gsm7

PLACEHOLDERS = ("number", "place", "service", "program", "phone")
"""What a reply may say in braces: "We are looking at {number}, {place}". The thread's page fills them in."""

LONGEST = 320
"""Characters before the case's data is filled in: two texts."""

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class BadReply(Exception):
    """A reply can't be kept so; the message says what to do."""


def save(
    town: Town, session: Session, staff: Staff, code: str, text: Mapping[str, str], reply_id: int | None = None
) -> CannedReply:
    """Add a reply, or change one, in the caller's transaction; raises `BadReply`."""
    written = {language: words.strip() for language, words in text.items() if words.strip()}
    _check(town, code, written)
    same = session.scalars(select(CannedReply).where(CannedReply.code == code)).first()
    if same is not None and same.id != reply_id:
        raise BadReply(f"There is a reply {code!r} already: change that one, or choose another name.")
    if reply_id is None:
        reply = CannedReply(code=code, text=written, created_at=town.now())
        session.add(reply)
        record(town, session, staff, "reply_added", f"reply:{code}")
        return reply
    found = session.get(CannedReply, reply_id)
    if found is None:
        raise BadReply("This reply is not there any more: somebody has deleted it.")
    record(town, session, staff, "reply_changed", f"reply:{code}", was=found.code)
    found.code, found.text = code, written
    return found


def delete(town: Town, session: Session, staff: Staff, reply_id: int) -> None:
    """Delete a reply, in the caller's transaction; one that is gone already is no fault."""
    found = session.get(CannedReply, reply_id)
    if found is not None:
        record(town, session, staff, "reply_deleted", f"reply:{found.code}")
        session.delete(found)


def _check(town: Town, code: str, text: Mapping[str, str]) -> None:
    own = town.city.languages[0]
    if not CODE.fullmatch(code):
        raise BadReply("A name has 1 to 40 small letters, digits and hyphens, as in on-its-way.")
    if own not in text:
        raise BadReply(f"Write it in {own!r}, the city's own language: it stands in for every other.")
    for language, words in text.items():
        if problem := _problem(words):
            raise BadReply(f"In {language!r}: {problem}")


def _problem(words: str) -> str:
    """Return why a text can't be sent; "": it can."""
    known = "|".join(PLACEHOLDERS)
    if stray := re.search(r"\{[^{}]*\}|[{}]", re.sub(rf"\{{(?:{known})\}}", "", words)):
        named = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
        return f"{stray.group()} is no placeholder. Known: {named}."
    if len(words) > LONGEST:
        return f"{len(words)} characters; {LONGEST} at most, two texts."
    if strange := "".join(sign for sign in unaccented(words) if not is_gsm7(sign) and not sign.isalpha()):
        return f"{strange!r} is not in the alphabet of SMS: it would double the price."
    return ""
