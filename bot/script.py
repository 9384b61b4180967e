"""The lines of a conversation as text, which anybody can read and write.

`townline chat` plays what is typed, the tests play transcripts; both print the same lines:

    channel: sms
    resident> there's a huge pothole on my street      one or several at once
    resident 2> same here                               another one; what their phone shows is "bot 2> ..."
    resident> [photo pothole.jpg] with words           also [photos a.jpg b.jpg], [file notes.txt],
                                                        [photo pothole.jpg taken at 500 Main St] (Telegram
                                                        keeps a position only in a [file ...]),
                                                        [pin 500 Main St], [pin 41.6,-91.5], [press Yes]
                                                        [edit] new words, [block], [unblock], [form K=V ...],
                                                        [quote SR-10001] words: an answer to that message
    bot> Where is it? ...                               what the phone shows; buttons as [label]
    files> pothole_road_damage, 500 Main St, 1 photo -> streets, SR-10001
    adds> SR-10001, 1 photo
    staff> asked                                        a person is wanted, and why
    clock> 2 days                                       time passes
    city> completed: Filled by crew 7.                  of the latest case, or "SR-10002 completed: ...";
                                                        "completed [repaired]" is a reason by its code;
                                                        "clears the photos" for anybody to see
    agent> Hello, this is ...                           also [hand back]
    outage> geocoder | slow geocoder | provider         it fails from here on; "outage> over" ends it
    notice> water_leak in Downtown: text | es: texto    announced; "update: text", "over: text" tell it
    storm> on | off                                     storm mode
    suggests> SR-10001, 500 Main St                     what was found later for a place to be confirmed
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from webhooks.simulator.threads import Entry

PHONE = 5550142
CHAT = 142

RESIDENT, STAGE = "resident", ("clock", "city", "agent", "outage", "notice", "storm")
LINE = re.compile(
    r"^(resident|bot|carrier|files|adds|staff|suggests|clock|city|agent|outage|notice|storm)"
    r"(?: ([2-9]))?> ?(.*)$"
)
REASON = re.compile(r"^(.*?) ?(?:\[(\w+)\])?$")
PAGE = re.compile(r"/r/[\w-]{22}")  # a case's page has another address every time it is played
SPAN = re.compile(r"^(\d+) (second|minute|hour|day)s?$")


class ScriptError(Exception):
    """A line of a transcript that can't be played; the message names it."""


def read(line: str, number: int) -> tuple[str, int, str]:
    """Return who speaks, which of them, and what; ("", ...) for comments, headings and blank lines."""
    found = LINE.match(line)
    if found:
        return found.group(1), int(found.group(2) or 1), found.group(3)
    if line.startswith("    "):
        return "bot", 1, line  # goes on with the message above
    if line.strip() and not line.startswith(("#", "channel:")):
        raise ScriptError(f"line {number}: nobody speaks here: {line!r}")
    return "", 1, line


def phone_of(who: int) -> str:
    return f"+1{PHONE + who - 1}"


def as_lines(entry: Entry, who: int) -> Iterator[str]:
    first, *rest = PAGE.sub("/r/TOKEN", entry.text).split("\n")
    yield f"{entry.author}{f' {who}' if who > 1 else ''}> {first}"
    yield from (f"    {line}" for line in rest)
    yield from ("    [photo]" for _ in entry.photos)
    for row in (*entry.buttons, *entry.keyboard):
        yield "    " + " ".join(f"[{button.label}]" for button in row)


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
