"""What is understood by exact rule, outside any model: commands, choices, yes and no, corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nlu.interpreter import PlaceMention
from nlu.street_words import words_of

Polarity = Literal["yes", "no"]
Wrong = Literal["place", "service", "photo"]

# Whole messages, in lower case and without the signs at their ends, a comma between them.
COMMANDS = {
    "affirm": "yes,y,yep,yeah,yea,yup,ya,yess,yes please,ok,okay,k,kk,sure,correct,right,thats right,"
    "that is right,thats correct,that is correct,its right,looks good,send it,go ahead,confirm,confirmed,si,"
    "agreed,i agree,accept,i accept,approved,absolutely,definitely,of course,exactly,alright,sounds good,"
    "perfect,you got it,true,sí,👍,👌,✅,✔,🆗",
    "deny": "no,n,nope,nah,no thanks,no thank you,not right,wrong,incorrect,not really,no way,negative,false,"
    "disagree,i disagree,decline,i decline,invalid,never,👎,❌",
    "skip": "skip,skip it,skip this,pass",
    "never_mind": "never mind,nevermind,nvm,forget it",
    "start_over": "start over,restart,start again,startover,reset",
    "help": "help,?,??,info",
    "status": "status,check status,my status",
    "human": "agent,human,person,real person,operator,representative,talk to a person",
    "not_fixed": "not fixed,notfixed,not fixed yet,still not fixed",
    "follow": "follow",
}
BY_TEXT = {text: intent for intent, texts in COMMANDS.items() for text in texts.split(",")}
STATUS_OF = re.compile(r"status\s+(?:of\s+)?#?(?:[a-z]{1,4}-)?\d+")

RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: n for words in (RANKS, CARDINALS) for n, word in enumerate(words, start=1)} | {
    f"{n}{end}": n for n, end in ((1, "st"), (2, "nd"), (3, "rd"), *((n, "th") for n in range(4, 11)))
}
_SAID_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
CHOICE = re.compile(
    rf"""(?:(?:it'?s|its|i\ pick|i\ choose|pick|choose|maybe|probably|i\ think|definitely)\s+)?
    (?:the\s+)? (?:(?:\#|no\.?|number|option|choice|answer)\s*)?
    (?P<number>\d{{1,2}}|{_SAID_NUMBER}) \s*(?:one|option|choice)?\s*(?:please|pls)?""",
    re.VERBOSE,
)

YES = re.compile(r"\s*(?:yes|yep|yeah|yea|yup|ok|okay|sure|correct|si|sí|👍)(?:[\s,.!:;-]+|$)", re.IGNORECASE)
NO = re.compile(r"\s*(?:no|nope|nah|👎)(?P<pause>\s*[,.!:;-]+\s*|\s+)", re.IGNORECASE)
# "no water since six" is no answer; "no its 6th street" is
AFTER_A_NO = re.compile(
    r"(?:it'?s|it is|that'?s|that is|this is|not|wrong|i|i'm|im|we|sorry|actually|the|at|on|try|should|please|"
    r"thank\w*|there'?s|there is|there are|he|she|they|you|my|but|wait|nope|across|near|in|by|\d+)\b",
    re.IGNORECASE,
)
# "that isn't right": no yes, whatever the model makes of "right"
DENIES = re.compile(
    r"(?:(?:no|nope|sorry)[\s,.]+)?(?:(?:that|it|this|these|all of that)(?:'?s|\s+is|\s+was|\s+are)?\s*)?"
    r"(?:not|isn'?t|wasn'?t|aren'?t)\s+(?:at all\s+|quite\s+|really\s+)?"
    r"(?:right|correct|true|it|accurate|what i (?:said|meant|want|wanted|wrote)|the one|mine)[\s.!]*",
    re.IGNORECASE,
)
NEGATES = re.compile(
    r"\b(?:no|not|never|\w+n'?t|nothing|wrong|bad|badly|false|incorrect|invalid)\b", re.IGNORECASE
)
# "the graffiti is still there": of a case that was closed, it is not fixed
STILL = re.compile(
    r"\bstill\s+(?:there|here|the same|not|broken|out|dark|leaking|blocked|isn'?t|hasn'?t)\b", re.IGNORECASE
)
RELENTS = re.compile(r"\b(?:but|wait|except|actually|however|wrong|not)\b", re.IGNORECASE)
NOTHING_MORE = re.compile(
    r"(?:please|pls|thanks?|thank you|thx|that(?:'?s| is) (?:right|it|correct|the one|fine)|"
    r"it is|you can|i do|i am|correct|right|yes|do it|send it|go ahead|sir|ma'?am|sure|[\W_])*",
    re.IGNORECASE,
)

_PLACE = r"(?:address|location|place|street|spot|corner|pin|intersection|block|road|house number|number)"
_SERVICE = r"(?:type|category|problem|issue|service|department|thing|kind|report|request)"
_PHOTO = r"(?:photo|photos|picture|pictures|pic|pics|image)"
_SAID = r"(?:wrong|incorrect|mistaken|bad)"
_NAMES: dict[Wrong, str] = {"place": _PLACE, "service": _SERVICE, "photo": _PHOTO}
WRONG: dict[Wrong, re.Pattern[str]] = {
    what: re.compile(
        rf"""\b{_SAID}\ {words}\b
        | \b{words}\ (?:is|was|isn'?t|are|were)\ (?:all\ |the\ |totally\ |not\ |)?(?:{_SAID}|right|correct)\b
        | \b(?:change|fix|correct|edit|update)\ (?:the\ |my\ |that\ )?{words}\b
        | \bnot\ (?:the|that|my|the\ right|the\ correct)\ {words}\b
        | ^\W*(?:change\ |fix\ )?(?:the\ |my\ )?{words}\W*$""",
        re.IGNORECASE | re.VERBOSE,
    )
    for what, words in _NAMES.items()
}
IS_RIGHT = re.compile(r"\b(?:is|was|are|were) (?:all |the )?(?:right|correct)\b", re.IGNORECASE)
WRONG_PLACE = re.compile(
    r"\b(?:not where|wrong side|isn'?t where|not there|not the right (?:place|spot)|not here)\b", re.IGNORECASE
)
NOT_A = re.compile(
    r"(?:^|[\s,;.])(?:not|isn'?t|wasn'?t|ain'?t)\s+(?:(?P<article>an?)\s|the\s|about\s(?:an?\s)?)?\s*"
    r"(?P<what>[^\W\d_]+(?:[ -][^\W\d_]+){0,2}?)\s*(?=$|[,.;!?]|\bbut\b|\bit'?s\b|\brather\b)",
    re.IGNORECASE,
)
NOT_A_THING = words_of(
    "emergency single one big good great problem joke question bot robot urgent sure fixed done "
    "working right correct yet here there true fair ok okay wrong mine now today again"
)

PLACE_FILLER = words_of(
    "at on in near the a it its it's is was by of corner and from between to across front my our "
    "address location place here right please around behind side north south east west next block "
    "just off opposite this that that's thats there happening happened outside inside street "
    "intersection i'm im am we're i mean meant try hi hello pls thanks ok about close sorry oops "
    "actually no yes wait should be not"
)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """How a message opens, and what it says after that."""

    polarity: Polarity | None
    rest: str


def command(text: str) -> str | None:
    """Return the intent of a message that is a command and nothing else."""
    plain = _plain(text)
    if DENIES.fullmatch(plain):
        return "deny"
    if STATUS_OF.fullmatch(plain):
        return "status"
    return BY_TEXT.get(plain)


def choice(text: str) -> int | None:
    """Return the number of a message that picks one: "2", "2.", "#2", "the second one"."""
    match = CHOICE.fullmatch(_plain(text).strip("#") or "-")
    if match is None or not match["number"]:
        return None
    word = match["number"]
    return NUMBERS.get(word) or int(word) or None


def opening(text: str) -> Opening:
    """Take "yes" or "no" off the front of a message that goes on; commands are not looked at."""
    if match := YES.match(text):
        rest = text[match.end() :]
        return Opening(polarity=None if RELENTS.search(rest) else "yes", rest=rest)
    match = NO.match(text)
    if match and (match["pause"].strip() or AFTER_A_NO.match(text[match.end() :])):
        return Opening(polarity="no", rest=text[match.end() :])
    return Opening(polarity=None, rest=text)


def says_no_more(rest: str) -> bool:
    """Tell whether nothing but politeness follows a yes or a no."""
    return NOTHING_MORE.fullmatch(rest) is not None


def wrong(text: str, places: Sequence[PlaceMention]) -> Wrong | None:
    """Return what the message says we had wrong, if it says so outright."""
    for what, pattern in WRONG.items():
        match = pattern.search(text)
        if match and not (IS_RIGHT.search(match[0]) and "not" not in match[0] and "n't" not in match[0]):
            return what
    denied = any(is_denied(text, place) for place in places)
    return "place" if denied or WRONG_PLACE.search(text) else None


def is_denied(text: str, place: PlaceMention) -> bool:
    """Tell whether the place is named only to say that it is not there: "not 5th, it's 6th"."""
    return (
        re.search(r"\bnot\s+(?:at|on|in|near)?\s*(?:the\s+)?$", text[: place.start], re.IGNORECASE) is not None
    )


def denied_thing(text: str) -> re.Match[str] | None:
    """Return the words that say what it is not: "not a pothole, a sinkhole"."""
    for match in NOT_A.finditer(text):
        if not NOT_A_THING & set(match["what"].lower().split()):
            return match
    return None


def is_only_a_place(text: str, places: Sequence[PlaceMention]) -> bool:
    """Tell whether a message names a place and says nothing else."""
    left, end = "", 0
    for place in places:
        left += text[end : place.start] + " "
        end = place.end
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", (left + text[end:]).lower().replace("’", "'"))
    return bool(places) and all(word in PLACE_FILLER for word in words)


def _plain(text: str) -> str:
    words = " ".join(text.lower().replace("’", "'").split()).strip(" .!,;:()\"'*-\ufe0f")
    return words if not words.startswith("that'") else words.replace("'", "", 1)
