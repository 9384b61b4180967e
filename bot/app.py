"""Wires config, database, channels and blueprints: the one place that knows them all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import waitress
from flask import Flask, Response, abort, send_file
from sqlalchemy import select
from waitress import wasyncore

import nlu.interpreter
from bot import (
    console,
    fault_points,
    meters,
    photos,
    receipts,
    receiving,
    tracking,
    watching,
    work_orders,
)
from bot.backends import Backend
from bot.backends.email import Email
from bot.backends.open311 import Open311, Question
from bot.backends.open311 import Server as Open311Server
from bot.backends.staff_group import StaffGroup
from bot.backends.webhook import Endpoint, Webhook
from bot.config import Config, ConfigError
from bot.database import Database, open_database
from bot.embedded import EmbeddedLoop
from bot.holding import SECONDS, Holding
from bot.models import Photo
from bot.open311 import server as open311
from bot.pacing import LocalPacer, Pacer, RedisPacer
from bot.places.cache import Cache
from bot.places.geocoder import Places
from bot.places.neighbours import Neighbour, read_boundary
from bot.places.outside import Outside
from bot.request_limits import limit
from bot.routing import open_routing
from bot.rq_bell import RQBell, connect
from bot.together import Together
from bot.town import Bell, Town
from nlu.interpreter import Interpreter, Lexicon
from webhooks import telegram, twilio
from webhooks.channel import Channel, Inbound, Receipt, StoreUnavailable

log = logging.getLogger(__name__)

LARGEST_UPLOAD = 20_000_000
"""Bytes read off the wire before they are refused, so that who sends too much is told so; what a route takes
is far less: `request_limits`."""


def open_town(
    config: Config,
    *,
    bell: Bell | None = None,
    database: Database | None = None,
    interpreter: Interpreter | None = None,
) -> Town:
    """Return the deployment that the configuration describes. The database has to be migrated.

    Raises `nlu.interpreter.ModelMissing` where nothing was trained yet, `ConfigError` on a geocoder or an
    engine that we do not have, and on faults ordered at real providers.
    """
    providers = (twilio_settings(config), telegram_settings(config))
    fault_points.refuse_in_earnest(provider.api_base_url for provider in providers if provider)
    database = database or open_database(config.database_url, config.settings.townline_encryption_keys)
    places = open_map(config, database)
    return Town(
        config=config,
        database=database,
        channels=open_channels(config),
        backends=open_backends(config),
        interpreter=interpreter or open_interpreter(config, places),
        places=places,
        routing=open_routing(config),
        bell=bell or open_bell(config),
        pacer=open_pacer(config),
    )


def open_map(config: Config, database: Database) -> Places:
    """Return the gazetteer and what config.yml chains behind it; raises `ConfigError`."""
    cache = Cache(database.read, database.write, config.settings.secret_key)
    neighbours = tuple(open_neighbours(config))
    return Places(database.read, open_outside(config, cache), neighbours, cache)


def open_outside(config: Config, cache: Cache | None = None) -> list[Outside]:
    """Return the geocoders behind the gazetteer; raises `ConfigError`."""
    chain = config.file.geocoders
    if not chain or chain[0].name != "gazetteer":
        raise ConfigError(f"{config.where('geocoders')}: the chain of geocoders must begin with: gazetteer")
    outside = []
    for number, geocoder in enumerate(chain[1:], start=1):
        options = config.geocoder_options(number)
        try:
            outside.append(Outside(geocoder.name, options, cache))
        except ValueError as error:
            raise ConfigError(f"{config.where('geocoders', number)}: {error}") from None
    return outside


def open_neighbours(config: Config) -> Iterator[Neighbour]:
    """Yield the cities around ours; raises `ConfigError` where a boundary can't be read."""
    for number, city in enumerate(config.file.city.neighbours):
        try:
            polygons = read_boundary(config.root / city.boundary, city.name) if city.boundary else ()
        except ValueError as error:
            where = config.where("city", "neighbours", number, "boundary")
            raise ConfigError(f"{where}: {city.boundary} {error}") from None
        yield Neighbour(city.name, polygons)


