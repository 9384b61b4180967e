"""Fetches the published encoder from its hub: the files and the checksums that encoder_pins.json names."""

from __future__ import annotations

import hashlib
import json
import platform
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

from nlu.encoder import MODELS, TOKENIZER

HUB = "https://huggingface.co"
PINS = Path(__file__).parent / "encoder_pins.json"
MODEL = MODELS[0]
VARIANTS = ("int8-x86", "int8-arm", "fp32")
BY_MACHINE = {"x86_64": "int8-x86", "amd64": "int8-x86", "aarch64": "int8-arm", "arm64": "int8-arm"}
CHUNK = 1 << 16
PATIENCE = (10, 60)  # seconds to connect, and between two pieces

Progress = Callable[[str, int, int], None]


class FetchRefused(Exception):
    """The encoder was not fetched; the message says why. What was in the folder is untouched."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """A file at the hub, and the name it gets here."""

    name: str
    path: str  # below the hub's address
    size: int  # in bytes
    sha256: str


def variant_for_this_machine() -> str:
    """Return the smallest variant that this processor runs."""
    return BY_MACHINE.get(platform.machine().lower(), "fp32")


def published(
    variant: str, *, revision: str = "", checksums: Mapping[str, str] | None = None, pins: Path = PINS
) -> tuple[Published, ...]:
    """Return the files of a variant; `checksums` (name here -> SHA-256) go before the pinned ones.

    Raises `FetchRefused` where a checksum is not known: another revision's never is.
    """
    given = checksums or {}
    if unknown := given.keys() - {MODEL, TOKENIZER}:
        raise FetchRefused(f"{', '.join(sorted(unknown))}: checksums are of {MODEL} and {TOKENIZER}")
    pinned = json.loads(pins.read_text(encoding="utf-8"))
    revision = revision or pinned["revision"]
    found = []
    for name, entry in ((MODEL, pinned["variants"][variant]), (TOKENIZER, pinned["tokenizer"])):
        known = entry["sha256"] if revision == pinned["revision"] else None
        if not (sha256 := given.get(name) or known):
            raise FetchRefused(
                f"the checksum of {entry['path']} at revision {revision} is not known, and nothing is fetched "
                f"unchecked: give it as --sha256 {name}=..."
            )
        path = f"{pinned['model']}/resolve/{revision}/{entry['path']}"
        found.append(Published(name=name, path=path, size=entry["bytes"], sha256=sha256.lower()))
    return tuple(found)


def fetch(files: tuple[Published, ...], folder: Path, *, progress: Progress, base_url: str = HUB) -> None:
    """Put `files` into `folder` once all of them are there and right; raises `FetchRefused`.

    `progress` is told (name, bytes so far, bytes in all). What is there and right is not fetched again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [file for file in files if _digest(folder / file.name) != file.sha256]
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetching-") as scratch:
        for file in wanted:
            _download(file, f"{base_url.rstrip('/')}/{file.path}", Path(scratch) / file.name, progress)
        for file in wanted:
            (Path(scratch) / file.name).replace(folder / file.name)


def _download(file: Published, url: str, target: Path, progress: Progress) -> None:
    digest, done = hashlib.sha256(), 0
    try:
        with requests.get(url, stream=True, timeout=PATIENCE) as answer, target.open("wb") as out:
            answer.raise_for_status()
            for piece in answer.iter_content(CHUNK):
                digest.update(piece)
                done += out.write(piece)
                progress(file.name, done, file.size)
                if done > 2 * file.size:
                    raise FetchRefused(f"{url}: far longer than the {file.size:,} bytes expected")
    except requests.HTTPError as error:
        raise FetchRefused(f"{url} can't be fetched: HTTP {error.response.status_code}") from None
    except requests.RequestException as error:
        raise FetchRefused(f"{url} can't be fetched ({type(error).__name__})") from None
    if digest.hexdigest() != file.sha256:
        raise FetchRefused(
            f"{url}: not what was expected. Its SHA-256 is {digest.hexdigest()}, not {file.sha256}; "
            "it was thrown away"
        )


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
