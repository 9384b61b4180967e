"""What has to be done: the functions that RQ's workers and the embedded loop run alike.

The database is the letterbox, the queue only the doorbell: a job carries an id and nothing else, and
`sweep` rings again for everything that is still lying there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence

from bot import (
    area_notices,
    clock_jumps,
    conversations,
    deadlines,
    delivery,
    external_updates,
    locating,
    meters,
    notice_delivery,
    outbox,
    photos,
    privacy,
    retention,
    service_requests,
)
from bot.database import AWAY
from bot.journal import about, fault
from bot.town import Job, Town

log = logging.getLogger(__name__)

TOGETHER = 16
"""Turns that share a transaction, at most."""


def _take_turns(town: Town, subject: str) -> None:
    conversations.take_turns(town, int(subject))


def _fetch_photo(town: Town, subject: str) -> None:
    photo = photos.fetch(town, int(subject), service_requests.photo_settled)
    if photo.state == "kept" and photo.service_request_id is not None:
        with town.database.read() as session:
            outbox.ring_for(town, session)


def _deliver(town: Town, destination: str) -> None:
    to_resident = outbox.conversation_of(destination) is not None
    (delivery if to_resident else notice_delivery).deliver(town, destination)


def _mark(town: Town, _: str) -> None:
    delivery.mark_sent(town)


JOBS: Mapping[Job, Callable[[Town, str], None]] = {
    "take_turns": _take_turns,
    "deliver": _deliver,
    "mark": _mark,
    "fetch_photo": _fetch_photo,
    "poll": external_updates.poll,
}


def run(town: Town, job: Job, subject: str) -> None:
    """Do one job; never raises: one that fails must not end its worker, and the sweeper rings again."""
    with about(_conversation(job, subject)):
        try:
            JOBS[job](town, subject)
            meters.job(job, "done")
        except AWAY as error:
            log.warning("%s %s put off: the database does not answer (%s)", job, subject, type(error).__name__)
            meters.job(job, "put_off")
        except Exception as error:  # noqa: BLE001  (see above)
            fault(log, error, "%s %s failed", job, subject)
            meters.job(job, "failed")


def take_turns(town: Town, conversation_ids: Sequence[str]) -> None:
    """Take the turns of several conversations, together where it goes; never raises, as `run`."""
    alone: Collection[str] = conversation_ids
    if len(conversation_ids) > 1:
        try:
            apart = conversations.take_together(town, map(int, conversation_ids))
            alone = [each for each in conversation_ids if int(each) in apart]
        except Exception as error:  # noqa: BLE001  (whatever it is, each by itself tells)
            log.warning("turns are taken one by one: %s", type(error).__name__)
    for _ in range(len(conversation_ids) - len(alone)):
        meters.job("take_turns", "done")
    for each in alone:
        run(town, "take_turns", each)


def _conversation(job: Job, subject: str) -> int | None:
    """Return the conversation that a job is about, where its subject says so."""
    if job == "take_turns" and subject.isdecimal():
        return int(subject)
    return outbox.conversation_of(subject) if job == "deliver" else None


def sweep(town: Town) -> None:
    """Ring for everything that waits: unread messages, due sends, pictures, systems to ask. Tell departments of
    deadlines and followers what broke off; give up stale drafts, close what got no answer, forget who asked for
    it and, once a night, what is too old; look for places again, drop old ones."""
    clock_jumps.set_right(town)
    for conversation_id in conversations.answering(town):
        town.bell.ring("take_turns", str(conversation_id))
    with town.database.read() as session:
        outbox.ring_for(town, session)
    for photo_id in photos.due(town):
        town.bell.ring("fetch_photo", str(photo_id))
    for department in external_updates.due(town):
        town.bell.ring("poll", department)
    conversations.give_up_drafts(town)
    service_requests.close_unanswered(town)
    area_notices.tell_rest(town)
    privacy.forget(town)
    retention.nightly(town)
    locating.look_again(town)
    deadlines.alert(town)
    town.places.prune(town.now())
