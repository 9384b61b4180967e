"""The public page of a case: what it says, what it never says, and that anybody can read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import requests
from chromium import PICTURES, opened, skip_without
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from servers import PHONE, PUBLIC, Office, OpenOffice, statements
from talks import CITY

from bot import service_requests
from bot.cases import NotAllowed
from bot.database import Database, open_database
from bot.models import Contact, ServiceRequest, StatusUpdate
from bot.places.surroundings import surroundings
from bot.statuses import STATUSES
from bot.tracking.clearing import clear_photos
from bot.tracking.page import Voice, page_of
from bot.tracking.privacy import Private
from bot.tracking.sketch import HEIGHT, WIDTH, draw
from webhooks.simulator.pictures import draw as picture

AT = datetime(2026, 6, 1, 15, tzinfo=UTC)
UNFOUND = ("pothole", "by the old oak behind the barn", "behind the Exampletons' barn past the big rock")
CORNER = (41.5953, -91.0046)


@dataclass
class Desk:
    """An office, and its pages as a browser asks for them."""

    office: Office

    def files(self, *said: str) -> ServiceRequest:
        """Have a resident report something; returns the latest case."""
        for words in (*said, "yes"):
            self.office.says(words)
            self.office.bustle()
        return self.latest()

    def latest(self) -> ServiceRequest:
        with self.office.town.database.read() as session:
            return session.query(ServiceRequest).order_by(ServiceRequest.id.desc()).first()

    def moves(self, status: str, note: str = "", days: float = 1) -> None:
        self.office.clock.pass_by(days * 86400)
        service_requests.update_status(self.office.town, self.latest().service_request_id, status, note)

    def get(self, query: str = "", token: str = "", **headers: str) -> requests.Response:
        token = token or self.latest().token
        return requests.get(f"{self.office.url}/r/{token}{query}", headers=headers, timeout=20)

    def text(self, query: str = "", **headers: str) -> str:
        """Return what the latest case's page reads like."""
        answer = self.get(query, **headers)
        assert answer.status_code == 200
        return words_of(answer.text)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return " ".join(" ".join(parser.words).split())


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Desk:
    return Desk(open_office(sqlite))


@pytest.fixture
def both(open_office: OpenOffice, database: Database) -> Desk:
    """A desk on both kinds of database."""
    return Desk(open_office(database))


# What it says ---------------------------------------------------------------------------------------


def test_a_case_from_beginning_to_end(both: Desk) -> None:
    both.files("huge pothole at 732 Pine St")
    page = both.text()
    assert "Case SR-10001 Pothole or road damage 732 Pine St Open Sent to Streets, first check by" in page
    assert "Received Now, Mon Jun 1 Crew assigned Still to come Crew on site Still to come Done Still" in page
    assert "What happens next Streets takes a first look by" in page
    assert "Streets on the map:" in page
    both.moves("assigned")
    both.moves("on_site")
    assert "Open The crew is there, since Wed Jun 3." in both.text()
    both.moves("completed", "Filled by crew 7.")
    page = both.text()
    assert "Done Done Thu Jun 4. Filled by crew 7. Progress Received Complete, Mon Jun 1" in page
    assert "can reply NOT FIXED in their own thread by Thu Jun 18." in page
    assert re.search(
        r"so far Thu Jun 4 Done Filled by crew 7. Wed Jun 3 Crew on site Tue Jun 2 .* Mon Jun 1", page
    )
    both.office.clock.pass_by(15 * 86400)
    assert "If it is back, please report it again" in both.text()


