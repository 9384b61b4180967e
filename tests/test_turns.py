"""Turns: every message answered once and in order, whoever races, breaks or is away."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from servers import (
    CHAT,
    KEYS,
    PHONE,
    PUBLIC,
    Office,
    OpenOffice,
    administer,
    postgres_copy,
    statements,
    wait_until,
)
from sqlalchemy import event, make_url, select

from bot import conversations, delivery, jobs, limits, ownership
from bot.bench.deployment import free_port
from bot.conversation_rules import Conversation as Timing
from bot.database import Database, open_database
from bot.entries import CLAIM, Hand
from bot.models import Contact, Conversation, Quarantined
from bot.receiving import receive
from bot.town import Town
from nlu.interpreter import Interpreter, Understanding
from webhooks.channel import Inbound
from webhooks.simulator import WebhookFailed
from webhooks.simulator.calling import AppAddress
from webhooks.simulator.twilio_webhooks import TwilioWebhooks

# What can be asked over and over, each with an answer of its own.
SMALL_TALK = ("help", "hello", "are you a robot?", "thanks", "hello", "help")
WORKERS = 4


@pytest.fixture(autouse=True)
def discreet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that a resident wrote or is called reaches a log, whatever happens in these tests."""
    for part in ("bot", "dialogues", "nlu", "webhooks"):
        caplog.set_level(logging.DEBUG, logger=part)
    yield
    for personal in (
        PHONE,
        PHONE.lstrip("+"),
        f"telegram:{CHAT}",
        "500 Main",
        "500 main",
        "pothole",
        "abracadabra",
    ):
        assert personal not in caplog.text


@dataclass
class Ear:
    """An interpreter that does something to whoever listens, and then understands as always."""

    interpreter: Interpreter
    before: Callable[[str], object]

    def understand(self, text: str, language: str | None = None) -> Understanding:
        self.before(text)
        return self.interpreter.understand(text, language)


def with_ear(office: Office, before: Callable[[str], object]) -> Office:
    return replace(office, town=replace(office.town, interpreter=Ear(office.town.interpreter, before)))


def the_conversation(office: Office) -> Conversation:
    with office.town.database.read() as session:
        return session.scalars(select(Conversation)).one()


def unread(office: Office) -> list[str]:
    return [message.text for message in office.messages("resident") if message.read_at is None]


def post(office: Office, sid: str, text: str) -> None:
    """Deliver a text as Twilio does, under a MessageSid of our choice."""
    form = {"MessageSid": sid, "From": PHONE, "To": "+15550100", "Body": text, "NumMedia": "0"}
    webhooks = TwilioWebhooks(AppAddress(office.url, PUBLIC), "AC" + "0" * 32, "simulated-auth-token")
    webhooks.post(f"{PUBLIC}/webhooks/twilio", form)


def at_once(*calls: Callable[[], object]) -> None:
    """Make all these calls at the same time; raises what any of them raised."""
    gate = threading.Barrier(len(calls))

    def start(call: Callable[[], object]) -> None:
        gate.wait()
        call()

    with ThreadPoolExecutor(len(calls)) as pool:
        list(pool.map(start, calls))


# Receiving ------------------------------------------------------------------------------------------


def test_one_webhook_three_times_is_one_message_and_one_answer(office: Office) -> None:
    at_once(*[partial(post, office, "SM1", "help")] * 3)
    office.bustle()
    post(office, "SM1", "help")  # and once more after it was answered
    office.bustle()
    assert len(office.messages("resident")) == 1
    assert len(office.heard()) == 1


def test_first_messages_of_a_newcomer_at_once_make_one_thread(office: Office) -> None:
    at_once(*[partial(post, office, f"SM{n}", "hello") for n in range(WORKERS)])
    with office.town.database.read() as session:
        assert len(session.scalars(select(Contact)).all()) == 1
    assert len(office.messages("resident")) == WORKERS
    office.bustle()
    assert unread(office) == []
    assert len(office.heard()) == 1


