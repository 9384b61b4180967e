"""Settings: who works here, and the log of what they changed and looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from bot.console import accounts
from bot.console.access import Console, View, me
from bot.staff_tables import AuditEntry, Staff
from bot.town import Town

PAGE = 50
"""Entries of the log on a page."""


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    console.page("/settings/staff", "staff", _staff(town), allow="settings", methods=("GET", "POST"))
    console.page(
        "/settings/staff/<int:staff_id>", "staff_change", _change(town), allow="settings", methods=("POST",)
    )
    console.page("/settings/audit", "audit", _audit(town), allow="settings")


# Staff ----------------------------------------------------------------------------------------------


def _staff(town: Town) -> View:
    def staff() -> str | Response:
        """List who works here; add somebody."""
        if request.method == "GET":
            return _list(town)
        form = request.form
        try:
            added, password = accounts.add(
                town,
                form.get("name", ""),
                form.get("role", ""),
                department=form.get("department", ""),
                shown_as=form.get("shown_as", "").strip()[:80],
                by=me(),
            )
        except accounts.BadAccount as error:
            return _refused(town, str(error))
        return _once(town, f"{added.name} may sign in as {added.role}.", password)

    return staff


def _change(town: Town) -> View:
    def change(staff_id: int) -> Response:
        """Change an account, as the pressed button says."""
        with town.database.read() as session:
            staff = session.get(Staff, staff_id)
        act = ACTS.get(request.form.get("act", ""))
        if staff is None or act is None:
            abort(404)
        try:
            done = act(town, staff.name)
        except accounts.BadAccount as error:
            return _refused(town, str(error))
        return done or redirect(url_for("console.staff"), 303)

    return change


def _role(town: Town, name: str) -> None:
    form = request.form
    accounts.change_role(town, name, form.get("role", ""), form.get("department", ""), by=me())


def _password(town: Town, name: str) -> Response:
    password = accounts.set_password(town, name, by=me())
    return _once(town, f"{name} has a new password; their sessions have ended.", password)


ACTS: Mapping[str, Callable[[Town, str], Response | None]] = {
    "role": _role,
    "password": _password,
    "authenticator": lambda town, name: accounts.reset_authenticator(town, name, by=me()),
    "disable": lambda town, name: accounts.disable(town, name, by=me()),
    "enable": lambda town, name: accounts.disable(town, name, disabled=False, by=me()),
}


def _list(town: Town, *, refused: str = "", done: str = "", password: str = "") -> str:
    with town.database.read() as session:
        found = session.scalars(select(Staff).order_by(Staff.disabled_at.is_not(None), Staff.name)).all()
    return render_template(
        "console/staff.html",
        staff=found,
        roles=accounts.ROLES,
        departments=town.city.departments,
        refused=refused,
        done=done,
        password=password,
        form=request.form,
    )


def _refused(town: Town, why: str) -> Response:
    return Response(_list(town, refused=why), status=400, mimetype="text/html")


def _once(town: Town, done: str, password: str) -> Response:
    """Show a password: here and now only, it is kept as a hash. No redirect: no address may carry it."""
    return Response(_list(town, done=done, password=password), mimetype="text/html")


# The log --------------------------------------------------------------------------------------------


def _audit(town: Town) -> View:
    def audit() -> str:
        """Show who did what, the latest first."""
        zone = ZoneInfo(town.city.timezone)
        before = request.args.get("before", "")
        query = _filtered(select(AuditEntry), zone)
        if before.isdecimal():
            query = query.where(AuditEntry.id < min(int(before), 2**62))
        with town.database.read() as session:
            rows = session.scalars(query.order_by(AuditEntry.id.desc()).limit(PAGE + 1)).all()
            actions = session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()
            names = session.scalars(select(Staff.name).order_by(Staff.name)).all()
        kept: dict[str, Any] = {key: request.args[key] for key in FILTERS if request.args.get(key)}
        older = url_for("console.audit", **kept, before=rows[PAGE - 1].id) if len(rows) > PAGE else ""
        return render_template(
            "console/audit.html",
            entries=rows[:PAGE],
            actions=actions,
            names=names,
            kept=kept,
            older=older,
            newest=url_for("console.audit", **kept) if before else "",
            local=lambda at: at.astimezone(zone).strftime("%b %-d, %Y %H:%M:%S"),
        )

    return audit


FILTERS = ("staff", "action", "subject", "from", "to")


def _filtered(query: Select[AuditEntry], zone: ZoneInfo) -> Select[AuditEntry]:
    given = request.args
    if name := given.get("staff"):
        query = query.where(AuditEntry.staff_id.in_(select(Staff.id).where(Staff.name == name)))
    if action := given.get("action"):
        query = query.where(AuditEntry.action == action)
    if subject := given.get("subject", "").strip():
        query = query.where(AuditEntry.subject.startswith(subject, autoescape=True))
    if first := _day("from"):
        query = query.where(AuditEntry.at >= _midnight(first, zone))
    if last := _day("to"):
        query = query.where(AuditEntry.at < _midnight(last + timedelta(days=1), zone))
    return query


def _day(name: str) -> date | None:
    written = request.args.get(name, "")
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        day = date.min
    if day is not None and not 2000 <= day.year <= 2200:
        abort(400, f"{name} is no date: write it as 2026-06-01.")
    return day


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
