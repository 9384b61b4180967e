"""What can be wrong in config.yml and the service files, and what is said about it: file, line and reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import open_bell, open_outside, open_town
from bot.config import Config, ConfigError, load
from bot.database import Database
from bot.settings import Settings
from dialogues.types import Attribute, AttributeValue

ROOT = Path(__file__).parent.parent

CITY = """\
city:
  name: Riverton
  program: Riverton 311
  phone: 555-0111
  timezone: America/Chicago
departments:
  streets: {name: Streets, email: streets@riverton.example}
"""

POTHOLE = """\
service_code: pothole
service_name: Pothole
description: A hole in the road.
group: Streets
department: streets
due: 5 working days
keywords: [pothole]
attributes:
  - code: lane
    datatype: singlevaluelist
    required: false
    description: Which part of the street?
    values:
      - {key: traffic, name: Traffic lane}
      - {key: bike, name: Bike lane}
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city's folder with one service in it, as small as can be."""
    write(tmp_path / "config.yml", CITY)
    write(tmp_path / "data" / "services" / "pothole.yml", POTHOLE)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def refusal(city: Path) -> list[str]:
    """Return what is said of a configuration that can't be used, line by line, without the folder."""
    with pytest.raises(ConfigError) as error:
        load({"TOWNLINE_CONFIG": str(city / "config.yml")})
    return str(error.value).replace(f"{city}/", "").splitlines()


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_what_a_city_decides(city: Path) -> None:
    config = load(
        {"TOWNLINE_CONFIG": str(city / "config.yml"), "PUBLIC_BASE_URL": "https://311.riverton.example"}
    )
    assert config.city.program == "Riverton 311"
    assert config.city.services["pothole"].attributes == (
        Attribute(
            code="lane",
            datatype="singlevaluelist",
            required=False,
            description="Which part of the street?",
            values=(
                AttributeValue(key="traffic", name="Traffic lane"),
                AttributeValue(key="bike", name="Bike lane"),
            ),
        ),
    )
    assert config.departments["streets"].email == "streets@riverton.example"
    assert config.file.cases.prefix == "SR-"
    assert config.database_url == f"sqlite:///{city}/var/townline.db"
    assert config.photos == city / "var" / "photos"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  phone: 555-0111\n", "", "config.yml:1: city.phone: Field required"),
        ("Riverton 311", "''", "config.yml:3: city.program: String should have at least 1 character"),
        ("555-0111", "5550111", "config.yml:4: city.phone: Input should be a valid string"),
        (
            "America/Chicago",
            "Chicago",
            "config.yml:5: city.timezone: Value error, no such time zone; write it as in America/Chicago",
        ),
        (
            "  timezone",
            "  motto: Onward\n  timezone",
            "config.yml:5: city.motto: Extra inputs are not permitted",
        ),
        (
            "streets@riverton.example",
            "streets",
            "config.yml:7: departments.streets.email: String should match pattern '^[^@\\s]+@[^@\\s]+$'",
        ),
        (
            ", email: streets@riverton.example",
            "",
            "config.yml:7: departments.streets: Value error, say how it hears of cases: "
            "email, webhook, telegram, open311 (docs/departments.md)",
        ),
        (
            "streets@riverton.example}",
            "streets@riverton.example, fax: 555-0100}",
            "config.yml:7: departments.streets.fax: Extra inputs are not permitted",
        ),
        (
            "email: streets@riverton.example",
            "telegram: 42",
            "config.yml:7: departments.streets.telegram: String should match pattern '^-\\d{1,20}$'",
        ),
        (
            "email: streets@riverton.example",
            "webhook: {url: roads.riverton.example, secret: '${ROADS}'}",
            "config.yml:7: departments.streets.webhook.url: Value error, is no address: write it as "
            "https://work-orders.riverton.example/hooks/townline",
        ),
        (
            "email: streets@riverton.example",
            "webhook: {url: 'https://roads.riverton.example/', secret: hunter2}",
            "config.yml:7: it is a secret: keep it in the environment and write secret: ${NAME} here",
        ),
        (
            "departments:",
            "alerts: {before: soon}\ndepartments:",
            "config.yml:6: alerts.before: String should match pattern '^\\d{1,2}%$'",
        ),
        (
            "\n  streets: {name: Streets, email: streets@riverton.example}",
            " {}",
            "config.yml:6: departments: Dictionary should have at least 1 item after validation, not 0",
        ),
        (
            "departments:",
            "cases: {first: 0}\ndepartments:",
            "config.yml:6: cases.first: Input should be greater than 0",
        ),
        (
            "departments:",
            "photos:\n  longest_side: 1\ndepartments:",
            "config.yml:7: photos.longest_side: Input should be greater than or equal to 320",
        ),
        ("departments:", "colours: {}\ndepartments:", "config.yml:6: colours: Extra inputs are not permitted"),
        ("departments:", "\tdepartments:", "config.yml:6: found character '\\t' that cannot start any token"),
        ("name: Riverton\n", "name: [Riverton\n", "config.yml:3: expected ',' or ']', but got ':'"),
    ],
)
def test_mistakes_in_config_yml(city: Path, old: str, new: str, message: str) -> None:
    write(city / "config.yml", changed(CITY, old, new))
    assert refusal(city) == [message]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("service_name: Pothole\n", "", "1: service_name: Field required"),
        ("group: Streets", "groop: Streets", "4: groop: no such key; known: service_code, service_name, "),
        ("department: streets", "department: roads", "5: there is no department 'roads' in config.yml"),
        ("5 working days", "soon", "6: write due as in '5 working days' or '24 hours'"),
        ("[pothole]", "pothole", "7: keywords: Input should be a valid tuple"),
        ("keywords", "photo: perhaps\nkeywords", "7: photo: Input should be a valid boolean, "),
        ("    required", "    requierd", "11: requierd: no such key; known: code, datatype, required, "),
        ("singlevaluelist", "list", "10: attributes.0.datatype: Input should be 'string', "),
        ("key: bike, name", "key: bike, label", "15: label: no such key; known: key, name"),
        ("name: Bike lane", "name: Bike, or none", "15: or none: no such key; known: key, name"),
        ("key: bike", "key: no", "15: attributes.0.values.1.key: Input should be a valid string"),
        ("  - code: lane", "    code: lane", "8: attributes: Input should be a valid tuple"),
    ],
)
def test_mistakes_in_a_service_file(city: Path, old: str, new: str, message: str) -> None:
    write(city / "data/services/pothole.yml", changed(POTHOLE, old, new))
    (said,) = refusal(city)
    assert said.startswith(f"data/services/pothole.yml:{message}")


