"""Linear models of many codes at once, and the same models without a group of texts, in closed form.

Ridge regression on the kernel of the texts, seen through some of them, the centres: a model's weights are sums of the
centres' features. What the centres do not see of a text is taken for its noise, so that it counts for less. Where all
texts are centres this is plain ridge regression; with fewer it comes near to it in a fraction of the time.

The work falls into parts that are the same on every machine, however many processors share them: so are the results.

Source: E. Snelson, Z. Ghahramani, "Sparse Gaussian Processes using Pseudo-inputs", NIPS 2005, section 2 (centres);
R. Rifkin, R. Lippert, "Notes on Regularized Least Squares", MIT-CSAIL-TR-2007-025, section 4 (leaving out).
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
_ROWS = 1024
_COLUMNS = 512
_TWINS = 1e-3  # added to the squares of centres: two of them may say the same

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

    Texts become rows on which the regression is plain, with a strength of one: their products with the centres, the
    centres' own products taken out, divided by the root of strength and noise.

    Parameters
    ----------
    features : csr_array, shape (n_texts, n_features)
        The texts.
    targets : array, shape (n_texts, n_targets)
        What each text is to be given.
    centres : array of int, shape (n_texts,)
        Number of the centre that each text belongs to, from 0 without gaps; a centre is the mean of its texts.
    strength : float
        How strongly weights are held down.
    """

    def __init__(self, features: csr_array, targets: np.ndarray, centres: np.ndarray, strength: float = 2.0) -> None:
        from scipy.linalg import cholesky, solve_triangular

        mean = _means(centres)
        n_centres, n_texts = mean.shape
        middles = mean @ features
        kernel = _Kernel(features, middles)
        self._by_feature = middles.T.tocsr()
        self._seen = np.empty((n_texts, n_centres), dtype=np.float32)
        self._targets = targets.astype(np.float32)
        squares = 1 + (features * features).sum(axis=1)
        squared = np.eye(n_centres, dtype=np.float32)

        def fill(rows: slice) -> None:
            self._seen[rows] = kernel(features[rows])

        def see(rows: slice) -> None:
            seen = solve_triangular(self._root, self._seen[rows].T, lower=True).T
            noise = np.maximum(squares[rows] - (seen * seen).sum(axis=1), 0)
            heard = np.sqrt(strength + noise, dtype=np.float32)[:, None]
            self._seen[rows] = seen / heard
            self._targets[rows] /= heard

        def multiply(columns: slice) -> None:
            squared[columns.start :, columns] += self._seen[:, columns.start :].T @ self._seen[:, columns]

        _each(fill, _stretches(n_texts, _ROWS))
        between = (mean @ self._seen).astype(float)
        self._root = cholesky(between + _TWINS * np.eye(n_centres), lower=True).astype(np.float32)
        _each(see, _stretches(n_texts, _ROWS))
        _each(multiply, _stretches(n_centres, _COLUMNS))
        self._factor = cholesky(squared, lower=True, overwrite_a=True)
        self._solution = self._solved(self._seen.T @ self._targets)

    def model(self) -> Linear:
        """Return the model of all texts."""
        return self._linear(self._solution)

    def without(self, groups: Sequence[np.ndarray], asked: Sequence[csr_array]) -> list[np.ndarray]:
        """Return what models say that were not told the targets of a group of texts each.

        Parameters
        ----------
        groups : sequence of array of int
            Rows of the texts that a model did not learn from; centres stay centres.
        asked : sequence of csr_array, shape (n_asked, n_features)
            The texts that it scores.

        Returns
        -------
        list of array, shape (n_asked, n_targets)
        """

        def scores(part: tuple[np.ndarray, csr_array]) -> np.ndarray:
            left_out, features = part
            seen = self._seen[left_out]
            moved = self._solved(seen.T)
            missed = self._targets[left_out] - seen @ self._solution
            kept = np.eye(len(left_out), dtype=np.float32) - seen @ moved
            found = np.unique(features.indices)
            return self._linear(self._solution - moved @ np.linalg.solve(kept, missed), found)(features[:, found])

        return _each(scores, zip(groups, asked, strict=True))

    def _solved(self, right: np.ndarray) -> np.ndarray:
        from scipy.linalg import cho_solve

        found: np.ndarray = cho_solve((self._factor, True), right)
        return found

    def _linear(self, solution: np.ndarray, features: np.ndarray | slice = slice(None)) -> Linear:
        """Return the model of a solution, with the weights of some features."""
        from scipy.linalg import solve_triangular

        duals = solve_triangular(self._root, solution, lower=True, trans="T")
        return Linear(self._by_feature[features] @ duals, duals.sum(axis=0))


class _Kernel:
    """Products of texts with centres, a one added to each; common features are a full matrix, rare ones a sparse one.

    A sparse product takes time with the square of how many texts share a feature.
    """

    def __init__(self, features: csr_array, centres: csr_array) -> None:
        n_texts, n_features = features.shape
        self._is_common = np.bincount(features.indices, minlength=n_features) > _COMMON * n_texts
        common, rare = self._parted(centres)
        self._common, self._rare = common.T, rare.T.tocsr()

    def __call__(self, texts: csr_array) -> np.ndarray:
        """Return the products of texts with all centres, shape (n_texts, n_centres)."""
        common, rare = self._parted(texts)
        found: np.ndarray = common @ self._common + (rare @ self._rare).toarray() + np.float32(1)
        return found

    def _parted(self, texts: csr_array) -> tuple[np.ndarray, csr_array]:
        columns = texts.tocsc().astype(np.float32)
        return columns[:, self._is_common].toarray(), columns[:, ~self._is_common].tocsr()


def _means(centres: np.ndarray) -> csr_array:
    """Return what makes the means of texts that belong to the same centre, shape (n_centres, n_texts)."""
    from scipy.sparse import csr_array

    sizes = np.bincount(centres)
    shares = (1 / sizes[centres]).astype(np.float32)
    return csr_array((shares, (centres, np.arange(len(centres)))), (len(sizes), len(centres)))


def _stretches(last: int, length: int) -> Iterator[slice]:
    return (slice(begin, min(begin + length, last)) for begin in range(0, last, length))


def _each(work: Callable[[_Part], _Result], parts: Iterable[_Part]) -> list[_Result]:
    """Return the results of all parts, worked on at once by as many threads as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, parts))
