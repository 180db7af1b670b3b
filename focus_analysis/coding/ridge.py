"""Linear models of many codes at once, and the same models without a group of texts, in closed form.

Ridge regression on the kernel of the texts: one matrix is factored for all codes, and leaving out the texts of one
transcript costs a small system instead of a new training. Texts that are left out had better stand last: only the
columns of the inverse from the first of them on are worked out.

The work falls into parts that are the same on every machine, however many processors share them: so are the results.

Source: R. Rifkin, R. Lippert, "Notes on Regularized Least Squares", MIT-CSAIL-TR-2007-025, section 4 (leaving out);
T. Pahikkala, J. Boberg, T. Salakoski, "Fast n-fold cross-validation for regularized least-squares", SCAI 2006.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_COMMON = 0.03
_BLOCK = 512
_ROWS = 1024
_COLUMNS = 256

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")


class Linear(NamedTuple):
    """A model: ``weights`` of shape (n_features, n_targets) and ``bias`` of shape (n_targets,)."""

    weights: np.ndarray
    bias: np.ndarray

    def __call__(self, features: csr_array) -> np.ndarray:
        """Return the scores of texts, shape (n_texts, n_targets)."""
        scores: np.ndarray = features @ self.weights + self.bias
        return scores


class Ridge:
    """A trained ridge regression that can leave out any of its texts.

    Parameters
    ----------
    features : csr_array, shape (n_texts, n_features)
        The texts.
    targets : array, shape (n_texts, n_targets)
        What each text is to be given.
    strength : float
        How strongly weights are held down.
    """

    def __init__(self, features: csr_array, targets: np.ndarray, strength: float = 2.0) -> None:
        self._factor = _Factor(features, strength)
        self._by_feature = features.T.tocsr()
        self._duals = self._factor.solved(targets.astype(np.float32))

    def model(self) -> Linear:
        """Return the model of all texts."""
        return Linear(self._by_feature @ self._duals, self._duals.sum(axis=0))

    def without(self, groups: Sequence[np.ndarray], asked: Sequence[csr_array]) -> list[np.ndarray]:
        """Return what models say that did not see a group of texts each.

        Parameters
        ----------
        groups : sequence of array of int
            Rows of the texts that a model did not see; none, and it saw all.
        asked : sequence of csr_array, shape (n_asked, n_features)
            The texts that it scores.

        Returns
        -------
        list of array, shape (n_asked, n_targets)
        """
        first = int(min(rows.min() for rows in groups if len(rows)))
        n_texts = len(self._duals)
        inverse = self._factor.solved(np.eye(n_texts, n_texts - first, -first, dtype=np.float32), first)

        def scores(part: tuple[np.ndarray, csr_array]) -> np.ndarray:
            left_out, features = part
            columns = inverse[:, left_out - first]
            duals = self._duals - columns @ np.linalg.solve(columns[left_out], self._duals[left_out])
            duals[left_out] = 0
            found = np.unique(features.indices)
            return Linear(self._by_feature[found] @ duals, duals.sum(axis=0))(features[:, found])

        return _each(scores, zip(groups, asked, strict=True))


class _Factor:
    """The Cholesky factor of the kernel of texts, a one added to each product and ``strength`` to each square.

    It is worked out a stretch of columns at a time, from the kernel's own columns, which are never there all at once.
    Blocks on the diagonal are kept inverted; above it there is nothing.
    """

    def __init__(self, features: csr_array, strength: float) -> None:
        n_texts = features.shape[0]
        kernel = _Kernel(features)
        self._lower = np.zeros((n_texts, n_texts), dtype=np.float32)
        self._blocks = list(_stretches(0, n_texts, _BLOCK))
        for block in self._blocks:
            self._fill(block, kernel, strength)

    def _fill(self, block: slice, kernel: _Kernel, strength: float) -> None:
        """Work out the columns of a block from those before."""
        from scipy.linalg import cholesky, solve_triangular

        before, rest = slice(block.start), _stretches(block.stop, len(self._lower), _ROWS)

        def left(rows: slice) -> np.ndarray:
            found: np.ndarray = kernel(rows, block) - self._lower[rows, before] @ self._lower[block, before].T
            return found

        one = np.eye(block.stop - block.start, dtype=np.float32)
        inverted = solve_triangular(cholesky(left(block) + strength * one, lower=True), one, lower=True)
        self._lower[block, block] = inverted

        def fill(rows: slice) -> None:
            self._lower[rows, block] = left(rows) @ inverted.T

        _each(fill, rest)

    def solved(self, right: np.ndarray, first: int = 0) -> np.ndarray:
        """Return the inverse of the kernel times columns of float32 that are 0 up to a row ``first``."""
        found = right.copy()
        columns = _stretches(0, right.shape[1], _COLUMNS)
        _each(lambda part: self._solve(found[:, part], first), columns)
        return found

    def _solve(self, found: np.ndarray, first: int) -> None:
        """Multiply columns by the inverse of the kernel in their place."""
        for block in self._blocks[first // _BLOCK :]:
            before = slice(self._blocks[first // _BLOCK].start, block.start)
            found[block] = self._lower[block, block] @ (found[block] - self._lower[block, before] @ found[before])
        for block in reversed(self._blocks):
            after = slice(block.stop, None)
            found[block] = self._lower[block, block].T @ (found[block] - self._lower[after, block].T @ found[after])


class _Kernel:
    """Products of texts, a one added to each; common features are a full matrix, rare ones a sparse one.

    A sparse product takes time with the square of how many texts share a feature.
    """

    def __init__(self, features: csr_array) -> None:
        n_texts, n_features = features.shape
        is_common = np.bincount(features.indices, minlength=n_features) > _COMMON * n_texts
        columns = features.tocsc()
        self._common = columns[:, is_common].toarray().astype(np.float32)
        self._rare = columns[:, ~is_common].tocsr().astype(np.float32)

    def __call__(self, rows: slice, columns: slice) -> np.ndarray:
        """Return the products of some texts with others, shape (n_rows, n_columns)."""
        rare = (self._rare[rows] @ self._rare[columns].T).toarray()
        found: np.ndarray = self._common[rows] @ self._common[columns].T + rare + np.float32(1)
        return found


def _stretches(first: int, last: int, length: int) -> Iterator[slice]:
    return (slice(begin, min(begin + length, last)) for begin in range(first, last, length))


def _each(work: Callable[[_Part], _Result], parts: Iterable[_Part]) -> list[_Result]:
    """Return the results of all parts, worked on at once by as many threads as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, parts))