def test_a_list_without_values(city: Path) -> None:
    write(city / "data/services/pothole.yml", POTHOLE.partition("    values:")[0])
    assert refusal(city) == ["data/services/pothole.yml:9: lane is a singlevaluelist: give it values"]


def test_two_files_with_one_service(city: Path) -> None:
    write(city / "data/services/sinkhole.yml", "# Much deeper.\n" + POTHOLE)
    assert refusal(city) == ["data/services/sinkhole.yml:2: pothole is taken by pothole.yml"]


@pytest.mark.parametrize("text", ["", "just words", "- a\n- list\n"])
def test_a_file_that_holds_something_else(city: Path, text: str) -> None:
    write(city / "config.yml", text)
    assert refusal(city) == ["config.yml:1: expected 'key: value' lines"]


@pytest.mark.parametrize("content", [b"city: \xff\xfe", b"city: \x00"])
def test_a_file_that_is_no_text(city: Path, content: bytes) -> None:
    (city / "config.yml").write_bytes(content)
    assert refusal(city) == ["config.yml:1: is no text in UTF-8"]


def test_all_mistakes_of_a_file_are_named_at_once(city: Path) -> None:
    write(city / "config.yml", CITY.replace("Riverton 311", "''").replace("555-0111", "''"))
    assert [line[:12] for line in refusal(city)] == ["config.yml:3", "config.yml:4"]


def test_no_file_and_no_services(city: Path) -> None:
    (city / "data/services/pothole.yml").unlink()
    assert refusal(city) == ["data/services: no services here. Put one .yml file per issue type into it."]
    (city / "config.yml").unlink()
    assert refusal(city) == ["config.yml: no such file. Set TOWNLINE_CONFIG to your config.yml."]


def test_what_is_rasas_is_left_to_rasa(city: Path) -> None:
    write(city / "config.yml", CITY + "recipe: default.v1\npipeline:\n  - name: WhitespaceTokenizer\n")
    load({"TOWNLINE_CONFIG": str(city / "config.yml")})


