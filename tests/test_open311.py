"""Open311 GeoReport v2 as other systems meet it: over HTTP, on both kinds of database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import requests
import yaml
from servers import Office, OpenOffice
from sqlalchemy import select

from bot import cases, service_requests
from bot.app import create_app
from bot.config import Config, ConfigError, Open311
from bot.database import Database
from bot.models import OutboxEntry, ServiceRequest
from bot.open311.documents import ITEMS
from bot.open311.server import api_keys
from webhooks.simulator.loopback import LoopbackServer

GOLDEN = Path(__file__).parent / "data" / "open311"
DOCUMENTS = yaml.safe_load((GOLDEN / "documents.yml").read_text(encoding="utf-8"))
KEY = "not-a-key-just-a-test"
FORMATS = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
TOKEN = re.compile(r"[\w-]{22}")
CHANGESET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d(?=[\"<])")


@dataclass
class Endpoint:
    """The server of one office, as a client sees it."""

    office: Office
    url: str

    def get(self, path: str, form: str = "json", **parameters: str) -> requests.Response:
        """Ask for a resource; `path` may have a query."""
        resource, _, query = path.partition("?")
        return requests.get(f"{self.url}{resource}.{form}?{query}", params=parameters, timeout=20)

    def post(self, form: str = "json", **fields: Any) -> requests.Response:
        """Post a request."""
        return requests.post(f"{self.url}/requests.{form}", data=fields, timeout=20)

    def file(self, **fields: Any) -> str:
        """Post a request that is taken, and return its number."""
        answer = self.post(**({"api_key": KEY, "service_code": "graffiti"} | fields))
        assert answer.status_code == 200, answer.text
        return answer.json()[0]["service_request_id"]

    def ids(self, **parameters: str) -> list[str]:
        """Return the numbers of the cases that are listed."""
        answer = self.get("/requests", **parameters)
        assert answer.status_code == 200, answer.text
        return [each["service_request_id"] for each in answer.json()]

    def refused(self, expected: int, /, **parameters: str) -> str:
        """Return why a list is refused."""
        answer = self.get("/requests", **parameters)
        assert answer.status_code == expected, answer.text
        return answer.json()[0]["description"]

    def case(self, number: str) -> ServiceRequest:
        with self.office.town.database.read() as session:
            return cases.by_number(session, number)


@pytest.fixture
def endpoint(open_office: OpenOffice, database: Database) -> Endpoint:
    office = open_office(database, open311_api_keys=f"other:{'x' * 20}, app:{KEY}")
    return Endpoint(office, f"{office.url}/open311/v2")


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Endpoint:
    """An endpoint where the kind of database makes no difference."""
    office = open_office(sqlite, open311_api_keys=f"app:{KEY}")
    return Endpoint(office, f"{office.url}/open311/v2")


@pytest.fixture
def generous(desk: Endpoint) -> Iterator[Endpoint]:
    """An endpoint of a city that publishes descriptions and photos."""
    config = desk.office.town.config
    open_ = Open311(publish_descriptions=True, publish_photos=True)
    file = config.file.model_copy(update={"open311": open_})
    town = replace(desk.office.town, config=replace(config, file=file))
    server = LoopbackServer(create_app(town))
    server.start()
    yield Endpoint(replace(desk.office, town=town), f"{server.url}/open311/v2")
    server.stop()


def spark(name: str, element: ElementTree.Element) -> Any:
    """Return an element as the specification's JSON has it, every value as text."""
    if name in ITEMS and (len(element) or name in ("service_requests", "services")):
        return [spark(ITEMS[name], child) for child in element]
    if len(element):
        return {child.tag: spark(child.tag, child) for child in element}
    return element.text


def as_text(document: Any) -> Any:
    """Return a JSON document with every value as XML writes it."""
    if isinstance(document, dict):
        return {key: as_text(value) for key, value in document.items()}
    if isinstance(document, list):
        return [as_text(value) for value in document]
    return (
        document if document is None else str(document).lower() if document in (True, False) else str(document)
    )


# Documents ------------------------------------------------------------------------------------------


