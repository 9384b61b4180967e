"""The same thing reported before: offered before a second case is filed, and followed instead.

What is near is heard beforehand (`Heard.nearby`); what counts as the same is each issue type's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogues import slots, which
from dialogues.types import City, Draft, Heard, OpenRequest, Option, Say, State, Utterance

MOST_OFFERED = 3
"""Cases put to the resident at once."""

DIFFERENT = Option(label="option_different", value="same:none")


def same_as(draft: Draft, heard: Heard, city: City) -> tuple[OpenRequest, ...]:
    """Return the open cases that a report may be about, their own first, then the nearest."""
    place = draft.place
    service = city.services.get(draft.service_code)
    if draft.distinct or draft.also or draft.urgent or place is None or place.lat is None or service is None:
        return ()
    own = [case for case in heard.contact_requests if not case.closed]
    known = {case.service_request_id for case in own}
    others = [case for case in heard.nearby if case.service_request_id not in known]
    ranked = sorted(others, key=lambda case: which.metres(case, place))
    return tuple(
        case
        for case in (*own, *ranked)
        if _is_kin(draft.service_code, case.service_code, city)
        and which.metres(case, place) <= service.same_within
    )[:MOST_OFFERED]


def sought(
    state: State, utterances: Sequence[Utterance], theirs: Sequence[OpenRequest], city: City
) -> Mapping[str, float]:
    """Return of which types, and within how many metres, open cases may be what a turn on these words reports.

    `theirs` are the contact's own cases. Never less than `same_as` will look at: it is asked of the world
    before the turn is taken.
    """
    reach: dict[str, float] = {}
    for code in _may_become(state, utterances, theirs) & city.services.keys():
        within = city.services[code].same_within
        for other in city.services:
            if _is_kin(code, other, city):
                reach[other] = max(within, reach.get(other, within))
    return reach


def _may_become(state: State, utterances: Sequence[Utterance], theirs: Sequence[OpenRequest]) -> set[str]:
    """Return the types that the report may be of after these words: what they sent may be meant again."""
    drafts = [part for draft in (state.draft, state.kept) if draft for part in slots.parts(draft)]
    codes = {code for draft in drafts for code in (draft.service_code, *draft.service_options)}
    for said in utterances:
        codes |= {code for code, _ in said.services} | {told.service_code for told in said.problems}
        codes.add(said.choice.removeprefix("service:"))
    return codes | {case.service_code for case in theirs}


def _is_kin(code: str, other: str, city: City) -> bool:
    """Tell whether two types may be one thing seen by two people; either may name the other."""
    services = [city.services.get(each) for each in (code, other)]
    return code == other or any(
        service is not None and {code, other} - {service.service_code} <= set(service.kin)
        for service in services
    )


def offer(state: State, cases: tuple[OpenRequest, ...], city: City) -> tuple[State, Say]:
    """Return the question whether it is one of these cases."""
    numbers = tuple(case.service_request_id for case in cases)
    state = replace(state, awaiting="duplicate", offered=numbers)
    if len(cases) > 1:
        options = (*which.options(cases, city, "same"), DIFFERENT)
        return state, Say(sentence="same_as_one_of", options=options, prompt=True)
    case = cases[0]
    yes = Option(label="option_same", value=f"same:{case.service_request_id}", quiet=True)
    return state, Say(
        sentence="same_as_yours" if case.followed else "same_as",
        params={
            "service": which.name_of(case, city),
            "place": case.address_string,
            "number": case.service_request_id,
            "since": case.filed_datetime or case.requested_datetime,
        },
        options=(yes, replace(DIFFERENT, quiet=True)),
        prompt=True,
        photo=case.photo,
    )
