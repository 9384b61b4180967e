"""What the city announced, as the talk needs it: notices for an area, and the shorter list of a storm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Worded:
    """Words that staff wrote, by language; where the resident's is not among them, the city's own is said."""

    text: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice that holds now: what is known, and until when (aware, in UTC).

    `covers` tells whether a problem of a service_code at a latitude and longitude is what it speaks of; it is
    pure. `followed`: this thread gets its updates, unless `muted`.
    """

    notice_id: int
    text: Mapping[str, str]
    expires: datetime
    covers: Callable[[str, float, float], bool] = field(compare=False, repr=False)
    followed: bool = False
    muted: bool = False


@dataclass(frozen=True, kw_only=True)
class Storm:
    """While a storm lasts only these services are taken at once; `say` is what the others are told first."""

    services: frozenset[str]
    say: str


@dataclass(frozen=True, kw_only=True)
class FollowNotice:
    """This thread gets every update of a notice from now on."""

    notice_id: int


@dataclass(frozen=True, kw_only=True)
class MuteNotice:
    """This thread gets no more updates of a notice, but when it asks."""

    notice_id: int
