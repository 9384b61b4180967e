"""How people say it: reads the training data, which is Rasa's YAML, and sets some aside."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

PLACE = re.compile(r"\[(?P<words>[^\[\]]+)\]\((?P<label>\w+)\)")
OTHER_KINDS = {"lookup", "regex", "synonym"}  # Rasa's own; nothing of ours reads them


class BadExample(ValueError):
    """The training data can't be read; the message names the file and the line."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One sentence with its intent (a service code or a kind of talk) and the spans that name places."""

    text: str
    intent: str
    places: tuple[tuple[int, int], ...] = ()
    source: str = ""  # "pothole.yml:12"


def read(folder: Path) -> tuple[Example, ...]:
    """Return every example under `folder`, each text once per intent, in the order of file and line.

    Raises `BadExample` on anything that can't be read, or when there is nothing to read.
    """
    found: dict[tuple[str, str], Example] = {}
    for path in files(folder):
        for example in read_file(path):
            found.setdefault((example.intent, example.text.casefold()), example)
    if not found:
        raise BadExample(f"{folder}: no examples here (*.yml in Rasa's format)")
    return tuple(found.values())


def files(folder: Path) -> list[Path]:
    """Return the files that hold training data, sorted."""
    return sorted(folder.rglob("*.yml"))


def read_file(path: Path) -> Iterator[Example]:
    """Yield the examples of one file; raises `BadExample`."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise BadExample(f"{path}:1: not UTF-8 text") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadExample(f"{path}:{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise BadExample(f"{path}:1: {error}") from error
    if root is None:
        return
    items = _members(path, root).get("nlu")
    if items is None:
        return  # a file of stories or rules: Rasa's business
    if not isinstance(items, yaml.SequenceNode):
        raise BadExample(f"{path}:{_line(items)}: nlu has to be a list")
    for item in items.value:
        yield from _read_item(path, item)


def _read_item(path: Path, item: yaml.Node) -> Iterator[Example]:
    members = _members(path, item)
    if OTHER_KINDS & members.keys():
        return
    if not {"intent", "examples"} <= members.keys():
        raise BadExample(f"{path}:{_line(item)}: an entry needs an intent and examples")
    intent, block = members["intent"].value, members["examples"]
    if not isinstance(intent, str) or not intent.strip():
        raise BadExample(f"{path}:{_line(members['intent'])}: an intent has to be a name")
    if not (isinstance(block, yaml.ScalarNode) and block.style == "|"):
        raise BadExample(f'{path}:{_line(block)}: write "examples: |" and one "- text" a line under it')
    for line, row in enumerate(block.value.splitlines(), start=_line(block) + 1):
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        if not row.startswith("- ") or not row[2:].strip():
            raise BadExample(f'{path}:{line}: an example starts with "- "')
        yield parse(row[2:].strip(), intent.strip(), source=f"{path.name}:{line}", where=f"{path}:{line}")


def parse(marked: str, intent: str, *, source: str = "", where: str = "") -> Example:
    """Return the example that `marked` means, with "[Main St](place)" taken apart; raises `BadExample`."""
    text, places, end = "", [], 0
    for match in PLACE.finditer(marked):
        if match["label"] != "place":
            raise BadExample(f"{where or marked}: only (place) can be marked, not ({match['label']})")
        text += marked[end : match.start()]
        places.append((len(text), len(text) + len(match["words"])))
        text += match["words"]
        end = match.end()
    text += marked[end:]
    if "](" in text:
        raise BadExample(f'{where or marked}: a mark is written "[Main St](place)"')
    return Example(text=text, intent=intent, places=tuple(places), source=source)


def split(
    examples: Iterable[Example], *, held_out: float = 0.2, seed: int = 0
) -> tuple[list[Example], list[Example]]:
    """Return (training, held out), the same share of every intent.

    A text's side hangs on the text and the seed, so adding examples moves few of the others.
    """
    by_intent: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_intent[example.intent].append(example)
    kept: list[Example] = []
    aside: list[Example] = []
    for intent in sorted(by_intent):
        ranked = sorted(by_intent[intent], key=lambda e: hashlib.sha256(f"{seed}:{e.text}".encode()).digest())
        cut = round(len(ranked) * held_out)
        aside += ranked[:cut]
        kept += ranked[cut:]
    return kept, aside


def conflicts(examples: Iterable[Example]) -> list[str]:
    """Return a line for every text that stands under two intents."""
    seen: dict[str, Example] = {}
    lines = []
    for example in examples:
        first = seen.setdefault(example.text.casefold(), example)
        if first.intent != example.intent:
            lines.append(
                f"{example.source}: {example.text!r} is {example.intent} here, {first.intent} at {first.source}"
            )
    return lines


def fingerprint(folder: Path) -> str:
    """Return a digest of the training data, to tell whether a model was made from it."""
    digest = hashlib.sha256()
    for path in files(folder):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _members(path: Path, node: yaml.Node) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise BadExample(f"{path}:{_line(node)}: expected names and values here")
    return {str(key.value): value for key, value in node.value}


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
