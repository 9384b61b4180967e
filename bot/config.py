"""What the city decided (config.yml, data/services, data/answers) and where it runs, read once and checked.

Fails loudly: `ConfigError` names the file and the line.
"""

from __future__ import annotations

import os
import re
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from bot.announcement_rules import Notices, Storm, storm_mistakes
from bot.answers import read_answers
from bot.console_rules import ConsoleRules
from bot.conversation_rules import Conversation as Conversation
from bot.departments import VARIABLE, Alerts, Department, code_mistakes, department_mistakes, secret_variables
from bot.limit_rules import Limits
from bot.pacing import Pacing
from bot.privacy_rules import Privacy
from bot.reasons import read_reasons
from bot.routing_rules import Holidays, Rule, holiday_mistakes, rule_mistakes
from bot.service_mistakes import mistakes
from bot.settings import Settings
from bot.signing import SHORTEST_KEY
from bot.yaml_files import ConfigError as ConfigError
from bot.yaml_files import read, validated, where
from dialogues.catalogue import ENGLISH, LOCALES, languages
from dialogues.types import Attribute, AttributeValue, City, Service


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _timezone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        raise ValueError("no such time zone; write it as in America/Chicago")
    return name


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Timezone = Annotated[str, AfterValidator(_timezone)]


class Neighbour(_Strict):
    name: Text
    phone: Text
    boundary: str = ""  # a GeoJSON file; "": known by name only


class CityFile(_Strict):
    name: Text
    program: Text
    phone: Text
    timezone: Timezone
    emergency_number: Text = "911"
    languages: Annotated[list[Text], Field(min_length=1)] = [ENGLISH]
    data: Text = "data/city"
    neighbours: list[Neighbour] = []


class CaseNumbers(_Strict):
    prefix: str = "SR-"
    first: int = Field(10001, gt=0)


SECRETS = ("api_key", "secret_key", "password")


class Geocoder(BaseModel):
    """One of the chain. Beside these keys it may have those of geopy's geocoder: docs/geocoders.md."""

    model_config = ConfigDict(extra="allow", frozen=True)
    name: Text
    timeout: float = Field(3, gt=0, le=3)
    per_second: float | None = Field(None, gt=0)
    keep_days: float | None = Field(None, ge=0, le=365)

    @property
    def options(self) -> dict[str, Any]:
        """What is set, but for the name."""
        return self.model_dump(exclude={"name"}, exclude_unset=True)


class Photos(_Strict):
    max_megabytes: float = Field(10, gt=0, le=50)
    longest_side: int = Field(1600, ge=320, le=6000)


class Open311(_Strict):
    """What the GeoReport v2 endpoint says of itself, and publishes: docs/open311.md."""

    jurisdiction_id: str = ""  # "": any is taken
    type: Literal["production", "test"] = "production"
    contact: str = ""  # "": the program and its phone
    key_service: str = ""  # "": as above
    publish_descriptions: bool = False
    publish_photos: bool = False


