"""The list of cases: search, filters to bookmark, export, changes of several at once."""

from __future__ import annotations

import io
from collections.abc import Sequence

from flask import Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot import service_requests
from bot.cases import NotAllowed
from bot.console import audit, case_search
from bot.console.access import Console, View, me
from bot.console.case_page import LONGEST_NOTE
from bot.console.case_words import CaseWords
from bot.console.forms import field
from bot.exports import FORMATS, columns, rows
from bot.staff_tables import AuditEntry
from bot.town import Town

MOST_AT_ONCE = 100
MIMETYPES = {"csv": "text/csv", "geojson": "application/geo+json", "json": "application/json"}


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    console.page("/cases", "cases", _list(town), allow="cases")
    console.page("/cases/export.<kind>", "export_cases", _export(town), allow="cases")
    console.page("/cases/by-phone", "cases_by_phone", _by_phone(town), allow="cases", methods=("POST",))
    console.page("/cases/change", "change_cases", _change(town), allow="bulk", methods=("POST",))
    console.page(
        "/cases/outcomes/<int(max=999999999999):entry_id>", "case_outcomes", _outcomes(town), allow="bulk"
    )


def _list(town: Town) -> View:
    def cases() -> str:
        """Show a page of what is looked for."""
        search = case_search.read(request.args, town)
        with town.database.read() as session:
            found = case_search.page(session, search, request.args.get("after", ""))
            counts = case_search.count(session, search)
        return render_template(
            "console/cases.html",
            search=search,
            found=found,
            counts=counts,
            words=CaseWords(town),
            unknown_phone=request.args.get("phone") == "unknown",
            kinds=case_search.KINDS,
        )

    return cases


def _export(town: Town) -> View:
    def export(kind: str) -> Response:
        """Send all that the search finds as a file; what people wrote only where it is asked for."""
        if kind not in FORMATS:
            abort(404)
        search = case_search.read(request.args, town)
        descriptions = request.args.get("descriptions") == "1"
        with town.database.write.begin() as session:
            total = case_search.count(session, search).total
            with_words = "yes" if descriptions else "no"
            audit.record(
                town, session, me(), "cases_exported", "cases", count=str(total), descriptions=with_words
            )
        file = io.StringIO(newline="")
        cases = rows(town.database, town.config, search, descriptions=descriptions)
        FORMATS[kind](cases, file, columns(descriptions))
        response = Response(file.getvalue(), mimetype=MIMETYPES[kind])
        response.headers["Content-Disposition"] = f'attachment; filename="cases.{kind}"'
        return response

    return export


def _by_phone(town: Town) -> View:
    def by_phone() -> AnyResponse:
        """Find a resident's cases by their number, which stays out of addresses, and so of logs."""
        with town.database.write.begin() as session:
            found = case_search.by_phone(session, field("phone"))
            for contact_id in found or ("unknown",):
                audit.record(town, session, me(), "phone_looked_up", f"contact:{contact_id}")
        if not found:
            return redirect(url_for("console.cases", phone="unknown"), 303)
        return redirect(url_for("console.cases", contact=",".join(map(str, found))), 303)

    return by_phone


# Several at once ------------------------------------------------------------------------------------


def _change(town: Town) -> View:
    def change() -> AnyResponse:
        """Change the status of the chosen cases, each by itself; what came of each is kept and shown."""
        given = (number.replace("\0", "")[:40] for number in request.form.getlist("number"))
        numbers = list(dict.fromkeys(given))[:MOST_AT_ONCE]
        if not numbers:
            abort(400, "No case was chosen. Tick the ones that you mean, then change them.")
        outcome = _carry_out(town, numbers)
        with town.database.write.begin() as session:
            entry = audit.record(town, session, me(), "cases_changed", "cases", **outcome)
        return redirect(url_for("console.case_outcomes", entry_id=entry.id), 303)

    return change


def _carry_out(town: Town, numbers: Sequence[str]) -> dict[str, str]:
    """Return by number what came of it: "" where it is done, else why not."""
    status, original = field("status"), field("original")
    outcome = {}
    for number in numbers:
        try:
            if status == "duplicate":
                _check_original(number, original)
            changed = service_requests.update_status(
                town,
                number,
                status,
                field("note", LONGEST_NOTE),
                me().name,
                reason=field("reason"),
                original=original if status == "duplicate" else "",
                also=lambda session, case: audit.record(
                    town, session, me(), "status_changed", f"case:{case.service_request_id}", to=case.status
                ),
            )
            outcome[changed.service_request_id] = ""
        except NotAllowed as refused:
            outcome[number] = str(refused)
    return outcome


def _check_original(number: str, original: str) -> None:
    if not original:
        raise NotAllowed("Say which case they are duplicates of.")
    if number.upper() == original.upper():
        raise NotAllowed("It is the original, and stays as it is.")


def _outcomes(town: Town) -> View:
    def outcomes(entry_id: int) -> str:
        """Show what came of a change of several cases, to whoever made it."""
        with town.database.read() as session:
            entry = session.get(AuditEntry, entry_id)
        if entry is None or entry.staff_id != me().id or entry.action != "cases_changed":
            abort(404)
        return render_template("console/case_outcomes.html", outcome=entry.detail)

    return outcomes
