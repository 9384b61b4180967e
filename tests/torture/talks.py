"""Residents who talk while everything falls over, and the judgement of what they saw."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from torture.deployment import Deployment, wait_for
from webhooks.simulator import WebhookFailed

Address = str | int

PLACES = ("500 Main St", "40 Oak Ave", "12 Elm St")


@dataclass(frozen=True)
class Line:
    """What a resident writes, and what the answer has to have in it before they go on."""

    text: str
    hoping: str
    photo: bytes = b""


def report(place: str, photo: bytes = b"") -> tuple[Line, ...]:
    return (
        Line(f"graffiti on the wall at {place}", place),
        Line("yes", "SR-"),
        *((Line("here is a picture", "SR-", photo),) if photo else ()),
        Line("status", "SR-"),
    )


SCRIPTS: dict[Address, tuple[Line, ...]] = {
    "+15550111": report(PLACES[0]),
    "+15550112": report(PLACES[1]),
    142: report(PLACES[2]),
}
"""Two by SMS, where a send can be looked up, one by Telegram, where it can't."""

Threads = dict[Address, list[str]]


def heard(deployment: Deployment, who: Address) -> list[str]:
    return [entry.text for entry in deployment.simulator.thread(who) if entry.author == "bot"]


def say(deployment: Deployment, who: Address, text: str, photo: bytes = b"") -> None:
    """Write until the webhook is taken: the same message again, as a second web process would get it.

    Telegram repeats by itself; Twilio gives up after four tries within a second.
    """
    photos = [photo] if photo else []
    if isinstance(who, int):
        deployment.simulator.telegram(who, text, photos, wait=False)
        return
    try:
        deployment.simulator.sms(who, text, photos)
    except WebhookFailed:
        sid = next(e.id for e in reversed(deployment.simulator.thread(who)) if e.author == "resident")
        repeat(deployment, who, text, sid, photos)


def repeat(deployment: Deployment, who: str, text: str, sid: str, photos: Sequence[bytes] = ()) -> None:
    again = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid}

    def taken() -> bool:
        if not deployment.serves():
            return False
        try:
            deployment.simulator.sms(who, text, photos, extra=again)
        except WebhookFailed:
            return False
        return True

    wait_for(taken, "the webhook is taken")


def talk(deployment: Deployment, who: Address, script: Sequence[Line]) -> float:
    """Play one resident; returns the longest wait for an answer, in seconds."""
    longest = 0.0
    for line in script:
        known = heard(deployment, who)  # what Telegram was told twice answers nothing new
        began = time.monotonic()
        say(deployment, who, line.text, line.photo)
        wait_for(
            lambda known=known, line=line: any(
                line.hoping in text and text not in known for text in heard(deployment, who)
            ),
            f"an answer with {line.hoping!r}",
        )
        longest = max(longest, time.monotonic() - began)
    return longest


def talk_all(deployment: Deployment, scripts: dict[Address, tuple[Line, ...]] | None = None) -> float:
    """Play all residents at once; returns the longest wait of any of them, in seconds."""
    scripts = SCRIPTS if scripts is None else scripts
    with ThreadPoolExecutor(len(scripts)) as pool:
        waits = [pool.submit(talk, deployment, who, script) for who, script in scripts.items()]
        return max(wait.result() for wait in waits)


# Judgement ------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Return a text without what differs from run to run: case numbers (gaps are no harm) and tokens."""
    text = re.sub(r"SR-\d+", "SR-N", text)
    return re.sub(r"https?://[\w.:]+/r/[\w-]+", "LINK", text)


def threads(deployment: Deployment, who: Sequence[Address] = tuple(SCRIPTS)) -> Threads:
    return {each: [plain(text) for text in heard(deployment, each)] for each in who}


@dataclass
class Verdict:
    """What became of the messages. `wrong` says what was not as promised; empty: all is well."""

    inbound: int = 0
    outbound: int = 0
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)


def without_repeats(said: Sequence[str], expected: Sequence[str]) -> list[str]:
    """Return what was said without what was said once more than expected, the later one taken away."""
    left, kept = Counter(expected), []
    for text in said:
        if left[text] > 0 or text not in expected:
            left[text] -= 1
            kept.append(text)
    return kept


def judge(deployment: Deployment, undisturbed: Threads | None, *, repeats: int = 0) -> Verdict:
    """Compare the outcome with what is promised, and every thread with the undisturbed run's.

    `repeats` is how many messages may have come twice by Telegram, which can't be asked.
    """
    verdict = Verdict()
    _judge_inbound(deployment, verdict)
    _judge_outbound(deployment, verdict)
    for who, expected in (undisturbed or {}).items():
        said = [plain(text) for text in heard(deployment, who)]
        kept = said if isinstance(who, str) else without_repeats(said, expected)
        verdict.repeated += len(said) - len(kept)
        if kept != expected:
            verdict.wrong.append(f"{_kind(who)}: the thread differs: {said} instead of {expected}")
    if verdict.repeated > repeats:
        verdict.wrong.append(f"{verdict.repeated} repeated by Telegram, {repeats} allowed")
    return verdict


def _kind(who: Address) -> str:
    return "SMS" if isinstance(who, str) else "Telegram"


def _judge_inbound(deployment: Deployment, verdict: Verdict) -> None:
    stored = [message for message in deployment.messages() if message.author == "resident"]
    verdict.inbound = len(stored)
    by_id = Counter((message.channel, message.external_id) for message in stored)
    if max(by_id.values(), default=1) > 1:
        verdict.wrong.append("a message was stored twice")
    if any(message.read_at is None for message in stored):
        verdict.wrong.append("a message was not read")
    if any(message.failures for message in stored):
        verdict.wrong.append("a turn failed")
    by_thread: dict[int, list[float]] = {}
    for message in stored:
        by_thread.setdefault(message.conversation_id, []).append(
            message.read_at.timestamp() if message.read_at else 0
        )
    if any(moments != sorted(moments) for moments in by_thread.values()):
        verdict.wrong.append("messages were read out of order")


def _judge_outbound(deployment: Deployment, verdict: Verdict) -> None:
    entries = [entry for entry in deployment.entries() if entry.outcome != "superseded"]
    verdict.outbound = sum(entry.message_id is not None for entry in entries)
    if unsent := [entry.error for entry in entries if entry.outcome != "sent" and entry.done_at is not None]:
        verdict.wrong.append(f"{len(unsent)} given up: {unsent[0]}")
    # Our outbox id rides in the status callback's address.
    account = deployment.simulator._twilio.account
    sent = Counter(m.callback.rpartition("outbox=")[2] for m in account.logged() if m.callback)
    if twice := [number for number, count in sent.items() if count > 1]:
        verdict.wrong.append(f"{len(twice)} sent twice by SMS")
    channels = {message.id: message.channel for message in deployment.messages()}
    lost = [e for e in entries if channels.get(e.message_id or 0) == "sms" and not sent[str(e.id)]]
    if lost:
        verdict.wrong.append(f"{len(lost)} never sent by SMS")