def test_every_status_has_its_page(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    for status in STATUSES:
        if status not in ("received", "reopened"):
            case = desk.latest()
            with desk.office.town.database.write.begin() as session:
                session.get_one(ServiceRequest, case.id).status = "received"
            desk.moves(status, "Because of the frost.", days=0)
            for query in ("", "?lang=es"):
                assert "Because of the frost." in desk.text(query)


def test_a_question_of_the_crew_is_not_put_to_the_reader(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    desk.moves("assigned")
    desk.moves("need_info", "Which lane is it in?")
    page = desk.text()
    assert "Waiting Waiting for an answer from whoever reported it. Which lane is it in?" in page
    assert "from you" not in page
    assert "Crew assigned Now, Tue Jun 2" in page  # it stays where it was


def test_a_step_that_nobody_took_is_left_out(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    desk.moves("completed", "Filled in passing.")
    assert "Progress Received Complete, Mon Jun 1 Done Complete, Tue Jun 2 What" in desk.text()


def test_what_was_opened_again_begins_anew(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    desk.moves("on_site")
    desk.moves("completed", "Filled by crew 7.")
    desk.office.says("not fixed, Pat Example says it is worse")
    desk.office.bustle()
    page = desk.text()
    assert "Progress Open again Now, Wed Jun 3 Crew assigned Still to come Crew on site Still to come" in page
    assert "Pat Example" not in page


def test_a_day_that_has_passed_is_owned_up_to(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    desk.office.clock.pass_by(60 * 86400)
    assert "and we are late. We are sorry. Streets still has it" in desk.text()


def test_a_place_that_is_not_on_the_map_is_the_residents_own_words(desk: Desk) -> None:
    desk.files(*UNFOUND)
    assert not desk.latest().location_confirmed
    page = desk.text()
    assert page.count("Location to be confirmed") == 2
    assert "barn" not in desk.get().text
    assert "<svg" not in desk.get().text


def test_who_adds_to_a_case_is_not_quoted(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    with desk.office.town.database.write.begin() as session:
        note = "ask for Pat Example at the blue door"
        service_requests.add(desk.office.town, session, "SR-10001", note=note, photos=())
    assert "More details were added." in desk.text()
    assert "blue door" not in desk.text()


# Photos ---------------------------------------------------------------------------------------------


@pytest.fixture
def pictured(desk: Desk) -> Desk:
    desk.office.simulator.sms(PHONE, "huge pothole at 732 Pine St", [picture("pothole"), picture("graffiti")])
    desk.office.bustle()
    desk.office.says("yes")
    desk.office.bustle()
    return desk


def shown(desk: Desk) -> list[str]:
    return re.findall(r'<img src="([^"]+)" alt="([^"]+)"', desk.get().text)


def test_a_photo_is_shown_once_staff_have_cleared_it(pictured: Desk) -> None:
    town = pictured.office.town
    assert shown(pictured) == []
    assert clear_photos(town, "sr-10001", 2) == 1
    [(address, alt)] = shown(pictured)
    assert alt == "Photo 1 of the place, sent with the report"
    answer = requests.get(f"{pictured.office.url}{address}", timeout=20)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert clear_photos(town, "SR-10001") == 2
    assert len(shown(pictured)) == 2
    assert clear_photos(town, "SR-10001", cleared=False) == 2
    assert shown(pictured) == []


def test_what_can_not_be_cleared_is_said(pictured: Desk) -> None:
    town = pictured.office.town
    with pytest.raises(NotAllowed, match="has photos 1 to 2: there is no 3"):
        clear_photos(town, "SR-10001", 3)
    with pytest.raises(NotAllowed, match="There is no case SR-9"):
        clear_photos(town, "SR-9")
    pictured.files("graffiti at Riverside Park")
    with pytest.raises(NotAllowed, match="SR-10002 has no photo"):
        clear_photos(town, "SR-10002")


# Languages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "accepts", "expected"),
    [
        ("", "", "en"),
        ("", "es-MX,es;q=0.9,en;q=0.5", "es"),
        ("", "fr,en;q=0.2", "en"),
        ("", "fr", "en"),
        ("?lang=es", "en", "es"),
        ("?lang=en", "es", "en"),
        ("?lang=xx", "es", "es"),
        ("?lang=%00%3Cb%3E", "", "en"),
    ],
)
def test_languages(query: str, accepts: str, expected: str, desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    answer = desk.get(query, **({"Accept-Language": accepts} if accepts else {}))
    assert f'<html lang="{expected}" dir="ltr">' in answer.text
    assert answer.headers["Content-Language"] == expected
    heading = {"en": "What happens next", "es": "Lo que sigue"}[expected]
    assert f"{heading}</h2>" in answer.text


def test_in_spanish_all_but_the_citys_note_is_spanish(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    desk.moves("completed", "Filled by crew 7.")
    page = desk.get("?lang=es").text
    assert '<p class="note" lang="en" dir="auto">Filled by crew 7.</p>' in page
    assert "Bache" in page
    assert "Terminado el mar 2 jun." in words_of(page)
    assert not re.search(
        r"\b(?:What|Where|Done|Open|Received|Nearby|the)\b", words_of(page).replace("Filled", "")
    )


# Addresses ------------------------------------------------------------------------------------------


def test_no_address_but_the_right_one_tells_anything(both: Desk) -> None:
    case = both.files("huge pothole at 732 Pine St")
    wrong = [
        "x",
        "SR-10001",
        case.token[:-1],
        f"{case.token}x",
        "a" * 22,
        "%00",
        "%FF%FE",
        "a" * 4000,
        case.token + "%00x",
    ]
    answers = [both.get(token=token) for token in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "We find no case at this address" in answers[0].text
    headers = [{**answer.headers, "Date": ""} for answer in answers]
    assert all(each == headers[0] for each in headers)
    assert "No encontramos" in both.get("?lang=es", token="x").text


def test_a_wrong_address_costs_one_look_whatever_it_is(desk: Desk) -> None:
    """None answers sooner or later than another, so that nobody can feel their way to a right one."""
    case = desk.files("huge pothole at 732 Pine St")
    with statements(desk.office.town.database) as asked:
        for token in (case.token[:-1], "a" * 22, "", "%00", "x" * 4000):
            asked.clear()
            assert desk.get(token=token or "-").status_code == 404
            assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1
        asked.clear()
        assert desk.get().status_code == 200
        assert len(asked) > 3  # they are counted


def test_headers(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")
    for answer in (desk.get(), desk.get(token="x")):
        headers = answer.headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; style-src 'self'; img-src 'self';"
        )
        assert "script" not in headers["Content-Security-Policy"]
        assert headers["X-Robots-Tag"].startswith("noindex")
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in headers
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        for foreign in ("<script", " style=", "<form", "http://", "https://", "onclick"):
            assert foreign not in answer.text


def test_reading_a_page_changes_nothing(desk: Desk) -> None:
    case = desk.files("huge pothole at 732 Pine St")
    desk.get()
    after = desk.latest()
    assert (after.updated_datetime, after.status) == (case.updated_datetime, case.status)
    assert requests.post(f"{desk.office.url}/r/{case.token}", timeout=20).status_code == 405


def test_a_database_that_is_away_is_said_in_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    token = desk.files("huge pothole at 732 Pine St").token
    with desk.office.town.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE service_requests RENAME TO gone")
    answer = desk.get(token=token)
    assert answer.status_code == 503
    assert "Please try again in a minute" in answer.text


def test_status_gives_the_link_of_one_case_and_none_of_many(desk: Desk) -> None:
    case = desk.files("huge pothole at 732 Pine St")
    desk.office.says("status")
    desk.office.bustle()
    assert desk.office.heard()[-1].endswith(f" {PUBLIC}/r/{case.token}")
    desk.files("graffiti at Riverside Park")
    desk.office.says("status")
    desk.office.bustle()
    assert "/r/" not in "".join(desk.office.heard()[-3:])


# Nothing personal -----------------------------------------------------------------------------------

NAMES = st.sampled_from(("Pat", "Robin Q", "Ñandú", "O'Hara", "<b>Sam</b>"))
NUMBERS = st.integers(100, 199).map(lambda n: f"555-0{n}")
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters=";.!?"),
    min_size=12,
    max_size=60,
).map(lambda text: f"zq{text.strip()}qz")
AUTHORS = st.sampled_from(("resident", "bot", "city", "Lee of Streets"))


@st.composite
def cases(draw_: st.DrawFn) -> tuple[ServiceRequest, str, set[str]]:
    """A case with a reporter and its residents' words, the contact's address, and what is private of it all."""
    name, phone, described, said, answer = (draw_(each) for each in (NAMES, NUMBERS, WORDS, WORDS, WORDS))
    mail = f"{draw_(st.sampled_from(('pat', 'robin.q')))}@riverton.example"
    private = {name, phone, phone.replace("-", ""), described, said, answer, mail}
    city_notes = st.sampled_from(
        (
            "Filled by crew 7.",
            f"We told {name.upper()} about it.",
            f"Reached at {phone.replace('-', ' ')}.",
            f'They wrote: "{described}".',
            f"{said} they say, and we agree",
            f"Mail to {mail} came back",
        )
    )
    statuses = draw_(st.lists(st.sampled_from(sorted(STATUSES)), max_size=5))
    updates = [
        StatusUpdate(status="received", status_notes=note, author=by, updated_datetime=AT)
        for by, note in (("bot", ""), ("resident", said))
    ]
    for hours, status in enumerate(statuses):
        author = draw_(AUTHORS)
        note = said if author in ("resident", "bot") else draw_(city_notes)
        when = AT + timedelta(hours=hours)
        updates.append(StatusUpdate(status=status, status_notes=note, author=author, updated_datetime=when))
    confirmed = draw_(st.booleans())
    place = draw_(WORDS)
    case = ServiceRequest(
        service_request_id="SR-10001",
        token="x" * 22,
        service_code=draw_(st.sampled_from(("graffiti", "noise", "gone"))),
        description=f"{described}. Call {name}, {phone}",
        attributes={"plate": answer},
        address_string="732 Pine St" if confirmed else place,
        lat=41.6,
        long=-91.0,
        location_confirmed=confirmed,
        suggested_location={"address_string": said},
        status=updates[-1].status,
        status_notes=updates[-1].status_notes,
        department="streets",
        requested_datetime=AT,
        updated_datetime=AT,
        expected_datetime=draw_(st.sampled_from((None, AT + timedelta(days=3)))),
        reporter={"first_name": name, "phone": phone, "email": mail, "client": "app"},
        updates=updates,
        photos=[],
    )
    return case, f"tel:+1555{phone[-4:]}", private | (set() if confirmed else {place})


@given(made=cases(), language=st.sampled_from(("en", "es")))
@settings(max_examples=150, deadline=None)
def test_nothing_personal_ever_stands_in_a_page(
    made: tuple[ServiceRequest, str, set[str]], language: str
) -> None:
    case, address, private = made
    written = repr(page_of(case, [address], None, Voice(CITY, language), AT + timedelta(days=1)))
    written = written.replace(CITY.phone, "")
    for each in private:
        assert each.casefold() not in written.casefold(), each
        assert repr(each)[1:-1].casefold() not in written.casefold(), each


def test_the_property_can_fail() -> None:
    """A note with nothing of the resident's in it is shown: what the property sees is not an empty page."""
    note = StatusUpdate(
        status="completed", status_notes="Filled by crew 7.", author="city", updated_datetime=AT
    )
    case = ServiceRequest(
        description="x" * 20, attributes={}, reporter={}, updates=[note], location_confirmed=True
    )
    assert not Private(case, ["tel:+15550142"]).is_in(note.status_notes)
    for leak in ("They said: " + "x" * 20, "Call 555 0142", "x" * 20):
        assert Private(case, ["tel:+15550142"]).is_in(leak), leak
    case.reporter = {"first_name": "Mary Ann", "client": "app"}
    assert Private(case, []).is_in("Mary says it is gone.")
    assert not Private(case, []).is_in("Marys Park is done, by app.")


def test_what_residents_sent_through_the_door_is_not_on_the_page(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St, I am Pat Exampleton, mail pat@riverton.example or call 555-0143")
    page = desk.get().text
    for private in ("Exampleton", "pat@", "0143", "0142", "huge"):
        assert private not in page
    with desk.office.town.database.read() as session:
        assert session.query(Contact).one().address not in page


# The map --------------------------------------------------------------------------------------------


def test_the_map_shows_the_streets_and_keeps_names_apart(city_database: Path) -> None:
    database = open_database(f"sqlite:///{city_database}")
    with database.read() as session:
        around = surroundings(session, *CORNER)
    database.close()
    sketch = draw(around, CORNER)
    assert sketch is not None
    assert len(sketch.seen) >= 4
    assert {name.text for name in sketch.street_names} <= set(sketch.seen)
    assert len(sketch.street_names) >= 3
    for path in sketch.streets:
        numbers = [float(each) for each in re.findall(r"-?\d+\.\d", path)]
        assert all(-0.1 <= x <= WIDTH + 0.1 for x in numbers[::2])
        assert all(-0.1 <= y <= HEIGHT + 0.1 for y in numbers[1::2])
    names = [*sketch.street_names, *sketch.spot_names]
    assert all(-90 <= name.angle <= 90 for name in names)
    assert len({(name.x, name.y) for name in names}) == len(names)


def test_where_there_is_no_street_there_is_no_map(city_database: Path) -> None:
    database = open_database(f"sqlite:///{city_database}")
    with database.read() as session:
        assert draw(surroundings(session, 10.0, 10.0), (10.0, 10.0)) is None
    database.close()


# In a browser ---------------------------------------------------------------------------------------


def fresh(desk: Desk) -> None:
    desk.files("huge pothole at 732 Pine St")


def completed(desk: Desk) -> None:
    desk.office.simulator.sms(PHONE, "huge pothole at 5th and main", [picture("pothole")])
    desk.office.bustle()
    desk.files("left lane")
    clear_photos(desk.office.town, "SR-10001")
    desk.moves("assigned")
    desk.moves("on_site")
    desk.moves("completed", "Filled by crew 7 with hot asphalt; the lane is open again.")


def need_info(desk: Desk) -> None:
    desk.files("graffiti at Riverside Park")
    desk.moves("assigned")
    desk.moves("need_info", "We could not find it. Which side of the building, and how high up is it?")


def unfound(desk: Desk) -> None:
    desk.files(*UNFOUND)


def referred(desk: Desk) -> None:
    desk.files("graffiti at Union Square")
    desk.moves("referred", "W" * 120)


Scene = Callable[[Desk], None]
SCENES: tuple[Scene, ...] = (fresh, completed, need_info, unfound, referred)
WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    skip_without(module=False)
    with opened() as chromium:
        yield chromium


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_browser_without_javascript_shows_it_whole_at_any_width(
    scene: Scene, desk: Desk, browser: Browser
) -> None:
    scene(desk)
    address = f"{desk.office.url}/r/{desk.latest().token}"
    for query, colours in (("", "light"), ("?lang=es", "dark")):
        context = browser.new_context(java_script_enabled=False, color_scheme=colours)  # type: ignore[arg-type]
        page = context.new_page()
        asked: list[str] = []
        refused: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda line, refused=refused: refused.append(line.text))
        page.goto(address + query)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            if PICTURES:
                name = f"{scene.__name__}-{'es' if query else 'en'}-{width}.png"
                page.screenshot(path=str(Path(PICTURES) / name), full_page=True)
            for box in boxes(page):
                assert box["x"] >= 0, box
                assert box["x"] + box["width"] <= width + 0.5, (width, box)
        assert refused == []  # nothing that the policy forbids
        assert all(url.startswith(desk.office.url) for url in asked)
        context.close()


def test_on_paper_it_is_black_on_white_without_what_one_can_only_press(desk: Desk, browser: Browser) -> None:
    completed(desk)
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{desk.office.url}/r/{desk.latest().token}")
    page.emulate_media(media="print")
    if PICTURES:
        page.set_viewport_size({"width": 720, "height": 1000})
        page.screenshot(path=str(Path(PICTURES) / "completed-print.png"), full_page=True)
    assert not page.locator("nav").is_visible()
    assert page.locator("svg.map").is_visible()
    style = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    assert page.locator("body").evaluate(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator(".status").evaluate(style) == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
    page.close()


def boxes(page: Any) -> list[dict[str, float]]:
    """Return where everything stands, but for the inside of the map, which is cut off at its edge."""
    found = page.locator("body *:not(svg *)")
    return [box for each in found.all() if (box := each.bounding_box()) is not None]


def test_a_screen_reader_finds_its_way(desk: Desk, browser: Browser) -> None:
    completed(desk)
    page = browser.new_page()
    page.goto(f"{desk.office.url}/r/{desk.latest().token}")
    tree = page.locator("body").aria_snapshot()
    for landmark in ("banner", "main", "contentinfo", 'navigation "Language"'):
        assert f"- {landmark}" in tree
    for heading in (
        "Done Thu Jun 4.",
        "Progress",
        "What happens next",
        "Where it is",
        "Photos",
        "What has happened",
    ):
        assert re.search(rf'heading "{heading}[^"]*" \[level=2\]', tree), heading
    assert tree.count("[level=1]") == 1
    assert re.search(r'img "Map of the streets around 5th St & Main St"', tree)
    assert 'img "Photo 1 of the place, sent with the report"' in tree
    page.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_words_stand_out_from_their_ground(colours: str, desk: Desk, browser: Browser) -> None:
    """WCAG 2 AA: 4.5 to 1, or 3 to 1 where the letters are large."""
    need_info(desk)
    context = browser.new_context(color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{desk.office.url}/r/{desk.latest().token}")
    pairs = page.evaluate(
        """() => [...document.querySelectorAll("body :not(svg *)")]
            .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            .map(each => {
                let ground = each;
                while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)")
                    ground = ground.parentElement;
                const behind = getComputedStyle(ground).backgroundColor;
                return [each.textContent, getComputedStyle(each).color, behind];
            })"""
    )
    assert len(pairs) > 25
    assert not [(text, ratio) for text, ink, ground in pairs if (ratio := contrast(ink, ground)) < 4.5]
    context.close()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours of CSS, by WCAG 2."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    shares = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