@pytest.fixture
def scene(endpoint: Endpoint) -> Endpoint:
    """A pothole by SMS that is filled two days later, and dumped things posted by an app."""
    office = endpoint.office
    for words in ("huge pothole at 732 Pine St, I am Pat Example, 555-0142", "yes"):
        office.says(words)
        office.bustle()
    endpoint.file(
        service_code="illegal_dumping",
        lat="41.589118",
        long="-90.999016",
        address_string="33 quarry street",
        description="My neighbor Pat Example dumps tires",
        email="pat@riverton.example",
        phone="555-0142",
        first_name="Pat",
        media_url="https://pictures.riverton.example/1.jpg",
        **{"attribute[items]": "tires"},
    )
    office.clock.now += timedelta(days=2)
    service_requests.update_status(office.town, "SR-10001", "completed", "Filled by crew 7.")
    return endpoint


def ask(scene: Endpoint, document: Mapping[str, Any], form: str) -> requests.Response:
    if "post" in document:
        fields = {key: KEY if value == "KEY" else value for key, value in document["post"].items()}
        return scene.post(form, **fields)
    return scene.get(document["get"].replace("{token}", scene.case("SR-10001").token), form)


def test_documents(scene: Endpoint, request: pytest.FixtureRequest) -> None:
    """Every document reads as its file does; its XML and its JSON say the same."""
    assert len(DOCUMENTS) > 15
    for document in DOCUMENTS:
        for form, mime in FORMATS.items():
            answer = ask(scene, document, form)
            assert answer.status_code == document.get("status", 200), (document, answer.text)
            assert answer.headers["Content-Type"] == mime
            text = answer.content.decode("utf-8")
            if document["file"] == "token":
                text = TOKEN.sub("TOKEN", text)
            if document["file"] == "discovery":
                text = CHANGESET.sub("CHANGESET", text)
            if document["file"] == "post_danger":
                text = re.sub(r"SR-\d+", "NUMBER", text)
            path = GOLDEN / f"{document['file']}.{form}"
            if request.config.getoption("--update"):
                path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
            assert text.rstrip("\n") == path.read_text(encoding="utf-8").rstrip("\n"), path.name
        root = ElementTree.fromstring((GOLDEN / f"{document['file']}.xml").read_text(encoding="utf-8"))
        written = json.loads((GOLDEN / f"{document['file']}.json").read_text(encoding="utf-8"))
        assert spark(root.tag, root) == as_text(written) or (root.text is None and written == [])


def test_nothing_published_says_who_reported(scene: Endpoint) -> None:
    for path in ("/requests?extensions=true", "/requests/SR-10001?extensions=true", "/requests/SR-10002"):
        for form in FORMATS:
            text = scene.get(path, form).text
            assert "SR-1000" in text
            for personal in ("Pat", "0142", "pat@", "neighbor", "pictures", "photos/"):
                assert personal not in text


def test_services_are_the_citys(desk: Endpoint) -> None:
    services = desk.office.town.city.services
    answer = desk.get("/services").json()
    assert [each["service_code"] for each in answer] == list(services)
    for each in answer:
        assert each["metadata"] is bool(services[each["service_code"]].attributes)
        assert each["keywords"].split(",") == list(services[each["service_code"]].keywords)
    root = ElementTree.fromstring(desk.get("/services", "xml").content)
    assert spark("services", root) == as_text(answer)


def test_each_definition_can_be_read(desk: Endpoint) -> None:
    services = desk.office.town.city.services.values()
    asked = [service for service in services if service.attributes]
    assert asked
    for service in asked:
        answer = desk.get(f"/services/{service.service_code}").json()
        assert [each["order"] for each in answer["attributes"]] == list(range(1, len(service.attributes) + 1))
        assert [each["code"] for each in answer["attributes"]] == [each.code for each in service.attributes]


# Lists ----------------------------------------------------------------------------------------------


@pytest.fixture
def listed(endpoint: Endpoint) -> Endpoint:
    """Cases of 100, 40 and 10 days ago and of today: SR-10001 to SR-10004; the second is closed today."""
    clock = endpoint.office.clock
    today = clock.now
    for days, code in ((100, "graffiti"), (40, "tree"), (10, "graffiti"), (0, "tree")):
        clock.now = today - timedelta(days=days)
        endpoint.file(service_code=code, address_string="732 Pine St")
    service_requests.update_status(endpoint.office.town, "SR-10002", "completed", "Done.")
    return endpoint