@pytest.mark.parametrize("text", ["", "   ", "\N{PILE OF POO}" * 1600, "help\0 me\0", "\0", "a" * 1600])
def test_whatever_is_texted_is_answered(office: Office, text: str) -> None:
    office.says(text)
    office.bustle()
    assert unread(office) == []
    assert len(office.heard()) == 1
    assert the_conversation(office).owner == "bot"


def test_what_nobody_can_read_is_kept_aside_once(office: Office) -> None:
    office.simulator.telegram_delivery.duplicates = 2
    office.simulator.update("message", {"text": "from nowhere"}, CHAT)
    with office.town.database.read() as session:
        assert len(session.scalars(select(Quarantined)).all()) == 1
    assert office.simulator.pending_updates == 0
    office.says("help", by=CHAT)  # and Telegram goes on with the chat
    office.bustle()
    assert len(office.heard(CHAT)) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_provider_is_asked_to_come_back_when_the_database_is_away(
    kind: str, sqlite: Database, open_office: OpenOffice, tmp_path: Path
) -> None:
    office = open_office(sqlite)
    url = {
        "sqlite": f"sqlite:///{tmp_path}",  # a folder
        "postgresql": f"postgresql+psycopg://townline@127.0.0.1:{free_port()}/townline",
    }[kind]
    away = open_database(url, KEYS)
    office = open_office(away)
    with pytest.raises(WebhookFailed) as failure:
        office.says("pothole at 500 main st")
    assert failure.value.status == 503
    office.simulator.telegram(CHAT, "pothole at 500 main st", wait=False)
    wait_until(lambda: office.simulator.pending_updates, "the update waits at Telegram")
    away.close()


