"""The project's own rules: routes, settings, issue types, what must never be in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from bot.app import create_app, open_town
from bot.config import Config
from bot.service_mistakes import DUE
from bot.settings import Settings
from nlu.interpreter import Interpreter

ROOT = Path(__file__).parent.parent

SIGNED = "the provider alone: its signature or secret is checked"
KEYED = "a city's own system: its signature is checked (tests/test_work_orders.py)"
PUBLIC = "anybody"

ROUTES = {
    "/webhooks/twilio": SIGNED,
    "/webhooks/twilio/status": SIGNED,
    "/webhooks/telegram": SIGNED,
    "/hooks/status": KEYED,
    "/photos/<token>.jpg": PUBLIC,  # the token is 128 bits that only the city's own messages name
    "/r/<token>": PUBLIC,  # 128 bits, too, and nothing personal on it
    "/tracking/<path:filename>": PUBLIC,  # the page's stylesheet and icon
    "/healthz": PUBLIC,
    "/readyz": PUBLIC,  # no address, no secret: tests/test_readiness.py
    "/open311/v2/discovery.<any(xml, json):form>": PUBLIC,
    "/open311/v2/services.<any(xml, json):form>": PUBLIC,
    "/open311/v2/services/<service_code>.<any(xml, json):form>": PUBLIC,
    "/open311/v2/requests.<any(xml, json):form>": PUBLIC,  # to read; to post, whoever has an api_key
    "/open311/v2/requests/<number>.<any(xml, json):form>": PUBLIC,
    "/open311/v2/tokens/<token>.<any(xml, json):form>": PUBLIC,
    "/open311/v2/servicerequestupdates.<any(xml, json):form>": PUBLIC,  # to read; to post as above
    "/open311/v2/openapi.json": PUBLIC,
    "/open311/v2/": PUBLIC,
    "/open311/v2/<path:rest>": PUBLIC,  # all that is not there
}
"""Who may use what. A new route is added here first."""

CODES = {
    "pothole_road_damage",
    "sidewalk",
    "street_light",
    "graffiti",
    "missed_trash",
    "illegal_dumping",
    "litter_street_cleaning",
    "abandoned_vehicle",
    "illegal_parking",
    "abandoned_bike_scooter",
    "noise",
    "tree",
    "overgrown_vegetation",
    "water_leak",
    "drain_flooding_sewer",
    "sign_marking",
    "traffic_signal",
    "traffic_safety",
    "road_obstruction",
    "dead_animal",
    "animal_live",
    "rodent_pest",
    "park_maintenance",
    "snow_ice",
    "encampment",
    "biohazard_waste",
    "property_nuisance",
    "utility_wires",
    "public_safety",
    "other",
}
"""The issue types that the understanding is trained and measured by."""

LONGEST_MODULE = 400  # lines; most are near 100
LONG_MODULE = 300
LARGEST_PICTURE = 150_000  # bytes
STILL_LONGER = {"scripts/make_city.py"}  # to be made shorter, not to grow


# Routes


@pytest.fixture(scope="module")
def app(config: Config, interpreter: Interpreter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The web application with every channel set up."""
    settings = replace(
        config.settings,
        database_url=f"sqlite:///{tmp_path_factory.mktemp('rules') / 'townline.db'}",
        public_base_url="https://311.riverton.example",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="not-a-token",
        twilio_from="+15550100",
        telegram_bot_token="4242:not-a-token",
        telegram_webhook_secret="not-a-secret",
    )
    town = open_town(replace(config, settings=settings), interpreter=interpreter)
    yield create_app(town)
    town.database.close()


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    """The console's routes do so where they are made: tests/test_console_pages.py tries each of them."""
    rules = {rule.rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("console.")}
    assert rules == set(ROUTES)


@pytest.mark.parametrize("path", [path for path, who in ROUTES.items() if who == SIGNED])
def test_a_signed_route_refuses_everybody_else(path: str, app: Flask) -> None:
    client = app.test_client()
    assert client.post(path, data={"Body": "hello", "MessageSid": "SM" + "0" * 32}).status_code == 403
    assert client.post(path, json={"update_id": 1}).status_code == 403
    assert client.get(path).status_code == 405


# Settings