FIRST, SECOND, THIRD, FOURTH = "SR-10001", "SR-10002", "SR-10003", "SR-10004"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, [FOURTH, THIRD, SECOND]),
        ({"status": "", "service_code": "", "start_date": ""}, [FOURTH, THIRD, SECOND]),
        ({"status": "open"}, [FOURTH, THIRD]),
        ({"status": "closed"}, [SECOND]),
        ({"status": "open,closed"}, [FOURTH, THIRD, SECOND]),
        ({"service_code": "tree"}, [FOURTH, SECOND]),
        ({"service_code": "tree, graffiti"}, [FOURTH, THIRD, SECOND]),
        ({"service_request_id": "sr-10001,SR-10003,SR-9"}, [THIRD, FIRST]),
        ({"service_request_id": FIRST, "status": "closed", "start_date": "nonsense"}, [FIRST]),
        ({"start_date": "2026-02-01T00:00:00Z"}, [SECOND, FIRST]),
        ({"end_date": "2026-05-01T00:00:00Z"}, [SECOND, FIRST]),
        ({"start_date": "2026-05-22T10:00:00-05:00", "end_date": "2026-05-22T15:00:00Z"}, [THIRD]),
        ({"start_date": "2026-05-22T15:00:01Z"}, [FOURTH]),
        ({"updated_after": "2026-06-01T00:00:00Z"}, [FOURTH, SECOND]),
        ({"updated_before": "2026-05-30T00:00:00Z"}, [THIRD, FIRST]),
        ({"page_size": "2"}, [FOURTH, THIRD]),
        ({"page_size": "2", "page": "2"}, [SECOND]),
        ({"page_size": "2", "page": "3"}, []),
        ({"page": "1000000"}, []),
        ({"jurisdiction_id": "Riverton.example"}, [FOURTH, THIRD, SECOND]),
    ],
)
def test_filters(listed: Endpoint, parameters: dict[str, str], expected: list[str]) -> None:
    assert listed.ids(**parameters) == expected


