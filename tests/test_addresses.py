"""Places in text: a table of wordings, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.addresses import find_mentions
from nlu.interpreter import Lexicon
from tests.nlu_fixture import LEXICON

CASES = yaml.safe_load((Path(__file__).parent / "data" / "nlu_places.yml").read_text(encoding="utf-8"))
WORDS = ["500", "12", "5th", "main", "oak", "Park", "St.", "ave", "and", "&", "/", "at", "between", "of"]
WORDS += ["corner", "the", "block", "1400", "near", "from", "to", "on", ",", ".", "I-95", "first", "calle"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_places_are_found_as_written(case: dict[str, Any]) -> None:
    found = find_mentions(case["text"], LEXICON)
    assert [place.text for place in found] == case["places"]
    assert {place.kind for place in found} <= {case.get("kind")}


def test_a_street_is_recognised_without_any_list() -> None:
    assert [place.text for place in find_mentions("light out at 12 Verbena Ave", Lexicon())] == [
        "12 Verbena Ave"
    ]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)))
def test_mentions_are_slices_in_order_that_never_overlap(text: str) -> None:
    end = 0
    for place in find_mentions(text, LEXICON):
        assert place.text == text[place.start : place.end]
        assert end <= place.start < place.end
        end = place.end
