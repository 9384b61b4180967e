"""Which of the places we offered a resident picks in words."""

from __future__ import annotations

import pytest

from bot.places.choosing import picked

OAKS = ("40 Oak St", "40 Oak Ave")
HALVES = ("210 N Grant Ave", "210 S Grant Ave")
NAMESAKES = ("Walnut Ln (Southfield)", "Walnut Ln (Maple Heights)")


@pytest.mark.parametrize(
    ("text", "offered", "number"),
    [
        ("the ave", OAKS, 2),
        ("Avenue please", OAKS, 2),
        ("oak street", OAKS, 1),
        ("i meant 40 Oak Ave", OAKS, 2),
        ("north", HALVES, 1),
        ("the south one", HALVES, 2),
        ("S. Grant", HALVES, 2),
        ("the one in southfield", NAMESAKES, 1),
        ("maple heights", NAMESAKES, 2),
        ("la avenida", OAKS, 2),
        ("la avenida por favor", OAKS, 2),
        ("la calle", OAKS, 1),
        ("la del norte", HALVES, 1),
        ("la Grant del sur", HALVES, 2),
        ("la que está en Southfield", NAMESAKES, 1),
    ],
)
def test_words_that_fit_one_pick_it(text: str, offered: tuple[str, ...], number: int) -> None:
    assert picked(text, offered) == number


@pytest.mark.parametrize(
    "text",
    ["oak", "40", "the one", "", "???", "12 elm st", "the ave by school", "no", "no la avenida", "la oak"],
)
def test_words_that_fit_both_or_neither_pick_none(text: str) -> None:
    assert picked(text, OAKS) is None
