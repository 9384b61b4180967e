"""The bell of one process: rings wait for their moment, threads answer them, and nothing ends the threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from servers import PHONE, Office, OpenOffice, statements, wait_until

from bot.database import Database
from bot.embedded import EmbeddedLoop, Timers
from nlu.interpreter import Interpreter, Understanding


def rung(timers: Timers) -> list[tuple[str, str]]:
    """Return what is due now."""
    return list(iter(lambda: timers.next(0), None))


def test_rings_come_in_the_order_of_their_moment() -> None:
    timers = Timers()
    timers.add("deliver", "later", 3600)
    timers.add("deliver", "second", 0)
    timers.add("deliver", "first", -1)  # no ring is in the past
    assert rung(timers) == [("deliver", "second"), ("deliver", "first")]
    assert timers.next(0.01) is None


def test_the_same_ring_waits_once_at_its_earliest() -> None:
    timers = Timers()
    timers.add("deliver", "1", 3600)
    timers.add("deliver", "1", 0)
    timers.add("deliver", "1", 0)
    timers.add("deliver", "1", 60)
    timers.add("take_turns", "1", 0)
    assert rung(timers) == [("deliver", "1"), ("take_turns", "1")]
    timers.add("deliver", "1", 0)  # once it has come, it may come again
    assert rung(timers) == [("deliver", "1")]


@pytest.fixture
def loop() -> Iterator[EmbeddedLoop]:
    loop = EmbeddedLoop()
    yield loop
    loop.stop()


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database, loop: EmbeddedLoop) -> Office:
    return open_office(sqlite, bell=loop)


def test_messages_are_answered_in_the_process_itself(desk: Office, loop: EmbeddedLoop) -> None:
    loop.start(desk.town)
    desk.says("pothole at 500 main st")
    desk.simulator.wait_for_reply(PHONE, containing="500 Main St")
    desk.says("yes")
    desk.simulator.wait_for_reply(PHONE, containing="SR-10001")
    mail = desk.town.config.photos.parent / "mail"
    wait_until(lambda: list(mail.glob("*.eml")), "the department is told")


def test_what_an_earlier_run_left_lying_is_swept_up(desk: Office, loop: EmbeddedLoop) -> None:
    desk.says("help")  # and the process ends before it is answered
    again = EmbeddedLoop()
    again.start(replace(desk.town, bell=again))
    desk.simulator.wait_for_reply(PHONE, containing="STATUS")
    again.stop()


def test_no_job_ends_a_thread(desk: Office, caplog: pytest.LogCaptureFixture) -> None:
    loop = EmbeddedLoop(threads=1)
    loop.start(desk.town)
    for broken in ("neither", "nor"):
        loop.ring("take_turns", broken)
    wait_until(lambda: caplog.text.count("failed:") == 2, "both have failed")
    desk.says("help")
    loop.ring("take_turns", "1")
    wait_until(lambda: desk.messages("bot"), "the only thread answers")
    loop.stop()
    assert "take_turns nor failed: ValueError in _take_turns" in caplog.text


RESIDENTS = [f"+1555011{number}" for number in range(5)]


def test_turns_that_are_due_together_share_a_transaction(desk: Office, loop: EmbeddedLoop) -> None:
    for resident in RESIDENTS:
        desk.says("help", by=resident)
    with statements(desk.town.database) as sent:
        loop.start(desk.town, sweeping=False)
        for resident in RESIDENTS:
            desk.simulator.wait_for_reply(resident, containing="STATUS")
    # Of the two threads that take turns one has had a single one in hand, at most.
    assert sum("UPDATE messages SET language" in statement for statement in sent) in (1, 2)


class Stuck:
    """An ear that listens to "pothole" for as long as nobody lets it go on."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter, self.began, self.released = interpreter, threading.Event(), threading.Event()

    def understand(self, text: str, language: str | None = None) -> Understanding:
        if "pothole" in text:
            self.began.set()
            self.released.wait(60)
        return self.interpreter.understand(text, language)


def test_a_turn_that_is_stuck_keeps_others_waiting_for_a_second_only(desk: Office, loop: EmbeddedLoop) -> None:
    ear = Stuck(desk.town.interpreter)
    loop.start(replace(desk.town, interpreter=ear), sweeping=False)
    desk.says("pothole at 500 main st")
    assert ear.began.wait(60)
    desk.says("help", by=RESIDENTS[0])
    desk.simulator.wait_for_reply(RESIDENTS[0], containing="STATUS")
    assert not desk.heard()
    ear.released.set()
    desk.simulator.wait_for_reply(PHONE, containing="500 Main St")
