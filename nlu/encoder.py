"""A sentence encoder in a folder: texts in, vectors of length 1 out, the closer the more alike they mean.

The folder holds an ONNX model and its tokenizer, as `townline nlu encoder fetch` brings them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # the extra `encoder`, which may not be installed
    import onnxruntime
    import tokenizers

Floats = npt.NDArray[np.float32]

MODELS = ("model.onnx", "model_quantized.onnx", "model_int8.onnx")  # the first that is there
TOKENIZER = "tokenizer.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
TOKENS_AT_MOST = 128
READ_AT_MOST = 1_000  # characters, as far as the rest of the classifier reads


class EncoderMissing(Exception):
    """The encoder can't be used; the message names the folder and what to do."""


class Encoder:
    """A model that turns texts into vectors. Thread-safe; `fingerprint` tells one model from another."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: tokenizers.Tokenizer, fingerprint: str
    ) -> None:
        self.fingerprint = fingerprint
        self._session = session
        self._tokenizer = tokenizer
        self._inputs = [each.name for each in session.get_inputs()]
        if unknown := sorted(set(self._inputs) - set(INPUTS)):
            raise ValueError(f"the model asks for {', '.join(unknown)}")
        self.dimensions = self._states([0]).shape[1]

    @classmethod
    def open(cls, folder: Path) -> Encoder:
        """Return the encoder in `folder`; raises `EncoderMissing`."""
        model, tokenizer = _files(folder)
        try:
            import onnxruntime
            import tokenizers
        except ImportError as error:
            raise EncoderMissing(
                f"{error.name} is not installed, which {folder} needs: `make encoder`"
            ) from None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # texts this short gain nothing by more
        options.log_severity_level = 4
        try:
            session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            words = tokenizers.Tokenizer.from_file(str(tokenizer))
            words.no_padding()
            words.enable_truncation(TOKENS_AT_MOST)
            return cls(session, words, _fingerprint(model, tokenizer))
        except Exception as error:  # the tokenizers' errors have no class of their own
            reason = str(error).strip().partition("\n")[0]
            raise EncoderMissing(f"{folder}: this encoder can't be used ({reason})") from error

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vectors (texts, dimensions); many texts are shared out to the processor's cores.

        One text at a time: an int8 model scales by all that it is shown at once, so in a batch a vector
        would hang on its neighbours (cosine 0.99 to that of the text alone), and batches save a quarter
        of the time at most.
        """
        if len(texts) == 1:
            return self._vector(texts[0])[np.newaxis]
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for number, vector in enumerate(pool.map(self._vector, texts)):
                vectors[number] = vector
        return vectors

    def _vector(self, text: str) -> Floats:
        """Return the mean of the tokens' vectors at length 1, or zeros where the text has no token."""
        clean = text[:READ_AT_MOST].encode("utf-8", "replace").decode()
        tokens = self._tokenizer.encode(clean).ids
        if not tokens:
            return np.zeros(self.dimensions, dtype=np.float32)
        mean = self._states(tokens).mean(axis=0)
        return np.asarray(mean / (np.linalg.norm(mean) or 1.0), dtype=np.float32)

    def _states(self, tokens: Sequence[int]) -> Floats:
        """Return what the model makes of every token (tokens, dimensions)."""
        ids = np.array([tokens], dtype=np.int64)
        given = dict(zip(INPUTS, (ids, np.ones_like(ids), np.zeros_like(ids)), strict=True))
        states = np.asarray(self._session.run(None, {name: given[name] for name in self._inputs})[0])
        if states.ndim != 3:
            raise ValueError(f"the model gives no vector for every token: {states.ndim} dimensions, not 3")
        return np.asarray(states[0], dtype=np.float32)


def _files(folder: Path) -> tuple[Path, Path]:
    if not folder.is_dir():
        raise EncoderMissing(f"{folder}: no such folder")
    models = [path for name in MODELS if (path := folder / name).is_file()]
    if not models:
        raise EncoderMissing(f"{folder}: no {' or '.join(MODELS)} in there")
    if not (folder / TOKENIZER).is_file():
        raise EncoderMissing(f"{folder}: no {TOKENIZER} in there")
    return models[0], folder / TOKENIZER


def _fingerprint(model: Path, tokenizer: Path) -> str:
    """Return a digest of the model, of weights that lie beside it, and of the tokenizer."""
    digest = hashlib.sha256()
    for path in (*sorted(model.parent.glob(f"{model.name}*")), tokenizer):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