@pytest.mark.parametrize(
    ("status", "parameters", "named"),
    [
        (400, {"status": "pending"}, "status"),
        (400, {"start_date": "2026-06-01"}, "start_date"),
        (400, {"start_date": "2026-06-01T00:00:00"}, "start_date"),
        (400, {"end_date": "2026-13-01T00:00:00Z"}, "end_date"),
        (400, {"updated_after": "0001-01-01T00:00:00+14:00"}, "updated_after"),
        (400, {"start_date": "2026-06-02T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, "after"),
        (400, {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-01T00:00:01Z"}, "90 days"),
        (400, {"page": "0"}, "page"),
        (400, {"page": "9" * 40}, "page"),
        (400, {"page_size": "1001"}, "page_size"),
        (400, {"page_size": "many"}, "page_size"),
        (400, {"service_request_id": ",".join(map(str, range(1001)))}, "service_request_id"),
        (404, {"service_code": "tree,nowhere"}, "nowhere"),
        (404, {"jurisdiction_id": "eastport.example"}, "riverton.example"),
    ],
)
def test_lists_that_are_refused(desk: Endpoint, status: int, parameters: dict[str, str], named: str) -> None:
    assert named in desk.refused(status, **parameters)


def test_ninety_days_to_the_second_may_be_asked_for(desk: Endpoint) -> None:
    assert desk.ids(start_date="2026-01-01T00:00:00Z", end_date="2026-04-01T00:00:00Z") == []


def test_a_plus_that_was_not_escaped_is_understood(desk: Endpoint) -> None:
    answer = desk.get("/requests?start_date=2026-05-01T00:00:00+00:00")
    assert (answer.status_code, answer.json()) == (200, [])


@pytest.mark.parametrize(
    "path", ["/requests/%00.json", "/tokens/%00.json", "/requests/SR-10001", "/services.csv", "/", "/requests"]
)
def test_odd_addresses_are_unknown(endpoint: Endpoint, path: str) -> None:
    answer = requests.get(endpoint.url + path, timeout=20)
    assert answer.status_code == 404
    assert "errors" in answer.text or answer.json()[0]["code"] == "404"


def test_any_page_may_read_it(desk: Endpoint) -> None:
    assert desk.get("/services").headers["Access-Control-Allow-Origin"] == "*"


# Posts ----------------------------------------------------------------------------------------------


def test_a_posted_request_goes_a_residents_way(endpoint: Endpoint) -> None:
    number = endpoint.file(
        service_code="illegal_dumping",
        address_string="732 pine street",
        description="Tires\r\nand a \x07mattress",
        email="pat@riverton.example",
        media_url="https://pictures.riverton.example/1.jpg",
        jurisdiction_id="riverton.example",
        **{"attribute[items]": "tires"},
    )
    case = endpoint.case(number)
    assert (case.department, case.status, case.precision) == ("sanitation", "received", "address")
    assert case.address_string == "732 Pine St"
    assert case.attributes == {"items": "tires"}
    assert case.description == "Tires\nand a mattress\nPlace as given: 732 pine street"
    assert case.expected_datetime is not None
    assert case.reporter == {"email": "pat@riverton.example", "client": "app"}
    endpoint.office.bustle()
    [mail] = Path(endpoint.office.town.config.settings.smtp_url.removeprefix("file://")).glob("*.eml")
    text = mail.read_text(encoding="utf-8")
    for words in (number, "To: sanitation@", "732 Pine St", "Tires", "https://pictures.riverton.example/1.jpg"):
        assert words in text
    assert "pat@" not in text
    with endpoint.office.town.database.read() as session:
        assert [entry.outcome for entry in session.scalars(select(OutboxEntry))] == ["sent"]


@pytest.mark.parametrize(
    ("fields", "address", "precision", "point"),
    [
        ({"lat": "41.608297", "long": "-91.011005"}, "732 Pine St", "address", True),
        ({"address_string": "732 Pine St"}, "732 Pine St", "address", True),
        ({"lat": "41.6083", "long": "-91.011", "address_string": "732 Pine"}, "732 Pine St", "address", True),
        (
            {"lat": "41.608297", "long": "-91.011005", "address_string": "33 Quarry St"},
            "732 Pine St",
            "address",
            True,
        ),
        ({"address_string": "behind the old oak"}, "behind the old oak", "unconfirmed", False),
    ],
)
def test_places(desk: Endpoint, fields: dict[str, str], address: str, precision: str, point: bool) -> None:
    case = desk.case(desk.file(**fields))
    assert (case.address_string, case.precision) == (address, precision)
    assert case.location_confirmed is point
    if "lat" in fields:
        assert (case.lat, case.long) == (float(fields["lat"]), float(fields["long"]))


def test_a_place_only_in_the_reporters_words_is_not_published(desk: Endpoint) -> None:
    number = desk.file(address_string="behind the shed of Pat Example")
    [shown] = desk.get(f"/requests/{number}").json()
    assert (shown["address"], shown["lat"], shown["long"]) == (None, None, None)


HERE = {"address_string": "732 Pine St"}


@pytest.mark.parametrize(
    ("status", "fields", "named"),
    [
        (403, {"api_key": ""}, "api_key"),
        (403, {"api_key": KEY + "x"}, "api_key"),
        (403, {"api_key": "\u00fc"}, "api_key"),
        (404, {"jurisdiction_id": "eastport.example"}, "jurisdiction_id"),
        (400, {"service_code": ""}, "service_code"),
        (404, {"service_code": "nowhere"}, "nowhere"),
        (400, {"address_string": " "}, "place"),
        (400, {"address_string": "", "address_id": "7"}, "address_id"),
        (400, {"lat": "41.6"}, "lat and long"),
        (400, {"lat": "91", "long": "0"}, "lat"),
        (400, {"lat": "nan", "long": "0"}, "lat"),
        (400, {"lat": "10", "long": "10"}, "outside Riverton"),
        (400, {"description": "x" * 4001}, "description"),
        (400, {"first_name": "x" * 201}, "first_name"),
        (400, {"media_url": "ftp://riverton.example/1.jpg"}, "media_url"),
        (400, {"media_url": "http://[/"}, "media_url"),
        (400, {"attribute[nothing]": "1"}, "attribute[nothing]"),
    ],
)
def test_posts_that_are_refused(desk: Endpoint, status: int, fields: dict[str, str], named: str) -> None:
    answer = desk.post(**({"api_key": KEY, "service_code": "graffiti"} | HERE | fields))
    assert answer.status_code == status, answer.text
    assert named in answer.json()[0]["description"]
    assert desk.ids() == []


def test_a_key_in_the_address_opens_nothing(desk: Endpoint) -> None:
    url = f"{desk.url}/requests.json?api_key={KEY}"
    assert requests.post(url, data={"service_code": "graffiti"} | HERE, timeout=20).status_code == 403


def test_required_answers_and_choices(desk: Endpoint) -> None:
    """For every service: what is required has to be there, and a choice has to be one of the list."""
    tried = 0
    for code, service in desk.office.town.city.services.items():
        for question in service.attributes:
            field = f"attribute[{question.code}]"
            if question.required:
                tried += 1
                answer = desk.post(api_key=KEY, service_code=code, **HERE)
                assert any(field in each["description"] for each in answer.json()), code
            if question.values:
                tried += 1
                answer = desk.post(api_key=KEY, service_code=code, **HERE, **{field: "not one of them"})
                assert answer.status_code == 400
                assert any(field in each["description"] for each in answer.json()), code
    assert tried > 20
    assert desk.ids() == []


def test_danger_is_urgent_and_the_reporter_is_told_whom_to_call(desk: Endpoint) -> None:
    words = "A power line is down and sparking, a man is lying next to it"
    [filed] = desk.post(api_key=KEY, service_code="utility_wires", description=words, **HERE).json()
    assert "911" in filed["service_notice"]
    assert desk.case(filed["service_request_id"]).priority == "urgent"


def test_nothing_that_xml_cannot_hold_gets_into_it(generous: Endpoint) -> None:
    number = generous.file(description="a\x00b\x1b <b>&amp;</b> \U0001f573", **HERE)
    root = ElementTree.fromstring(generous.get(f"/requests/{number}", "xml").content)
    assert root.findtext("request/description", "").startswith("ab <b>&amp;</b> \U0001f573")


# What a city publishes ------------------------------------------------------------------------------


def test_a_city_may_publish_descriptions_and_photos(generous: Endpoint) -> None:
    picture = "https://pictures.riverton.example/1.jpg"
    number = generous.file(description="Tires", media_url=picture, first_name="Pat", phone="555-0142", **HERE)
    [shown] = generous.get(f"/requests/{number}", extensions="true").json()
    assert (shown["description"], shown["media_url"]) == ("Tires", picture)
    assert shown["extended_attributes"]["photos"] == [picture]
    assert "Pat" not in json.dumps(shown)


def test_what_a_resident_says_on_reopening_stays_inside(desk: Endpoint) -> None:
    town, number = desk.office.town, desk.file(**HERE)
    service_requests.update_status(town, number, "completed", "Painted over.")
    assert desk.get(f"/requests/{number}").json()[0]["status_notes"] == "Painted over."
    with town.database.write.begin() as session:
        service_requests.reopen(town, session, number, note="Not done, call Pat", photos=())
    [shown] = desk.get(f"/requests/{number}", extensions="true").json()
    assert (shown["status"], shown["status_notes"]) == ("open", None)
    assert "Pat" not in json.dumps(shown)
    assert [note["type"] for note in shown["notes"]] == ["submitted", "closed", "opened"]


# Keys -----------------------------------------------------------------------------------------------


def keyed(config: Config, keys: str) -> Config:
    return replace(config, settings=replace(config.settings, open311_api_keys=keys))


def test_keys_are_named(config: Config) -> None:
    assert api_keys(keyed(config, "")) == {}
    assert api_keys(keyed(config, f" app : {KEY} , fms:{'k' * 20}")) == {"app": KEY, "fms": "k" * 20}


@pytest.mark.parametrize("keys", [KEY, "app:short", f"app:{KEY},app:{KEY}", f":{KEY}"])
def test_keys_that_cannot_be_used_are_named(config: Config, keys: str) -> None:
    with pytest.raises(ConfigError, match="OPEN311_API_KEYS"):
        api_keys(keyed(config, keys))


def test_without_keys_nobody_may_post(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    nobody = Endpoint(office, f"{office.url}/open311/v2")
    assert nobody.post(api_key="", service_code="graffiti", **HERE).status_code == 403
