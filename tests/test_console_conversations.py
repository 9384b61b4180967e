"""Agents at work: the queue, taking over and handing back, notes, numbers, reports filed, calls."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select
from staff_desk import Browser, hire, sign_in, signed_in

from bot import console, desk, ownership
from bot.console.access import opaque_name
from bot.console.queue import REASONS, lasted, queue
from bot.database import Database
from bot.models import Contact, Conversation, OutboxEntry, ServiceRequest
from bot.staff_tables import AuditEntry, CannedReply, CaseLink, Note
from dialogues.state import restore
from dialogues.types import Draft
from webhooks.simulator.pictures import draw

HERE = "/conversations/1"


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    """An office on SQLite: the kind of database makes no difference to the pages."""
    return open_office(sqlite)


def asks_for_a_person(office: Office, by: str = PHONE) -> None:
    office.says("agent", by=by)
    office.bustle()


def the_conversation(office: Office) -> Conversation:
    with office.town.database.read() as session:
        return session.scalars(select(Conversation).order_by(Conversation.id)).all()[-1]


def the_draft(office: Office) -> Draft:
    return desk.draft_of(the_conversation(office))


def audited(office: Office) -> list[tuple[str, str]]:
    with office.town.database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    return [(entry.action, entry.subject) for entry in entries]


def by_script(mine: Browser, path: str, **fields: str) -> requests.Response:
    """Send a form as the page's script does."""
    headers = {"X-CSRF-Token": mine.csrf, "X-Requested-With": "fetch", "Origin": mine.office.url}
    url = f"{mine.office.url}/console{path}"
    return mine.session.post(url, data=fields, headers=headers, allow_redirects=False, timeout=20)


def test_a_conversation_that_is_not_there(office: Office) -> None:
    mine = signed_in(office, "agent")
    for number in (7, 10**30):
        assert mine.get(f"/conversations/{number}").status_code == 404
        assert mine.post(f"/conversations/{number}/take").status_code == 404


# The queue ------------------------------------------------------------------------------------------


def test_the_most_urgent_come_first_then_who_waits_longest(office: Office) -> None:
    reasons = ["incomplete", "asked", "asked", "urgent", "emergency", "error"]
    for number, reason in enumerate(reasons):
        office.says("hello", by=f"+1555010{number}")
        office.bustle()
        with office.town.database.write.begin() as session:
            row = session.get_one(Conversation, number + 1)
            row.waiting_reason, row.waiting_since = reason, office.clock.now - timedelta(minutes=number)
    with office.town.database.read() as session:
        found = queue(office.town, session)
    assert [row.reason for row in found.waiting] == [
        "emergency",
        "urgent",
        "asked",
        "asked",
        "error",
        "incomplete",
    ]
    assert [row.id for row in found.waiting if row.reason == "asked"] == [3, 2]
    assert [row.reason for row in found.waiting] == sorted(reasons, key=list(REASONS).index)


def test_the_queue_says_who_why_how_long_and_what(office: Office) -> None:
    office.says("necesito hablar con una persona")
    office.bustle(0)
    office.clock.now += timedelta(minutes=12)
    page = signed_in(office, "agent").open("/conversations")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    name = opaque_name(the_conversation(office).contact_id, office.town.config)
    for said in (name, "Asked for a person", "SMS", "Spanish", "waits 12 min", "nobody yet"):
        assert said in words, said
    assert PHONE not in page


def test_a_queue_that_did_not_change_is_not_sent_again(office: Office) -> None:
    mine = signed_in(office, "agent")
    first = mine.get("/conversations/latest")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert mine.get("/conversations/latest", headers=tag).status_code == 304
    asks_for_a_person(office)
    changed = mine.get("/conversations/latest", headers=tag)
    assert changed.status_code == 200
    assert "Asked for a person" in changed.text


def test_a_screen_that_only_polls_signs_out_like_any_other(office: Office) -> None:
    mine = signed_in(office, "agent")
    for _ in range(5):
        office.clock.now += timedelta(minutes=30)
        last = mine.get("/conversations/latest", allow_redirects=False)
    assert last.status_code == 302


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"seconds": 59}, "under a minute"),
        ({"minutes": 59}, "59 min"),
        ({"minutes": 185}, "3 h 5 min"),
        ({"hours": 24}, "1 day"),
        ({"days": 3}, "3 days"),
    ],
)
def test_how_long_it_was(span: dict[str, int], words: str) -> None:
    assert lasted(timedelta(**span)) == words


