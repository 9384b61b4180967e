"""The outbox: everything is sent, in order and once where that can be had, however providers behave."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from servers import CHAT, KEYS, PHONE, Office, OpenOffice, administer, postgres_copy, wait_until
from sqlalchemy import select, update

from bot import checkup, contacts, conversations, delivery, outbox, receipts
from bot.app import telegram_settings, twilio_settings
from bot.backends import BackendError, Notice
from bot.bench.deployment import free_port
from bot.database import Database, open_database
from bot.entries import CLAIM, Closing, Hand
from bot.models import Conversation, Message, OutboxEntry
from dialogues.rendering import Rendered
from webhooks.channel import Channel, Outbound, Receipt, SendError
from webhooks.simulator import Fault
from webhooks.telegram import TelegramChannel
from webhooks.twilio import TwilioChannel

NEIGHBOUR = "+15550143"
PATIENCE = 1.5  # seconds that a provider has to answer here; a busy machine's are slow


class Crash(BaseException):
    """The process dies."""


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Office:
    """An office whose providers have to answer quickly."""
    office = open_office(sqlite)
    return with_channels(office, TwilioChannel, TelegramChannel)


def with_channels(
    office: Office, sms: type[TwilioChannel] = TwilioChannel, telegram: type[TelegramChannel] = TelegramChannel
) -> Office:
    """Have the office send by channels of these classes, which wait for `PATIENCE` only."""
    twilio, bot = twilio_settings(office.town.config), telegram_settings(office.town.config)
    assert twilio
    assert bot
    text = sms(replace(twilio, timeout=PATIENCE))
    chat = telegram(replace(bot, timeout=PATIENCE))
    channels: Mapping[str, Channel] = {"sms": text, "whatsapp": text, "telegram": chat}
    return replace(office, town=replace(office.town, channels=channels))


def knows(office: Office, *residents: str | int) -> None:
    """Have residents say hello, so that there are threads to write to."""
    for resident in residents:
        office.says("hello", by=resident)
    office.bustle()


def write(office: Office, *texts: str, to: str | int = PHONE, kind: str = "push") -> str:
    """Put texts for a resident into the outbox and ring; returns the destination."""
    address = f"telegram:{to}" if isinstance(to, int) else f"tel:{to}"
    with office.town.database.write.begin() as session:
        contact = contacts.at(session, address)
        assert contact
        conversation = session.scalars(select(Conversation).where(Conversation.contact_id == contact.id)).one()
        for text in texts:
            outbox.post(session, conversation, Rendered(text=text), now=office.clock.now, kind=kind)
    destination = outbox.destination_of(conversation.id)
    office.town.bell.ring("deliver", destination)
    return destination


def news(office: Office, resident: str | int = PHONE) -> list[str]:
    """Return what a phone shows after the greeting."""
    return office.heard(resident)[1:]


def entries(office: Office) -> list[OutboxEntry]:
    """Return what was posted after the greetings, oldest first."""
    with office.town.database.read() as session:
        query = select(OutboxEntry).where(OutboxEntry.kind == "push").order_by(OutboxEntry.id)
        return list(session.scalars(query))


def outcomes(office: Office) -> list[str]:
    return [entry.outcome for entry in entries(office)]


def shown_by_check(office: Office) -> str:
    """Return what `townline check` says of sending."""
    return "\n".join(each.text for each in checkup.findings(office.town.config) if each.setting == "outbox")


# Claims and order -----------------------------------------------------------------------------------


def test_of_two_replies_posted_at_once_only_the_first_is_claimed(desk: Office) -> None:
    knows(desk, PHONE)
    destination = write(desk)
    with desk.town.database.write.begin() as session:
        conversation = session.scalars(select(Conversation)).one()
        with outbox.gathered(session, claims=[destination]):
            for kind, text in (("reply", "First"), ("reply", "Second"), ("push", "News")):
                outbox.post(session, conversation, Rendered(text=text), now=desk.clock.now, kind=kind)
    [claimed] = outbox.claimed(session).values()
    with desk.town.database.read() as session:
        entry = session.get_one(OutboxEntry, claimed.entry.id)
    assert claimed.letter
    assert claimed.letter.text == "First"
    assert (entry.attempts, entry.unknown, entry.due_at) == (1, True, desk.clock.now + CLAIM)
    assert not claimed.entry.unknown  # nothing was tried yet: there is nothing to look up
    worker = replace(desk.town, hand=Hand({destination: claimed}))
    delivery.deliver(worker, destination)
    desk.bustle()
    assert news(desk) == ["First"]
    delivery.mark_sent(worker)
    desk.bustle()
    assert news(desk) == ["First", "Second", "News"]


def test_what_breaks_among_several_that_are_marked_costs_the_others_nothing(desk: Office) -> None:
    residents = (PHONE, NEIGHBOUR)
    knows(desk, *residents)
    destinations = [write(desk, to=resident) for resident in residents]
    with desk.town.database.write.begin() as session:
        threads = session.scalars(select(Conversation).order_by(Conversation.id)).all()
        with outbox.gathered(session, claims=destinations):
            for thread in threads:
                outbox.post(session, thread, Rendered(text="An answer"), now=desk.clock.now)
    worker = replace(desk.town, hand=Hand())
    assert worker.hand
    taken = desk.messages("bot")[0].external_id  # another message's
    for claimed, sid in zip(outbox.claimed(session).values(), (taken, "SM1"), strict=True):
        worker.hand.sent.put(Closing(claimed.entry, "sent", sid, 1))
    delivery.mark_sent(worker)
    with desk.town.database.read() as session:
        first, second = session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)).all()[-2:]
    assert (first.done_at, first.error) == (None, "an error of our own (IntegrityError)")
    assert second.outcome == "sent"


def test_racing_senders_send_every_entry_once_and_in_order(office: Office) -> None:
    residents = (CHAT, CHAT + 1, CHAT + 2)
    knows(office, *residents)
    texts = [f"News {n}" for n in range(4)]  # as many as one chat takes at once
    destinations = [write(office, *texts, to=resident) for resident in residents]
    gate = threading.Barrier(2 * len(destinations))

    def send(destination: str) -> None:
        gate.wait()
        delivery.deliver(office.town, destination)

    with ThreadPoolExecutor(gate.parties) as pool:
        list(pool.map(send, destinations * 2))
    assert [news(office, resident) for resident in residents] == [texts] * 3
    assert outcomes(office) == ["sent"] * 12


def test_what_waits_holds_back_what_comes_after_it(desk: Office) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(refuse=20429, times=1))
    write(desk, "one", "two")
    desk.bustle(4)
    assert news(desk) == []
    desk.bustle(2)
    assert news(desk) == ["one", "two"]


def test_one_destination_that_is_down_holds_up_no_other(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    knows(office, PHONE, NEIGHBOUR)
    office.simulator.twilio_faults.put(Fault(refuse=20500), PHONE)
    write(office, "yours")
    write(office, "theirs", to=NEIGHBOUR)
    office.says("pothole at 500 main st", by=CHAT)
    office.bustle()
    office.says("yes", by=CHAT)
    office.bustle()
    assert news(office) == []
    assert news(office, NEIGHBOUR) == ["theirs"]
    assert "SR-10001" in office.heard(CHAT)[-1]  # although nobody can tell the department yet


# Back-off -------------------------------------------------------------------------------------------


def test_telegram_is_obeyed_when_it_says_how_long_to_wait(desk: Office) -> None:
    knows(desk, CHAT)
    desk.simulator.telegram_faults.put(Fault(refuse=429, retry_after=90, times=1))
    write(desk, "news", to=CHAT)
    desk.bustle(89)
    assert news(desk, CHAT) == []
    desk.bustle(2)
    assert news(desk, CHAT) == ["news"]


def test_telegrams_wait_holds_for_every_chat(desk: Office) -> None:
    knows(desk, CHAT)
    knows(desk, CHAT + 1)
    desk.simulator.telegram_faults.put(Fault(refuse=429, retry_after=90, times=1))
    write(desk, "news", to=CHAT)
    write(desk, "other news", to=CHAT + 1)
    desk.bustle(89)
    assert news(desk, CHAT) == news(desk, CHAT + 1) == []
    desk.bustle(2)
    assert (news(desk, CHAT), news(desk, CHAT + 1)) == (["news"], ["other news"])
    assert sum(entry.attempts for entry in entries(desk)) == 3


@pytest.mark.parametrize("code", [20429, 20500])
def test_twilio_is_tried_until_it_is_well_again(desk: Office, code: int) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(refuse=code, times=5))
    write(desk, "news")
    desk.bustle(3600)
    assert news(desk) == ["news"]
    assert [entry.attempts for entry in entries(desk)] == [6]


def test_nobody_is_texted_yesterdays_news(desk: Office) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(refuse=20500))
    write(desk, "news")
    desk.bustle(26 * 3600)
    desk.simulator.twilio_faults.clear()
    desk.bustle(26 * 3600)
    assert news(desk) == []
    assert outcomes(desk) == ["failed"]


# Unknown outcomes -----------------------------------------------------------------------------------


def test_a_text_that_twilio_took_in_silence_is_looked_up_and_not_repeated(desk: Office) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(hang=30, callbacks=(), times=1))
    write(desk, "news", "more news")
    desk.bustle(60)
    assert news(desk) == ["news", "more news"]
    assert outcomes(desk) == ["sent", "sent"]
    assert all(message.external_id for message in desk.messages("bot"))


def test_a_receipt_that_came_meanwhile_makes_the_look_up_needless(desk: Office) -> None:
    class Blind(TwilioChannel):
        def find_sent(self, message: Outbound) -> str | None:
            raise AssertionError("there was no need to ask")

    desk = with_channels(desk, Blind)
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(hang=30, times=1))
    write(desk, "news")
    desk.bustle(60)
    assert news(desk) == ["news"]
    assert outcomes(desk) == ["sent"]
    assert desk.messages("bot")[-1].state == "delivered"


def test_a_look_up_that_fails_is_made_again_before_anything_is_repeated(desk: Office) -> None:
    troubles = [SendError("Twilio cannot be asked now", retryable=True)] * 2

    class Flaky(TwilioChannel):
        def find_sent(self, message: Outbound) -> str | None:
            if troubles:
                raise troubles.pop()
            return super().find_sent(message)

    desk = with_channels(desk, Flaky)
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(hang=30, callbacks=(), times=1))
    write(desk, "news")
    desk.bustle(600)
    assert troubles == []
    assert news(desk) == ["news"]
    assert outcomes(desk) == ["sent"]


def test_the_same_words_sent_before_are_not_taken_for_it(desk: Office) -> None:
    knows(desk, PHONE)
    write(desk, "news")
    desk.bustle()
    desk.simulator.twilio_faults.put(Fault(refuse=20500, times=1))
    write(desk, "news")
    desk.bustle(60)
    assert news(desk) == ["news", "news"]
    assert outcomes(desk) == ["sent", "sent"]


def test_telegram_cannot_be_asked_and_so_may_send_twice(desk: Office) -> None:
    knows(desk, CHAT)
    desk.simulator.telegram_faults.put(Fault(hang=30, times=1))
    write(desk, "news", to=CHAT)
    desk.bustle(60)
    assert news(desk, CHAT) == ["news", "news"]
    assert outcomes(desk) == ["sent"]


def test_telegram_is_never_sent_a_message_a_third_time(desk: Office) -> None:
    knows(desk, CHAT)
    desk.simulator.telegram_faults.put(Fault(hang=30))
    write(desk, "news", to=CHAT)
    desk.bustle(3600)
    assert news(desk, CHAT) == ["news", "news"]
    assert outcomes(desk) == ["failed"]


def test_what_surely_was_not_taken_does_not_count_against_telegrams_two(desk: Office) -> None:
    knows(desk, CHAT)
    desk.simulator.telegram_faults.put(Fault(refuse=429, retry_after=1, times=3))
    write(desk, "news", to=CHAT)
    desk.bustle(10)
    desk.simulator.telegram_faults.put(Fault(refuse=502, times=1))
    write(desk, "more news", to=CHAT)
    desk.bustle(3600)
    assert news(desk, CHAT) == ["news", "more news"]


class Crashing:
    """Sends, and dies before that can be noted; the first time only."""

    crashed = False

    def send(self, message: Outbound) -> str:
        sent: str = super().send(message)  # type: ignore[misc]
        if not type(self).crashed:
            type(self).crashed = True
            raise Crash
        return sent


class CrashingTwilio(Crashing, TwilioChannel):
    pass


class CrashingTelegram(Crashing, TelegramChannel):
    pass


def crash_over(desk: Office, resident: str | int) -> Office:
    """Have the process die between sending and marking; another finds an unmarked entry, and it is claimed."""
    knows(desk, resident)
    crashing = with_channels(desk, CrashingTwilio, CrashingTelegram)
    destination = write(desk, "news", to=resident)
    CrashingTwilio.crashed = CrashingTelegram.crashed = False
    with pytest.raises(Crash):
        delivery.deliver(crashing.town, destination)
    delivery.deliver(desk.town, destination)
    assert news(desk, resident) == ["news"]
    desk.clock.pass_by(CLAIM.total_seconds())
    delivery.deliver(desk.town, destination)
    assert outcomes(desk) == ["sent"]
    return desk


def test_after_a_crash_between_sending_and_marking_an_sms_is_looked_up(desk: Office) -> None:
    desk.simulator.twilio_faults.put(Fault(callbacks=()))
    assert news(crash_over(desk, PHONE)) == ["news"]


def test_after_a_crash_between_sending_and_marking_a_telegram_message_is_sent_again_when_the_claim_expires(
    desk: Office,
) -> None:
    assert news(crash_over(desk, CHAT), CHAT) == ["news", "news"]


# Refusals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [21211, 21612, 21614, 30007])
def test_a_permanent_refusal_is_shown_and_never_retried(desk: Office, code: int) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(refuse=code))
    write(desk, "news")
    desk.bustle(26 * 3600)
    assert [(entry.outcome, entry.attempts) for entry in entries(desk)] == [("failed", 1)]
    assert (desk.messages("bot")[-1].state, desk.messages("bot")[-1].error_code) == ("failed", str(code))
    assert "1 not sent: Twilio: " in shown_by_check(desk)


@pytest.mark.parametrize("hang", [0.0, 1.0], ids=["after Twilio's answer", "before it"])
def test_a_landline_shows_when_the_carrier_says_so(desk: Office, hang: float) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(undelivered=30006, hang=hang))
    write(desk, "news")
    desk.bustle(26 * 3600)
    assert [entry.attempts for entry in entries(desk)] == [1]
    assert (desk.messages("bot")[-1].state, desk.messages("bot")[-1].error_code) == ("undelivered", "30006")
    assert "1 sent but not delivered: the provider's code is 30006" in shown_by_check(desk)


def test_who_has_opted_out_at_twilio_is_left_alone_until_start(desk: Office) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(refuse=21610, times=1))
    write(desk, "one")
    desk.bustle()
    write(desk, "two")
    desk.bustle(3600)
    assert news(desk) == []
    assert outcomes(desk) == ["failed", "suppressed"]
    desk.says("START")
    desk.bustle()
    write(desk, "three")
    desk.bustle()
    assert news(desk)[-1] == "three"
    assert "one" not in news(desk)


def test_after_stop_no_status_is_sent_until_start(desk: Office) -> None:
    knows(desk, PHONE)
    desk.says("STOP")
    write(desk, "one")
    desk.bustle()
    desk.says("hello")  # who writes is answered; that the carrier refuses it is its affair
    desk.bustle()
    write(desk, "two")
    desk.bustle()
    assert news(desk) == []
    desk.says("START")
    desk.bustle()
    write(desk, "three")
    desk.bustle(3600)
    assert news(desk)[-1] == "three"
    assert outcomes(desk) == ["suppressed", "suppressed", "sent"]


def test_who_blocks_the_bot_is_left_alone_until_they_write(desk: Office) -> None:
    knows(desk, CHAT)
    desk.simulator.telegram_faults.put(Fault(refuse=403, times=1))
    write(desk, "one", to=CHAT)
    desk.bustle()
    write(desk, "two", to=CHAT)
    desk.bustle(3600)
    assert outcomes(desk) == ["failed", "suppressed"]
    desk.says("hello", by=CHAT)
    desk.bustle()
    write(desk, "three", to=CHAT)
    desk.bustle()
    assert news(desk, CHAT)[-1] == "three"


def test_a_chat_that_has_moved_is_written_to_where_it_is_now(desk: Office) -> None:
    knows(desk, CHAT)
    moved = -100_142
    desk.simulator.migrate(CHAT, moved)
    desk.bustle()
    write(desk, "one", "two", to=CHAT)
    desk.bustle()
    assert desk.heard(moved) == ["one", "two"]


def test_our_own_faults_are_logged_for_the_operator(desk: Office, caplog: pytest.LogCaptureFixture) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(refuse=21606))
    write(desk, "news")
    desk.bustle()
    assert "needs the operator: Twilio: the sender is not ours or not set up" in caplog.text
    assert PHONE not in caplog.text


def test_a_channel_that_is_no_longer_set_up_blocks_nothing(desk: Office) -> None:
    knows(desk, CHAT)
    without = {name: channel for name, channel in desk.town.channels.items() if name != "telegram"}
    write(desk, "one", "two", to=CHAT)
    replace(desk, town=replace(desk.town, channels=without)).bustle()
    assert outcomes(desk) == ["failed", "failed"]
    assert "2 not sent: channel telegram is not set up" in shown_by_check(desk)


# What breaks in our own code ------------------------------------------------------------------------


class Fragile:
    """A city system whose module has a bug that one case brings out."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def deliver(self, notice: Notice) -> None:
        if notice.service_request_id == "SR-10001":
            raise KeyError(notice.description)
        self.told.append(notice.service_request_id)

    def health(self) -> str:
        return ""


