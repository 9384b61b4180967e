"""`townline routing`: which rule a report meets, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from bot.app import open_map
from bot.config import Config, load
from bot.first_run import with_database
from bot.places.geocoder import GeocoderDown
from bot.routing import Finding, Routing, open_routing
from bot.terminal import console, example, fail
from dialogues.rendering import fill
from dialogues.types import Draft, Place, Service

OUTCOMES = {True: "fires", False: "no", None: "open"}


@click.group()
def routing() -> None:
    """Who gets a report, how urgent it is and by when."""


@routing.command()
@click.option("--service", required=True, metavar="CODE", help="The issue type.")
@click.option("--at", "where", default="", metavar="PLACE", help="Where it is, as a resident would write it.")
@click.option("--text", default="", help="The resident's words, for rules with keywords.")
@click.option(
    "--when", default="", metavar="TIME", help="In the city's zone, as 2026-07-03 18:00. Default: now."
)
@click.option("--attribute", "pairs", multiple=True, metavar="CODE=VALUE", help="An answer; repeat for others.")
@click.option("--urgent", is_flag=True, help="As if the words had told of a danger.")
@example('townline routing explain --service pothole_road_damage --at "500 Main St" --attribute lane=bike')
def explain(service: str, where: str, text: str, when: str, pairs: Sequence[str], urgent: bool) -> None:
    """Show which rule of config.yml a report meets, and why each one before it does not apply."""
    config = load()
    rules = open_routing(config)
    draft = Draft(
        service_code=_service(config, service).service_code,
        description=text,
        place=_place(config, where) if where else None,
        attributes=_answers(config.city.services[service], pairs),
        asked=True,
        urgent=urgent,
    )
    now = _moment(when, config.city.timezone)
    console.print(_headline(rules, draft, now), highlight=False, markup=False, soft_wrap=True)
    fired, passed = rules.apply(draft, now)
    for finding in (*passed, *([fired] if fired else [])):
        name = finding.rule.name or config.where("routing", finding.number - 1).rpartition("/")[2]
        line = f"{finding.number:3} {OUTCOMES[finding.applies]:5}  {name}: {finding.reason}"
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    if fired is None:
        console.print("No rule applies: what the service's file says holds.", highlight=False)
    console.print(_outcome(config, rules, draft, now, fired), highlight=False, markup=False, soft_wrap=True)


def _headline(rules: Routing, draft: Draft, now: datetime) -> str:
    place = draft.place
    known = place is not None and place.lat is not None and place.long is not None
    areas = rules.areas_at(place.lat, place.long) if known else []  # type: ignore[union-attr, arg-type]
    at = f" at {place.address_string} ({', '.join(areas) or 'in no area'})" if place else ""
    return f"{draft.service_code}{at}, {rules.calendar.local(now):%a %b %-d, %Y %H:%M}"


def _outcome(config: Config, rules: Routing, draft: Draft, now: datetime, fired: Finding | None) -> str:
    if fired and fired.rule.unserved:
        told = fill(fired.rule.say, config.city, config.city.languages[0])
        return f"Nothing is filed. The resident is told: {told}"
    route = rules.route(draft, now)
    due = f"{rules.calendar.local(route.due):%a %b %-d, %Y %H:%M}"
    return f"{config.city.departments[route.department]}, {route.priority}, due {due} ({route.within})"


def _service(config: Config, code: str) -> Service:
    found = config.city.services.get(code)
    if found is None:
        fail(f"there is no service {code!r}; there are: {', '.join(config.city.services)}.")
    return found


def _place(config: Config, text: str) -> Place:
    """Return the best of the places that `text` may mean, as the map has it."""
    try:
        found = open_map(config, with_database(config)).find_places(text)
    except GeocoderDown:
        fail("the map does not answer; try again, or leave --at away.")
    if not found:
        fail(f"the map knows no {text!r}. `townline places sample` shows some places.")
    if not found[0].in_city:
        fail(f"{found[0].address_string} is not in {config.city.name}.")
    return found[0]


def _answers(service: Service, pairs: Sequence[str]) -> dict[str, str]:
    answers = {}
    for pair in pairs:
        code, equals, value = pair.partition("=")
        question = service.answer(code)
        if not equals or question is None:
            known = ", ".join(each.code for each in service.attributes) or "none"
            fail(
                f"--attribute {pair}: expected CODE=VALUE with one of {service.service_code}'s codes: {known}."
            )
        keys = [each.key for each in question.values]
        if keys and value not in keys:
            fail(f"--attribute {pair}: {code} is one of {', '.join(keys)}.")
        answers[code] = value
    return answers


def _moment(when: str, timezone: str) -> datetime:
    if not when:
        return datetime.now(UTC)
    try:
        written = datetime.fromisoformat(when)
    except ValueError:
        fail(f"--when {when}: write it as 2026-07-03 18:00.")
    local = written if written.tzinfo else written.replace(tzinfo=ZoneInfo(timezone))
    return local.astimezone(UTC)