# Taking over and handing back -----------------------------------------------------------------------


def test_taking_over_mutes_the_bot_and_handing_back_lets_it_speak(office: Office) -> None:
    office.says("there is a pothole")
    office.bustle()
    mine = signed_in(office, "agent", "ana")
    before = len(office.heard())
    assert mine.post(f"{HERE}/take").status_code == 303
    office.bustle()
    assert office.heard()[before:] == ["A person of Riverton 311 is here now."]
    office.says("hello?", "at 500 main st")
    office.bustle()
    assert len(office.heard()) == before + 1
    assert mine.post(f"{HERE}/reply", text="Hi, Ana here.\r\nOne moment.").status_code == 303
    office.bustle()
    assert office.heard()[before + 1 :] == ["Hi, Ana here.\nOne moment."]
    assert mine.post(f"{HERE}/hand-back").status_code == 303
    office.bustle()
    assert "assistant is back" in office.heard()[-1]
    assert the_conversation(office).agent_id is None
    office.says("500 main st")  # what was learned before is still known
    office.bustle()
    assert "Pothole" in office.heard()[-1]
    assert ("conversation_taken", "conversation:1") in audited(office)
    assert ("conversation_handed_back", "conversation:1") in audited(office)


def test_the_resident_reads_the_name_that_an_agent_is_shown_as(office: Office) -> None:
    asks_for_a_person(office)
    ownership.take_over(office.town, 1, 1, "Ana")
    ownership.take_over(office.town, 1, 1, "Ana")  # twice: said once
    office.bustle()
    assert office.heard()[1:] == ["Ana of Riverton 311 is here now."]


