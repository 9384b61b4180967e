"""Others meet our Open311 server: a client written elsewhere, and a fuzzer that read our description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import requests
import schemathesis
from georeport import GeoReport
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from open311_city import HERE, JURISDICTION, KEY, City
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

BOUNDED = settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Some 280 requests in all, the same every time."""


@pytest.fixture
def city(proxied: City) -> Iterator[City]:
    yield proxied
    proxied.proxy.broken = ()


# The client from PyPI -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_independent_client_reads_everything(form: str, city: City) -> None:
    client = GeoReport(city.url, jurisdiction=JURISDICTION, output_format=form)
    services = {each["service_code"]: each for each in client.get_service_list()}
    assert str(services["illegal_dumping"]["metadata"]).lower() == "true"
    definition = client.get_service_definition("illegal_dumping")
    assert definition["service_code"] == "illegal_dumping"
    listed = client.get_service_requests(status="open,closed")
    assert {each["status"] for each in listed} == {"open", "closed"}
    closed = client.get_service_requests(status="closed", service_code="graffiti")
    assert {(each["status"], each["service_code"]) for each in closed} == {("closed", "graffiti")}
    one = client.get_service_request(listed[-1]["service_request_id"])
    assert one == listed[-1]


def test_an_independent_client_reads_what_was_posted(city: City) -> None:
    """The client itself can't post."""
    fields = {"api_key": KEY, "service_code": "graffiti"} | HERE
    [filed] = requests.post(f"{city.url}/requests.json", data=fields, timeout=20).json()
    number = filed["service_request_id"]
    read = [GeoReport(city.url, output_format=form).get_service_request(number) for form in ("json", "xml")]
    assert [each["service_code"] for each in read] == ["graffiti", "graffiti"]
    assert [float(each["lat"]) for each in read] == [float(HERE["lat"])] * 2


# The OpenAPI description --------------------------------------------------------------------------------


load_all_checks()
CONFORMANCE = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    ]
)
MODES = {"as described": GenerationMode.POSITIVE, "not as described": GenerationMode.NEGATIVE}


@pytest.mark.parametrize("mode", MODES)
def test_our_answers_are_as_described(mode: str, city: City) -> None:
    """Whatever is asked, nothing breaks, and what comes back is in the description."""
    description = schemathesis.openapi.from_url(f"{city.url}/openapi.json")
    answered: Counter[str] = Counter()
    for found in description.get_all_operations():
        _ask(found.ok(), MODES[mode], answered)
    assert answered["GET 200"] > 50
    assert answered["GET 404"] > 10
    assert answered["POST 400"] > 10


def _ask(operation: schemathesis.APIOperation, mode: GenerationMode, answered: Counter[str]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @BOUNDED
    def holds(case: schemathesis.Case) -> None:
        if case.method == "POST" and isinstance(case.body, dict):
            case.body["api_key"] = KEY
        answer = case.call_and_validate(checks=CONFORMANCE, timeout=20)
        answered[f"{case.method} {answer.status_code}"] += 1

    holds()


def test_every_path_of_the_description_is_there(city: City) -> None:
    read = requests.get(f"{city.url}/openapi.json", timeout=20)
    assert read.headers["Content-Type"].startswith("application/json")
    document = read.json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": city.url}]
    assert len(document["paths"]) == 14
    names = [each["operationId"] for path in document["paths"].values() for each in path.values()]
    assert len(names) == len(set(names)) == 18
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
