"""Logistic regression over many labels, in float32 and on sparse rows: the same in every environment.

The objective is scikit-learn's: the mean loss, and the squared weights divided by twice C times the
number of rows. Scikit-learn itself stops by another rule in each of its versions, six times later in
the one that Rasa brings, and would have the default engine carry it along.

Each weight is measured in steps that fit how often its feature occurs: some fifty steps then come as
near the optimum as ninety would otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float32]

STEPS_AT_MOST = 300
GAIN = 3e-5  # stop where a step lowers the loss by less; finer hears no better
CURVATURE = 0.002  # of the loss, about, where most texts are told well


def regress(
    rows: sparse.csr_matrix | Floats, labels: Sequence[str], *, strength: float, start: Floats | None = None
) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the labels in order, the weights (features, labels) and the bias; always the same ones.

    `strength` is C, the inverse of regularisation. `start` are weights to begin with, the bias as the
    last row: from those of nearly the same texts it takes a third of the steps.
    """
    from scipy import optimize  # only training needs its 30 MB

    names = tuple(sorted(set(labels)))
    place = {name: number for number, name in enumerate(names)}
    truth = np.array([place[label] for label in labels])
    each = np.arange(len(truth))
    columns = sparse.csr_matrix(rows.T) if sparse.issparse(rows) else rows.T
    shape = (rows.shape[1] + 1, len(names))  # the last row is the bias
    shrink = 1 / (strength * len(truth))

    squares = rows.power(2) if sparse.issparse(rows) else rows**2  # type: ignore[union-attr]
    often = np.append(np.asarray(squares.mean(axis=0), dtype=np.float64).ravel(), 1.0)
    scale = 1 / np.sqrt(CURVATURE * often + shrink)[:, np.newaxis]

    def loss(steps: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        weights = steps.reshape(shape) * scale
        scores = rows @ weights[:-1].astype(np.float32) + weights[-1].astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        total = odds.sum(axis=1, keepdims=True)
        surprise = float((np.log(total[:, 0]) - scores[each, truth]).mean(dtype=np.float64))
        wrong = odds / total
        wrong[each, truth] -= 1
        slope = np.empty(shape)
        slope[:-1] = (columns @ wrong) / len(truth) + shrink * weights[:-1]
        slope[-1] = wrong.mean(axis=0)
        return surprise + shrink / 2 * float((weights[:-1] ** 2).sum()), (slope * scale).ravel()

    first = np.zeros(shape[0] * shape[1]) if start is None else (start / scale).ravel()
    options = {"maxiter": STEPS_AT_MOST, "ftol": GAIN, "gtol": 0.0, "maxcor": 2}
    found = optimize.minimize(loss, first, jac=True, method="L-BFGS-B", options=options).x.reshape(shape)
    found = found * scale
    return names, found[:-1].astype(np.float32), found[-1].astype(np.float32)
