"""`townline check`: setting by setting, what is missing or wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import encryption, queues, rotation, schema, translations
from bot.app import open_backends, open_channels, open_neighbours, open_outside, twilio_settings
from bot.config import Config, ConfigError
from bot.database import Database, open_database
from bot.open311.server import api_keys
from bot.routing import open_routing
from bot.work_orders import work_order_keys
from dialogues.catalogue import ENGLISH
from nlu.interpreter import ENGINES, INTENTS
from webhooks.twilio import explain

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Finding:
    """One line of the check-up. `note`: fine to run with, good to know."""

    level: Literal["ok", "note", "wrong"]
    setting: str
    text: str


def findings(config: Config) -> Iterator[Finding]:
    """Yield what there is to say, most basic first. Asks the database, Redis and all others."""
    yield Finding("ok", "TOWNLINE_CONFIG", f"{config.city.program}: {len(config.city.services)} issue types")
    yield from _languages(config)
    yield _public(config)
    yield _keys(config)
    yield from _database(config)
    yield _redis(config)
    yield _secret(config)
    yield from _model(config)
    yield from _encoder(config)
    yield _photos(config)
    yield from _geocoders(config)
    yield from _routing(config)
    yield from _twilio(config)
    yield from _telegram(config)
    yield from _departments(config)
    yield _open311(config)
    yield _work_orders(config)
    yield from _watching(config)


def _languages(config: Config) -> Iterator[Finding]:
    for language in config.city.languages:
        problems = translations.check(config.city, language) if language != ENGLISH else []
        if problems:
            unsayable = any(each.kind == "placeholders" for each in problems)
            text = f"{language}: {len(problems)} sentences to look at: `townline language check {language}`"
            yield Finding("wrong" if unsayable else "note", "languages", text)


def _url(text: str, *schemes: str) -> SplitResult | None:
    """Return the parts of a URL that has one of these schemes, a host and a sane port; None if it has not."""
    try:
        url = urlsplit(text)
        _ = url.port  # raises ValueError on a port that is none
    except ValueError:
        return None
    return url if url.scheme in schemes and url.hostname else None


def _public(config: Config) -> Finding:
    url = _url(config.settings.public_base_url, "http", "https")
    if url is None:
        return Finding("wrong", "PUBLIC_BASE_URL", "is no URL: write it as https://311.example.gov")
    if url.hostname in LOOPBACK:
        return Finding("note", "PUBLIC_BASE_URL", "is this machine only: providers can't reach it from outside")
    if url.scheme != "https":
        return Finding("wrong", "PUBLIC_BASE_URL", "must be https: residents' words travel here")
    return Finding("ok", "PUBLIC_BASE_URL", config.settings.public_base_url)


def _keys(config: Config) -> Finding:
    setting, server = encryption.SETTING, config.settings.database_url.startswith("postgres")
    try:
        if config.settings.townline_encryption_keys:
            count = len(encryption.Keyring.of(config.settings.townline_encryption_keys).keys)
            return Finding("ok", setting, f"{count} set" if count > 1 else "set")
    except ConfigError as error:
        return Finding("wrong", setting, str(error).removeprefix(f"{setting}: "))
    if server:
        return Finding("wrong", setting, "is missing: `townline privacy new-key` makes one for all processes")
    return Finding("note", setting, "not set: a key is kept beside the database. Back it up, apart from it.")


def _database(config: Config) -> Iterator[Finding]:
    try:
        url = make_url(config.database_url)
    except (ConfigError, SQLAlchemyError) as error:
        reason = str(error).removeprefix("DATABASE_URL ") if isinstance(error, ConfigError) else "is no URL"
        yield Finding("wrong", "DATABASE_URL", reason)
        return
    kind = "PostgreSQL" if url.drivername == "postgresql+psycopg" else "SQLite, in a file"
    if kind != "PostgreSQL" and not Path(url.database or "").exists():
        yield Finding("note", "DATABASE_URL", f"{kind}: made at the first start")
        return
    try:
        database = open_database(config.database_url, config.settings.townline_encryption_keys)
        yield from _tables(database, kind)
        database.close()
    except ConfigError as error:
        yield Finding("wrong", encryption.SETTING, str(error).removeprefix(f"{encryption.SETTING}: "))
    except (SQLAlchemyError, OSError) as error:
        reason = type(error).__name__
        yield Finding(
            "wrong", "DATABASE_URL", f"{kind} does not answer ({reason}): check host, name and password"
        )


def _tables(database: Database, kind: str) -> Iterator[Finding]:
    if schema.is_current(database):
        yield Finding("ok", "DATABASE_URL", kind)
        if missing := rotation.missing_key(database):
            yield Finding("wrong", encryption.SETTING, missing)
        yield from _waiting(database)
    elif kind == "PostgreSQL":
        yield Finding("wrong", "DATABASE_URL", f"{kind}: tables out of date. Run `townline migrate`.")
    else:
        yield Finding("note", "DATABASE_URL", f"{kind}: brought up to date at the next start")


def _waiting(database: Database) -> Iterator[Finding]:
    with database.read() as session:
        failed, bounced = queues.given_up(session), queues.bounced(session)
        aside, people = queues.quarantined(session), queues.waiting_for_people(session)
    for each in failed:
        yield Finding("note", "outbox", f"{each.count} not sent: {each.reason}")
    for each in bounced:
        why = f"{each.code or '-'}: {explain(each.code)}"
        yield Finding("note", "outbox", f"{each.count} sent but not delivered: the provider's code is {why}")
    if aside:
        yield Finding("note", "quarantine", f"{aside} inbound payloads that nobody could read")
    if people:
        yield Finding("note", "conversations", f"{people} wait for a person: `townline conversation list`")


def _redis(config: Config) -> Finding:
    if not config.settings.redis_url:
        return Finding("note", "REDIS_URL", "not set: `townline serve` answers messages itself")
    import redis

    try:
        with redis.Redis.from_url(
            config.settings.redis_url, socket_timeout=3, socket_connect_timeout=3
        ) as found:
            found.ping()
    except (redis.RedisError, ValueError) as error:
        return Finding(
            "wrong", "REDIS_URL", f"Redis does not answer ({type(error).__name__}): check host and port"
        )
    return Finding("ok", "REDIS_URL", "Redis answers; run `townline worker` and one `townline clock`")


def _secret(config: Config) -> Finding:
    if len(config.settings.secret_key) >= 32:
        return Finding("ok", "SECRET_KEY", "set")
    if config.settings.secret_key:
        return Finding("wrong", "SECRET_KEY", "is too short: use 32 characters or more")
    return Finding("note", "SECRET_KEY", "not set: needed once staff sign in; any 32 random characters")


def _model(config: Config) -> Iterator[Finding]:
    from nlu.spacy_engine import read_meta
    from nlu.train import stale

    engine = config.settings.nlu_engine
    if engine not in ENGINES:
        text = f"{engine!r} is unknown: this build serves {' and '.join(ENGINES)}"
        yield Finding("wrong", "NLU_ENGINE", text)
        return
    if not (config.models / "spacy").is_dir():
        yield Finding("note", "NLU_ENGINE", "spacy: trained at the next start, or by `townline nlu train`")
    elif stale(config.training, config.models):
        yield Finding("note", "NLU_ENGINE", "spacy: data/training changed since. Run `townline nlu train`.")
    else:
        held_out = read_meta(config.models).get("held_out", {})  # older ones do not tell
        right = ", ".join(f"{name} {told['accuracy']:.0%}" for name, told in held_out.items())
        text = f"spacy, trained. Right on a held-out fifth: {right}" if right else "spacy, trained"
        yield Finding("ok", "NLU_ENGINE", text)
    if engine == "rasa":
        yield from _rasa(config)


def _rasa(config: Config) -> Iterator[Finding]:
    from nlu import rasa_training
    from nlu.rasa_engine import RasaServer

    if _url(config.settings.rasa_url, "http", "https") is None:
        yield Finding("wrong", "RASA_URL", "is no URL: write it as http://127.0.0.1:5005")
        return
    trouble = RasaServer(config.settings.rasa_url, (*config.city.services, *INTENTS)).health()
    if trouble:
        text = f"Rasa {trouble}. Until it answers the default engine hears: see docs/nlu-rasa.md"
        yield Finding("wrong", "RASA_URL", text)
    else:
        yield Finding("ok", "RASA_URL", "Rasa answers")
    here = (config.models / rasa_training.FOLDER).is_dir()  # it may be trained and served elsewhere
    if here and rasa_training.stale(config.training, config.config_file, config.models):
        text = "data/training or the pipeline changed since. Run `townline nlu train --engine rasa`."
        yield Finding("note", "RASA_URL", text)


def _encoder(config: Config) -> Iterator[Finding]:
    from nlu.spacy_engine import encoder_meta, open_encoder

    if config.settings.nlu_engine not in ENGINES:
        return
    try:
        meta = encoder_meta(config.models)
    except (OSError, ValueError, KeyError, TypeError):
        meta = {}  # no model yet: told above
    encoder, trouble = open_encoder(meta, config.encoder)
    if trouble:
        yield Finding("wrong" if config.encoder else "note", "NLU_ENCODER", f"not used: {trouble}")
    elif encoder is None:
        yield Finding("note", "NLU_ENCODER", "not set: words alone are heard, not what sentences mean")
    else:
        yield Finding("ok", "NLU_ENCODER", f"{config.encoder}, {encoder.dimensions} dimensions")


def _photos(config: Config) -> Finding:
    url = config.settings.photos_url
    if url and "://" in url and not url.startswith("file://"):
        return Finding("wrong", "PHOTOS_URL", "only folders so far: file:///srv/townline/photos")
    try:
        config.photos.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Finding("wrong", "PHOTOS_URL", f"{config.photos}: can't be written ({error.strerror})")
    return Finding("ok", "PHOTOS_URL", str(config.photos))


def _routing(config: Config) -> Iterator[Finding]:
    try:
        routing = open_routing(config)
    except ConfigError as error:
        yield Finding("wrong", "routing", str(error).removeprefix(f"{config.root}/"))
        return
    if routing.rules:
        yield Finding("ok", "routing", f"{len(routing.rules)} rules, {len(routing.areas)} areas")


def _geocoders(config: Config) -> Iterator[Finding]:
    """Ask each outside geocoder for a door; a chain that can't be opened is one finding."""
    try:
        outside = open_outside(config)
        list(open_neighbours(config))
    except ConfigError as error:
        yield Finding("wrong", "geocoders", str(error).removeprefix(f"{config.root}/"))
        return
    if not outside:
        yield Finding("note", "geocoders", "the gazetteer alone: what it lacks is filed as it was written")
    for geocoder in outside:
        trouble = geocoder.health(config.city.name)
        yield Finding("wrong" if trouble else "ok", f"geocoder {geocoder.name}", trouble or "answers")


