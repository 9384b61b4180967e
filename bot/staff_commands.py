"""`townline staff`: who may use the console."""

from __future__ import annotations

import json
import sys

import click
from rich.table import Table
from sqlalchemy import select

from bot.config import load
from bot.console import accounts
from bot.first_run import with_database, with_town
from bot.staff_tables import Staff
from bot.terminal import console as terminal
from bot.terminal import example


@click.group()
def staff() -> None:
    """Who may use the console: add, list, disable, new passwords."""


@staff.command()
@click.argument("name")
@click.option("--role", type=click.Choice(accounts.ROLES), required=True)
@click.option("--department", default="", help="Whose crew: a code of config.yml.")
@click.option("--shown-as", default="", help="How residents may read their name.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the input.")
@example("townline staff add kim --role agent")
def add(name: str, role: str, department: str, shown_as: str, password_stdin: bool) -> None:
    """Make an account, and print its password once."""
    given = sys.stdin.readline().rstrip("\n") if password_stdin else ""
    _, password = accounts.add(
        with_town(load()), name, role, password=given, department=department, shown_as=shown_as
    )
    terminal.print(f"{name} may sign in at /console/ as {role}.")
    if not given:
        terminal.print(f"Password: {password}", highlight=False, markup=False)


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@example("townline staff list")
def list_staff(as_json: bool) -> None:
    """Show who may sign in."""
    with with_database(load()).read() as session:
        found = [
            {
                "name": each.name,
                "role": each.role,
                "department": each.department,
                "authenticator": bool(each.totp_secret),
                "disabled": each.disabled_at is not None,
            }
            for each in session.scalars(select(Staff).order_by(Staff.name))
        ]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("name", "role", "department", "authenticator", "", box=None)
    for each in found:
        state = "disabled" if each["disabled"] else ""
        table.add_row(
            str(each["name"]),
            str(each["role"]),
            str(each["department"]),
            "yes" if each["authenticator"] else "no",
            state,
        )
    terminal.print(table)


@staff.command()
@click.argument("name")
@example("townline staff password kim")
def password(name: str) -> None:
    """Give somebody a new password and end their sessions."""
    made = accounts.set_password(with_town(load()), name)
    terminal.print(f"Password: {made}", highlight=False, markup=False)


@staff.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let them in again.")
@example("townline staff disable kim")
def disable(name: str, undo: bool) -> None:
    """Let somebody in no more, at once."""
    accounts.disable(with_town(load()), name, disabled=not undo)
    terminal.print(f"{name} may sign in again." if undo else f"{name} is out.")
