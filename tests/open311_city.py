"""Our real Open311 server with cases of every status, over HTTP, behind the proxy that can break it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from open311_proxy import Proxy

from bot import service_requests
from bot.app import create_app, open_town
from bot.config import Config
from bot.database import open_database
from bot.open311.check.asking import Asker
from bot.open311.check.endpoint import Endpoint, open_endpoint
from bot.open311.check.judging import Verdict, judge
from bot.open311.check.rules import RULES
from bot.places.geocoder import Places
from bot.stage import Clock, Ledger
from nlu.interpreter import Interpreter
from webhooks.simulator.loopback import LoopbackServer

KEY = "not-a-key-just-a-test"
HERE = {"lat": "41.608297", "long": "-91.011005", "address_string": "732 Pine St"}
JURISDICTION = "riverton.example"
SERVICES = ("graffiti", "illegal_dumping")
WAYS = {
    "received": (),
    "under_review": ("under_review",),
    "scheduled": ("scheduled",),
    "assigned": ("assigned",),
    "on_site": ("on_site",),
    "need_info": ("need_info",),
    "completed": ("completed",),
    "no_action": ("no_action",),
    "referred": ("referred",),
    "duplicate": ("duplicate",),
    "reopened": ("completed", "reopened"),
}
"""A case of each status, by what led to it."""
AGES = (200, 120, *range(30, -1, -3))
"""Days since each of the cases; the first two, which nothing is done about, are beyond the last 90 days."""


@dataclass
class City:
    """Our real server with cases of every status, behind the proxy."""

    proxy: Proxy
    url: str

    def endpoint(self, **options: Any) -> Endpoint:
        return open_endpoint(self.url, Asker(self.url), jurisdiction=JURISDICTION, **options)

    def judged(self, *ids: str, **options: Any) -> list[Verdict]:
        endpoint = self.endpoint(**options)
        return list(judge(endpoint, [each for each in RULES if not ids or each.id in ids]))


@pytest.fixture(scope="module")
def proxied(
    config: Config,
    interpreter: Interpreter,
    city_places: Places,
    city_database: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[City]:
    """The server, for the tests of one module."""
    folder = tmp_path_factory.mktemp("check")
    shutil.copy(city_database, folder / "townline.db")
    proxy = Proxy()
    server = LoopbackServer(proxy)
    server.start()
    settings = replace(
        config.settings,
        database_url=f"sqlite:///{folder / 'townline.db'}",
        public_base_url=server.url,
        photos_url=str(folder / "photos"),
        smtp_url=(folder / "mail").as_uri(),
        open311_api_keys=f"check:{KEY}",
    )
    clock = Clock(datetime.now(UTC))
    database = open_database(settings.database_url, settings.townline_encryption_keys)
    here = replace(config, settings=settings)
    town = open_town(here, bell=Ledger(clock), database=database, interpreter=interpreter)
    town = replace(town, places=city_places, now=clock)
    proxy.app = create_app(town)
    city = City(proxy, f"{server.url}/open311/v2")
    today = clock.now
    for number, days in enumerate(AGES):
        clock.now = today - timedelta(days=days, hours=2)
        answer = requests.post(
            f"{city.url}/requests.json",
            data={"api_key": KEY, "service_code": SERVICES[number % 2], "attribute[items]": "tires"} | HERE
            if number % 2
            else {"api_key": KEY, "service_code": SERVICES[0]} | HERE,
            timeout=20,
        )
        [filed] = answer.json()
        if number >= 2:
            clock.now += timedelta(hours=1)
            for step in list(WAYS.values())[number - 2]:
                service_requests.update_status(town, filed["service_request_id"], step, "As seen on site.")
    clock.now = today
    yield city
    server.stop()
    database.close()