def file_two_potholes(office: Office) -> None:
    for resident, place in ((PHONE, "500 main st"), (CHAT, "12 elm st")):
        office.says(f"pothole at {place}", by=resident)
        office.bustle()
        office.says("yes", by=resident)
    office.bustle()


def test_a_notice_that_breaks_its_backend_does_not_keep_the_others(
    desk: Office, caplog: pytest.LogCaptureFixture
) -> None:
    backend = Fragile()
    desk = replace(desk, town=replace(desk.town, backends={"email": backend}))
    file_two_potholes(desk)
    desk.bustle(600)
    assert backend.told == ["SR-10002"]
    assert "1 not sent: an error of our own (KeyError)" in shown_by_check(desk)
    assert "pothole" not in caplog.text


def test_a_department_is_told_however_long_it_takes(desk: Office) -> None:
    class Closed(Fragile):
        def deliver(self, notice: Notice) -> None:
            raise BackendError("closed for the holidays", retryable=True)

    opened = desk
    desk = replace(desk, town=replace(desk.town, backends={"email": Closed()}))
    file_two_potholes(desk)
    desk.bustle(72 * 3600)
    backend = Fragile()
    with opened.town.database.read() as session:
        assert {entry.outcome for entry in session.scalars(select(OutboxEntry))} == {"sent", ""}
    replace(opened, town=replace(opened.town, backends={"email": backend})).bustle(72 * 3600)
    assert backend.told == ["SR-10002"]


