"""The kinds of people who text a city, each by what it does unlike the cooperative one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from residents.reading import Reading
from residents.resident import Act, Acts, Resident, texts
from residents.wordings import Goal


class Plain(Resident):
    """Says what is wrong, mostly where, and answers."""


class Terse(Resident):
    """One or two words at a time."""

    def opening(self) -> Acts:
        return texts(self.speaker.say("name_it", self.goal))


class Rambling(Resident):
    """Tells the whole story in one long text."""

    def opening(self) -> Acts:
        return texts(self.speaker.say("rambling", self.goal))


class Impatient(Resident):
    """Several quick texts, and "hello??" while the bot has not got all it needs."""

    def opening(self) -> Acts:
        burst = [self.speaker.say("fragments"), self.speaker.say("problem_only", self.goal)]
        return texts(*burst, *([self.speaker.where(self.goal.spot)] if self.any.random() < 0.6 else []))

    def interject(self, reading: Reading) -> Acts:
        return once(self, self.any.random() < 0.6, texts(self.speaker.say("nag")))


class UnsureOfPlace(Resident):
    """Begins with a landmark nearby, only the street, or the wrong place; then finds the right one."""

    def opening(self) -> Acts:
        spot = self.other.spot
        if self.any.random() < 0.3 and self.goal.spot.kind == "address":
            _, _, street = self.goal.spot.address_string.partition(" ")
            return texts(f"{self.speaker.say('problem_only', self.goal)} {street.lower()}")
        return texts(self.speaker.say("report", replace(self.goal, spot=spot)))

    def interject(self, reading: Reading) -> Acts:
        asked = reading.kind in ("read_back", "where", "pick")
        return once(self, asked, texts(self.speaker.say("rather_there", self.goal)))


class ChangesProblem(Resident):
    """Names another problem first, and takes it back before or after the read-back."""

    def opening(self) -> Acts:
        key = self.any.choice(("problem_only", "report"))
        return texts(self.speaker.say(key, replace(self.other, spot=self.goal.spot)))

    def interject(self, reading: Reading) -> Acts:
        asked = reading.kind in ("read_back", "where", "pick")
        return once(self, asked, texts(self.speaker.say("rather_that", self.goal)))


class ChangesPlace(Resident):
    """Gives one place, and another before the bot has answered, or at the read-back."""

    def opening(self) -> Acts:
        first = self.speaker.say("report", replace(self.goal, spot=self.other.spot))
        if self.any.random() < 0.5:
            self.interjected = True
            return texts(first, self.speaker.say("rather_there", self.goal))
        return texts(first)

    def interject(self, reading: Reading) -> Acts:
        return once(self, reading.kind == "read_back", texts(self.speaker.say("rather_there", self.goal)))


class TwoProblems(Resident):
    """Two problems at two places in one message."""

    several = 2
    most_messages = 20

    def opening(self) -> Acts:
        first, second = self.goals
        return texts(self.speaker.say("two", first, second=self.speaker.say("second", second)))


class Spanish(Resident):
    """Writes Spanish, as it is texted."""

    language = "es"


class SpanishTerse(Terse):
    """A word or two, in Spanish."""

    language = "es"


class CodeSwitching(Resident):
    """Both languages, in one sentence and by turns."""

    language = "mixed"

    def opening(self) -> Acts:
        return texts(self.speaker.mixed(self.goal))


class WrongAnswers(Resident):
    """Answers every kind of question beside the point once: numbers out of range, yes to "where", emoji."""

    def interject(self, reading: Reading) -> Acts:
        if reading.kind in ("danger", "alarm") or self.asked[reading.kind] > 1:
            return []
        said = self.speaker.say("nonsense")
        agrees = reading.kind == "read_back" and said in ("yes", "si", "👍")
        return [] if agrees else texts(said)


class PhotoFirst(Resident):
    """A picture, and no words."""

    def opening(self) -> Acts:
        self.showed_photo = True
        return [Act(photo=True)]


class PhotoWithWords(Resident):
    """A picture with the report beneath it."""

    def opening(self) -> Acts:
        self.showed_photo = True
        return [Act(photo=True, text=self.speaker.say("report", self.goal))]


class Pin(Resident):
    """Shows where by a pin, before or after saying what."""

    channels = ("telegram",)

    def opening(self) -> Acts:
        if self.any.random() < 0.3:
            return [self._pin()]
        return texts(self.speaker.say("problem_only", self.goal))

    def tell_where(self, reading: Reading) -> Acts:
        return [self._pin()]

    def recognises(self, goal: Goal, text: str) -> bool:
        return True  # it trusts what the map says

    def _pin(self) -> Act:
        return Act(pin=(self.goal.spot.lat, self.goal.spot.long))


class LateDetail(Resident):
    """Remembers a detail when the case is filed."""

    def afterwards(self) -> Acts:
        return once(self, True, texts(self.speaker.say("more", self.goals[-1])))


class Insulting(Resident):
    """Angry, with an insult in between, and a report all the same."""

    def opening(self) -> Acts:
        return texts(self.speaker.say("angry_report", self.goal))

    def interject(self, reading: Reading) -> Acts:
        calm = reading.kind in ("danger", "alarm")
        return once(self, not calm and self.any.random() < 0.7, texts(self.speaker.say("insults")))


class Asking(Resident):
    """Asks something itself instead of answering."""

    def interject(self, reading: Reading) -> Acts:
        return once(self, reading.kind not in ("danger", "alarm"), texts(self.speaker.say("questions")))


class ComesBack(Resident):
    """Goes away at a question and comes back hours later."""

    def interject(self, reading: Reading) -> Acts:
        if self.interjected or reading.kind in ("danger", "alarm"):
            return []
        answered = self.answer(reading)
        if not answered or not answered[0].text:
            return []
        back = self.speaker.say("back", answer=answered[0].text)
        return once(self, True, [Act(hours=self.any.randint(2, 20)), *texts(back)])


class Editing(Resident):
    """Sends the wrong place and corrects it by editing the message."""

    channels = ("telegram",)

    def opening(self) -> Acts:
        return texts(self.speaker.say("report", replace(self.goal, spot=self.other.spot)))

    def interject(self, reading: Reading) -> Acts:
        right = Act(edits=True, text=self.speaker.say("report", self.goal))
        return once(self, reading.kind in ("read_back", "where", "pick"), [right])


class SaysNeverMind(Resident):
    """Thinks better of it at a question."""

    wants_case = False

    def interject(self, reading: Reading) -> Acts:
        if self.interjected:
            self.open_goals = []
            return []
        return once(self, True, texts(self.speaker.say("never_mind")))

    def answer(self, reading: Reading) -> Acts:
        return super().answer(reading) if self.open_goals else []


def once(resident: Resident, now: bool, acts: Acts) -> Acts:
    """Return these acts if it is time for them and they have not been done."""
    if resident.interjected or not now:
        return []
    resident.interjected = True
    return acts


PERSONAS: Sequence[type[Resident]] = (
    Plain, Terse, Rambling, Impatient, UnsureOfPlace, ChangesProblem, ChangesPlace, TwoProblems, Spanish,
    SpanishTerse, CodeSwitching, WrongAnswers, PhotoFirst, PhotoWithWords, Pin, LateDetail, Insulting, Asking,
    ComesBack, Editing, SaysNeverMind,
)  # fmt: skip
