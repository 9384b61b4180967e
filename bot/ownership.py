"""One owner: a conversation belongs to the bot or to an agent, and the resident is told when that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from bot import outbox
from bot.effects import carry_out
from bot.models import Conversation
from bot.town import Town
from dialogues.rendering import Rendered
from dialogues.state import dump, restore
from dialogues.types import Say

Within = Callable[[Session], object]
"""What else belongs into the transaction of a change: the console's note of who made it."""


def nothing_else(*_: object) -> None:
    """Add nothing to a transaction."""


class HasAgent(Exception):
    """Another agent has the conversation: one thread has one owner. `agent_id` is whose it is."""

    def __init__(self, agent_id: int) -> None:
        super().__init__(f"agent {agent_id} has this conversation")
        self.agent_id = agent_id


def owned(
    session: Session, conversation_id: int, agent_id: int | None, *, by_force: bool = False
) -> Conversation:
    """Return a conversation for an agent to act in, locked; raises `HasAgent` where it is another's.

    None is the command line, which nobody can be in the way of; nor of a supervisor, who may act `by_force`.
    """
    conversation = session.get_one(Conversation, conversation_id, with_for_update={"of": Conversation})
    if not by_force and None not in (agent_id, conversation.agent_id) and conversation.agent_id != agent_id:
        assert conversation.agent_id is not None
        raise HasAgent(conversation.agent_id)
    return conversation


def take_over(
    town: Town,
    conversation_id: int,
    agent_id: int,
    name: str = "",
    *,
    by_force: bool = False,
    within: Within = nothing_else,
) -> None:
    """Make an agent the owner of a conversation: the bot is mute from here on, and the resident is told.

    `name` is what they read of the agent; "" tells them that a person is there. Raises `HasAgent`.
    """
    with town.database.write.begin() as session:
        conversation = owned(session, conversation_id, agent_id, by_force=by_force)
        _own(town, session, conversation, agent_id, name)
        within(session)
    town.bell.ring("deliver", outbox.destination_of(conversation_id))


def _own(town: Town, session: Session, conversation: Conversation, agent_id: int | None, name: str) -> None:
    """Note who owns a conversation from now on; a new face is introduced."""
    now = town.now()
    conversation.owner, conversation.waiting_since, conversation.waiting_reason = "agent", None, ""
    conversation.touched_at = now
    flag_modified(conversation, "touched_at")  # a turn of the bot's under way comes too late
    outbox.withdraw_prompts(session, conversation.id, now)
    if agent_id is not None and conversation.agent_id != agent_id:
        conversation.agent_id = agent_id
        say = Say(sentence="taken_over", params={"agent": name}) if name else Say(sentence="taken_over_unnamed")
        carry_out(town, session, conversation, [say])


def attend(town: Town, conversation_id: int, agent_id: int, *, within: Within = nothing_else) -> None:
    """Note that somebody has looked at why a conversation waits, and need not step in; its owner stays.

    Raises `HasAgent` where another than `agent_id` has it.
    """
    with town.database.write.begin() as session:
        conversation = owned(session, conversation_id, agent_id)
        conversation.waiting_since, conversation.waiting_reason = None, ""
        within(session)


def hand_back(
    town: Town,
    conversation_id: int,
    agent_id: int | None = None,
    *,
    by_force: bool = False,
    within: Within = nothing_else,
) -> None:
    """Give a conversation back to the bot, announced; whatever was learned stays in its state.

    Raises `HasAgent` where another than `agent_id` has it.
    """
    with town.database.write.begin() as session:
        conversation = owned(session, conversation_id, agent_id, by_force=by_force)
        conversation.owner, conversation.waiting_since, conversation.waiting_reason = "bot", None, ""
        conversation.agent_id, conversation.touched_at = None, town.now()
        # An "ok" to "I am back" must file nothing: whatever is open is asked about anew.
        conversation.state = dump(replace(restore(conversation.state), awaiting="", read_back=None))
        carry_out(town, session, conversation, [Say(sentence="handed_back")])
        within(session)
    town.bell.ring("deliver", outbox.destination_of(conversation_id))


def reply(
    town: Town,
    conversation_id: int,
    text: str,
    *,
    agent_id: int | None = None,
    name: str = "",
    within: Within = nothing_else,
) -> None:
    """Say something as a person of the city; whoever replies owns the conversation.

    Raises `HasAgent` where another than `agent_id` has it; `name` is as for `take_over`.
    """
    with town.database.write.begin() as session:
        conversation = owned(session, conversation_id, agent_id)
        _own(town, session, conversation, agent_id, name)
        raw = {} if agent_id is None else {"agent_id": agent_id}
        outbox.post(session, conversation, Rendered(text=text), now=town.now(), author="agent", raw=raw)
        within(session)
    town.bell.ring("deliver", outbox.destination_of(conversation_id))