class CityConfig(BaseModel):
    """config.yml without the keys that are Rasa's."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    city: CityFile
    departments: Annotated[dict[str, Department], Field(min_length=1)]
    cases: CaseNumbers = CaseNumbers()
    geocoders: list[Geocoder] = [Geocoder(name="gazetteer")]
    conversation: Conversation = Conversation()
    pacing: Pacing = Pacing()
    photos: Photos = Photos()
    open311: Open311 = Open311()
    areas: list[Text] = []
    holidays: Holidays | None = None
    routing: list[Rule] = []
    alerts: Alerts = Alerts()
    storm: Storm | None = None
    notices: Notices = Notices()
    console: ConsoleRules = ConsoleRules()
    limits: Limits = Limits()
    privacy: Privacy = Privacy()


RASA_KEYS = frozenset({"recipe", "language", "pipeline", "policies", "assistant_id"})


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that was decided before the first message. Paths are absolute."""

    settings: Settings
    file: CityConfig
    root: Path  # the folder of config.yml: data/, models/ and var/ are beside it
    city: City
    departments: Mapping[str, Department]
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)  # by topic of an answer
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)  # what config.yml takes from there

    def geocoder_options(self, number: int) -> dict[str, Any]:
        """Return a geocoder's options, with ${NAME} filled in; raises `ConfigError` where NAME isn't set."""
        options = self.file.geocoders[number].options
        for key, value in options.items():
            if isinstance(value, str):
                options[key] = self._filled_in(value, "geocoders", number, key)
        return options

    def webhook_secret(self, department: str) -> str:
        """Return what a department's webhook is signed with; raises `ConfigError` where it can't be used."""
        webhook = self.departments[department].webhook
        location = ("departments", department, "webhook", "secret")
        assert webhook is not None
        secret = self._filled_in(webhook.secret, *location)
        if len(secret) < SHORTEST_KEY:
            name = VARIABLE.findall(webhook.secret)[0]
            raise ConfigError(f"{self.where(*location)}: {name} must have {SHORTEST_KEY} characters or more")
        return secret

    def open311_key(self, department: str) -> str:
        """Return our key for a department's Open311 server; raises `ConfigError` where it isn't set."""
        server = self.departments[department].open311
        assert server is not None
        return self._filled_in(server.api_key, "departments", department, "open311", "api_key")

    def _filled_in(self, value: str, *location: int | str) -> str:
        for name in VARIABLE.findall(value):
            if name not in self.environ:
                raise ConfigError(f"{self.where(*location)}: {name} is not set in the environment")
            value = value.replace(f"${{{name}}}", self.environ[name])
        return value

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL, with the driver we ship; raises `ConfigError` where we ship none for it."""
        url = self.settings.database_url or f"sqlite:///{self.var / 'townline.db'}"
        if not re.match(r"(sqlite|postgres(ql(\+psycopg)?)?)://", url):
            raise ConfigError(
                "DATABASE_URL is neither PostgreSQL nor SQLite: write it as postgresql://user:password@host/name"
            )
        return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)

    def where(self, *location: int | str) -> str:
        """Return "file:line" of a key of config.yml, for errors that only show later."""
        return where(self.config_file, location)

    @property
    def config_file(self) -> Path:
        """config.yml itself, wherever it is and whatever its name."""
        return self.root / Path(self.settings.townline_config).name

    def page_of(self, token: str) -> str:
        """Return the address of a case's public page, by the case's token."""
        return f"{self.settings.public_base_url.rstrip('/')}/r/{token}"

    @property
    def var(self) -> Path:
        """Where the embedded default keeps its files."""
        return self.root / "var"

    @property
    def photos(self) -> Path:
        """The folder for photos."""
        url = self.settings.photos_url
        return Path(url.removeprefix("file://")).absolute() if url else self.var / "photos"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def encoder(self) -> Path | None:
        """The folder of the sentence encoder, if one is to be used."""
        return self.root / self.settings.nlu_encoder if self.settings.nlu_encoder else None

    @property
    def training(self) -> Path:
        return self.root / "data" / "training"

    @property
    def city_data(self) -> Path:
        return self.root / self.file.city.data


def load(environ: Mapping[str, str] | None = None, locales: Path = LOCALES) -> Config:
    """Return the configuration that the environment points to; raises `ConfigError`.

    `locales` has the catalogues of the languages that a city may serve.
    """
    environ = os.environ if environ is None else environ
    settings = Settings.from_environment(environ)
    path = Path(settings.townline_config).absolute()
    if not path.is_file():
        raise ConfigError(f"{path}: no such file. Set TOWNLINE_CONFIG to your config.yml.")
    known = read(path, ignoring=RASA_KEYS)
    file: CityConfig = validated(TypeAdapter(CityConfig), known, path)
    mistaken = (*_language_mistakes(file.city, locales), *_geocoder_mistakes(file.geocoders))
    for location, reason in (*mistaken, *department_mistakes(file.departments)):
        raise ConfigError(f"{where(path, location)}: {reason}")
    services = dict(_services(path.parent / "data" / "services", file))
    for location, reason in (*_routing_mistakes(file, services), *code_mistakes(file.departments, services)):
        raise ConfigError(f"{where(path, location)}: {reason}")
    city = City(
        name=file.city.name,
        program=file.city.program,
        phone=file.city.phone,
        timezone=file.city.timezone,
        services=services,
        departments={code: department.name for code, department in file.departments.items()},
        emergency_number=file.city.emergency_number,
        neighbours={neighbour.name: neighbour.phone for neighbour in file.city.neighbours},
        languages=tuple(file.city.languages),
        turned_away=tuple(dict.fromkeys(_said_instead(file))),
    )
    answers = read_answers(path.parent / "data" / "answers", city)
    city = replace(
        city,
        answers={topic: written.answer for topic, written in answers.items()},
        reasons=read_reasons(path.parent / "data" / "reasons.yml", city),
    )
    return Config(
        settings=settings,
        file=file,
        root=path.parent,
        city=city,
        departments=file.departments,
        questions={topic: written.all_questions for topic, written in answers.items()},
        environ={name: environ[name] for name in _variables(file) if environ.get(name)},
    )


def _variables(file: CityConfig) -> Iterable[str]:
    yield from secret_variables(file.departments)
    for geocoder in file.geocoders:
        for value in geocoder.options.values():
            yield from VARIABLE.findall(value) if isinstance(value, str) else ()


def _language_mistakes(city: CityFile, locales: Path) -> Iterable[tuple[tuple[int | str, ...], str]]:
    """Yield where and why a language can't be served."""
    known = languages(locales)
    for number, language in enumerate(city.languages):
        if language in city.languages[:number]:
            yield ("city", "languages", number), f"{language} is in the list already"
        if language not in known:
            reason = f"there is no catalogue for {language!r}, only for {', '.join(known)}: docs/languages.md"
            yield ("city", "languages", number), reason