def open_bell(config: Config) -> Bell:
    """Return RQ's bell where there is a Redis, else the embedded loop's."""
    if not config.settings.redis_url:
        return EmbeddedLoop()
    try:
        return RQBell(config.settings.redis_url)
    except ValueError as error:
        raise ConfigError(f"REDIS_URL: {error}") from None


def open_pacer(config: Config) -> Pacer:
    """Return what paces all workers, or the one process."""
    url = config.settings.redis_url
    return RedisPacer(connect(url)) if url else LocalPacer()


def twilio_settings(config: Config) -> twilio.TwilioSettings | None:
    """Return Twilio's settings; None where SMS is not set up."""
    settings = config.settings
    if not (settings.twilio_account_sid and settings.twilio_auth_token):
        return None
    return twilio.TwilioSettings(
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token,
        sender=settings.twilio_from,
        api_base_url=settings.twilio_api_base_url,
        public_base_url=settings.public_base_url,
    )


def telegram_settings(config: Config) -> telegram.TelegramSettings | None:
    """Return Telegram's settings; None where the bot is not set up."""
    settings = config.settings
    if not (settings.telegram_bot_token and settings.telegram_webhook_secret):
        return None
    return telegram.TelegramSettings(
        bot_token=settings.telegram_bot_token,
        webhook_secret=settings.telegram_webhook_secret,
        api_base_url=settings.telegram_api_base_url,
        public_base_url=settings.public_base_url,
    )


def open_channels(config: Config) -> dict[str, Channel]:
    """Return the channels that are set up, by name."""
    channels: dict[str, Channel] = {}
    if sms := twilio_settings(config):
        channels["sms"] = channels["whatsapp"] = twilio.TwilioChannel(sms)
    if bot := telegram_settings(config):
        channels["telegram"] = telegram.TelegramChannel(bot)
    return channels


def open_backends(config: Config) -> dict[str, Backend]:
    """Return the city systems that hear of cases, by name; raises `ConfigError` where a setting lacks."""
    zone, backends = config.city.timezone, dict[str, Backend]()
    if addresses := [department.email for department in config.departments.values() if department.email]:
        url = config.settings.smtp_url or (config.var / "mail").as_uri()
        sender = f"311@{addresses[0].rpartition('@')[2]}"
        backends["email"] = Email(url=url, sender=sender, timezone=zone)
    if endpoints := {
        code: Endpoint(url=department.webhook.url, secret=config.webhook_secret(code))
        for code, department in config.departments.items()
        if department.webhook
    }:
        backends["webhook"] = Webhook(endpoints=endpoints)
    if servers := {code: open311_server(config, code) for code, d in config.departments.items() if d.open311}:
        backends["open311"] = Open311(servers=servers, timezone=zone)
    groups = [code for code, department in config.departments.items() if department.telegram]
    if groups:
        bot = telegram_settings(config)
        if bot is None:
            where = config.where("departments", groups[0], "telegram")
            raise ConfigError(f"{where}: a staff group needs TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET")
        backends["telegram"] = StaffGroup(channel=telegram.TelegramChannel(bot), timezone=zone)
    return backends


def open311_server(config: Config, code: str) -> Open311Server:
    """Return a department's Open311 server; raises `ConfigError` where its key lacks."""
    written = config.departments[code].open311
    assert written is not None
    questions = [each for service in config.city.services.values() for each in service.attributes]
    several = {each.code for each in questions if each.datatype == "multivaluelist"}
    return Open311Server(
        url=written.url,
        api_key=config.open311_key(code),
        service_codes=written.service_codes,
        jurisdiction_id=written.jurisdiction_id,
        questions={
            ours: Question(code=theirs.code, values=theirs.values, several=ours in several)
            for ours, theirs in written.attributes.items()
        },
        constants=written.constants,
        updates=written.updates,
        email=written.always_send_email or "",
        form=written.format,
        with_photos=config.file.open311.publish_photos,
    )