def _twilio(config: Config) -> Iterator[Finding]:
    settings = config.settings
    known = {
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_FROM": settings.twilio_from,
    }
    if not any(known.values()):
        yield Finding("note", "TWILIO_*", "not set: no SMS")
        return
    for name, value in known.items():
        if not value:
            yield Finding("wrong", name, "is missing: Twilio's console shows it")
    if all(known.values()):
        yield _provider("TWILIO_*", open_channels(config)["sms"].health(), settings.twilio_api_base_url)
        account = twilio_settings(config)
        if account:
            yield Finding("note", "at Twilio", f"a message comes in at: {account.webhook_urls()[0]}")


def _telegram(config: Config) -> Iterator[Finding]:
    settings = config.settings
    if not (settings.telegram_bot_token or settings.telegram_webhook_secret):
        yield Finding("note", "TELEGRAM_*", "not set: no Telegram")
        return
    if not settings.telegram_bot_token:
        yield Finding("wrong", "TELEGRAM_BOT_TOKEN", "is missing: @BotFather gives it")
    elif not settings.telegram_webhook_secret:
        yield Finding("wrong", "TELEGRAM_WEBHOOK_SECRET", "is missing: any 32 letters and digits, - and _")
    elif not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", settings.telegram_webhook_secret):
        yield Finding("wrong", "TELEGRAM_WEBHOOK_SECRET", "may only have letters, digits, - and _")
    else:
        yield _provider(
            "TELEGRAM_*", open_channels(config)["telegram"].health(), settings.telegram_api_base_url
        )


