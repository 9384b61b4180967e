"""What an answer to "where is it?" leaves out, in English and in Spanish."""

from __future__ import annotations

import pytest

from bot.hearing import HOUSE_NUMBER, street_of
from nlu.interpreter import MentionKind, PlaceMention


def mention(text: str, kind: MentionKind) -> PlaceMention:
    return PlaceMention(text=text, kind=kind, start=0, end=len(text))


@pytest.mark.parametrize(
    ("stretch", "street"),
    [
        ("between 5th and 6th", "Main St "),
        ("entre la 5 y la 6", "Main St "),
        ("entre Oak y Elm", "Main St "),
        ("between 5th and 6th on Oak", ""),
        ("entre la 5 y la 6 en Oak", ""),
        ("entre la 5 y la 6 de la Oak", ""),
        ("Oak entre la 5 y la 6", ""),
    ],
)
def test_a_stretch_alone_is_of_the_street_named_elsewhere(stretch: str, street: str) -> None:
    between = mention(stretch, "between")
    assert street_of(between, [mention("Main St", "street"), between]) == street


@pytest.mark.parametrize(
    "text", ["500", "#500", "number 500", "no. 500", "número 500", "numero 500", "es el 500"]
)
def test_a_bare_number_is_a_house_number(text: str) -> None:
    match = HOUSE_NUMBER.fullmatch(text)
    assert match
    assert match[1] == "500"


@pytest.mark.parametrize("text", ["500 Main", "no", "el", "la 5 y Main", "no es 500"])
def test_anything_else_is_none(text: str) -> None:
    assert not HOUSE_NUMBER.fullmatch(text)
