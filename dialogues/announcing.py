"""What the city has to say to a report before it is read back: a notice that covers it, a storm that lasts."""

from __future__ import annotations

from dataclasses import replace

from dialogues import slots
from dialogues.announcements import Notice, Storm, Worded
from dialogues.types import Draft, Heard, Option, Param, Say, State

REPORT = "notice:report"
FOLLOW = "notice:follow:"
KEEP = "storm:keep"


def announced(state: State, heard: Heard) -> tuple[State, Say] | None:
    """Return what a report is told before anything is asked, and the state awaiting the answer; None: nothing.

    Whether anybody is in danger is asked before all else.
    """
    draft = state.draft
    if draft is None or not draft.service_code or state.awaiting == "danger":
        return None
    for notice in heard.notices:
        if notice.notice_id not in state.notices_told and any(covered(notice, draft)):
            return _offer(state, notice)
    if heard.storm and all(waits(part, draft, heard.storm) for part in slots.parts(draft)):
        return _can_wait(state, heard.storm)
    return None


def covered(notice: Notice, draft: Draft) -> list[bool]:
    """Tell of each problem of a report whether a notice speaks of it: only a place on the map can be."""
    return [_covers(notice, replace(part, place=part.place or draft.place)) for part in slots.parts(draft)]


def _covers(notice: Notice, part: Draft) -> bool:
    place = part.place
    if place is None or place.lat is None or place.long is None or slots.needs_closer(place):
        return False
    return notice.covers(part.service_code, place.lat, place.long)


def _offer(state: State, notice: Notice) -> tuple[State, Say]:
    """Offer to follow a notice; who follows it already is told how it stands."""
    told = replace(state, notices_told=(*state.notices_told, notice.notice_id), awaiting="notice")
    report = Option(label="option_report", value=REPORT, quiet=True)
    follow = Option(label="option_follow", value=f"{FOLLOW}{notice.notice_id}", quiet=True)
    params: dict[str, Param] = {"notice": Worded(text=notice.text)}
    if notice.followed and not notice.muted:
        return told, Say(sentence="notice_again", params=params, options=(report,), prompt=True)
    return told, Say(sentence="notice_offer", params=params, options=(follow, report), prompt=True)


def waits(part: Draft, whole: Draft, storm: Storm) -> bool:
    """Tell whether one of the problems of a report can wait, and nobody has agreed to that yet."""
    return part.service_code not in storm.services and not whole.urgent and not part.later


def _can_wait(state: State, storm: Storm) -> tuple[State, Say]:
    keep = Option(label="option_keep_later", value=KEEP, quiet=True)
    say = Say(sentence="storm_wait", params={"stop": storm.say}, options=(keep,), prompt=True)
    return replace(state, awaiting="storm"), say
