"""Spanish emergencies by the rules alone: floors on what is caught, ceilings on false alarms."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu.emergencies import check
from nlu.emergency_phrases import PHRASEBOOKS

DATA = Path(__file__).parent / "data"

# Written before the rules, by their author: it guards what holds, and flatters them.
PHRASES: dict[str, list[str]] = yaml.safe_load((DATA / "emergencies_es.yml").read_text(encoding="utf-8"))


def share(texts: list[str], *tiers: str) -> float:
    return sum(check(text) in tiers for text in texts) / len(texts)


def test_emergencies_are_caught() -> None:
    assert len(PHRASES["911"]) >= 80
    assert share(PHRASES["911"], "911", "likely") >= 0.97
    assert share(PHRASES["911"], "911") >= 0.93


def test_lookalikes_are_left_alone() -> None:
    assert len(PHRASES["lookalikes"]) >= 60
    assert share(PHRASES["lookalikes"], "911", "likely") <= 0.02


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("se abrió un socavón enorme en la calle", "urgent"),
        ("falta la tapa de la alcantarilla", "urgent"),
        ("el registro no tiene tapa", "urgent"),
        ("se robaron la tapa del registro", "urgent"),
        ("todos los semáforos del cruce están apagados", "urgent"),
        ("tumbaron la señal de alto", "urgent"),
        ("el stop está tirado en el suelo", "urgent"),
        ("están brotando aguas negras en mi calle", "urgent"),
        ("el árbol está a punto de caer", "urgent"),
        ("el poste de luz ya se va a caer", "urgent"),
        ("se inundó la avenida", "urgent"),
        ("hay un bache en mi calle", None),
        ("el semáforo tarda mucho", None),
        ("hay un árbol muy bonito en el parque", None),
        ("auxilio", "likely"),
        ("hay alguien herido", "911"),
        ("no hay heridos", None),
        ("FUEGOOO", "911"),
        ("no es una emergencia", None),
        ("me robaron la bici ayer", None),
    ],
)
def test_tiers(text: str, tier: str | None) -> None:
    assert check(text) == tier


def test_accents_and_enye_are_optional() -> None:
    assert check("se electrocutó un niño") == check("se electrocuto un nino") == "911"


def test_both_languages_are_read_whatever_the_rest_is_in() -> None:
    assert check("help, my neighbor, se está quemando la casa") == "911"
    assert check("porfa vengan, there is a fire in my kitchen") == "911"


def test_what_one_language_calls_harmless_does_not_silence_the_other() -> None:
    assert check("the fire hydrant is leaking y huele a gas") == "911"
    assert check("la boca de incendio gotea and there is a fire") == "911"
    assert check("yesterday the light went out, un hombre no respira") == "911"


@pytest.mark.parametrize("book", PHRASEBOOKS)
def test_tables_hold_what_the_reader_sees(book: object) -> None:
    """A letter with its accent would never fit: the text it is compared with has none."""
    assert str(vars(book)).isascii()