def test_every_setting_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for field in Settings.__dataclass_fields__ if (name := field.upper()) not in readme]
    assert not missing


# Issue types


def test_the_services_are_those_of_the_taxonomy(config: Config) -> None:
    assert len(CODES) == 30
    assert set(config.city.services) >= CODES  # a city may add its own
    assert {path.stem for path in (ROOT / "data" / "services").glob("*.yml")} >= CODES


def test_a_service_says_who_does_it_and_by_when(config: Config) -> None:
    for code, service in config.city.services.items():
        assert service.keywords, code
        assert service.department in config.departments, code
        assert DUE.match(service.due), code
        assert service.description.endswith("."), code
        assert len(service.service_name) <= 40, code


def test_a_keyword_names_one_service(config: Config) -> None:
    named = Counter(
        word.casefold() for service in config.city.services.values() for word in set(service.keywords)
    )
    assert not [word for word, count in named.items() if count > 1]


def test_every_question_can_be_asked_and_answered(config: Config) -> None:
    for code, service in config.city.services.items():
        for question in service.attributes:
            keys = [value.key for value in question.values]
            assert len(keys) == len(set(keys)), code
            assert bool(keys) == question.datatype.endswith("list"), code
            assert "?" in question.description, code


# What must never be in the repository


def tracked() -> list[Path]:
    """Return the files under version control, but for this one, which names what it looks for."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path != Path(__file__).resolve()]


def found(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every match in a tracked text file."""
    searched = re.compile(pattern)
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for match in searched.finditer(text):
            yield str(path.relative_to(ROOT)), match.group(0)


def test_no_address_of_the_real_world() -> None:
    addresses = found(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
    assert not [(path, text) for path, text in addresses if not text.endswith(".example")]


def test_no_phone_number_of_the_real_world() -> None:
    separated = r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-. ])?\d{3}[-.]\d{4}(?![\w-])"
    numbers = found(rf"\+\d{{8,15}}\b|{separated}")
    fiction = re.compile(r"(?:.*\D)?(?:\+1\d{0,3}?)?555\D?01\d\d")
    assert not [(path, text) for path, text in numbers if not fiction.fullmatch(text)]


def test_no_path_of_somebodys_machine_and_no_package_index() -> None:
    somebodys = r"(?<![\w./-])/(?:home|Users|root|work)/[\w.]|[A-Z]:\\Users\\"
    # One letter of each stands in brackets: the pattern means the same, and this file names no index.
    index = r"py[p]i\.org|python[h]osted\.org|(?:extra-)?index[-]url|PIP[_]INDEX"
    assert not list(found(rf"{somebodys}|{index}"))


# Modules


def modules() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and "versions" not in path.parts]


def test_every_module_says_in_one_line_what_it_is() -> None:
    silent = []
    for path in modules():
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
        if not re.search(r"\w.*[.:]$", first):
            silent.append(str(path.relative_to(ROOT)))
    assert not silent


def test_no_module_is_too_long_to_read() -> None:
    """Run with -s for the long ones."""
    code = [path for path in modules() if path.parts[len(ROOT.parts)] != "tests"]
    lines = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in code}
    for name, count in sorted(lines.items(), key=lambda item: -item[1]):
        if count > LONG_MODULE:
            print(f"{count:4}  {name}")
    assert sorted(lines.values())[len(lines) // 2] <= 150
    assert {name for name, count in lines.items() if count > LONGEST_MODULE} <= STILL_LONGER


def test_files_to_begin_with_are_there(request: pytest.FixtureRequest) -> None:
    [own] = [each for each in request.config.pluginmanager.get_plugins() if hasattr(each, "LONGEST")]
    assert [name for name in own.LONGEST if not (ROOT / "tests" / f"{name}.py").is_file()] == []


# Pictures


def test_pictures_are_small_and_each_is_shown() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {
        (page.parent / path).resolve()
        for page in pages
        for path in re.findall(r"!\[[^]]+\]\(([^)]+\.png)\)", page.read_text(encoding="utf-8"))
    }
    assert shown == set((ROOT / "docs" / "pictures").iterdir())
    assert [path.name for path in shown if path.stat().st_size > LARGEST_PICTURE] == []
