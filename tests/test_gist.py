"""What agents read of a message in another language: what was understood of it, in the city's own."""

from __future__ import annotations

import pytest
from servers import Office, OpenOffice
from staff_desk import signed_in
from talks import CITY

from bot.database import Database
from dialogues.gist import gist
from dialogues.types import Draft, Place, State, Told, Utterance

MAIN = Place(address_string="500 Main St", lat=41.6, long=-91.0)
OAK = Place(address_string="500 Oak Ave", lat=41.6, long=-91.0)
POTHOLE = "pothole_road_damage"
ASKED = State(draft=Draft(service_code=POTHOLE), awaiting="attribute", attribute="lane")
OFFERED = State(draft=Draft(service_options=("tree", "noise")), awaiting="service_options")
PLACES = State(draft=Draft(place_options=(MAIN, OAK)), awaiting="place_options")
PITHY = ((POTHOLE, 0.9), ("tree", 0.1))


@pytest.mark.parametrize(
    ("said", "state", "read"),
    [
        (
            Utterance(text="bache en la 500 main", intent="report", services=PITHY, places=(MAIN,)),
            State(),
            "Problem: Pothole or road damage. Place: 500 Main St.",
        ),
        (
            Utterance(text="algo pasa", intent="report", services=((POTHOLE, 0.4), ("graffiti", 0.3))),
            State(),
            "Problem, unsure: Pothole or road damage, or Graffiti.",
        ),
        (
            Utterance(
                text="bache y grafiti",
                intent="report",
                services=PITHY,
                problems=(Told(service_code=POTHOLE, text="bache"), Told(service_code="graffiti", text="y")),
            ),
            State(),
            "Problems: Pothole or road damage; Graffiti.",
        ),
        (Utterance(text="por el molino", place_text="el molino"), State(), 'Place, not found: "el molino".'),
        (Utterance(text="sí", intent="affirm", polarity="yes"), State(), "Yes."),
        (Utterance(text="no, gracias", intent="deny", polarity="no"), State(), "No."),
        (Utterance(text="quiero una persona", intent="human"), State(), "Asks for a person."),
        (Utterance(text="Hablar con alguien", choice="agent"), State(), "Asks for a person."),
        (Utterance(text="Sí, enviar", choice="yes:0123abcd"), State(), "Yes."),
        (Utterance(text="2", number=2), OFFERED, "Picked: Noise."),
        (Utterance(text="2", number=2), PLACES, "Picked: 500 Oak Ave."),
        (Utterance(text="Ruido", choice="service:noise"), OFFERED, "Picked: Noise."),
        (Utterance(text="x", choice="place:1"), PLACES, "Picked: 500 Main St."),
        (Utterance(text="x", choice="place:7"), PLACES, "Not understood."),
        (
            Utterance(text="no sirven", intent="out_of_scope", mood="upset"),
            State(),
            "Angry. Nothing that the city fixes.",
        ),
        (Utterance(text="ya quedó", intent="not_fixed", mood="content"), State(), "Says that it is fixed."),
        (Utterance(text="hay fuego", intent="emergency", emergency="911"), State(), "Emergency. Some problem."),
        (Utterance(text="cuánto cuesta", topic="how_long"), State(), "Asks about: how long."),
        (Utterance(text="otro lugar", intent="deny", wrong="place"), State(), "The place is wrong. No."),
        (Utterance(text="blorp", confidence=0.1), State(), "Not understood"),
        (Utterance(text="  "), State(), ""),
        (Utterance(text="???"), State(), ""),
    ],
)  # fmt: skip
def test_what_was_understood(said: Utterance, state: State, read: str) -> None:
    assert gist(said, state, CITY).rstrip(".") == read.rstrip(".")


def test_an_answer_is_read_in_the_citys_words() -> None:
    question = CITY.services[POTHOLE].answer("lane")
    assert question is not None
    said = Utterance(text="en el carril de bicicletas", intent="inform")
    assert "Bike lane" in gist(said, ASKED, CITY)
    assert question.description in gist(Utterance(text="2", number=2), ASKED, CITY)


# Beside the messages --------------------------------------------------------------------------------


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


def test_agents_read_in_english_what_was_understood_of_spanish(office: Office) -> None:
    for words in ("hay un bache en 500 main st", "una persona por favor", "what is this number?"):
        office.says(words)
        office.bustle()
    page = signed_in(office, "agent").open("/conversations/1")
    assert "Problem: Pothole or road damage. Place: 500 Main St." in page
    assert "Asks for a person." in page
    assert '<p class="text" lang="es">hay un bache' in page
    assert page.count('<span class="tag tongue">Spanish</span>') >= 2
    theirs = office.messages("resident")
    assert [message.language for message in theirs[:2]] == ["es", "es"]
    assert theirs[2].language == "en"
    assert theirs[2].understood == ""  # staff can read it


def test_it_is_gone_with_the_resident(office: Office) -> None:
    for words in ("hay un bache en 500 main st", "borrar mis datos", "sí"):
        office.says(words)
        office.bustle()
    theirs = office.messages("resident")
    assert len(theirs) == 3
    assert {message.text for message in theirs[:2]} == {""}
    assert {(message.understood, message.language) for message in theirs[:2]} == {("", "")}
