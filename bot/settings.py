"""Where the deployment runs and what it may use: the environment's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nlu.interpreter import RASA_URL


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The environment's settings, with the embedded defaults."""

    public_base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""  # "": SQLite in var/
    redis_url: str = ""  # "": the embedded loop
    secret_key: str = ""
    townline_encryption_keys: str = ""  # "": a file beside SQLite's
    townline_config: str = "config.yml"
    photos_url: str = ""  # "": a folder in var/
    nlu_engine: str = "spacy"
    nlu_encoder: str = ""  # "": no sentence encoder
    rasa_url: str = RASA_URL
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_from: str = ""
    twilio_api_base_url: str = "https://api.twilio.com"
    telegram_bot_token: str = ""
    telegram_webhook_secret: str = ""
    telegram_api_base_url: str = "https://api.telegram.org"
    open311_api_keys: str = ""  # "": nobody may post
    oidc_issuer: str = ""  # "": staff sign in with passwords only
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    work_order_keys: str = ""  # "": no work-order system may report
    smtp_url: str = ""  # "": mails go to a file mailbox in var/
    log_format: str = "text"  # or "json"
    sentry_dsn: str = ""  # "": errors are reported nowhere

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Return the settings named in `environ`; an empty value counts as absent."""
        named = {name: environ.get(name.upper(), "").strip() for name in cls.__dataclass_fields__}
        return cls(**{name: value for name, value in named.items() if value})
