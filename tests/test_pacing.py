"""How fast is sent: by number, by chat, replies before pushes, and by all workers together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select

from bot import outbox
from bot.bench.deployment import free_port
from bot.database import Database
from bot.models import Conversation
from bot.pacing import BURST, Lane, LocalPacer, Pacer, Pacing, RedisPacer
from bot.rq_bell import connect
from dialogues.rendering import Rendered

NOW = 1_780_000_000.0
_names = count()


@pytest.fixture(params=["process", "redis"])
def pacer(request: pytest.FixtureRequest) -> Iterator[Pacer]:
    if request.param == "process":
        yield LocalPacer()
        return
    client = redis.Redis.from_url(request.getfixturevalue("redis_url"))
    yield RedisPacer(client)
    client.flushdb()
    client.close()


def lane(seconds: float = 1.0, *, keeps: bool = False) -> Lane:
    return Lane(f"tel:+1555010{next(_names) % 10}-{next(_names)}", seconds, keeps=keeps)


@pytest.mark.parametrize(
    ("sender", "rate"),
    [("tel:+15550100", 1), ("tel:+18005550100", 3), ("tel:+18885550100", 3), ("tel:311311", 10)],
)
def test_a_number_has_the_rate_of_its_kind(sender: str, rate: float) -> None:
    [found] = Pacing().lanes("sms", sender, "tel:+15550101", 2)
    assert found == Lane(sender, 2 / rate, keeps=True)


def test_telegram_counts_by_chat_and_by_bot() -> None:
    chat, bot = Pacing().lanes("telegram", "telegram:bot", "telegram:7", 1)
    assert (chat.seconds, round(1 / bot.seconds), chat.keeps, bot.keeps) == (1.0, 30, False, False)


def test_replies_by_sms_never_wait_for_twilio_keeps_them(pacer: Pacer) -> None:
    kept = lane(keeps=True)
    assert [pacer.wait(kept, NOW, reply=True, returning=False) for _ in range(50)] == [0.0] * 50


def test_pushes_wait_until_the_replies_are_through(pacer: Pacer) -> None:
    kept = lane(keeps=True)
    for _ in range(10):
        pacer.wait(kept, NOW, reply=True, returning=False)
    waits = [pacer.wait(kept, NOW, reply=False, returning=False) for _ in range(3)]
    assert waits == pytest.approx([10 - BURST, 11 - BURST, 12 - BURST])


def test_a_push_whose_time_has_come_waits_again_where_replies_came_between(pacer: Pacer) -> None:
    kept = lane(keeps=True)
    for _ in range(4):
        assert pacer.wait(kept, NOW, reply=False, returning=False) == 0.0
    wait = pacer.wait(kept, NOW, reply=False, returning=False)
    assert wait > 0
    assert pacer.wait(kept, NOW + wait, reply=True, returning=False) == 0.0
    assert pacer.wait(kept, NOW + wait, reply=False, returning=True) > 0


def test_a_thousand_pushes_come_at_the_rate_and_each_wakes_few_times(pacer: Pacer) -> None:
    kept, woken, sent = lane(0.1, keeps=True), 0, []
    waiting = [(NOW, False)] * 300
    while waiting:
        waiting.sort()
        at, returning = waiting.pop(0)
        woken += 1
        wait = pacer.wait(kept, at, reply=False, returning=returning)
        if wait:
            waiting.append((at + wait, True))
        else:
            sent.append(at)
    assert max(sent) - NOW == pytest.approx(300 * 0.1 - BURST, abs=1.0)
    assert woken < 2.5 * 300


def test_a_reply_by_telegram_waits_for_its_chat_and_keeps_its_place(pacer: Pacer) -> None:
    chat = lane()
    waits = [pacer.wait(chat, NOW, reply=True, returning=False) for _ in range(6)]
    assert waits == pytest.approx([0, 0, 0, 0, 1, 2])
    assert pacer.wait(chat, NOW + 1, reply=True, returning=True) == 0.0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.lists(st.tuples(st.floats(0, 2), st.booleans(), st.booleans()), max_size=30),
    seconds=st.floats(0.01, 5),
    keeps=st.booleans(),
)
def test_redis_counts_as_one_process_does(
    redis_url: str, asked: list[tuple[float, bool, bool]], seconds: float, keeps: bool
) -> None:
    client = redis.Redis.from_url(redis_url)
    together, alone, here, now = RedisPacer(client), LocalPacer(), lane(seconds, keeps=keeps), NOW
    for later, reply, returning in asked:
        now += later
        expected = alone.wait(here, now, reply=reply, returning=returning)
        found = together.wait(here, now, reply=reply, returning=returning)
        assert found == pytest.approx(expected, abs=1e-3)
    client.close()


def test_without_redis_each_worker_paces_itself() -> None:
    away = RedisPacer(connect(f"redis://127.0.0.1:{free_port()}"))
    kept = lane(keeps=True)
    for _ in range(10):
        away.wait(kept, NOW, reply=True, returning=False)
    assert away.wait(kept, NOW, reply=False, returning=False) > 0


def test_a_number_in_redis_is_no_number(redis_url: str) -> None:
    client = redis.Redis.from_url(redis_url)
    RedisPacer(client).wait(Lane("tel:+15550199", 1.0), NOW, reply=True, returning=False)
    assert not [key for key in client.scan_iter() if b"0199" in key]
    client.flushdb()
    client.close()


def test_twenty_residents_are_told_at_the_numbers_rate_and_answered_at_once(
    open_office: OpenOffice, sqlite: Database
) -> None:
    """One number sends a segment a second: the city's news queue up here, and nobody's answer behind them."""
    office = open_office(sqlite)
    phones = [f"+155501{number:02d}" for number in range(20)]
    for phone in phones:
        office.says("help", by=phone)
    office.bustle(60)
    with office.town.database.write.begin() as session:
        for conversation in session.scalars(select(Conversation)):
            news = Rendered(text="The water is back.", gloss="")
            outbox.post(session, conversation, news, now=office.clock.now, kind="push")
    with office.town.database.read() as session:
        outbox.ring_for(office.town, session)
    office.bustle(1)
    told = _told(office, phones)
    assert 0 < told < 10
    office.says("help", by=PHONE)
    office.bustle(1)
    assert len(office.heard(PHONE)) == 1
    assert _told(office, phones) <= told + 2
    office.clock.now += timedelta(seconds=1)
    office.bustle(40)
    assert _told(office, phones) == 20


def _told(office: Office, phones: list[str]) -> int:
    return sum("The water is back." in office.heard(phone) for phone in phones)
