"""Naive Bayes over many labels: what a feature says by how seldom it stands under the other labels.

Complement naive Bayes, after Rennie, Shih, Teevan and Karger, "Tackling the poor assumptions of naive
Bayes text classifiers" (ICML 2003), section 3.1. It is linear as logistic regression is, errs elsewhere,
and so helps it at no cost when a text is read: the two sets of weights are added up once, in training.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from nlu.regression import Floats

SMOOTHING = 0.3  # what every feature counts as seen under every label


def complement(rows: sparse.csr_matrix, labels: Sequence[str], names: Sequence[str]) -> Floats:
    """Return the weights (features, labels), centred on each feature, of the labels in the order of `names`."""
    place = {name: number for number, name in enumerate(names)}
    truth = [place[label] for label in labels]
    of_label = sparse.csr_matrix((np.ones(len(truth)), (truth, range(len(truth)))), (len(names), len(truth)))
    seen = (of_label @ rows).toarray()
    elsewhere = SMOOTHING + seen.sum(axis=0) - seen
    weights = -np.log(elsewhere / elsewhere.sum(axis=1, keepdims=True)).T
    centred: Floats = (weights - weights.mean(axis=1, keepdims=True)).astype(np.float32)
    return centred
