"""Linear models of many codes at once, and the same models without a group of texts, in closed form.

Ridge regression on the kernel of the texts: one matrix is factored for all codes, and leaving out the texts of one
transcript costs a small system instead of a new training. Texts that are left out had better stand last: only the
columns of the inverse from the first of them on are worked out.

Source: R. Rifkin, R. Lippert, "Notes on Regularized Least Squares", MIT-CSAIL-TR-2007-025, section 4 (leaving out);
T. Pahikkala, J. Boberg, T. Salakoski, "Fast n-fold cross-validation for regularized least-squares", SCAI 2006.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_COMMON = 0.03
_BLOCK = 512


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

    def without(self, groups: Sequence[np.ndarray], asked: Sequence[csr_array]) -> Iterator[np.ndarray]:
        """Yield what models say that did not see a group of texts each.

        Parameters
        ----------
        groups : sequence of array of int
            Rows of the texts that a model did not see.
        asked : sequence of csr_array, shape (n_asked, n_features)
            The texts that it scores.

        Yields
        ------
        array, shape (n_asked, n_targets)
        """
        first = int(min(rows.min() for rows in groups))
        n_texts = len(self._duals)
        inverse = self._factor.solved(np.eye(n_texts, n_texts - first, -first, dtype=np.float32), first)
        for left_out, features in zip(groups, asked, strict=True):
            columns = inverse[:, left_out - first]
            duals = self._duals - columns @ np.linalg.solve(columns[left_out], self._duals[left_out])
            duals[left_out] = 0
            found = np.unique(features.indices)
            weights = np.zeros((features.shape[1], duals.shape[1]), dtype=np.float32)
            weights[found] = self._by_feature[found] @ duals
            yield Linear(weights, duals.sum(axis=0))(features)


class _Factor:
    """The Cholesky factor of the kernel of texts, a one added to each product and ``strength`` to each square.

    It is worked out a stretch of columns at a time, from the kernel's own columns, which are never there all at once.
    Blocks on the diagonal are kept inverted; above it there is nothing.
    """

    def __init__(self, features: csr_array, strength: float) -> None:
        from scipy.linalg import cholesky, solve_triangular

        n_texts = features.shape[0]
        common, rare = _parted(features)
        self._lower = np.zeros((n_texts, n_texts), dtype=np.float32)
        self._blocks = [slice(first, min(first + _BLOCK, n_texts)) for first in range(0, n_texts, _BLOCK)]
        for block in self._blocks:
            before, rest = slice(block.start), slice(block.start, None)
            column = common[rest] @ common[block].T + (rare[rest] @ rare[block].T).toarray() + np.float32(1)
            column -= self._lower[rest, before] @ self._lower[block, before].T
            size = block.stop - block.start
            one = np.eye(size, dtype=np.float32)
            inverted = solve_triangular(cholesky(column[:size] + strength * one, lower=True), one, lower=True)
            self._lower[block, block] = inverted
            self._lower[block.stop :, block] = column[size:] @ inverted.T

    def solved(self, right: np.ndarray, first: int = 0) -> np.ndarray:
        """Return the inverse of the kernel times columns of float32 that are 0 up to a row ``first``."""
        found = right.copy()
        for block in self._blocks[first // _BLOCK :]:
            before = slice(self._blocks[first // _BLOCK].start, block.start)
            found[block] = self._lower[block, block] @ (found[block] - self._lower[block, before] @ found[before])
        for block in reversed(self._blocks):
            after = slice(block.stop, None)
            found[block] = self._lower[block, block].T @ (found[block] - self._lower[after, block].T @ found[after])
        return found


def _parted(features: csr_array) -> tuple[np.ndarray, csr_array]:
    """Return common features as a full matrix, and the rare ones.

    A sparse product takes time with the square of how many texts share a feature.
    """
    n_texts, n_features = features.shape
    is_common = np.bincount(features.indices, minlength=n_features) > _COMMON * n_texts
    columns = features.tocsc()
    return columns[:, is_common].toarray().astype(np.float32), columns[:, ~is_common].tocsr().astype(np.float32)