@pytest.mark.parametrize(
    ("geocoders", "reason"),
    [
        ("[{name: nominatim}]", "the chain of geocoders must begin with: gazetteer"),
        (
            "[{name: gazetteer}, {name: atlantis}]",
            "geocoder 'atlantis' is none of: gazetteer, ",
        ),
    ],
)
def test_geocoders_that_nobody_has(city: Path, sqlite: Database, geocoders: str, reason: str) -> None:
    write(city / "config.yml", changed(CITY, "departments:", f"geocoders: {geocoders}\ndepartments:"))
    config = load({"TOWNLINE_CONFIG": str(city / "config.yml")})
    with pytest.raises(ConfigError) as error:
        open_town(config, database=sqlite)
    assert str(error.value).startswith(f"{city}/config.yml:6: {reason}")


GEOCODERS = """\
geocoders:
  - {name: gazetteer}
  - name: google
    api_key: ${MAPS_KEY}
    keep_days: 30
"""


def test_a_key_comes_from_the_environment(city: Path, sqlite: Database) -> None:
    write(city / "config.yml", CITY + GEOCODERS)
    named = {"TOWNLINE_CONFIG": str(city / "config.yml")}
    config = load(named | {"MAPS_KEY": "AIza-1", "HOME": "/nowhere"})
    assert config.geocoder_options(1) == {"api_key": "AIza-1", "keep_days": 30}
    assert dict(config.environ) == {"MAPS_KEY": "AIza-1"}, "nothing else is taken along"
    assert "AIza-1" not in repr(config)
    [google] = open_outside(config)
    assert (google.name, google.keep_days) == ("google", 30)
    with pytest.raises(ConfigError) as error:
        open_outside(load(named))
    assert str(error.value) == f"{city}/config.yml:11: MAPS_KEY is not set in the environment"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "${MAPS_KEY}",
            "AIza-1",
            "config.yml:11: api_key is a secret: keep it in the environment and write api_key: ${NAME} here",
        ),
        ("keep_days: 30", "keep_days: 31", "config.yml:12: Google's terms allow 30 days at most"),
        ("google", "gazetteer", "config.yml:10: gazetteer is in the chain already"),
        (
            "keep_days: 30",
            "keep_days: -1",
            "config.yml:12: geocoders.1.keep_days: Input should be greater than or equal to 0",
        ),
        (
            "keep_days: 30",
            "per_second: 0",
            "config.yml:12: geocoders.1.per_second: Input should be greater than 0",
        ),
        (
            "keep_days: 30",
            "timeout: 4",
            "config.yml:12: geocoders.1.timeout: Input should be less than or equal to 3",
        ),
    ],
)
def test_what_can_be_wrong_with_a_geocoder(city: Path, old: str, new: str, message: str) -> None:
    write(city / "config.yml", CITY + changed(GEOCODERS, old, new))
    assert refusal(city) == [message]


def test_options_that_geopy_does_not_know(city: Path) -> None:
    write(city / "config.yml", CITY + changed(GEOCODERS, "keep_days: 30", "colour: red"))
    config = load({"TOWNLINE_CONFIG": str(city / "config.yml"), "MAPS_KEY": "AIza-1"})
    with pytest.raises(ConfigError, match=r"config\.yml:10: geocoder 'google': .*colour"):
        open_outside(config)


def test_a_neighbour_needs_a_phone(city: Path) -> None:
    write(city / "config.yml", changed(CITY, "departments:", "  neighbours: [{name: Eastport}]\ndepartments:"))
    assert refusal(city) == ["config.yml:6: city.neighbours.0.phone: Field required"]
    phone = "  neighbours: [{name: Eastport, phone: 555-0123}]\ndepartments:"
    write(city / "config.yml", changed(CITY, "departments:", phone))
    assert load({"TOWNLINE_CONFIG": str(city / "config.yml")}).city.neighbours == {"Eastport": "555-0123"}


def test_an_engine_that_nobody_has(config: Config, sqlite: Database) -> None:
    config = replace(config, settings=replace(config.settings, nlu_engine="oracle"))
    with pytest.raises(ConfigError, match="NLU_ENGINE is 'oracle'; this build serves: spacy"):
        open_town(config, database=sqlite)