def test_a_database_that_restarts_costs_no_message(
    postgres_url: str, postgres_city: str, open_office: OpenOffice, caplog: pytest.LogCaptureFixture
) -> None:
    with postgres_copy(postgres_url, postgres_city) as url:
        database, name = open_database(url, KEYS), make_url(url).database
        office = open_office(database)
        office.says("hello")
        office.bustle()
        administer(postgres_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        administer(
            postgres_url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        with pytest.raises(WebhookFailed) as failure:
            office.says("help")
        assert failure.value.status == 503
        jobs.run(office.town, "take_turns", "1")  # the worker lives on
        assert "take_turns 1 put off: the database does not answer" in caplog.text
        administer(postgres_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        office.says("help")
        office.bustle()
        assert len(office.heard()) == 2
        database.close()


# Racing ---------------------------------------------------------------------------------------------
#
# Two guards in `conversations._turns` keep these tests green: the conversation's version, and the look
# whether the messages are still unread. Taken out by hand, both: the first test has as many answers as
# workers, on either database. The version alone, out: the same on PostgreSQL, while SQLite's one writer
# at a time makes the second look enough. The second look alone, out: green, since `_unread` reads the
# version before the messages and whoever reads a message late has an old version; it stays as the guard
# that does not depend on the order of two lines.


def test_all_hear_the_same_message_and_one_answers(office: Office) -> None:
    together = threading.Barrier(WORKERS)
    racing = with_ear(office, lambda text: together.wait(timeout=20))
    for count, text in enumerate(SMALL_TALK[:3], start=1):
        office.says(text)
        take_turns = partial(conversations.take_turns, racing.town, the_conversation(office).id)
        at_once(*[take_turns] * WORKERS)
        assert len(office.messages("bot")) == count
    assert unread(office) == []


def test_racing_workers_answer_each_message_once_and_in_order(office: Office) -> None:
    for text in SMALL_TALK:  # how it goes with nobody racing
        office.says(text, by="+15550143")
        office.bustle()
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            for waiting in conversations.answering(office.town):
                conversations.take_turns(office.town, waiting)

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for text in SMALL_TALK:
        office.says(text)
        wait_until(lambda: not unread(office), "the message is answered")
    done.set()
    for worker in workers:
        worker.join()
    office.bustle()
    assert office.heard(PHONE) == office.heard("+15550143")


def test_a_burst_from_many_residents_is_answered_once_each(office: Office) -> None:
    chats = range(200, 206)
    for chat in chats:
        office.says("help", "hello", "help", by=chat)
    everybody = conversations.answering(office.town)
    at_once(*[partial(conversations.take_turns, office.town, each) for each in everybody] * 2)
    office.bustle()
    assert unread(office) == []
    assert {len(office.heard(chat)) for chat in chats} == {1}


def test_a_worker_that_comes_late_is_refused_and_looks_again(office: Office) -> None:
    listening, go_on = threading.Event(), threading.Event()

    def dawdle(text: str) -> None:
        listening.set()
        go_on.wait(timeout=20)

    late = with_ear(office, dawdle)
    office.says("help")
    conversation = the_conversation(office).id
    worker = threading.Thread(target=conversations.take_turns, args=(late.town, conversation))
    worker.start()
    listening.wait(timeout=20)
    conversations.take_turns(office.town, conversation)  # another is quicker
    office.says("are you a robot?")  # and while the first still listens, there is more
    go_on.set()
    worker.join()
    assert unread(office) == []
    answers = [message.text for message in office.messages("bot")]
    assert len(answers) == 2
    assert "automated" in answers[1]


# Breaking -------------------------------------------------------------------------------------------


@dataclass
class Poison:
    """Makes any turn fail that hears the word; the error quotes the resident, as errors do."""

    taken: list[str] = field(default_factory=list)

    def __call__(self, text: str) -> None:
        if "abracadabra" in text:
            self.taken.append(text)
            raise RuntimeError(text)


def test_a_turn_that_fails_three_times_goes_to_a_person(office: Office) -> None:
    poison = Poison()
    office = with_ear(office, poison)
    office.says("abracadabra")
    office.bustle(60)
    assert len(poison.taken) == 3
    conversation = the_conversation(office)
    assert (conversation.owner, conversation.waiting_reason) == ("agent", "error")
    assert conversation.waiting_since is not None
    (apology,) = office.heard()
    assert "went wrong" in apology
    assert office.messages("resident")[0].set_aside_at is not None


def test_a_poisoned_message_does_not_block_its_thread(office: Office) -> None:
    office = with_ear(office, Poison())
    office.says("help", "abracadabra", "hello")
    office.bustle(60)
    assert unread(office) == []
    assert [message.set_aside_at is None for message in office.messages("resident")] == [True, False, True]
    help_text, apology = office.heard()
    assert "STATUS" in help_text
    assert "went wrong" in apology
    ownership.hand_back(office.town, the_conversation(office).id)
    office.says("are you a robot?")
    office.bustle()
    assert "automated" in office.heard()[-1]


def test_a_turn_that_fails_once_is_taken_again(office: Office) -> None:
    failures = iter([True])

    def stumble(text: str) -> None:
        with suppress(StopIteration):
            if next(failures):
                raise RuntimeError(text)

    office = with_ear(office, stumble)
    office.says("pothole at 500 main st")
    office.bustle(60)
    assert len(office.heard()) == 1
    assert the_conversation(office).owner == "bot"


# Several at once -------------------------------------------------------------------------------------

CHATS = (200, 201, 202)


def commits(office: Office) -> list[object]:
    """Return a list that grows by one with each transaction that is committed from now on."""
    made: list[object] = []
    event.listen(office.town.database.engine, "commit", made.append)
    return made


def test_several_residents_are_answered_in_one_transaction(office: Office) -> None:
    for chat, text in zip(CHATS, ("help", "are you a robot?", "pothole at 500 main st"), strict=True):
        office.says(text, by=chat)
    made = commits(office)
    jobs.take_turns(office.town, [str(each) for each in conversations.answering(office.town)])
    assert len(made) == 1
    office.bustle()
    heard = [office.heard(chat) for chat in CHATS]
    assert [len(each) for each in heard] == [1, 1, 1]
    for (said,), words in zip(heard, ("STATUS", "automated", "500 Main St"), strict=True):
        assert words in said
    assert unread(office) == []


def test_one_that_breaks_among_several_costs_the_others_nothing(office: Office) -> None:
    office = with_ear(office, Poison())
    for chat, text in zip(CHATS, ("help", "abracadabra", "hello"), strict=True):
        office.says(text, by=chat)
    everybody = [str(each) for each in conversations.answering(office.town)]
    jobs.take_turns(office.town, everybody)
    assert unread(office) == ["abracadabra"]
    jobs.take_turns(office.town, everybody)  # nor does it break what they say next
    office.bustle(60)
    assert [len(office.heard(chat)) for chat in CHATS] == [1, 1, 1]
    assert "went wrong" in office.heard(CHATS[1])[0]


def test_one_that_somebody_was_quicker_to_answer_costs_the_others_nothing(office: Office) -> None:
    for chat in CHATS:
        office.says("help", by=chat)
    everybody = conversations.answering(office.town)
    quicker = iter([partial(conversations.take_turns, office.town, everybody[-1])])
    late = with_ear(office, lambda text: next(quicker, str)())
    jobs.take_turns(late.town, [str(each) for each in everybody])
    office.bustle()
    assert [len(office.heard(chat)) for chat in CHATS] == [1, 1, 1]


def test_workers_with_the_same_several_answer_each_once(office: Office) -> None:
    for chat in CHATS:
        office.says("help", by=chat)
    everybody = [str(each) for each in conversations.answering(office.town)]
    orders = (everybody, everybody[::-1], everybody[1:] + everybody[:1])
    at_once(*[partial(jobs.take_turns, office.town, each) for each in orders])
    office.bustle()
    assert [len(office.heard(chat)) for chat in CHATS] == [1, 1, 1]
    assert unread(office) == []


def test_who_is_blocked_gets_no_answer_among_several_either(office: Office) -> None:
    for chat in CHATS:
        office.says("help", by=chat)
    limits.block(office.town, f"telegram:{CHATS[0]}", lambda session, contact: None)
    jobs.take_turns(office.town, [str(each) for each in conversations.answering(office.town)])
    office.bustle()
    assert [len(office.heard(chat)) for chat in CHATS] == [0, 1, 1]
    assert unread(office) == []


# A worker sends what its turns posted ---------------------------------------------------------------


def take_by_worker(office: Office) -> Town:
    """Have a process that sends what it posts answer what came in; returns the process."""
    worker = replace(office.town, hand=Hand())
    for waiting in conversations.answering(office.town):
        conversations.take_turns(worker, waiting)
    return worker


def test_a_worker_sends_what_its_turns_posted_without_asking_and_marks_it_together(office: Office) -> None:
    chats = (200, 201, 202)
    for chat in chats:
        office.says("help", by=chat)
    worker = take_by_worker(office)
    assert worker.hand
    destinations = list(worker.hand.claimed)
    for destination in destinations:
        delivery.deliver(office.town, destination)  # nobody else sends it
    office.simulator.settle()
    assert [office.heard(chat) for chat in chats] == [[], [], []]
    with statements(office.town.database) as asked:
        for destination in destinations:
            delivery.deliver(worker, destination)
    assert asked == []
    with statements(office.town.database) as asked:
        delivery.mark_sent(worker)
    close, note, look_behind = (each for each in asked if each != "BEGIN")
    assert close.startswith("UPDATE outbox SET")
    assert note.startswith("UPDATE messages SET")
    assert "SELECT DISTINCT outbox.destination" in look_behind
    office.bustle()
    assert [len(office.heard(chat)) for chat in chats] == [1, 1, 1]
    assert {message.state for message in office.messages("bot")} == {"queued"}


def test_what_a_worker_had_in_hand_when_it_died_is_sent_once_its_claim_expires(office: Office) -> None:
    office.says("help")
    take_by_worker(office)
    office.bell.rings.clear()  # they died with it
    jobs.sweep(office.town)
    office.bustle()
    assert office.heard() == []
    office.clock.pass_by(CLAIM.total_seconds())
    jobs.sweep(office.town)
    office.bustle()
    assert len(office.heard()) == 1


def test_a_worker_answers_behind_what_waits_already(office: Office) -> None:
    office.says("help")
    conversations.take_turns(office.town, the_conversation(office).id)
    office.says("are you a robot?")
    worker = take_by_worker(office)
    assert worker.hand
    assert worker.hand.claimed == {}
    office.bustle()
    assert len(office.heard()) == 2
    assert "automated" in office.heard()[1]


# Agents and drafts ----------------------------------------------------------------------------------


def test_the_bot_is_mute_while_an_agent_has_the_thread(office: Office) -> None:
    office.says("hello")
    office.bustle()
    conversation = the_conversation(office).id
    ownership.reply(office.town, conversation, "This is Ana. How can I help?")
    office.says("pothole at 500 main st")
    office.bustle()
    assert unread(office) == []
    assert office.heard()[1:] == ["This is Ana. How can I help?"]
    ownership.hand_back(office.town, conversation)
    office.says("help")
    office.bustle()
    assert len(office.heard()) == 4


def test_a_report_left_half_way_goes_to_a_person_once(office: Office) -> None:
    office.says("pothole")
    office.bustle()
    assert conversations.give_up_drafts(office.town) == 0
    office.clock.pass_by(25 * 3600)
    jobs.sweep(office.town)
    assert conversations.give_up_drafts(office.town) == 0  # already done
    assert the_conversation(office).waiting_reason == "incomplete"
    office.says("500 main st")
    office.bustle()
    office.says("yes")
    office.bustle()
    conversation = the_conversation(office)
    assert (conversation.waiting_since, conversation.waiting_reason) == (None, "")


def test_nobody_gives_up_on_a_thread_that_an_agent_has(office: Office) -> None:
    office.says("pothole")
    office.bustle()
    ownership.reply(office.town, the_conversation(office).id, "Where is it?")
    office.clock.pass_by(25 * 3600)
    assert conversations.give_up_drafts(office.town) == 0


def test_the_sweep_finds_what_no_bell_told_of(office: Office) -> None:
    office.says("help")
    office.bell.rings.clear()  # as when the process died between commit and ring
    office.bustle()
    assert office.heard() == []
    jobs.sweep(office.town)
    office.bustle()
    assert len(office.heard()) == 1


# How long more is waited for -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "how", "seconds"),
    [
        ("pothole at 5 Elm", {}, 0.5),
        ("yes", {}, 0.0),
        ("thanks", {}, 0.0),
        ("hello", {}, 0.5),
        ("", {"pressed": True}, 0.0),
        ("yes", {"shows": True}, 0.5),
        ("yes", {"shows": True, "album": "7"}, 1.5),
    ],
)
def test_more_is_waited_for_but_after_what_says_all(text: str, how: dict[str, Any], seconds: float) -> None:
    asked = {"album": "", "shows": False, "pressed": False, **how}
    assert Timing().settles_after(text, **asked) == seconds


@dataclass
class Rings:
    """A bell that notes who is rung for, and when."""

    rung: list[tuple[str, float]] = field(default_factory=list)

    def ring(self, job: str, subject: str, after: float = 0.0) -> None:
        self.rung.append((job, after))


def test_a_yes_is_answered_at_once_and_a_report_when_it_is_quiet(office: Office) -> None:
    rings = Rings()
    rules = office.town.config.file.model_copy(update={"conversation": Timing()})
    town = replace(office.town, config=replace(office.town.config, file=rules), bell=rings)
    for number, text in enumerate(("pothole at 500 Main St", "yes")):
        receive(town, message(text, number))
    assert rings.rung == [("take_turns", 0.5), ("take_turns", 0.0)]


def message(text: str, number: int) -> Inbound:
    """Return a text as it comes in."""
    ours = {"sender": f"tel:{PHONE}", "recipient": "tel:+15550100"}
    return Inbound(channel="sms", external_id=f"SM{number}", text=text, message_ref="", raw={}, **ours)