def _geocoder_mistakes(geocoders: Sequence[Geocoder]) -> Iterable[tuple[tuple[int | str, ...], str]]:
    """Yield where and why the chain of geocoders can't be used; what geopy refuses shows when it is opened."""
    names = [geocoder.name for geocoder in geocoders]
    for number, geocoder in enumerate(geocoders):
        if geocoder.name in names[:number]:
            yield ("geocoders", number, "name"), f"{geocoder.name} is in the chain already"
        if geocoder.name == "google" and (geocoder.keep_days or 0) > 30:
            yield ("geocoders", number, "keep_days"), "Google's terms allow 30 days at most"
        for key in SECRETS:
            if key in geocoder.options and not VARIABLE.search(str(geocoder.options[key])):
                reason = f"{key} is a secret: keep it in the environment and write {key}: ${{NAME}} here"
                yield ("geocoders", number, key), reason


def _routing_mistakes(
    file: CityConfig, services: Mapping[str, Service]
) -> Iterable[tuple[tuple[int | str, ...], str]]:
    """Yield where and why the rules or the holidays can't be used; areas show when they are opened."""
    for location, reason in holiday_mistakes(file.holidays):
        yield ("holidays", *location), reason
    for location, reason in rule_mistakes(file.routing, services, file.departments, _spoken(file)):
        yield ("routing", *location), reason
    for location, reason in storm_mistakes(file.storm, services, _spoken(file)):
        yield ("storm", *location), reason


def _said_instead(file: CityConfig) -> Iterable[str]:
    """Yield what a report that is not taken may be told."""
    yield from (rule.say for rule in file.routing if rule.say)
    yield from [file.storm.say] if file.storm else []


def _spoken(file: CityConfig) -> dict[str, str]:
    """Return what the city's own sentences may have in braces."""
    return {"phone": file.city.phone, "city": file.city.name, "program": file.city.program}


def _services(folder: Path, file: CityConfig) -> Iterable[tuple[str, Service]]:
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise ConfigError(f"{folder}: no services here. Put one .yml file per issue type into it.")
    adapter, taken = TypeAdapter(Service), dict[str, str]()
    for path in files:
        written = read(path)
        _refuse_unknown(written, path, (), *PARTS)
        service: Service = validated(adapter, written, path)
        for location, reason in mistakes(service, file.departments, taken, _spoken(file)):
            raise ConfigError(f"{where(path, location)}: {reason}")
        taken[service.service_code] = path.name
        yield service.service_code, service


# A service file's keys: the dataclass that has them, and the key under which the next one's are listed.
PARTS: tuple[tuple[type[Service | Attribute | AttributeValue], str], ...] = (
    (Service, "attributes"),
    (Attribute, "values"),
    (AttributeValue, ""),
)


def _refuse_unknown(
    written: Any, path: Path, location: tuple[int | str, ...], part: tuple[Any, str], *inner: tuple[Any, str]
) -> None:
    """Refuse keys that nobody reads; values of the wrong kind are left to `validated`."""
    kind, listed = part
    if not isinstance(written, dict):
        return
    for key in written:
        if key not in kind.__dataclass_fields__:
            known = ", ".join(kind.__dataclass_fields__)
            raise ConfigError(f"{where(path, (*location, key))}: {key}: no such key; known: {known}")
    items = written.get(listed)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        _refuse_unknown(item, path, (*location, listed, number), *inner)