def _provider(setting: str, trouble: str, base: str) -> Finding:
    return Finding("wrong", setting, trouble) if trouble else Finding("ok", setting, f"{base} accepts us")


def _departments(config: Config) -> Iterator[Finding]:
    """Ask of every way that a department hears of cases whether it works; a webhook gets a ping."""
    used = {way for department in config.departments.values() for way in department.ways}
    if "email" in used and (found := _mail_setting(config)):
        yield found
        used.discard("email")
    try:
        backends = open_backends(config)
    except ConfigError as error:
        yield Finding("wrong", "departments", str(error))
        return
    if "email" in used:
        trouble = backends["email"].health("")
        yield Finding("wrong" if trouble else "ok", "SMTP_URL", trouble or _mail_goes(config.settings.smtp_url))
    for code, department in config.departments.items():
        for way in department.ways:
            if way != "email":
                trouble = backends[way].health(department.recipient(way, code))
                yield Finding("wrong" if trouble else "ok", f"{code}, {way}", trouble or "takes our notices")


def _mail_setting(config: Config) -> Finding | None:
    """Return what is to be said where there is no mail server to ask."""
    url = config.settings.smtp_url
    if not url:
        text = f"not set: mails to departments are kept as files in {config.var / 'mail'}"
        return Finding("note", "SMTP_URL", text)
    if not (url.startswith("file:///") or _url(url, "smtp", "smtps")):
        text = "is no mail server: write it as smtps://user:password@host or smtp://host:25"
        return Finding("wrong", "SMTP_URL", text)
    return None


def _mail_goes(url: str) -> str:
    return "mails are kept as files there" if url.startswith("file:") else "the mail server answers"


def _open311(config: Config) -> Finding:
    try:
        clients = ", ".join(api_keys(config))
    except ConfigError as error:
        return Finding("wrong", "OPEN311_API_KEYS", str(error).partition(": ")[2])
    return Finding("ok", "OPEN311_API_KEYS", clients or "not set: nobody may post, anybody may read")


def _work_orders(config: Config) -> Finding:
    try:
        systems = ", ".join(work_order_keys(config))
    except ConfigError as error:
        return Finding("wrong", "WORK_ORDER_KEYS", str(error).partition(": ")[2])
    return Finding("ok", "WORK_ORDER_KEYS", systems or "not set: no work-order system may report")


def _watching(config: Config) -> Iterator[Finding]:
    if config.settings.log_format not in ("text", "json"):
        yield Finding("wrong", "LOG_FORMAT", "is neither text nor json")
    if config.settings.sentry_dsn and find_spec("sentry_sdk") is None:
        yield Finding("wrong", "SENTRY_DSN", "is set, but sentry-sdk is not installed: run `make sentry`")
