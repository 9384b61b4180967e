"""`townline block`: who gets no answer."""

from __future__ import annotations

import json

import click
from rich.table import Table
from sqlalchemy.orm import Session

from bot import limits
from bot.config import load
from bot.console.audit import record
from bot.first_run import with_database, with_town
from bot.models import Contact
from bot.terminal import console, example, fail
from bot.town import Town


@click.group()
def block() -> None:
    """Who gets no answer: what they write is kept, and danger still gets the 911 line."""


@block.command()
@click.argument("address")
@example("townline block add +15550142")
def add(address: str) -> None:
    """Answer an address no more: +15550142, whatsapp:+15550142, telegram:42, or a thread's number."""
    _set(address, blocked=True)
    console.print("Blocked. What they write is kept and not answered.")


@block.command()
@click.argument("address")
@example("townline block remove 12")
def remove(address: str) -> None:
    """Answer an address again; `townline block list` has the number of its thread."""
    _set(address, blocked=False)
    console.print("Answered again from now on.")


def _set(address: str, *, blocked: bool) -> None:
    town = with_town(load())
    also = _written_down(town, blocked=blocked)
    if address.isascii() and address.isdecimal() and len(address) < 10:  # a thread's number
        limits.block_thread(town, int(address), also, blocked=blocked)
        return
    try:
        limits.block(town, address, also, blocked=blocked)
    except limits.Unknown as error:
        fail(str(error))


def _written_down(town: Town, *, blocked: bool) -> limits.Also:
    def note(session: Session, contact: Contact) -> None:
        record(town, session, None, "blocked" if blocked else "unblocked", f"contact:{contact.id}")

    return note


@block.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@example("townline block list")
def list_blocked(as_json: bool) -> None:
    """List who is blocked, the latest first, by the number of their thread."""
    with with_database(load()).read() as session:
        found = [
            {"thread": thread, "since": contact.blocked_at and contact.blocked_at.isoformat(timespec="minutes")}
            for contact, thread in limits.blocked(session)
        ]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("thread", "blocked since", box=None)
    for each in found:
        table.add_row(str(each["thread"] or "has not written"), str(each["since"]))
    console.print(table)
