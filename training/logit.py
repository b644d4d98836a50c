"""Log-linear choices fitted with L2 by L-BFGS: among candidates, among classes, yes or no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

Features = Sequence[str]


def vocabulary(rows: Sequence[Features], least: int) -> dict[str, int]:
    """Features that at least ``least`` rows have, in order of first sight."""
    count = Counter(f for r in rows for f in set(r))
    return {f: n for n, f in enumerate(f for f, c in count.items() if c >= least)}


def matrix(rows: Sequence[Features], known: dict[str, int]) -> sparse.csr_matrix:
    """Rows by features; a feature that a row names twice counts twice, as it does at run time."""
    indptr, indices = [0], []
    for r in rows:
        indices += [known[f] for f in r if f in known]
        indptr.append(len(indices))
    data = np.ones(len(indices))
    out = sparse.csr_matrix((data, indices, indptr), shape=(len(rows), len(known)))
    out.sum_duplicates()
    return out


def table(w: np.ndarray, known: dict[str, int], least: float = 0.015) -> dict[str, float]:
    return {f: round(float(w[n]), 3) for f, n in known.items() if abs(w[n]) >= least}


def fit_choice(
    groups: Sequence[tuple[Sequence[Features], Sequence[int]]], l2: float = 1.0, least: int = 4
) -> dict[str, float]:
    """Conditional logit: each group is (candidates, indices of the right ones); several right ones share the credit."""
    rows = [c for candidates, _ in groups for c in candidates]
    known = vocabulary(rows, least)
    x = matrix(rows, known)
    sizes = np.array([len(c) for c, _ in groups])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(groups)), sizes)
    right = np.zeros(len(rows), dtype=bool)
    for s, (_, ok) in zip(starts, groups, strict=True):
        for k in ok:
            right[s + k] = True

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        top = np.maximum.reduceat(z, starts)
        e = np.exp(z - top[owner])
        total = np.add.reduceat(e, starts)
        good = np.add.reduceat(e * right, starts)
        value = float(np.sum(np.log(total) - np.log(good))) + 0.5 * l2 * float(w @ w)
        slope = e / total[owner] - e * right / good[owner]
        return value, x.T @ slope + l2 * w

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return table(found.x, known)


def fit_classes(
    rows: Sequence[Features], labels: Sequence[str], l2: float = 1.0, least: int = 4
) -> dict[str, dict[str, float]]:
    """Multinomial logit: a table of weights for each class."""
    classes = sorted(set(labels))
    known = vocabulary(rows, least)
    x = matrix(rows, known)
    y = np.array([classes.index(c) for c in labels])
    n, f, c = x.shape[0], x.shape[1], len(classes)
    onehot = np.zeros((n, c))
    onehot[np.arange(n), y] = 1

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(f, c)
        z = x @ w
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        p = e / e.sum(axis=1, keepdims=True)
        value = -float(np.sum(np.log(p[np.arange(n), y] + 1e-12))) + 0.5 * l2 * float(flat @ flat)
        return value, (x.T @ (p - onehot)).ravel() + l2 * flat

    found = minimize(loss, np.zeros(f * c), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    w = found.x.reshape(f, c)
    return {name: table(w[:, k], known, 0.03) for k, name in enumerate(classes)}


def fit_binary(rows: Sequence[Features], labels: Sequence[bool], l2: float = 1.0, least: int = 4) -> dict[str, float]:
    """Logistic regression; the rows carry their own bias feature."""
    known = vocabulary(rows, least)
    x = matrix(rows, known)
    y = np.array([1.0 if v else 0.0 for v in labels])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        value = float(np.sum(np.logaddexp(0, z) - y * z)) + 0.5 * l2 * float(w @ w)
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) + l2 * w

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return table(found.x, known)
