"""A resident who wants something fixed and answers what is asked; personas differ from this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from residents.reading import NONE_OF_THESE, Reading, read
from residents.wordings import Goal, Speaker
from webhooks.simulator import Entry


@dataclass(frozen=True, kw_only=True)
class Act:
    """What a resident does: text (with a photo), drop a pin, press a button, edit the last text, wait."""

    text: str = ""
    photo: bool = False
    pin: tuple[float, float] | None = None
    press: str = ""
    edits: bool = False
    hours: int = 0


Acts = list[Act]


def texts(*words: str) -> Acts:
    return [Act(text=each) for each in words]


class Resident:
    """Cooperative, of few mistakes. Subclasses change how it opens and what it does in between.

    `goals` is what has to be on file in the end; `other` is a goal that it may name by mistake.
    """

    most_messages = 15
    channels: tuple[str, ...] = ("sms", "telegram")
    language = ""  # one that it always speaks
    several = 1  # problems
    wants_case = True

    def __init__(self, goals: Sequence[Goal], other: Goal, speaker: Speaker, channel: str) -> None:
        self.goals = list(goals)
        self.other = other
        self.speaker = speaker
        self.channel = channel
        self.any: Random = speaker.any
        self.open_goals = list(goals)
        self.asked: Counter[str] = Counter()
        self.interjected = False
        self.showed_photo = False
        self.detours: list[str] = []

    @property
    def goal(self) -> Goal:
        """The problem it talks of now."""
        return self.open_goals[0] if self.open_goals else self.goals[-1]

    # What personas change

    def opening(self) -> Acts:
        """Return its first messages."""
        if self.any.random() < 0.3:
            return texts(self.speaker.say("problem_only", self.goal))
        return texts(self.speaker.say("report", self.goal))

    def interject(self, reading: Reading) -> Acts:
        """Return what it does instead of answering; nothing: it answers."""
        return []

    def afterwards(self) -> Acts:
        """Return what it still says when all is filed."""
        return []

    # Answering

    def hear(self, entries: Sequence[Entry]) -> Acts:
        """Return what it does about the bot's messages; nothing: it has what it came for."""
        reading = read(entries)
        self.asked[reading.kind] += 1
        self._notice(reading)
        if reading.kind == "filed":
            return self._filed(reading)
        if reading.kind == "person" or not self.open_goals:
            return []
        return self.interject(reading) or self.answer(reading)

    def _notice(self, reading: Reading) -> None:
        """Remember what a sensible answer would not have been, though all may end well."""
        if reading.kind in ("danger", "alarm"):
            self.detours.append("false alarm")
        elif reading.kind == "dropped" and self.wants_case:
            self.detours.append("report dropped")
        elif not self.open_goals and self.wants_case and reading.kind not in ("noted", "person"):
            self.detours.append("detail not kept")

    def answer(self, reading: Reading) -> Acts:
        answers = {
            "danger": self._no_danger,
            "alarm": self._no_emergency,
            "change": self._both_right,
            "same": self._another,
            "read_back": self.check,
            "pick": self._pick,
            "where": self.tell_where,
            "what": self._tell_what,
        }
        return answers.get(reading.kind, self._tell_again)(reading)

    def _another(self, reading: Reading) -> Acts:
        """Nobody means what somebody else reported nearby."""
        if reading.buttons and self.any.random() < 0.5:
            return [Act(press=reading.buttons[-1])]
        return texts(self.speaker.say("deny"))

    def _filed(self, reading: Reading) -> Acts:
        done = [goal for goal in self.open_goals if goal.spot.is_named_in(reading.text)] or [self.goal]
        self.open_goals = [goal for goal in self.open_goals if goal not in done]
        return texts(self.speaker.say("next", self.goal)) if self.open_goals else self.afterwards()

    def _no_danger(self, reading: Reading) -> Acts:
        return texts(self.speaker.say("deny"))

    def _no_emergency(self, reading: Reading) -> Acts:
        return texts("311") if self.asked["alarm"] < 3 else self._agent()

    def _both_right(self, reading: Reading) -> Acts:
        return texts(self.speaker.say("both_right", self.goal))

    def _agent(self) -> Acts:
        return texts(self.speaker.say("agent"))

    def tell_where(self, reading: Reading) -> Acts:
        """Say the place; the second time as a map has it; then ask for a person, as people do."""
        if self.asked["where"] > 3:
            return self._agent()
        return texts(self.speaker.where(self.goal.spot, careful=self.asked["where"] > 1))

    def _tell_what(self, reading: Reading) -> Acts:
        if self.asked["what"] > 3:
            return self._agent()
        key = "problem_only" if self.asked["what"] == 1 else "name_it"
        return texts(self.speaker.say(key, self.goal))

    def _tell_again(self, reading: Reading) -> Acts:
        """Say it all once more; what is no question of what or where is one about the thing itself."""
        if reading.kind == "unclear" and "?" in reading.text and not reading.offers_person:
            return texts(self.speaker.say("more", self.goal))
        if self.asked[reading.kind] > 2 and reading.offers_person:
            return self._agent()
        return texts(self.speaker.say("report", self.goal))

    def recognises(self, goal: Goal, text: str) -> bool:
        """Tell whether the place in a read-back is the one meant, or said in its very own words."""
        return goal.spot.is_named_in(text)

    def check(self, reading: Reading) -> Acts:
        """Read what is read back: agree, show it, or say what is wrong with it."""
        if reading.reads_two:
            return self._check_two(reading)
        right = [each for each in self.open_goals if each.is_named_in(reading.text)]
        if any(self.recognises(each, reading.text) for each in right):
            return self._agree(reading)
        if self.asked["read_back"] > 4:
            return self._agent()
        if not right and not self.recognises(self.goal, reading.text):
            return self._both_right(reading)
        if right:
            return texts(self.speaker.say("not_there", right[0]))
        return texts(self.speaker.say("not_that", self.goal))

    def _check_two(self, reading: Reading) -> Acts:
        if self.asked["read_back"] > 4:
            return self._agent()
        if len(self.open_goals) == 1:
            return texts(self.speaker.say("only", self.goal))
        misplaced = [goal for goal in self.open_goals if not self.recognises(goal, reading.text)]
        return texts(self.speaker.say("misplaced", misplaced[0])) if misplaced else self._agree(reading)

    def _agree(self, reading: Reading) -> Acts:
        if reading.asks_photo and not self.showed_photo and self.any.random() < 0.1:
            self.showed_photo = True
            return [Act(photo=True)]
        if reading.buttons and self.any.random() < 0.5:
            return [Act(press=reading.buttons[0])]
        return texts(self.speaker.say("agree"))

    def _pick(self, reading: Reading) -> Acts:
        """Pick what fits, by number, in words or by button; the last, "none of these", where nothing does."""
        labels = reading.choices
        fits = [n for n, label in enumerate(labels) if self._fits(label)]
        if fits:
            chosen = fits[0]
        elif NONE_OF_THESE.match(labels[-1]):
            chosen = len(labels) - 1
        else:
            chosen = self.any.randrange(len(labels))  # a question about it: any answer will do
        if reading.buttons:
            return [Act(press=labels[chosen])]
        return texts(str(chosen + 1) if self.any.random() < 0.8 else labels[chosen])

    def _fits(self, label: str) -> bool:
        return any(goal.is_named_in(label) or self.recognises(goal, label) for goal in self.open_goals)