def test_a_reply_takes_the_conversation(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent", "ana")
    answer = by_script(mine, f"{HERE}/reply", text="Where is it?")
    assert answer.status_code == 200
    assert "You have this conversation." in answer.text
    assert "Where is it?" in answer.text
    assert "by ana" not in answer.text
    assert the_conversation(office).owner == "agent"
    assert the_conversation(office).waiting_since is None
    office.bustle()
    assert office.heard()[1:] == ["A person of Riverton 311 is here now.", "Where is it?"]
    assert "delivered" in mine.open(HERE)


def test_the_911_line_is_given_while_an_agent_has_the_thread(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent", "ana")
    mine.post(f"{HERE}/take")
    office.says("my house is on fire")
    office.bustle()
    assert "911" in office.heard()[-1]
    page = mine.open(HERE)
    assert "The assistant has sent the 911 line" in page
    assert "You have this conversation." in page
    mine.post(f"{HERE}/reply", text="Are you safe?")
    assert "The assistant has sent the 911 line" not in mine.open(HERE)


def test_two_agents_cannot_have_one_thread(office: Office) -> None:
    asks_for_a_person(office)
    ana, ben = signed_in(office, "agent", "ana"), signed_in(office, "agent", "ben")
    ana.post(f"{HERE}/take")
    for name in ("take", "reply", "hand-back", "report"):
        answer = ben.post(f"{HERE}/{name}", text="Me too", force="yes")
        assert answer.status_code == 409, name
        assert "ana has this conversation" in answer.text
        assert by_script(ben, f"{HERE}/{name}", text="Me too").text.startswith("ana has this conversation")
    office.bustle()
    assert office.heard()[1:] == ["A person of Riverton 311 is here now."]
    assert "ana has this conversation" in ben.open(HERE)


def test_a_supervisor_may_take_it_and_only_by_saying_so(office: Office) -> None:
    asks_for_a_person(office)
    signed_in(office, "agent", "ana").post(f"{HERE}/take")
    boss = signed_in(office, "supervisor", "boss")
    assert "Take it from ana" in boss.open(HERE)
    assert boss.post(f"{HERE}/take").status_code == 409
    assert boss.post(f"{HERE}/take", force="yes").status_code == 303
    assert "You have this conversation" in boss.open(HERE)


def test_who_else_looks_and_types_is_shown(office: Office) -> None:
    asks_for_a_person(office)
    ana, ben = signed_in(office, "agent", "ana"), signed_in(office, "agent", "ben")
    ana.open(HERE)
    assert "ana is looking at this, too" in ben.open(HERE)
    assert by_script(ana, f"{HERE}/typing", text="Hello").text == "1"
    assert "ana is typing" in ben.get(f"{HERE}/latest").text
    office.clock.now += timedelta(seconds=30)
    assert "looking" not in ben.get(f"{HERE}/latest").text


def test_who_needs_nobody_is_taken_off_the_list(office: Office) -> None:
    office.says("my house is on fire")
    office.bustle()
    mine = signed_in(office, "agent")
    assert "No need to step in" in mine.open(HERE)
    said = office.heard()
    assert mine.post(f"{HERE}/attend").status_code == 303
    office.bustle()
    assert office.heard() == said
    assert (the_conversation(office).owner, the_conversation(office).waiting_since) == ("bot", None)
    assert ("conversation_attended", "conversation:1") in audited(office)


@pytest.mark.parametrize(("by", "texts"), [(PHONE, "3"), (142, "0")])
def test_texts_are_counted_where_they_cost(office: Office, by: str | int, texts: str) -> None:
    office.says("hello", by=by)
    office.bustle()
    mine = signed_in(office, "agent")
    assert by_script(mine, f"{HERE}/typing", text="Привет, " * 20).text == texts
    assert office.messages("agent") == []


@pytest.mark.parametrize("text", ["", "  \r\n ", "x" * 1501])
def test_what_cannot_be_said_is_not_sent(office: Office, text: str) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    assert mine.post(f"{HERE}/reply", text=text).status_code == 409
    assert office.messages("agent") == []


# What residents must not see, and staff only on demand ----------------------------------------------


def test_a_note_never_reaches_the_resident(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent", "ana")
    before = office.heard()
    assert mine.post(f"{HERE}/note", text="Third call this week.").status_code == 303
    assert mine.post(f"{HERE}/note", text="").status_code == 409
    mine.post(f"{HERE}/take")
    mine.post(f"{HERE}/hand-back")
    office.bustle(600)
    assert not any("Third call" in said for said in office.heard())
    assert len(office.heard()) == len(before) + 2
    with office.town.database.read() as session:
        assert session.scalars(select(Note.text)).all() == ["Third call this week."]
        assert not any("Third" in str(entry.payload) for entry in session.scalars(select(OutboxEntry)))
    assert not any("Third" in message.text for message in office.messages())
    page = mine.open(HERE)
    assert "Third call this week." in page
    assert "<strong>Internal note</strong> by ana" in page


def test_notes_go_when_the_resident_is_erased(office: Office) -> None:
    office.says("pothole at 500 main st")
    office.bustle()
    office.says("yes")
    office.bustle()
    asks_for_a_person(office)
    mine = signed_in(office, "agent", "ana")
    mine.post(f"{HERE}/note", text="Their name is on file.")
    mine.post("/cases/SR-10001/notes", text="Ask for Casey.")
    mine.post("/cases/SR-10001/links", given_to="Miller Paving", instructions="Casey has the key.")
    mine.post(f"{HERE}/take")
    mine.post(f"{HERE}/hand-back")
    office.says("delete my data")
    office.bustle()
    office.says("yes")
    office.bustle()
    with office.town.database.read() as session:
        assert [(note.service_request_id, note.text) for note in session.scalars(select(Note))] == [(1, "")]
        assert session.scalars(select(CaseLink.instructions)).all() == [""]
    page = mine.open("/cases/SR-10001")
    assert "Casey" not in page
    assert "Deleted with the resident" in page


def test_the_number_is_shown_on_demand_and_that_is_written_down(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    assert PHONE not in mine.open(HERE)
    assert ("number_shown", "conversation:1") not in audited(office)
    assert by_script(mine, f"{HERE}/number").text == PHONE
    assert PHONE in mine.post(f"{HERE}/number").text
    assert audited(office).count(("number_shown", "conversation:1")) == 2
    assert mine.get(f"{HERE}/number").status_code == 405
    assert PHONE not in str(audited(office))


def test_looking_at_a_thread_is_written_down(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    mine.open("/conversations")
    mine.open(HERE)
    assert audited(office)[-2:] == [
        ("queue_viewed", "conversations"),
        ("conversation_viewed", "conversation:1"),
    ]


def test_what_residents_write_is_text_and_nothing_else(office: Office) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    office.says(f"pothole {evil}")
    office.bustle()
    office.says("agent")
    office.bustle()
    mine = signed_in(office, "agent")
    mine.post(f"{HERE}/note", text=evil)
    for path in (HERE, f"{HERE}/latest", "/conversations", "/conversations/latest"):
        page = mine.open(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert" in mine.open(HERE)


# Canned replies -------------------------------------------------------------------------------------


def test_canned_replies_speak_of_the_latest_case_in_the_residents_language(office: Office) -> None:
    with office.town.database.write.begin() as session:
        for code, text in (
            ("soon", {"en": "{service} at {place} is {number}.", "es": "{number} en {place}."}),
            ("thanks", {"en": "Thank you!"}),
        ):
            session.add(CannedReply(code=code, text=text, created_at=office.clock.now))
    office.says("hello")
    office.bustle()
    mine = signed_in(office, "agent")
    page = mine.open(HERE)
    assert "Thank you!" in page
    assert "{number}" not in page  # there is no case: nobody is to read "is ."
    assert "Soon" not in page
    office.says("graffiti at 500 main st")
    office.bustle()
    office.says("yes")
    office.bustle()
    assert 'value="Graffiti at 500 Main St is SR-10001."' in mine.open(HERE)
    with office.town.database.write.begin() as session:
        session.get_one(Contact, 1).language = "es"
    page = mine.open(HERE)
    assert 'value="SR-10001 en 500 Main St."' in page
    assert 'value="Thank you!"' in page


# The report -----------------------------------------------------------------------------------------


def fields(**changed: str) -> dict[str, str]:
    return {"service_code": "graffiti", "place": "500 Main St", "description": "Tags on the wall"} | changed


def test_an_agent_files_for_the_resident_who_is_told(office: Office) -> None:
    office.says("agent, there is something on the wall")
    office.bustle()
    mine = signed_in(office, "agent", "ana")
    answer = mine.post(f"{HERE}/report", do="file", **fields())
    assert answer.headers["Location"].endswith(f"{HERE}#report")
    office.bustle()
    with office.town.database.read() as session:
        case = session.scalars(select(ServiceRequest)).one()
        assert (case.service_code, case.address_string) == ("graffiti", "500 Main St")
        assert case.lat is not None
        assert case.conversation_id == 1
        assert [update.author for update in case.updates] == ["ana"]
    assert "SR-10001" in office.heard()[-1]
    page = mine.open(HERE)
    assert "SR-10001" in page
    assert not the_draft(office).holds_anything
    assert ("case_filed", "conversation:1") in audited(office)


@pytest.mark.parametrize(
    ("given", "lack"),
    [
        ({"service_code": ""}, "Choose what it is about."),
        ({"service_code": "made_up"}, "Choose what it is about."),
        ({"place": ""}, "Say where it is"),
        ({"place": "Nowhere Blvd 99999"}, "is not on the map"),
        ({"service_code": "abandoned_vehicle"}, "Still needed: What make and color"),
    ],
)
def test_a_report_that_lacks_something_says_what(office: Office, given: dict[str, str], lack: str) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    answer = mine.post(f"{HERE}/report", do="file", **fields(**given))
    assert "lacks" in answer.headers["Location"]
    assert lack in mine.open(f"{HERE}?lacks=")
    with office.town.database.read() as session:
        assert session.scalars(select(ServiceRequest)).all() == []


def test_a_place_that_is_on_no_map_is_filed_as_written(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    mine.post(f"{HERE}/report", do="file", as_written="on", **fields(place="Behind the old mill 7"))
    with office.town.database.read() as session:
        case = session.scalars(select(ServiceRequest)).one()
    assert (case.address_string, case.location_confirmed) == ("Behind the old mill 7", False)


def test_one_of_several_places_is_picked(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    mine.post(f"{HERE}/report", do="file", **fields(place="park"))
    options = the_draft(office).place_options
    assert [place.address_string for place in options] == ["Park St", "Park Ave"]
    assert "may be one of several places" in mine.open(f"{HERE}?lacks=")
    mine.post(f"{HERE}/report", option="2", **fields(place="park"))
    assert the_draft(office).place == options[1]


def test_answers_to_the_services_questions_are_kept(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    mine.post(f"{HERE}/report", **fields(service_code="abandoned_vehicle"))
    assert "What make and color" in mine.open(HERE)
    given = {"attribute_vehicle": "Blue Ford", "attribute_standing": "made-up", "attribute_other": "x"}
    mine.post(f"{HERE}/report", **fields(service_code="abandoned_vehicle", **given))
    assert the_draft(office).attributes == {"vehicle": "Blue Ford"}


def test_what_an_agent_learned_is_what_the_bot_goes_on_with(office: Office) -> None:
    asks_for_a_person(office)
    mine = signed_in(office, "agent")
    mine.post(f"{HERE}/take")
    mine.post(f"{HERE}/report", do="keep", **fields())
    mine.post(f"{HERE}/hand-back")
    office.says("yes")  # to "I am back" it files nothing
    office.bustle()
    with office.town.database.read() as session:
        assert session.scalars(select(ServiceRequest)).all() == []
    assert "Graffiti (Tag) at 500 Main St" in office.heard()[-1]
    office.says("yes")
    office.bustle()
    assert "SR-10001" in office.heard()[-1]


def test_a_photo_of_another_thread_is_not_taken_along(office: Office) -> None:
    office.simulator.sms("+15550143", "look", photos=[draw("pothole")])
    office.bustle()
    office.says("agent")
    office.bustle()
    mine = signed_in(office, "agent")
    mine.post("/conversations/2/report", photos="chosen", photo="1", **fields())
    assert the_draft(office).photos == ()
    mine.post("/conversations/1/report", photos="chosen", photo="1", **fields())
    with office.town.database.read() as session:
        assert desk.draft_of(session.get_one(Conversation, 1)).photos == ("1",)


# From a call ----------------------------------------------------------------------------------------


def test_a_call_becomes_a_thread_that_the_bot_carries_on(office: Office) -> None:
    mine = signed_in(office, "agent")
    answer = mine.post("/calls/new", number="(555) 555-0142", consent="on", **fields())
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/conversations/1")
    office.bustle()
    caller = "+15555550142"
    (text,) = office.heard(caller)
    assert text.startswith("Thanks for calling Riverton 311.")
    assert "Graffiti (Tag) at 500 Main St. What is it on? A photo helps too. Or reply YES" in text
    assert len(text) <= 160
    office.says("yes", by=caller)
    office.bustle()
    assert "SR-10001" in office.heard(caller)[-1]
    assert ("call_begun", "conversation:1") in audited(office)


def test_a_call_goes_on_in_the_thread_that_is_there_in_its_language(office: Office) -> None:
    office.says("pothole")
    office.bustle()
    mine = signed_in(office, "agent")
    mine.post("/calls/new", number=PHONE, consent="on", language="es", **fields(place=""))
    office.bustle()
    assert the_conversation(office).id == 1
    assert office.heard()[-1].startswith("Gracias por llamar a Riverton 311.")
    kept = restore(the_conversation(office).state).kept
    assert kept is not None
    assert kept.service_code == "pothole_road_damage"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"consent": None}, "agree to get texts"),
        ({"number": "555-0142"}, "with its area code"),
        ({"number": "call me"}, "with its area code"),
        ({"service_code": "", "place": "", "description": ""}, "Fill in what it is about"),
    ],
)
def test_a_call_that_cannot_go_on_says_why(office: Office, given: dict[str, str | None], reason: str) -> None:
    mine = signed_in(office, "agent")
    form = {"number": PHONE, "consent": "on", **fields()} | given
    answer = mine.post("/calls/new", **{key: value for key, value in form.items() if value is not None})
    assert answer.status_code == 400
    assert reason in answer.text
    assert 'value="500 Main St"' in answer.text or given.get("place") == ""
    with office.town.database.read() as session:
        assert session.scalars(select(Conversation)).all() == []


def test_nobody_is_texted_who_has_opted_out(office: Office) -> None:
    office.says("STOP")
    office.bustle()
    before = len(office.simulator.thread(PHONE))
    answer = signed_in(office, "agent").post("/calls/new", number=PHONE, consent="on", **fields())
    assert answer.status_code == 400
    assert "text us START first" in answer.text
    office.bustle()
    assert len(office.simulator.thread(PHONE)) == before


def test_a_call_does_not_take_a_thread_from_an_agent(office: Office) -> None:
    asks_for_a_person(office)
    signed_in(office, "agent", "ana").post(f"{HERE}/take")
    hire(office, "ben", "agent")
    answer = sign_in(office, "ben").post("/calls/new", number=PHONE, consent="on", **fields())
    assert answer.status_code == 409
    assert "ana has this conversation" in answer.text


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(555) 555-0142", "+15555550142"),
        ("555.555.0142", "+15555550142"),
        ("1 555 555 0142", "+15555550142"),
        ("+1 555-0142", PHONE),
    ],
)
def test_numbers_as_people_write_them(written: str, number: str) -> None:
    assert desk.normalised(written) == number


def test_pages_ask_for_what_is_new_within_two_seconds() -> None:
    script = (Path(console.__file__).parent / "static" / "live.js").read_text(encoding="utf-8")
    every = re.search(r"const EVERY = (\d+);", script)
    assert every
    assert "setInterval(ask, EVERY);" in script
    assert 500 <= int(every[1]) <= 2000
