"""From how likely each label is to what a message means: the exact rules that all engines share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nlu import commands, emergencies, mood, problems
from nlu.addresses import find_mentions
from nlu.interpreter import INTENTS, Emergency, Lexicon, ServiceGuess, Understanding
from nlu.keywords import Keywords
from nlu.language import Languages
from nlu.questions import Questions

READ_AT_MOST = 2_000  # characters; the emergency check reads as far
REPORT_AT_LEAST = 0.15  # the share of all issue types together, below which a text tells of no problem
LIFT = 4.0  # how much likelier a keyword makes its issue type; best or near it on real and held-out text
HINTED = 0.05  # the share of "not fixed" from which "still there" settles it
CLEAR, PLAIN = 0.75, 0.6  # how sure a clause is heard that tells of a problem of its own; by its keyword
UNTRAINED = 0.5  # what a keyword alone gives an issue type that has no examples yet
POLARITY: dict[str, commands.Polarity] = {"affirm": "yes", "deny": "no"}
OF_A_CASE = frozenset({"mute", "unmute", "status", "not_fixed"})
WISHES = frozenset({"human", "status", "not_fixed", "emergency"})
TALK = frozenset(INTENTS) - {"report"}

Judge = Callable[[str], Mapping[str, float]]
"""A model: how likely each label (an issue type or a kind of talk) is for a text."""


@dataclass(frozen=True)
class Ear:
    """A model of one language, and when what it says of danger is to be believed."""

    judge: Judge
    thresholds: emergencies.Thresholds


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the model made of a text: the intent, how sure, and the issue types it may mean."""

    intent: str
    confidence: float
    services: tuple[ServiceGuess, ...] = ()
    emergency: float = 0.0


