"""Settings: what stands in files, shown with its source; the canned replies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from bot.config import Config
from bot.console import replies
from bot.console.access import Console, View, me
from bot.staff_tables import CannedReply
from bot.town import Town
from bot.yaml_files import where


@dataclass(frozen=True)
class Entry:
    """A line of a file: what it says, and where ("config.yml:32")."""

    name: str
    value: str
    source: str


@dataclass(frozen=True)
class Group:
    """Entries of one kind; `anchor` names the heading in addresses."""

    anchor: str
    title: str
    entries: tuple[Entry, ...]


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    console.page("/settings", "settings", _settings(town), allow="settings")
    console.page("/settings/replies", "replies", _replies(town), allow="settings", methods=("GET", "POST"))
    console.page(
        "/settings/replies/<int:reply_id>",
        "canned_reply",
        _reply(town),
        allow="settings",
        methods=("GET", "POST"),
    )
    console.page(
        "/settings/replies/<int:reply_id>/delete",
        "reply_delete",
        _delete(town),
        allow="settings",
        methods=("POST",),
    )


# What stands in files -------------------------------------------------------------------------------


def _settings(town: Town) -> View:
    def settings() -> str:
        """Show what the city decided, and where that is written."""
        groups = (
            Group("departments", "Departments", tuple(_departments(town.config))),
            Group("hours", "Hours", tuple(_hours(town.config))),
            Group("holidays", "Holidays", tuple(_holidays(town.config, town.now().year))),
            Group("reasons", "Reasons for closing and asking", tuple(_reasons(town.config))),
        )
        return render_template("console/settings.html", groups=groups)

    return settings


def _source(config: Config, *location: int | str) -> str:
    """Return "config.yml:12": the path of this machine is nobody's concern."""
    name, _, line = config.where(*location).rpartition(":")
    return f"{name.removeprefix(f'{config.root}/')}:{line}"


def _departments(config: Config) -> Iterator[Entry]:
    for code, department in config.departments.items():
        ways = ", ".join(f"{way} to {department.email}" if way == "email" else way for way in department.ways)
        yield Entry(department.name, f"{code}; hears by {ways}", _source(config, "departments", code))


def _hours(config: Config) -> Iterator[Entry]:
    talk = config.file.conversation
    quiet = f"{talk.quiet_hours.begin:%H:%M} to {talk.quiet_hours.end:%H:%M}, {config.city.timezone}"
    yield Entry(
        "Quiet hours: nobody is written to unasked", quiet, _source(config, "conversation", "quiet_hours")
    )
    yield Entry(
        "A report left half-way goes to a person after",
        f"{talk.incomplete_after_hours:g} hours",
        _source(config, "conversation", "incomplete_after_hours"),
    )
    yield Entry(
        "A crew's question waits for its answer",
        f"{talk.answer_within_days:g} days",
        _source(config, "conversation", "answer_within_days"),
    )
    for number, rule in enumerate(config.file.routing):
        if rule.hours:
            hours = ", ".join(each.written for each in rule.hours)
            yield Entry(rule.name or f"Rule {number + 1}", hours, _source(config, "routing", number, "hours"))


def _holidays(config: Config, year: int) -> Iterator[Entry]:
    written = config.file.holidays
    if written is None:
        return
    import holidays

    source = _source(config, "holidays", "country")
    official = holidays.country_holidays(written.country, subdiv=written.subdivision, years=[year])
    days: list[tuple[date, str, str]] = [
        (day, name, f"{source} ({written.country})") for day, name in official.items()
    ]
    days += [(day, name, _source(config, "holidays", "days")) for day, name in written.days.items()]
    for day, name, place in sorted(days):
        yield Entry(f"{day:%a, %b %-d, %Y}", name, place)


def _reasons(config: Config) -> Iterator[Entry]:
    path = config.root / "data" / "reasons.yml"
    for code, reason in config.city.reasons.items():
        _, _, line = where(path, (code,)).rpartition(":")
        words = "\n".join(f"{language}: {text}" for language, text in reason.text.items())
        yield Entry(f"{code} ({reason.status.replace('_', ' ')})", words, f"data/reasons.yml:{line}")


# Canned replies -------------------------------------------------------------------------------------


def _replies(town: Town) -> View:
    def all_replies() -> str | Response:
        """List the replies; add one."""
        return _save(town, None) if request.method == "POST" else _list(town)

    return all_replies


def _reply(town: Town) -> View:
    def reply(reply_id: int) -> str | Response:
        """Show a reply; change it."""
        if request.method == "POST":
            return _save(town, reply_id)
        with town.database.read() as session:
            found = session.get(CannedReply, reply_id)
        if found is None:
            abort(404)
        return _list(town, reply_id, code=found.code, text=found.text)

    return reply


def _delete(town: Town) -> View:
    def delete(reply_id: int) -> Response:
        """Delete a reply."""
        with town.database.write.begin() as session:
            replies.delete(town, session, me(), reply_id)
        return redirect(url_for("console.replies"), 303)

    return delete


def _save(town: Town, reply_id: int | None) -> Response:
    code = request.form.get("code", "").strip()
    text = {language: request.form.get(f"text_{language}", "") for language in town.city.languages}
    try:
        with town.database.write.begin() as session:
            replies.save(town, session, me(), code, text, reply_id)
    except replies.BadReply as error:
        page = _list(town, reply_id, code=code, text=text, refused=str(error))
        return Response(page, status=400, mimetype="text/html")
    return redirect(url_for("console.replies"), 303)


def _list(
    town: Town,
    edited: int | None = None,
    *,
    code: str = "",
    text: dict[str, str] | None = None,
    refused: str = "",
) -> str:
    with town.database.read() as session:
        found = session.scalars(select(CannedReply).order_by(CannedReply.code)).all()
    return render_template(
        "console/replies.html",
        replies=found,
        edited=edited,
        code=code,
        text=text or {},
        refused=refused,
        placeholders=replies.PLACEHOLDERS,
        longest=replies.LONGEST,
    )
