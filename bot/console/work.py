"""The crews' pages: what is to be done, nearest first, and one case with its buttons."""

from __future__ import annotations

from flask import abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot.cases import NotAllowed
from bot.console import audit, crew_steps, work_list
from bot.console.access import Console, View, me
from bot.console.case_page import open_case, sketch_of
from bot.console.case_words import CaseWords
from bot.console.crew_steps import Signature
from bot.models import ServiceRequest
from bot.statuses import CLOSED
from bot.town import Town


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    console.page("/crew", "work", _work(town), allow="work")
    console.page("/crew/<number>", "work_case", _case(town), allow="work")
    console.page("/crew/<number>/step", "work_step", _step(town), allow="work", methods=("POST",))


def _department(town: Town) -> str:
    """Return whose cases are shown: a crew's own department; who has none chooses one, or sees all of them."""
    if me().department:
        return me().department
    if me().role == "crew":
        abort(403)  # a crew without a department is nobody's
    asked = request.args.get("department", "")
    return asked if asked in town.city.departments else ""


def _case_of_mine(session: Session, number: str) -> ServiceRequest:
    """Return a case that whoever asks may see; another department's is as good as none."""
    case = open_case(session, number)
    if me().role == "crew" and case.department != me().department:
        abort(404)
    return case


def _work(town: Town) -> View:
    def work() -> str:
        """Show what is open, and where."""
        department, here = _department(town), work_list.position(request.args)
        with town.database.read() as session:
            stops = work_list.in_order(work_list.open_cases(session, department), here)
            shown = stops[: work_list.SHOWN]
            drawn = work_list.work_map(session, shown)
        return render_template(
            "console/work.html",
            stops=shown,
            total=len(stops),
            drawn=drawn,
            here=here,
            department=department,
            may_choose=not me().department,
            words=CaseWords(town),
        )

    return work


def _shown(town: Town, number: str, refused: str = "") -> str:
    with town.database.write.begin() as session:
        case = _case_of_mine(session, number)
        audit.record(town, session, me(), "case_viewed", f"case:{case.service_request_id}")
    with town.database.read() as session:
        case = _case_of_mine(session, number)
        _ = case.updates
        sketch = sketch_of(session, case)
        kept = [photo for photo in case.photos if photo.state == "kept"]
    words = CaseWords(town)
    return render_template(
        "console/work_case.html",
        case=case,
        photos=kept,
        sketch=sketch,
        words=words,
        closed=case.status in CLOSED,
        reasons=words.reasons("completed"),
        refused=refused,
    )


def _case(town: Town) -> View:
    def case(number: str) -> str:
        """Show one case with its buttons."""
        return _shown(town, number)

    return case


def _step(town: Town) -> View:
    def step(number: str) -> Response:
        """Take a step; after the last one, what is next to be done."""
        with town.database.read() as session:
            number = _case_of_mine(session, number).service_request_id
        try:
            crew_steps.take(town, number, Signature(author=me().name, staff=me(), detail={}))
        except NotAllowed as refused:
            return make_response(_shown(town, number, str(refused)), 409)
        if request.form.get("step") == "completed":
            return redirect(url_for("console.work", done=number), 303)
        return redirect(url_for("console.work_case", number=number), 303)

    return step
