"""What a rehearsal is played with: simulated providers, a clock, a bell and a map that obey the script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from bot import area_notices, jobs, storms
from bot.config import Config
from bot.conversation_rules import QuietHours
from bot.departments import Department
from bot.places.geocoder import GeocoderDown, Places
from bot.places.outside import TIMEOUT
from bot.settings import Settings
from bot.town import Job, Town
from dialogues.types import Place
from webhooks.simulator.pictures import PICTURES, draw
from webhooks.simulator.server import Simulator

START = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
"""A Monday morning in the demo city; every rehearsal begins then."""

SECRET = "simulated-webhook-secret"  # noqa: S105 - opens nothing


def at_simulator(settings: Settings, simulator: Simulator, *, public_base_url: str) -> Settings:
    """Return the settings of one process that has simulated providers, with what they know us by."""
    return replace(
        settings,
        public_base_url=public_base_url,
        redis_url="",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="simulated-auth-token",  # noqa: S106 - opens nothing
        twilio_from="+15550100",
        twilio_api_base_url=simulator.twilio_base_url,
        telegram_bot_token="4242:simulated-bot-token",  # noqa: S106 - opens nothing
        telegram_webhook_secret=SECRET,
        telegram_api_base_url=simulator.telegram_base_url,
    )


def at_any_hour(config: Config) -> Config:
    """Return the configuration without quiet hours: who tries it at night sees at once what is said."""
    midnight = QuietHours(begin=time(0), end=time(0))
    talk = config.file.conversation.model_copy(update={"quiet_hours": midnight})
    return replace(config, file=config.file.model_copy(update={"conversation": talk}))


def by_mail_only(departments: Mapping[str, Department]) -> dict[str, Department]:
    """Return the departments of a process with simulated providers: no system of the city's hears."""
    nobody = "nobody@riverton.example"  # a domain that never exists (RFC 2606)
    return {
        code: Department(name=department.name, email=department.email or nobody)
        for code, department in departments.items()
    }


@dataclass
class Clock:
    """The time on stage."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Ledger:
    """A bell whose rings wait until the player answers them, in order of their moment."""

    clock: Clock
    rings: list[tuple[datetime, int, Job, str]] = field(default_factory=list)
    count: int = 0

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        self.count += 1
        self.rings.append((self.clock.now + timedelta(seconds=after), self.count, job, subject))

    def answer(self, town: Town, patience: float) -> None:
        """Do what is rung for, letting time pass, until nothing is due within `patience` seconds."""
        until = self.clock.now + timedelta(seconds=patience)
        while self.rings and min(self.rings)[0] <= until:
            ring = min(self.rings)
            self.rings.remove(ring)
            self.clock.now = max(self.clock.now, ring[0])
            jobs.run(town, ring[2], ring[3])


class FailingPlaces(Places):
    """Places with a switch: a geocoder that is down, or too slow, when the script says so."""

    down = slow = False
    clock: Clock

    @classmethod
    def around(cls, places: Places, clock: Clock) -> FailingPlaces:
        failing = cls.__new__(cls)
        failing.__dict__.update(places.__dict__)
        failing.clock = clock
        return failing

    def find_places(self, text: str, near: tuple[float, float] | None = None) -> list[Place]:
        if self.slow:
            self.clock.pass_by(TIMEOUT)
        if self.down or self.slow:
            raise GeocoderDown("the script says so")
        return super().find_places(text, near)


def picture(name: str, taken_at: tuple[float, float] | None = None) -> bytes:
    """Return a picture drawn for the occasion, or the bytes of something that is none."""
    stem, _, ending = name.partition(".")
    if ending not in ("jpg", "jpeg"):
        return b"These are the minutes of the last meeting.\n"
    known = stem.rstrip("0123456789").replace("-", "_")
    return draw(known if known in PICTURES else next(iter(PICTURES)), taken_at)


DAY = timedelta(days=1)
"""How long a notice of the stage holds."""


def direct_notice(town: Town, words: str) -> None:
    """Announce "water_leak in Downtown: text | es: texto" ("safety water_leak in ..." goes out at night, too),
    or tell the followers of the last one "update: text" or "over: text"."""
    order, _, said = words.partition(":")
    own, *others = (each.strip() for each in said.split("|"))
    texts = {town.city.languages[0]: own} if own else {}
    texts |= {code.strip(): text.strip() for code, _, text in (each.partition(":") for each in others)}
    if order in ("update", "over"):
        change = area_notices.change if order == "update" else area_notices.end
        with town.database.read() as session:
            latest = area_notices.latest(session)
        change(town, latest, texts)
        area_notices.tell_followers(town, latest)
        return
    services, _, area = order.removeprefix("safety ").partition(" in ")
    shape = {"type": "MultiPolygon", "coordinates": list(town.routing.areas[area])}
    safety = order.startswith("safety ")
    area_notices.add(town, texts, shape, area, services.split(), town.now() + DAY, safety=safety)


def direct_storm(town: Town, words: str) -> None:
    """Switch storm mode "on" or "off"."""
    if words == "on":
        storms.begin(town, None)
    else:
        storms.end(town)
