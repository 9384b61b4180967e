"""What a turn does beside speaking and filing: to cases, to the thread, to what we learn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class AddToRequest:
    """Add words and photos to a case already filed."""

    service_request_id: str
    note: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reopen:
    """The resident says the work is not done, and may show it."""

    service_request_id: str
    note: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a resident thinks of work that we said is done."""

    service_request_id: str
    verdict: Literal["content", "not_fixed", "complained"]


@dataclass(frozen=True, kw_only=True)
class Follow:
    """Let them follow somebody else's case, and add what they said and showed to it."""

    service_request_id: str
    note: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mute:
    """Tell them no more of this case, but for what they ask."""

    service_request_id: str


@dataclass(frozen=True, kw_only=True)
class Unmute:
    """Tell them of this case again."""

    service_request_id: str


@dataclass(frozen=True, kw_only=True)
class Erase:
    """Delete what we hold of this contact; their cases stay, without them."""


@dataclass(frozen=True, kw_only=True)
class HandOff:
    """A person takes over from here. Reasons: asked, unsure, error, incomplete, reopen."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Alert:
    """Staff must see this conversation now. Kinds: emergency, urgent."""

    kind: Literal["emergency", "urgent"]


@dataclass(frozen=True, kw_only=True)
class Speak:
    """From now on the bot speaks this language with the resident."""

    language: str


@dataclass(frozen=True, kw_only=True)
class Misheard:
    """The ear was unsure or wrong: kept, so that people can teach it.

    `heard` and `meant` are service codes or intents; `meant` is "" where nobody knows.
    """

    text: str
    heard: str
    confidence: float
    meant: str = ""