# Receipts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("callbacks", "state"),
    [
        (("sent", "delivered"), "delivered"),
        (("delivered", "sent"), "delivered"),
        (("sent", "sent", "delivered", "delivered", "queued"), "delivered"),
        (("undelivered", "sent"), "undelivered"),
        (("delivered", "undelivered"), "delivered"),
        (("read", "delivered"), "read"),
        (("brand new state",), "queued"),
        ((), "queued"),
    ],
)
def test_receipts_in_any_order(desk: Office, callbacks: tuple[str, ...], state: str) -> None:
    knows(desk, PHONE)
    desk.simulator.twilio_faults.put(Fault(callbacks=callbacks))
    write(desk, "news")
    desk.bustle()
    assert desk.messages("bot")[-1].state == state


def test_receipts_at_once_do_not_undo_one_another(
    postgres_url: str, postgres_city: str, open_office: OpenOffice
) -> None:
    """Both wait for the message's row, the better news first: the later one must look again, not write."""
    with postgres_copy(postgres_url, postgres_city) as url:
        office = open_office(database := open_database(url, KEYS))
        knows(office, PHONE)
        office.simulator.twilio_faults.put(Fault(callbacks=()))
        write(office, "news")
        office.bustle()
        message = office.messages("bot")[-1]
        receipt = Receipt(channel="sms", external_id=message.external_id or "", outbox_id="", state="delivered")
        with ThreadPoolExecutor(2) as pool, database.write.begin() as session:
            session.execute(update(Message).where(Message.id == message.id).values(segments=1))
            for waiting, state in enumerate(("delivered", "sent"), start=1):
                pool.submit(receipts.report, office.town, [replace(receipt, state=state)])
                wait_until(lambda n=waiting: blocked(url) == n, "the receipt waits for the row")
            session.commit()
        assert office.messages("bot")[-1].state == "delivered"
        database.close()


