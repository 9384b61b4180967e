"""Webhooks that come while the database restarts: held, and refused only where it stays away."""

from __future__ import annotations

import time

import pytest
from servers import KEYS, PHONE, OpenOffice, administer, postgres_copy, wait_until
from sqlalchemy import make_url

from bot.app import create_app
from bot.database import open_database
from bot.holding import Holding
from webhooks.channel import StoreUnavailable
from webhooks.simulator.loopback import LoopbackServer


class Letterbox:
    """A store that is away for so many tries."""

    def __init__(self, away: int) -> None:
        self.away, self.tries = away, 0

    def keep(self) -> None:
        self.tries += 1
        if self.tries <= self.away:
            raise StoreUnavailable


def test_what_comes_during_a_restart_is_stored_when_it_is_over() -> None:
    box = Letterbox(away=2)
    Holding(60.0).store(box.keep)
    assert box.tries == 3


def test_nothing_is_held_for_longer_than_was_said() -> None:
    box = Letterbox(away=1000)
    with pytest.raises(StoreUnavailable):
        Holding(0.3).store(box.keep)
    assert box.tries <= 3


def test_a_database_that_stays_away_holds_up_nobody_until_it_is_back() -> None:
    holding, gone = Holding(60.0, most=0.3), Letterbox(away=1000)
    with pytest.raises(StoreUnavailable):
        holding.store(gone.keep)  # for as long as it may be a restart
    gone.tries = 0
    with pytest.raises(StoreUnavailable):
        holding.store(gone.keep)
    assert gone.tries == 1  # it is none: refused at once
    holding.store(Letterbox(away=0).keep)
    back = Letterbox(away=1)
    holding.store(back.keep)  # and from then on held again
    assert back.tries == 2


def test_a_text_sent_during_a_restart_is_taken(
    postgres_url: str, postgres_city: str, open_office: OpenOffice
) -> None:
    with postgres_copy(postgres_url, postgres_city) as url:
        database, name = open_database(url, KEYS), make_url(url).database
        office = open_office(database)
        server = LoopbackServer(create_app(office.town, hold=60.0))
        server.start()
        office.simulator.webhook_base_url = server.url
        administer(postgres_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        administer(
            postgres_url, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        office.simulator.sms(PHONE, "help", wait=False)
        time.sleep(0.5)  # it is held meanwhile; where it were not, it would be refused by now
        administer(postgres_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        wait_until(lambda: office.simulator.thread(PHONE)[0].status == "delivered", "it is taken")
        assert not office.simulator.alerts
        server.stop()
        database.close()
