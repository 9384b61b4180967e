"""The sentence encoder: a tiny one made here, what it does for the ear, how the published one is fetched."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import onnx
import pytest
import tokenizers
from click.testing import CliRunner
from onnx import TensorProto, helper, numpy_helper

from bot import checkup, first_run
from bot.cli import townline
from bot.config import Config, ConfigError
from nlu import published_encoder, train
from nlu.encoder import Encoder, EncoderMissing
from nlu.interpreter import Lexicon, load
from nlu.published_encoder import FetchRefused, Published, fetch, published

ROOT = Path(__file__).parent.parent

# What the tiny encoder knows: words that mean the same stand on one line and have one vector.
MEANINGS = (
    ("[UNK]",),
    ("pothole", "crater", "hole"),
    ("graffiti", "tag", "scrawl"),
    ("thanks", "cheers", "grateful"),
    ("light", "lamp"),
    ("big", "deep", "huge"),
)
DIMENSIONS = len(MEANINGS)


def make_encoder(
    folder: Path,
    *,
    name: str = "model.onnx",
    inputs: tuple[str, ...] = ("input_ids", "attention_mask", "token_type_ids"),
    pooled: bool = False,
    scale: float = 1.0,
) -> Path:
    """Write an encoder that looks each word's vector up, and its tokenizer, as real ones lie in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    words = [word for line in MEANINGS for word in line]
    vectors = np.zeros((len(words), DIMENSIONS), dtype=np.float32)
    for number, word in enumerate(words):
        vectors[number, [word in line for line in MEANINGS].index(True)] = scale
    nodes = [helper.make_node("Gather", ["vectors", "input_ids"], ["states"])]
    if pooled:
        nodes.append(helper.make_node("ReduceMean", ["states", "axes"], ["pooled"], keepdims=0))
    shape = ["batch", DIMENSIONS] if pooled else ["batch", "tokens", DIMENSIONS]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(each, TensorProto.INT64, ["batch", "tokens"]) for each in inputs],
        [helper.make_tensor_value_info("pooled" if pooled else "states", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(vectors, "vectors"), numpy_helper.from_array(np.array([1]), "axes")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.save(model, folder / name)
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.enable_padding(length=64)  # as published ones have it; ours must not pad
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def encoder(folder: Path) -> Encoder:
    return Encoder.open(folder)


def vector(**parts: float) -> list[float]:
    """Return the vector whose share of each word's meaning is given, at length 1."""
    given = np.array([max((parts.get(word, 0.0) for word in line), default=0.0) for line in MEANINGS])
    return (given / np.linalg.norm(given)).tolist()


# The encoder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pothole", vector(pothole=1)),
        ("POTHOLE", vector(pothole=1)),
        ("big crater", vector(big=1, crater=1)),
        ("huge huge lamp", vector(huge=2, lamp=1)),
        ("", [0.0] * DIMENSIONS),
        (" \n", [0.0] * DIMENSIONS),
        ("pothole " * 128 + "lamp", vector(pothole=1)),  # what comes after 128 tokens is not read
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else "",
)
def test_a_vector_is_the_mean_of_its_tokens_at_length_one(
    encoder: Encoder, text: str, expected: list[float]
) -> None:
    assert encoder.encode([text]).tolist()[0] == pytest.approx(expected)


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    texts = [" ".join(word for line in MEANINGS[1:] for word in line[: n % 3])[: 5 + n] for n in range(50)]
    together = encoder.encode([*texts, "\ud800 lamp \0", ""])
    assert together.shape == (52, DIMENSIONS)
    assert together.dtype == np.float32
    assert [encoder.encode([text])[0].tolist() for text in texts] == together[:50].tolist()
    assert encoder.encode([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("name", ["model.onnx", "model_quantized.onnx", "model_int8.onnx"])
@pytest.mark.parametrize("inputs", [("input_ids",), ("input_ids", "attention_mask")], ids=["ids", "mask"])
def test_an_encoder_is_given_what_it_asks_for(tmp_path: Path, name: str, inputs: tuple[str, ...]) -> None:
    made = Encoder.open(make_encoder(tmp_path, name=name, inputs=inputs))
    assert made.dimensions == DIMENSIONS
    assert made.encode(["big lamp"])[0].tolist() == pytest.approx(vector(big=1, lamp=1))


def test_a_fingerprint_is_of_the_files_and_not_of_the_folder(tmp_path: Path) -> None:
    first = Encoder.open(make_encoder(tmp_path / "a")).fingerprint
    assert Encoder.open(make_encoder(tmp_path / "b")).fingerprint == first
    others = {first, Encoder.open(make_encoder(tmp_path / "c", scale=2.0)).fingerprint}
    (tmp_path / "b" / "model.onnx.data").write_bytes(b"weights that lie beside the model")
    others.add(Encoder.open(tmp_path / "b").fingerprint)
    tokenizer = tmp_path / "a" / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8").replace("lamp", "lump"), encoding="utf-8")
    others.add(Encoder.open(tmp_path / "a").fingerprint)
    assert len(others) == 4


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no folder": (lambda folder: folder / "nothing", "no such folder"),
    "an empty folder": (lambda folder: folder.mkdir(), "no model.onnx or model_quantized.onnx or"),
    "no tokenizer": (
        lambda folder: (make_encoder(folder) / "tokenizer.json").unlink(),
        r"no tokenizer\.json in there",
    ),
    "a model that is none": (
        lambda folder: (make_encoder(folder) / "model.onnx").write_bytes(b"<html>"),
        "can't be used .*model.onnx",
    ),
    "a tokenizer that is none": (
        lambda folder: (make_encoder(folder) / "tokenizer.json").write_text("{}"),
        "can't be used",
    ),
    "a model of pictures": (
        lambda folder: make_encoder(folder, inputs=("input_ids", "pixels")),
        "the model asks for pixels",
    ),
    "one vector a text": (lambda folder: make_encoder(folder, pooled=True), "no vector for every token"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_an_encoder_that_cannot_be_used_says_why_and_where(tmp_path: Path, case: str) -> None:
    spoil, said = BROKEN[case]
    spoil(tmp_path / "encoder")
    with pytest.raises(EncoderMissing, match=said) as refused:
        Encoder.open(tmp_path / "encoder")
    assert str(tmp_path / "encoder") in str(refused.value)


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_a_missing_extra_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(EncoderMissing, match=f"{missing} is not installed.*make encoder"):
        Encoder.open(folder)


# The ear with it

EXAMPLES = {
    "pothole": [
        f"a {size} pothole {where}" for size in ("big", "deep", "bad") for where in ("here", "there", "")
    ],
    "graffiti": [
        f"graffiti {where} {n}" for where in ("on the wall", "on a bench") for n in ("", "now", "again")
    ],
    "thanks": [f"thanks {how}" for how in ("a lot", "so much", "friend", "very much", "all", "again")],
}
UNSEEN = {
    "crater": "pothole",
    "scrawl": "graffiti",
    "cheers": "thanks",
}  # in no example, and no letters alike


def write_examples(folder: Path) -> Path:
    (folder / "en").mkdir(parents=True)
    for intent, texts in EXAMPLES.items():
        lines = "\n".join(f"    - {text}" for text in texts)
        path = folder / "en" / f"{intent}.yml"
        path.write_text(f"nlu:\n- intent: {intent}\n  examples: |\n{lines}\n", encoding="utf-8")
    return folder


def quiet(done: int, total: int, label: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A model trained with the tiny encoder."""
    folder = tmp_path_factory.mktemp("trained")
    train.train(write_examples(folder / "training"), folder / "models", progress=quiet, encoder=encoder)
    return folder / "models"


def heard(models: Path, encoder: Path | None) -> dict[str, str]:
    """Return what the unseen words are heard as, where the model is at all sure."""
    ear = load("spacy", models=models, lexicon=Lexicon(), encoder=encoder)
    said = {text: ear.understand(text) for text in UNSEEN}
    return {
        text: meant.services[0].service_code if meant.intent == "report" else meant.intent
        for text, meant in said.items()
        if meant.confidence > 0.8
    }


def test_words_of_like_meaning_are_heard_with_the_encoder_alone(models: Path, folder: Path) -> None:
    assert heard(models, folder) == UNSEEN
    assert heard(models, None) != UNSEEN


def test_without_its_encoder_a_model_hears_as_one_that_never_had_any(
    models: Path, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    train.train(write_examples(tmp_path / "training"), tmp_path / "plain", progress=quiet)
    alone = load("spacy", models=tmp_path / "plain", lexicon=Lexicon())
    texts = ["a deep pothole there", "thanks again", "graffiti on a bench", "crater", "?"]
    expected = [alone.understand(text) for text in texts]
    another = make_encoder(tmp_path / "another", scale=2.0)
    for other in (None, another, tmp_path / "nothing"):
        ear = load("spacy", models=models, lexicon=Lexicon(), encoder=other)
        assert [ear.understand(text) for text in texts] == expected
    ear = load("spacy", models=tmp_path / "plain", lexicon=Lexicon(), encoder=folder)
    assert [ear.understand(text) for text in texts] == expected
    reasons = [record.getMessage().split(": ", 1)[1] for record in caplog.records]
    assert reasons == [
        "the model was trained with one, but NLU_ENCODER names no folder",
        "the model was trained with another one: run `townline nlu train`",
        f"{tmp_path / 'nothing'}: no such folder",
        "no model was trained with it yet: run `townline nlu train`",
    ]


def test_training_with_an_encoder_is_reproducible_and_measured(tmp_path: Path, encoder: Encoder) -> None:
    training = write_examples(tmp_path / "training")
    steps: list[str] = []
    told = partial(train.train, training, encoder=encoder)
    first = told(tmp_path / "a", progress=lambda done, total, label: steps.append(f"{done}/{total} {label}"))
    second = told(tmp_path / "b", progress=quiet)
    assert first == second
    report = first["en"]
    assert report.encoded is not None
    assert report.accuracy == report.encoded.accuracy >= report.without.accuracy
    files = [path.relative_to(tmp_path / "a") for path in sorted((tmp_path / "a").rglob("*")) if path.is_file()]
    assert files
    assert all((tmp_path / "a" / each).read_bytes() == (tmp_path / "b" / each).read_bytes() for each in files)
    assert "1/3 Turning the examples into vectors" in steps


def test_many_threads_hear_with_the_encoder_what_one_hears(models: Path, folder: Path) -> None:
    ear = load("spacy", models=models, lexicon=Lexicon(), encoder=folder)
    texts = [*UNSEEN, "big lamp", "", "\ud800"] * 20
    alone = [ear.understand(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ear.understand, texts)) == alone


# The setting


@pytest.fixture
def city(config: Config, tmp_path: Path) -> Config:
    """A deployment with its own training data and no model yet."""
    write_examples(tmp_path / "data" / "training")
    neighbours = config.root / "data" / "city" / "neighbours.geojson"
    (tmp_path / "data" / "city").mkdir()
    shutil.copy(neighbours, tmp_path / "data" / "city")
    shutil.copy(config.config_file, tmp_path)
    return replace(config, root=tmp_path)


def with_encoder(city: Config, name: str) -> Config:
    return replace(city, settings=replace(city.settings, nlu_encoder=name))


def said_in_the_check_up(city: Config) -> list[tuple[str, str]]:
    found = [each for each in checkup.findings(city) if each.setting == "NLU_ENCODER"]
    return [(each.level, each.text) for each in found]


def test_the_check_up_says_whether_the_encoder_is_used(city: Config, tmp_path: Path) -> None:
    make_encoder(tmp_path / "models" / "encoder")
    relative = with_encoder(city, "models/encoder")
    absolute = with_encoder(city, str(make_encoder(tmp_path / "another", scale=2.0)))
    ((level, text),) = said_in_the_check_up(city)
    assert (level, "not set" in text) == ("note", True)
    ((level, text),) = said_in_the_check_up(relative)
    assert (level, text) == ("wrong", "not used: no model was trained with it yet: run `townline nlu train`")
    first_run.train_model(relative)
    ((level, text),) = said_in_the_check_up(relative)
    assert (level, text) == ("ok", f"{tmp_path / 'models' / 'encoder'}, {DIMENSIONS} dimensions")
    ((level, text),) = said_in_the_check_up(absolute)
    assert (level, "trained with another one" in text) == ("wrong", True)
    ((level, text),) = said_in_the_check_up(city)
    assert (level, "NLU_ENCODER names no folder" in text) == ("note", True)
    ((level, text),) = said_in_the_check_up(with_encoder(city, "gone"))
    assert (level, text) == ("wrong", f"not used: {tmp_path / 'gone'}: no such folder")


def test_training_with_an_encoder_that_is_not_there_is_refused(city: Config) -> None:
    with pytest.raises(ConfigError, match=r"NLU_ENCODER: .*gone: no such folder"):
        first_run.train_model(with_encoder(city, "gone"))
    assert not city.models.exists()


# Fetching


@dataclass
class Hub:
    """A hub on this machine: what it has, and what it was asked for."""

    url: str
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    cut_off: bool = False


@pytest.fixture
def hub() -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append(self.path)
            body = here.files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write((body or b"")[: 10 if here.cut_off else None])

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Hub(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


PINS = json.loads(published_encoder.PINS.read_text(encoding="utf-8"))
AT = f"/{PINS['model']}/resolve/{PINS['revision']}/"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wanted(hub: Hub, **contents: bytes) -> tuple[Published, ...]:
    """Put files on the hub and return them as something to fetch."""
    files = []
    for name, content in contents.items():
        hub.files[f"/m/{name}"] = content
        files.append(Published(name=name, path=f"m/{name}", size=len(content), sha256=sha256(content)))
    return tuple(files)


def unheeded(name: str, done: int, total: int) -> None:
    """Take no notice of progress."""


def test_what_is_pinned_is_whole() -> None:
    assert re.fullmatch(r"[0-9a-f]{40}", PINS["revision"])
    assert tuple(PINS["variants"]) == published_encoder.VARIANTS
    for entry in (PINS["tokenizer"], *PINS["variants"].values()):
        assert re.fullmatch(r"[0-9a-f]{64}", entry["sha256"]), entry["path"]
        assert entry["bytes"] > 0
    assert published_encoder.variant_for_this_machine() in PINS["variants"]
    for variant in PINS["variants"]:
        assert [file.name for file in published(variant)] == ["model.onnx", "tokenizer.json"]


def test_files_are_fetched_once_and_progress_is_told(hub: Hub, tmp_path: Path) -> None:
    files = wanted(hub, a=b"x" * 200_000, b=b"y")
    told: list[tuple[str, int, int]] = []
    fetch(files, tmp_path / "e", base_url=hub.url, progress=lambda *said: told.append(said))
    assert {path.name: path.read_bytes() for path in (tmp_path / "e").iterdir()} == {
        "a": b"x" * 200_000,
        "b": b"y",
    }
    assert told[-1] == ("b", 1, 1)
    done = [so_far for name, so_far, _ in told if name == "a"]
    assert len(done) > 1
    assert done == sorted(done)
    assert done[-1] == 200_000
    (tmp_path / "e" / "b").write_bytes(b"spoilt")
    fetch(files, tmp_path / "e", base_url=hub.url + "/", progress=unheeded)
    assert (tmp_path / "e" / "b").read_bytes() == b"y"
    assert hub.asked == ["/m/a", "/m/b", "/m/b"]


def change(hub: Hub) -> None:
    hub.files["/m/b"] = b"another"


def lengthen(hub: Hub) -> None:
    hub.files["/m/b"] = b"tokens" * 100_000


def lose(hub: Hub) -> None:
    del hub.files["/m/b"]


def cut_off(hub: Hub) -> None:
    hub.cut_off = True


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (change, "not what was expected"),
        (lengthen, "far longer"),
        (lose, "HTTP 404"),
        (cut_off, "can't be fetched"),
    ],
)
def test_what_is_not_right_is_refused_and_the_folder_left_as_it_was(
    hub: Hub, tmp_path: Path, spoil: Callable[[Hub], None], said: str
) -> None:
    (tmp_path / "a").write_bytes(b"older")
    files = wanted(hub, a=b"model" * 100, b=b"tokens")
    spoil(hub)
    with pytest.raises(FetchRefused, match=said):
        fetch(files, tmp_path, base_url=hub.url, progress=unheeded)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"older"


def test_nobody_at_home_is_one_sentence(tmp_path: Path) -> None:
    files = (Published(name="a", path="a", size=1, sha256="0"),)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        port = server.server_port
    for url in (f"http://127.0.0.1:{port}", "hub.example", "ftp://127.0.0.1"):
        with pytest.raises(FetchRefused, match="can't be fetched"):
            fetch(files, tmp_path, base_url=url, progress=unheeded)


def test_nothing_is_fetched_whose_checksum_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(FetchRefused, match=r"at revision abc is not known.*--sha256 model.onnx="):
        published("fp32", revision="abc")
    with pytest.raises(FetchRefused, match=r"--sha256 tokenizer.json="):
        published("fp32", revision="abc", checksums={"model.onnx": "1"})
    with pytest.raises(FetchRefused, match="typo"):
        published("fp32", checksums={"typo": "1"})
    model, tokenizer = published("fp32", revision="abc", checksums={"model.onnx": "AB", "tokenizer.json": "2"})
    assert (model.sha256, tokenizer.sha256) == ("ab", "2")
    assert model.path == f"{PINS['model']}/resolve/abc/onnx/model.onnx"
    unknown = PINS | {"tokenizer": PINS["tokenizer"] | {"sha256": None}}
    (tmp_path / "pins.json").write_text(json.dumps(unknown), encoding="utf-8")
    with pytest.raises(FetchRefused, match=r"tokenizer\.json at revision"):
        published("fp32", pins=tmp_path / "pins.json")


def test_the_command_fetches_an_encoder_that_can_be_opened(
    hub: Hub, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWNLINE_CONFIG", str(ROOT / "config.yml"))
    model, tokenizer = (folder / "model.onnx").read_bytes(), (folder / "tokenizer.json").read_bytes()
    hub.files = {AT + "onnx/model.onnx": model, AT + "tokenizer.json": tokenizer}
    command = [
        "nlu",
        "encoder",
        "fetch",
        "--to",
        str(tmp_path / "e"),
        "--base-url",
        hub.url,
        "--variant",
        "fp32",
    ]
    refused = CliRunner().invoke(townline, command)
    assert refused.exit_code == 1
    assert "not what was expected" in refused.output
    ours = [f"--sha256=model.onnx={sha256(model)}", f"--sha256=tokenizer.json={sha256(tokenizer)}"]
    fetched = CliRunner().invoke(townline, command + ours)
    assert fetched.exit_code == 0, fetched.output
    assert "NLU_ENCODER" in fetched.output
    assert Encoder.open(tmp_path / "e").fingerprint == Encoder.open(folder).fingerprint