class Reader:
    """Understands by exact rules, and asks a model for the rest; an error of the model's is the caller's."""

    def __init__(self, lexicon: Lexicon, languages: Languages) -> None:
        self._lexicon = lexicon
        self._keywords = Keywords(lexicon.keywords)
        self._questions = Questions(lexicon.questions)
        self._languages = languages
        emergencies.rule_sets()  # the first message must not wait for them

    def understand(self, text: str, ears: Mapping[str, Ear], known: str | None = None) -> Understanding:
        """Return what `text` means, whatever it holds; the ear of its language is asked last.

        `known` is the language of the conversation.
        """
        spoken = self._languages.detect(text[:READ_AT_MOST], known)
        said = Understanding(
            intent="out_of_scope",
            confidence=1.0,
            emergency=emergencies.check(text),
            language=spoken,
            mood=mood.of(text[:READ_AT_MOST]),
        )
        heard = self._heard(text[:READ_AT_MOST], said, ears[spoken])
        if known is not None and known in ears and heard.places and heard.intent == "inform":
            heard = replace(heard, language=known)  # an address is in no language
        if heard.intent == "change_language":
            return replace(heard, asked_language=self._languages.asked(text[:READ_AT_MOST], spoken))
        return self._more(text[:READ_AT_MOST], heard, ears[spoken])

    def _more(self, text: str, heard: Understanding, ear: Ear) -> Understanding:
        """Return the understanding with what goes beyond one new problem: several, or the last one again."""
        if problems.AGAIN.search(text):
            heard = replace(heard, again=True)
        if heard.intent != "report":
            return heard

        def judge(clause: str) -> problems.Guess:
            reading = self._read(clause, ear.judge(clause))
            if reading.intent != "report" or not reading.services:
                return None
            best = reading.services[0]
            named = best.service_code in self._keywords.find(clause)
            return (best.service_code, named) if best.confidence >= (PLAIN if named else CLEAR) else None

        return replace(heard, problems=problems.tell_apart(text, heard.places, judge))

    def _heard(self, text: str, said: Understanding, ear: Ear) -> Understanding:
        if not text.strip(" \0\t\r\n"):
            return replace(said, intent="inform", confidence=0.0)
        if intent := commands.command(text, said.language):
            said = replace(said, intent=intent, polarity=POLARITY.get(intent))
            return self._about_a_case(text, said) if intent in OF_A_CASE else said
        if number := commands.choice(text, said.language):
            return replace(said, intent="inform", number=number)
        heard = self._sentence(text, said, ear)
        if topic := self._questions.topic(text, heard):
            return replace(heard, topic=topic, services=())  # "when is trash day" reports no missed pickup
        return heard

    def _about_a_case(self, text: str, said: Understanding) -> Understanding:
        """Return the understanding with what a command says of the case that it is for."""
        named = tuple(ServiceGuess(service_code=code, confidence=1.0) for code in self._keywords.find(text))
        return replace(said, places=tuple(find_mentions(text, self._lexicon)), services=named)

    def _sentence(self, text: str, said: Understanding, ear: Ear) -> Understanding:
        start = commands.opening(text, said.language)
        mentions = find_mentions(text, self._lexicon)
        meant = commands.meant(text)
        wrong = commands.wrong(text, mentions) or ("place" if meant and mentions else None)
        places = tuple(place for place in mentions if not commands.is_denied(text, place))
        said = replace(said, places=places, polarity=start.polarity, wrong=wrong)
        if start.rest != text and commands.says_no_more(start.rest):
            intent = "deny" if start.polarity == "no" else "affirm"
            return replace(said, intent=intent, polarity=start.polarity)
        if commands.is_only_a_place(text, mentions):
            return replace(said, intent="inform" if places else "deny")
        heard = self._judged(start.rest, said, ear)
        if meant and heard.intent == "report" and heard.services[0].confidence >= CLEAR:
            heard = replace(heard, wrong="service")  # "sorry, I meant a fallen tree"
        vents = said.mood == "upset" and not start.polarity and mood.says_no_more(text)
        if vents and heard.intent not in WISHES:
            return replace(said, intent="out_of_scope")  # it reports nothing
        if start.rest == text or heard.intent in ("report", "inform"):
            return heard
        # "yes sounds great" is a yes, "yes what's your name" a question.
        whole = self._read(text, ear.judge(text))
        outdone = whole.intent in POLARITY and whole.confidence > heard.confidence
        return replace(heard, intent=whole.intent, confidence=whole.confidence) if outdone else heard

    def _judged(self, rest: str, said: Understanding, ear: Ear) -> Understanding:
        """Return the understanding completed by the model, which reads what is left after "yes" or "no"."""
        rest, denied = self._without_denied(rest)
        wrong = said.wrong or ("service" if denied else None)
        if not re.search(r"[^\W\d_]", rest):  # a number means what was asked: no model knows
            return replace(
                said, intent="deny" if wrong or said.polarity else "inform", wrong=wrong, confidence=0.0
            )
        reading = self._read(rest, ear.judge(rest))
        second = _second_ear(ear.thresholds, reading.emergency, said.emergency)
        said = replace(said, wrong=wrong, emergency=second, suspected=second == "likely" != said.emergency)
        if wrong and not said.places and not (denied and reading.services):
            return replace(said, intent="deny")
        return replace(said, intent=reading.intent, confidence=reading.confidence, services=reading.services)

    def _without_denied(self, text: str) -> tuple[str, bool]:
        """Return the text without what it says the problem is not, and whether there was such a thing."""
        match = commands.denied_thing(text)
        if match is None or not (match["article"] or self._keywords.find(match["what"])):
            return text, False
        return text[: match.start()] + " " + text[match.end() :], True

    def _read(self, text: str, shares: Mapping[str, float]) -> Reading:
        odds = {code: share for code, share in shares.items() if code not in TALK}
        talk = {intent: share for intent, share in shares.items() if intent in TALK}
        named = self._keywords.find(text)
        for code in named:
            odds[code] = LIFT * max(odds.get(code, 0.0), 0.0 if code in shares else UNTRAINED)
        total = sum(odds.values()) + sum(talk.values()) or 1.0
        odds = {code: share / total for code, share in odds.items()}
        report = sum(odds.values())
        intents = {intent: share / total for intent, share in talk.items()} | {"report": report}
        if commands.negates(text):
            intents.pop("affirm", None)  # a yes files the case: never on "not" or "wrong"
        if commands.says_still(text) and intents.get("not_fixed", 0.0) > HINTED:
            intents["not_fixed"] += intents["report"]  # without a case of theirs, it is heard as a report
        best = max(intents, key=lambda intent: intents[intent])
        if best == "emergency" and report:
            # Should it turn out to be none, it is still a report of something: these share it all.
            odds, report = {code: share / report for code, share in odds.items()}, 1.0
        likeliest = sorted(odds, key=lambda code: -odds[code])[:3] if named or report >= REPORT_AT_LEAST else []
        return Reading(
            intent=best,
            confidence=min(1.0, intents[best]),
            services=tuple(ServiceGuess(service_code=c, confidence=min(1.0, odds[c])) for c in likeliest),
            emergency=emergencies.suspicion(shares),
        )


def _second_ear(thresholds: emergencies.Thresholds, likely: float, found: Emergency | None) -> Emergency | None:
    if likely >= thresholds.sure:
        return "911"
    return emergencies.gravest(found, "likely" if likely >= thresholds.likely else None)
