"""`townline case` and `townline conversation`: what staff do until they have a console."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import islice
from typing import Any

import click
from rich.markup import escape
from rich.table import Table
from sqlalchemy import select

from bot import cases, jobs, outbox, ownership, service_requests, telling
from bot.config import Config, load
from bot.embedded import EmbeddedLoop
from bot.first_run import with_database, with_town
from bot.models import Conversation, Message, ServiceRequest
from bot.statuses import open311_status
from bot.terminal import console, example
from bot.tracking.clearing import clear_photos

# Cases --------------------------------------------------------------------------------------------


@click.group()
def case() -> None:
    """The cases: list, show, update."""


def as_dict(request: ServiceRequest, config: Config) -> dict[str, Any]:
    """Return a case in Open311's words, ready for JSON."""
    service = config.city.services.get(request.service_code)
    base = config.settings.public_base_url.rstrip("/")
    return {
        "service_request_id": request.service_request_id,
        "status": request.status,
        "open311_status": open311_status(request.status),
        "status_notes": request.status_notes,
        "service_code": request.service_code,
        "service_name": service.service_name if service else request.service_code,
        "description": request.description,
        "attributes": request.attributes,
        "address_string": request.address_string,
        "lat": request.lat,
        "long": request.long,
        "precision": request.precision,
        "location_confirmed": request.location_confirmed,
        "suggested_location": request.suggested_location or None,
        "department": request.department,
        "agency_responsible": config.city.departments.get(request.department, request.department),
        "priority": request.priority,
        "requested_datetime": _iso(request.requested_datetime),
        "updated_datetime": _iso(request.updated_datetime),
        "expected_datetime": _iso(request.expected_datetime),
        "media_url": [request.media_url] * bool(request.media_url)
        + [f"{base}/photos/{photo.token}.jpg" for photo in request.photos if photo.state == "kept"],
        "photos_on_page": [photo.cleared_at is not None for photo in request.photos if photo.state == "kept"],
        "page": config.page_of(request.token),
        "reporter": request.reporter or None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@case.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--status", help="Only these, e.g. received or open.")
@click.option("--limit", default=1000, show_default=True)
@example("townline case list --json --status open")
def list_cases(as_json: bool, status: str | None, limit: int) -> None:
    """List cases, the latest first."""
    config = load()
    with with_database(config).read() as session:
        latest = session.scalars(select(ServiceRequest).order_by(ServiceRequest.id.desc()))
        cases = (as_dict(each, config) for each in latest)
        wanted = (each for each in cases if status in (None, each["status"], each["open311_status"]))
        found = list(islice(wanted, limit))
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("number", "what", "where", "department", "status", "due", box=None)
    for each in found:
        due = (each["expected_datetime"] or "")[:10]
        to_be_confirmed = "" if each["location_confirmed"] else " (to be confirmed)"
        where = each["address_string"] + to_be_confirmed
        row = (each["service_request_id"], each["service_name"], where)
        table.add_row(*map(escape, (*row, each["agency_responsible"], each["status"])), due)
    console.print(table)


@case.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@example("townline case show SR-10001")
def show(number: str, as_json: bool) -> None:
    """Show one case and its history."""
    config = load()
    with with_database(config).read() as session:
        request = cases.by_number(session, number)
        found = as_dict(request, config)
        found["history"] = [
            {
                "status": each.status,
                "notes": each.status_notes,
                "by": each.author,
                "at": _iso(each.updated_datetime),
            }
            for each in request.updates
        ]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        if name != "history":
            console.print(f"[bold]{name:20}[/] {escape(str(value))}", highlight=False)
    for each in found["history"]:
        line = f"  {each['at']}  {each['status']:12} {each['by']:10} {each['notes']}"
        console.print(line, highlight=False, markup=False)


@case.command()
@click.argument("number")
@click.argument("status")
@click.option("--note", default="", help="What to tell the resident: why, or what was done.")
@click.option("--reason", default="", help="Instead of a note: a code of data/reasons.yml, in their language.")
@click.option(
    "--of", "original", default="", help="The case that a duplicate repeats; its followers join there."
)
@click.option("--by", "expected", type=click.DateTime(["%Y-%m-%d"]), help="The day it is due now.")
@example('townline case update SR-10001 completed --note "Filled by crew 7."')
def update(number: str, status: str, note: str, reason: str, original: str, expected: datetime | None) -> None:
    """Move a case's status; everyone who follows it hears of it in their thread.

    STATUS is one of: under_review, scheduled, assigned, on_site, need_info, completed, no_action,
    referred, duplicate, reopened.
    """
    town = with_town(load())
    due = town.routing.calendar.end_of(expected.date(), town.now()) if expected else None
    request = service_requests.update_status(
        town, number, status, note, reason=reason, expected=due, original=original
    )
    if isinstance(town.bell, EmbeddedLoop):
        # No worker to ring for: a server that runs will sweep it up, but nobody needs to wait.
        with town.database.read() as session:
            told = [each.conversation_id for each in telling.followers(session, request)]
        for conversation_id in told:
            jobs.run(town, "deliver", outbox.destination_of(conversation_id))
    console.print(f"{request.service_request_id} is now {request.status}.")


@case.command("clear-photo")
@click.argument("number")
@click.argument("photo_number", type=int, required=False)
@click.option("--undo", is_flag=True, help="Take them off the page again.")
@example("townline case clear-photo SR-10001 1")
def clear_photo(number: str, photo_number: int | None, undo: bool) -> None:
    """Show a case's photos, or one of them, on its public page.

    Look at each one first: no faces, no license plates, no house from within. PHOTO_NUMBER counts from 1 in
    the order that `townline case show` lists them; without it, all are meant.
    """
    count = clear_photos(with_town(load()), number, photo_number, cleared=not undo)
    photos = "1 photo" if count == 1 else f"{count} photos"
    console.print(f"{photos} of {number.strip().upper()} {'off' if undo else 'on'} its public page.")


# Conversations ------------------------------------------------------------------------------------


@click.group()
def conversation() -> None:
    """Threads that wait for a person."""


@conversation.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@example("townline conversation list")
def list_conversations(as_json: bool) -> None:
    """List the threads that wait for a person or should be watched, longest first; residents by number only."""
    config = load()
    with with_database(config).read() as session:
        query = select(Conversation).where(
            (Conversation.waiting_since.is_not(None)) | (Conversation.owner != "bot")
        )
        found = [
            {
                "id": str(each.id),
                "channel": each.channel,
                "owner": each.owner,
                "reason": each.waiting_reason,
                "waiting_since": _iso(each.waiting_since),
            }
            for each in session.scalars(query.order_by(Conversation.waiting_since))
        ]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("id", "channel", "owner", "why", "since", box=None)
    for each in found:
        table.add_row(*(str(each[key] or "") for key in ("id", "channel", "owner", "reason", "waiting_since")))
    console.print(table)


@conversation.command("show")
@click.argument("conversation_id", type=int)
@example("townline conversation show 12")
def show_conversation(conversation_id: int) -> None:
    """Show what was said in a thread, and in the city's own language what the bot said in another."""
    with with_database(load()).read() as session:
        session.get_one(Conversation, conversation_id)
        query = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.id)
        said = session.scalars(query).all()
    for message in said:
        click.echo(f"{message.author}> {message.text}")
        if message.gloss:
            click.echo(f"{' ' * len(message.author)}  ({message.gloss})")


@conversation.command("reply")
@click.argument("conversation_id", type=int)
@click.argument("text")
@example('townline conversation reply 12 "A colleague will call you back."')
def reply(conversation_id: int, text: str) -> None:
    """Answer as a person; the bot is mute in this thread until it is handed back."""
    town = with_town(load())
    ownership.reply(town, conversation_id, text)
    jobs.run(town, "deliver", outbox.destination_of(conversation_id))


@conversation.command("hand-back")
@click.argument("conversation_id", type=int)
@example("townline conversation hand-back 12")
def hand_back(conversation_id: int) -> None:
    """Give a thread back to the bot; the resident is told."""
    town = with_town(load())
    ownership.hand_back(town, conversation_id)
    jobs.run(town, "deliver", outbox.destination_of(conversation_id))