def blocked(url: str) -> int:
    """Return how many transactions wait for a lock."""
    waiting = "wait_event_type = 'Lock' AND datname = current_database()"
    return int(administer(url, f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}"))


@pytest.mark.parametrize("outbox_id", ["", "99999", "9" * 40, "nonsense", "\N{SUPERSCRIPT TWO}"])
def test_a_receipt_for_nothing_we_know_changes_nothing(desk: Office, outbox_id: str) -> None:
    knows(desk, PHONE)
    before = [message.state for message in desk.messages()]
    unknown = Receipt(channel="sms", external_id="SM404", outbox_id=outbox_id, state="undelivered")
    receipts.report(desk.town, [unknown])
    assert [message.state for message in desk.messages()] == before


# Questions that nobody needs any more ---------------------------------------------------------------


def test_a_question_that_was_not_sent_gives_way_to_the_next(desk: Office) -> None:
    desk.says("pothole")
    conversations.take_turns(desk.town, 1)
    desk.says("500 main st")
    desk.bustle()
    (read_back,) = desk.heard()
    assert "500 Main St" in read_back
    assert [message.state for message in desk.messages("bot")] == ["superseded", "delivered"]


def test_so_does_one_that_surely_did_not_get_through(desk: Office) -> None:
    desk.simulator.twilio_faults.put(Fault(refuse=20429, times=1))
    desk.says("pothole")
    desk.bustle(1)
    desk.says("500 main st")
    desk.bustle(1)
    (read_back,) = desk.heard()
    assert "500 Main St" in read_back


def test_a_question_in_doubt_is_cleared_up_first(desk: Office) -> None:
    desk.simulator.twilio_faults.put(Fault(hang=30, callbacks=(), times=1))
    desk.says("pothole")
    desk.bustle(1)
    desk.says("500 main st")
    desk.bustle(60)
    question, read_back = desk.heard()
    assert "here is it" in question
    assert "500 Main St" in read_back