def test_a_redis_that_is_no_url(config: Config) -> None:
    config = replace(config, settings=replace(config.settings, redis_url="localhost:6379"))
    with pytest.raises(ConfigError, match="REDIS_URL: Redis URL must specify one of the following schemes"):
        open_bell(config)


# The environment ------------------------------------------------------------------------------------

NAMES = [name.upper() for name in vars(Settings())]

PROMISED = """
    PUBLIC_BASE_URL DATABASE_URL REDIS_URL SECRET_KEY TOWNLINE_CONFIG PHOTOS_URL NLU_ENGINE
    TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_FROM TWILIO_API_BASE_URL
    TELEGRAM_BOT_TOKEN TELEGRAM_WEBHOOK_SECRET TELEGRAM_API_BASE_URL SMTP_URL
"""


def test_the_settings_that_were_promised() -> None:
    assert set(PROMISED.split()) <= set(NAMES)


def test_every_setting_is_read_under_its_name() -> None:
    settings = Settings.from_environment({name: f" value of {name}\n" for name in NAMES} | {"HOME": "/nowhere"})
    assert vars(settings) == {name.lower(): f"value of {name}" for name in NAMES}


def test_an_empty_setting_is_as_good_as_none() -> None:
    assert Settings.from_environment(dict.fromkeys(NAMES, " ")) == Settings()


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in readme] == []


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("postgres://town@db/town", "postgresql+psycopg://town@db/town"),
        ("postgresql://town@db/town", "postgresql+psycopg://town@db/town"),
        ("postgresql+psycopg://town@db/town", "postgresql+psycopg://town@db/town"),
        ("sqlite:////srv/town.db", "sqlite:////srv/town.db"),
    ],
)
def test_a_database_is_opened_with_the_driver_we_ship(city: Path, url: str, opened: str) -> None:
    config = load({"TOWNLINE_CONFIG": str(city / "config.yml"), "DATABASE_URL": url})
    assert config.database_url == opened


@pytest.mark.parametrize("url", ["file:///srv/photos", "/srv/photos"])
def test_where_photos_are_kept(city: Path, url: str) -> None:
    config = load({"TOWNLINE_CONFIG": str(city / "config.yml"), "PHOTOS_URL": url})
    assert config.photos == Path("/srv/photos")


# Answers

TRASH_DAY = """\
topic: trash_day
answer:
  en: Call {phone} for the day.
  es: Llame al {phone}.
questions:
  en:
    - when is trash day
  es:
    - cuando pasa la basura
"""


def test_an_answer_is_a_file(city: Path) -> None:
    write(city / "data" / "answers" / "trash_day.yml", TRASH_DAY)
    config = load({"TOWNLINE_CONFIG": str(city / "config.yml")})
    assert config.city.answers == {"trash_day": {"en": "Call {phone} for the day.", "es": "Llame al {phone}."}}
    assert config.questions == {"trash_day": ("when is trash day", "cuando pasa la basura")}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Call {phone} for", "Call {telephone} for", "3: there is no {telephone}; known: {program}, {phone}"),
        ("Call {phone} for", "Call {phone for", "3: a brace stands alone or empty"),
        ("Call {phone} for", "Call {} for", "3: a brace stands alone or empty"),
        ("for the day.", "x" * 160, "3: 174 characters when filled; an answer may have 160"),
        ("  en: Call {phone} for the day.\n", "", "2: there is no answer in 'en'"),
        ("  es: Llame al {phone}.\n", "", "7: there are questions in 'es', but no answer"),
        ("topic: trash_day\n", "topics: trash_day\n", "1: topic: Field required"),
        ("    - when is trash day\n", "", "6: questions.en: Input should be a valid list"),
    ],
)
def test_what_can_be_wrong_in_an_answer(city: Path, old: str, new: str, said: str) -> None:
    write(city / "data" / "answers" / "trash_day.yml", changed(TRASH_DAY, old, new))
    assert refusal(city)[0].startswith(f"data/answers/trash_day.yml:{said}")


def test_a_topic_has_one_answer(city: Path) -> None:
    write(city / "data" / "answers" / "a.yml", TRASH_DAY)
    write(city / "data" / "answers" / "b.yml", TRASH_DAY)
    assert refusal(city) == ["data/answers/b.yml:1: trash_day has an answer already"]