def open_interpreter(config: Config, places: Places) -> Interpreter:
    """Return the engine that the settings ask for, told of this city's words."""
    lexicon = Lexicon(
        keywords={code: service.keywords for code, service in config.city.services.items()},
        streets=tuple(places.streets()),
        landmarks=tuple(places.landmarks()),
        languages=config.city.languages,
        questions=config.questions,
    )
    try:
        return nlu.interpreter.load(
            config.settings.nlu_engine,
            models=config.models,
            lexicon=lexicon,
            encoder=config.encoder,
            rasa_url=config.settings.rasa_url,
        )
    except ValueError as error:
        raise ConfigError(str(error)) from None


def create_app(town: Town, *, hold: float = 0.0, gather: float = 0.0) -> Flask:
    """Return the web application of a deployment; raises `ConfigError` where keys can't be used.

    `hold` is how many seconds a webhook waits for a database that is away (see `holding`), `gather` how many
    a delivery receipt waits for others, to be written with them (see `together`).
    """
    receive = _receiver(town, Holding(hold))
    app = watching.Web("townline", static_folder=None)
    app.config.update(
        SECRET_KEY=town.config.settings.secret_key or None,
        # Flask's own cookie is used between here and the city's identity provider only.
        SESSION_COOKIE_NAME="townline_oidc",
        SESSION_COOKIE_PATH=f"{console.access.PATH}/",
        SESSION_COOKIE_SECURE=town.config.settings.public_base_url.startswith("https:"),
        SESSION_COOKIE_SAMESITE="Lax",
    )
    limit(app, photo=int(town.config.file.photos.max_megabytes * 1_000_000))
    if sms := twilio_settings(town.config):
        app.register_blueprint(twilio.blueprint(sms, receive, _reporter(town, gather)))
    if bot := telegram_settings(town.config):
        app.register_blueprint(telegram.blueprint(bot, receive))
    app.register_blueprint(open311.blueprint(town))
    app.register_blueprint(tracking.blueprint(town))
    app.register_blueprint(work_orders.blueprint(town))
    app.register_blueprint(console.blueprint(town))
    app.add_url_rule("/photos/<token>.jpg", "photo", _photo(town))
    app.register_blueprint(watching.blueprint(town))
    return app


class Server(Protocol):
    """What answers requests."""

    def run(self) -> None:
        """Answer until SIGTERM or Ctrl-C; requests being answered are finished."""


@contextmanager
def listening(town: Town, *, host: str, port: int, threads: int = 32) -> Iterator[Server]:
    """Yield the deployment's web server with its port open; raises `OSError` where the port is taken.

    On leaving, the port is closed and whoever still waits for an answer is hung up on: waitress itself
    would leave them waiting until their own time-out, and with them whoever waits for them to end.
    """
    sockets: dict[int, Any] = {}
    server: Server = waitress.create_server(
        create_app(town, hold=SECONDS, gather=0.1),
        map=sockets,
        host=host,
        port=port,
        threads=threads,
        max_request_body_size=LARGEST_UPLOAD,
    )
    try:
        yield server
    finally:
        wasyncore.close_all(sockets)


def _receiver(town: Town, holding: Holding) -> Callable[[Inbound], None]:
    return lambda inbound: holding.store(partial(receiving.receive, town, inbound))


def _reporter(town: Town, gather: float) -> Callable[[Receipt], None]:
    noted = Together(partial(receipts.report, town), moment=gather, away=StoreUnavailable)

    def report(receipt: Receipt) -> None:
        noted.add(receipt)
        if receipt.state in ("failed", "undelivered"):
            meters.undelivered(receipt.channel, receipt.error_code)

    return report


def _photo(town: Town) -> Callable[[str], Response]:
    def photo(token: str) -> Response:
        """A kept picture, for whoever was given its address."""
        if "\0" in token:  # PostgreSQL refuses to look for it
            abort(404)
        with town.database.read() as session:
            kept = session.scalars(
                select(Photo.token).where(Photo.token == token, Photo.state == "kept")
            ).first()
        path = photos.path(town.config.photos, kept) if kept else Path()
        if not kept or not path.is_file():
            abort(404)
        response = send_file(path, mimetype="image/jpeg")  # asked for anew: staff may black out parts of it
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return photo
